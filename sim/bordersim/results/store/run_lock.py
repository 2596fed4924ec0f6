"""A run lock: one process at a time works on a run; a second one is refused."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bordersim.errors import BadInput
from bordersim.results.store.files import new_file, open_to_append
from bordersim.results.store.names import LOG

if TYPE_CHECKING:
    from bordersim.results.store.folder import RunFolder


def alone_in(folder: RunFolder | None) -> AbstractContextManager[None]:
    """Keep other processes from working on a run; a URL cannot be locked.

    The system releases the lock when the process ends, however it ends.

    Raises
    ------
    BadInput
        If another process is working on it, or nothing can be written there.
    """
    return _held(folder) if folder and folder.place.is_local else nullcontext()


@contextmanager
def _held(folder: RunFolder) -> Iterator[None]:
    """Lock the log of a run: it always exists, and no process replaces a locked one."""
    path = folder.path / LOG
    with ExitStack() as stack:
        try:
            file = stack.enter_context(open_to_append(path))
            _lock(file, folder)
            if os.fstat(file.fileno()).st_nlink > 1:
                _part_from_links(path)
                _lock(stack.enter_context(open_to_append(path)), folder)
        except OSError as error:
            raise BadInput(f"{folder.location}: cannot write there ({error.strerror or error})") from error
        yield


def _part_from_links(path: Path) -> None:
    """Continue in a copy, since appending to a file would also change its hard links."""
    with path.open("rb") as old, new_file(path) as copy:
        shutil.copyfileobj(old, copy)


def _lock(file: IO[bytes], folder: RunFolder) -> None:
    """Take the lock at once or raise; on a system without locks, continue without."""
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
