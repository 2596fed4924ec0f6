"""The standard streams of the command line: one that is closed, full or of few letters loses no results."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

OUTPUTS = ("stdout", "stderr")
DESCRIPTORS = 3
AS_ASCII = "bordersim-as-ascii"
ALIKE = {
    **dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}", "-"),
    **dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", "'"),
    **dict.fromkeys("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}", '"'),
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{PLUS-MINUS SIGN}": "+-",
    "\N{HORIZONTAL ELLIPSIS}": "...",
}
UNLIKE_ANY = "?"
# A reader that has seen enough is no fault; Windows calls its pipe an invalid argument.
SEEN_ENOUGH = {errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE}
NEVER_THERE = errno.EBADF


class Output:
    """A text stream that never fails: what cannot be written is dropped, and the reason kept."""

    def __init__(self, stream: Any, lost: int | None = None) -> None:
        self._stream = stream
        self.lost = lost

    def write(self, text: str) -> int:
        """Write a text."""
        self._attempt(self._stream.write, text)
        return len(text)

    def flush(self) -> None:
        """Write what was held back."""
        self._attempt(self._stream.flush)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _attempt(self, write: Callable[..., object], *what: str) -> None:
        """Write; after a failure what is held back goes nowhere, else it would fail again at the end."""
        try:
            write(*what)
        except OSError as error:
            self.lost = self.lost or error.errno or errno.EIO
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())


def prepare() -> None:
    """Replace the standard streams by ones that never fail."""
    _fill_closed_descriptors()
    codecs.register_error(AS_ASCII, _in_ascii)
    for name in OUTPUTS:
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Output(open(os.devnull, "w", encoding="utf-8"), NEVER_THERE))  # noqa: SIM115
        else:
            adjust(stream, errors=AS_ASCII)
            setattr(sys, name, Output(stream))


def adjust(stream: Any, **how: str) -> None:
    """Change the encoding of a stream, or what it does with what the encoding lacks, if it has any."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(**how)


def lost(stream: Any) -> int | None:
    """Return the number of the error with which a stream was lost, None if all was written."""
    stream.flush()
    number: int | None = getattr(stream, "lost", None)
    return number


def complaint() -> str:
    """Return why output was lost; nothing if it was not, or if nobody was reading."""
    number = lost(sys.stdout)
    if number is None or number == NEVER_THERE or number in SEEN_ENOUGH:
        return ""
    return f"the output cannot be written ({os.strerror(number)})"


def _fill_closed_descriptors() -> None:
    """Open the null device where a standard stream is closed: the next file would get its number."""
    for number in range(DESCRIPTORS):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    """Write what an encoding cannot in letters that every encoding has."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_alike, error.object[error.start : error.end])), error.end


def _alike(letter: str) -> str:
    """Return what looks most like a letter."""
    import unicodedata

    name = unicodedata.name(letter, "")
    if name.startswith("BOX DRAWINGS"):
        across, down = "HORIZONTAL" in name, "VERTICAL" in name
        return "+" if across == down else "-" if across else "|"
    base = unicodedata.normalize("NFKD", letter)[:1]
    if not base.isascii():
        base = _latin(name)
    return ALIKE.get(letter, base or UNLIKE_ANY)


def _latin(name: str) -> str:
    """Return the letter under a stroke or the like, which Unicode does not take apart."""
    _, is_latin, rest = name.partition("LATIN ")
    size, _, letter = rest.partition(" LETTER ")
    plain = letter.partition(" WITH ")[0]
    if not is_latin or len(plain) != 1:
        return ""
    return plain.lower() if size == "SMALL" else plain
