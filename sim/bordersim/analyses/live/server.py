"""The server of the live page: the page, a lever for it, runs as they arrive, and two things to take away."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bordersim.analyses.live.guard import BAD_REQUEST, Guard
from bordersim.analyses.live.report import report_apart
from bordersim.analyses.live.session import Session
from bordersim.errors import BordersimError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from bordersim.analyses.live.runs import Question
    from bordersim.report.app.counts import Counts

Handler = Callable[["Request"], Coroutine[Any, Any, Response]]
NOTHING, BUSY = 204, 429
LINES = "application/x-ndjson"


def application(session: Session, port: int) -> ASGIApp:
    """Return the server of one session as an ASGI application."""
    server = _Server(session)
    paths = {
        "/": server.page,
        "/row": server.row,
        "/run": server.run,
        "/scenario.yaml": server.yaml,
        "/report.html": server.report,
        "/favicon.ico": server.icon,  # browsers ask for it unbidden, and complain where there is none
    }
    inner = Starlette(routes=[Route(path, _refusing(each)) for path, each in paths.items()])
    inner.router.redirect_slashes = False
    return Guard(inner, port)


def _refusing(handler: Handler) -> Handler:
    """Let a handler answer bad input with one line."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except BordersimError as error:
            return PlainTextResponse(f"{error}\n", BAD_REQUEST)

    return answer


class _Server:
    """What is answered under each path."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.reporting = asyncio.Lock()

    async def page(self, request: Request) -> Response:
        """Answer with the page, its levers as the address says."""
        return HTMLResponse(self.session.page(self.session.state(request.query_params.multi_items())))

    async def row(self, request: Request) -> Response:
        """Answer with the fieldset of a lever that is added."""
        return HTMLResponse(self.session.row(request.query_params.multi_items()))

    async def yaml(self, request: Request) -> Response:
        """Answer with the policies as a scenario."""
        text = self.session.yaml(self.session.state(request.query_params.multi_items()))
        return PlainTextResponse(text, headers=_to_save(self.session.file))

    async def icon(self, request: Request) -> Response:
        """Answer that there is no picture."""
        return Response(status_code=NOTHING)

    async def report(self, request: Request) -> Response:
        """Answer with the report of a state; one at a time, since it takes all processors."""
        pairs = request.query_params.multi_items()
        self.session.state(pairs)
        if self.reporting.locked():
            return PlainTextResponse("a report is being made; ask again when it is there\n", BUSY)
        async with self.reporting:
            text = await asyncio.to_thread(report_apart, self.session.opened, pairs)
        own = {"Content-Security-Policy": "sandbox"}  # it brings its own, and is saved
        return HTMLResponse(text, headers=_to_save("report.html") | own)

    async def run(self, request: Request) -> Response:
        """Answer with the parts of the answer, a line each time there are more histories."""
        state = self.session.state(request.query_params.multi_items())
        if (kept := self.session.kept.get(state)) is not None:
            return Response(self._line(state.most, state.most, time.process_time(), kept), media_type=LINES)
        question = await _in_thread(self.session.live.pool.submit(self.session.live.question, state))
        lines = self._lines(question)
        return StreamingResponse(lines, media_type=LINES)

    async def _lines(self, question: Question) -> AsyncIterator[str]:
        """Yield a line for each set of histories; what is not done is dropped when nobody listens."""
        began = time.process_time()
        found: list[tuple[Counts, Counts]] = []
        asked: list[Future[tuple[Counts, Counts]]] = []
        try:
            for size in question.sizes:
                asked = question.asked(range(len(found), size))
                found += [await _in_thread(each) for each in asked]
                parts = await _in_thread(self.session.live.pool.submit(self.session.parts, question, found))
                yield self._line(size, question.sizes[-1], began, parts)
        except BordersimError as error:
            yield json.dumps({"error": str(error)}) + "\n"
        finally:
            question.dropped.set()
            for each in asked:
                each.cancel()

    def _line(self, count: int, of: int, began: float, parts: Mapping[str, str]) -> str:
        """Write a line: how far it is, what it took at the end, the parts."""
        language = self.session.language
        status = language.say("app.so_far_run", count=count, of=of)
        if count == of:
            taken = language.number(time.process_time() - began, 1)
            status = language.say("app.done", histories=language.counted("histories", count), seconds=taken)
        return json.dumps({"count": count, "of": of, "status": status, "parts": parts}) + "\n"


async def _in_thread(work: Future[Any]) -> Any:
    """Wait for a thread without holding up others."""
    return await asyncio.wrap_future(work)


def _to_save(name: str) -> dict[str, str]:
    """Return the header of a file that is saved under a name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
