"""One process at a time on a run: a second one is told, in place of taking away what the first needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any

from sim.errors import BadInput

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sim.store.folder import RunFolder

LOG = "log.txt"  # always there, and never replaced by another file


def alone_in(folder: RunFolder | None) -> AbstractContextManager[None]:
    """Keep other processes from working on a run; behind a URL nothing can be held.

    The system lets go when the process ends, however it ends.

    Raises
    ------
    BadInput
        If another process is at work on it, or nothing can be written there.
    """
    return _held(folder) if folder and folder.place.is_local else nullcontext()


@contextmanager
def _held(folder: RunFolder) -> Iterator[None]:
    """Hold the log of a run."""
    try:
        file = (folder.path / LOG).open("a", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{folder.location}: cannot write there ({error.strerror})") from error
    with file:
        _lock(file, folder)
        yield


def _lock(file: Any, folder: RunFolder) -> None:
    """Take the lock at once or refuse; where a system knows none, go on without."""
    try:
        import fcntl
    except ImportError:
        return
    with suppress(OSError):  # a file system without locks
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadInput(
                f"{folder.location}: another process is at work on this run; wait until it has ended"
            ) from None
