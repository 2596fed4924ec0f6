"""Files named by the user: read whole, after checking that they are plain files of a reasonable size."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bordersim.errors import BadInput
from bordersim.words.text import UNPRINTABLE, code_of

KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def content(path: Path, label: str, most_bytes: int) -> bytes:
    """Read a file; one that is endless or too large is refused before it is read.

    Parameters
    ----------
    path, label
        The file, and its name in errors.
    most_bytes
        Largest size [bytes].

    Raises
    ------
    BadInput
        In one line.
    """
    try:
        _check_plain(path.stat(), label, most_bytes)
        # It may have become a pipe since, which would wait for a writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:
            _check_plain(os.fstat(handle), label, most_bytes)
            data = file.read(most_bytes + 1)
    except OSError as error:
        raise BadInput(f"{label}: cannot be read: {error.strerror}") from None
    except ValueError as error:  # a name with a null character
        raise BadInput(f"{label}: cannot be read: {error}") from None
    return checked_size(data, label, most_bytes)


def checked_size(data: bytes, label: str, most_bytes: int) -> bytes:
    """Refuse a file that is unreasonably large."""
    if len(data) > most_bytes:
        raise BadInput(f"{label}: is larger than {_megabytes(most_bytes)}, the most that is read")
    return data


def _check_plain(about: os.stat_result, label: str, most_bytes: int) -> None:
    """Refuse anything but a plain file of reasonable size."""
    if not stat.S_ISREG(about.st_mode):
        kind = next((name for is_kind, name in KINDS if is_kind(about.st_mode)), "something else")
        raise BadInput(f"{label}: expects a file, is {kind}")
    if about.st_size > most_bytes:
        has, most = _megabytes(about.st_size), _megabytes(most_bytes)
        raise BadInput(f"{label}: has {has}, more than {most}, the most that is read")


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.4g} MB"


def decoded(data: bytes, label: str) -> str:
    """Return the text of a file; other bytes and control characters are refused with their line."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise BadInput(f"{label}:{_line(data[: error.start])}: is not UTF-8 text") from None
    if found := UNPRINTABLE.search(text):
        line, sign = _line(text[: found.start()].encode("utf-8", "surrogatepass")), code_of(found[0])
        raise BadInput(f"{label}:{line}: holds the character {sign}, which cannot be printed")
    return text


def _line(before: bytes) -> int:
    """Return the line number that follows these bytes."""
    return len(before.splitlines()) + (not before or before.endswith((b"\n", b"\r")))
