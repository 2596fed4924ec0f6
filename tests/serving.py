"""A session of the live page, served on a real socket."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import uvicorn

from bordersim.analyses.live.server import application
from bordersim.analyses.live.session import Session
from bordersim.cli.live import serving

PATIENCE_S = 20.0  # until something that must happen has happened; it takes a fraction of a second


@dataclass
class Served:
    """A running server: where it listens, and its event loop."""

    port: int
    loop: asyncio.AbstractEventLoop

    def asked(
        self, path: str, method: str = "GET", host: str | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        """Ask, and return status, headers and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{self.port}", **named})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text

    def tasks(self) -> int:
        """Return how many tasks the server has."""
        return len(asyncio.all_tasks(self.loop))


def served_by(session: Session) -> Iterator[Served]:
    """Serve a session until the test is over."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server, loop = uvicorn.Server(serving(application(session, port))), asyncio.new_event_loop()
        thread = threading.Thread(
            target=loop.run_until_complete, args=(server.serve(sockets=[listening]),), daemon=True
        )
        thread.start()
        until(lambda: server.started)
        yield Served(port, loop)
        server.should_exit = True
        thread.join(PATIENCE_S)


def until(happened) -> None:  # type: ignore[no-untyped-def]
    """Wait until something has happened."""
    end = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)
