"""Files of a run, written whole or not at all and never through a link.

A run folder may come from somebody else, and archives and shared disks contain links, pipes and devices. So
nothing is read or written under the name of a file of a run unless a plain file is there, or none; and what
is written gets a temporary name of its own and then takes the place of the old file, whose content stays as
it is wherever else it is linked.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from bordersim.errors import BadInput, BordersimError
from bordersim.results.store.names import FOLDERS, MOST_BYTES, TEMPORARY, is_ours, is_temporary

# Where a system knows the two: do not follow a link, do not wait for the other end of a pipe.
CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
KINDS = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFREG: "a file"}


class NotPlainError(BordersimError, OSError):
    """A link, pipe or device in place of a file or folder of a run."""


def refuse_odd(path: Path, wanted: int = stat.S_IFREG) -> None:
    """Raise if a name of a run's files belongs to anything but a plain file; a missing file is fine."""
    try:
        kind = stat.S_IFMT(path.lstat().st_mode)
    except FileNotFoundError:
        return
    if kind != wanted:
        meant, found = KINDS[wanted], KINDS.get(kind, "a device or socket")
        raise NotPlainError(f"{path.name} is {found}, not {meant}; a run folder holds its files themselves")


def refuse_odd_in(folder: Path) -> None:
    """Raise if a run folder has a link, a pipe or the like under the name of one of its files or folders.

    Raises
    ------
    BadInput
        With the path of the first one.
    """
    here = folder
    try:
        for inner in FOLDERS:
            refuse_odd(folder / inner, stat.S_IFDIR)
        for here, inner in ((folder / inner, inner) for inner in ("", *FOLDERS)):
            for name in names_in(here):
                if is_ours(name, inner) or is_temporary(name, inner):
                    refuse_odd(here / name)
    except OSError as error:
        raise BadInput(f"{here}: {error.strerror or error}") from None


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder; none if it does not exist."""
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []


def own_folder(path: Path) -> Path:
    """Make a folder inside a run folder unless it exists; refuse a link in its place."""
    with suppress(FileExistsError):
        path.mkdir()
    refuse_odd(path, stat.S_IFDIR)
    return path


def read_plain(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """Read a plain file that is not unreasonably large."""
    refuse_odd(path)
    with os.fdopen(os.open(path, os.O_RDONLY | CAREFULLY), "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > most_bytes:
            raise NotPlainError(f"{path.name} has {size:,} bytes; at most {most_bytes:,} are read")
        return file.read(size)


@contextmanager
def new_file(path: Path, *, is_forced: bool = False) -> Iterator[IO[bytes]]:
    """Yield a file to write to, which replaces `path` once complete; otherwise it is removed.

    `is_forced` forces it to disk before it replaces the old file.
    """
    refuse_odd(path)
    part = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}{TEMPORARY}")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            if is_forced:
                os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_plain(path: Path, data: bytes) -> None:
    """Write a file, forced to disk."""
    with new_file(path, is_forced=True) as file:
        file.write(data)
    _sync_folder(path.parent)


def save_text(path: Path, text: str) -> Path:
    """Write a text; a character outside UTF-8 must not cost a run its summary."""
    with new_file(path) as file:
        file.write(text.encode("utf-8", "backslashreplace"))
    return path


def open_to_append(path: Path) -> IO[bytes]:
    """Open a file for appending, not through a link."""
    refuse_odd(path)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | CAREFULLY, 0o666), "ab")


def tidy(folder: Path) -> None:
    """Remove the temporary files that a killed process left in a run folder."""
    for inner in ("", *FOLDERS):
        for name in names_in(folder / inner):
            if is_temporary(name, inner):
                (folder / inner / name).unlink(missing_ok=True)


def _sync_folder(path: Path) -> None:
    """Force a folder's entries to disk, where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:  # a system that does not open folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
