"""`bordersim app`: the live page, on loopback alone."""

from __future__ import annotations

import functools
import os
import sys
import threading
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bordersim.cli.arguments import run_folder
from bordersim.cli.options import FINE, Options, whole, with_options
from bordersim.cli.screen import say, warn
from bordersim.errors import BadInput
from bordersim.experiments.values import FIXED, GIVEN

if TYPE_CHECKING:
    import socket

    from bordersim.analyses.live.session import Session

PORT, LAST_PORT = 8731, 65535
NEEDED = ("starlette", "uvicorn")
INSTALL = "app needs the packages starlette and uvicorn: pip install 'bordersim[app]'"
QUEUE, PATIENCE_S = 32, 1  # connections that wait; until the server ends [s]

with_page = functools.partial(with_options, names=("set", "workers", "lang", "debug"))
Values = Annotated[
    str,
    typer.Option(
        "--values",
        metavar="given|DIR",
        help="Histories that come with the package, or of a run.",
        callback=run_folder,
    ),
]


@with_page
def live(
    options: Options,
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="A, what the page starts from.")] = (
        "history_2021"
    ),
    port: Annotated[int, whole(0, LAST_PORT, "Port on 127.0.0.1; 0 takes a free one.")] = PORT,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser.")] = False,
    values: Values = GIVEN,
) -> int:
    """Serve a page of levers to this machine only.

    Policies and assumptions can be moved on it, and histories answer. Ctrl-C ends it.
    """
    from importlib.util import find_spec

    if not all(map(find_spec, NEEDED)):
        raise BadInput(INSTALL)
    from bordersim.analyses.live.session import session_of
    from bordersim.inputs import parse_sets

    if values == FIXED:
        raise BadInput(
            f"--values {FIXED}: the page answers from histories; take {GIVEN} or the folder of a run"
        )
    listening = _listening(port)
    workers = options.workers or os.cpu_count()
    session = session_of(reference, parse_sets(options.set or []), values, workers, options.lang)
    _serve(session, listening, no_open)
    return FINE


def _listening(port: int) -> socket.socket:
    """Take the port, on loopback."""
    import socket

    from bordersim.analyses.live.guard import LOOPBACK

    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((LOOPBACK, port))
    except OSError as error:
        taken.close()
        raise BadInput(
            f"--port {port}: cannot be taken: {error.strerror}; give another, or 0 for a free one"
        ) from None
    taken.listen(QUEUE)
    return taken


def _serve(session: Session, listening: socket.socket, no_open: bool) -> None:
    """Serve the page until it is stopped."""
    import uvicorn

    from bordersim.analyses.live.server import application

    host, port = listening.getsockname()
    for note in session.said:
        warn(f"note: {note}")
    warn("running the first histories of the reference …")
    session.warm_up()
    address = f"http://{host}:{port}/"
    say(f"{address}\nto this machine only; Ctrl-C ends it")
    sys.stdout.flush()
    if not no_open:
        threading.Thread(target=_open, args=(address,), daemon=True).start()
    try:
        uvicorn.Server(serving(application(session, port))).run(sockets=[listening])
    except KeyboardInterrupt:
        warn("stopped")
    finally:
        session.live.close()


def serving(application: Any) -> Any:
    """Return how the page is served: no log of what is asked, and an end within a second."""
    import uvicorn

    return uvicorn.Config(
        application,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE_S,
    )


def _open(address: str) -> None:
    """Open a browser; where there is none, the address was printed."""
    import webbrowser

    webbrowser.open(address)
