"""What the server of the live page refuses before it looks any closer, and the headers of all it sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from bordersim.report.app.shell import security_policy

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost")
OWN = ("same-origin", "none")  # who asks, as a browser says it: this page, or the user
BAD_REQUEST, FORBIDDEN, NO_SUCH_METHOD = 400, 403, 405
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": security_policy(),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Lets through what asks for this server by its own name, reads, and was not sent by another page.

    A page elsewhere cannot read what is here, but it could let names of its own point here, or keep the
    machine busy; a link to the page itself may stand anywhere.
    """

    def __init__(self, inner: ASGIApp, port: int) -> None:
        self.inner = inner
        self.hosts = {f"{name}:{port}" for name in NAMES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope)
        await (refused or self.inner)(scope, receive, sent)

    def _refused(self, scope: Scope) -> PlainTextResponse | None:
        """Return why a request is refused, if it is."""
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[each] for each in self.hosts]:
            return PlainTextResponse("Host: this server answers to its own name only\n", BAD_REQUEST)
        if scope["method"] != "GET":
            return PlainTextResponse("only GET is answered\n", NO_SUCH_METHOD, {"Allow": "GET"})
        if scope["path"] != "/" and headers.get("sec-fetch-site", OWN[0]) not in OWN:
            return PlainTextResponse("asked for by another page\n", FORBIDDEN)
        return None
