"""What can go wrong, by who can mend it: one base for all, so that a caller can catch them together.

Errors that only one part of the program raises stand there; the test of errors finds them all.
"""

from __future__ import annotations

from bordersim.words.text import shortened, visible

# Room for two paths, a key and a hint; values are shortened before.
MOST_LETTERS = 1000


class BordersimError(Exception):
    """What every error of this package is."""

    __str__ = Exception.__str__  # KeyError would show its text in quotes


class BadInput(BordersimError):  # noqa: N818 - it is the input that is bad, the program is fine
    """Wrong input, told in one line: where (file and line), which key, what is allowed.

    Whatever the message quotes, nothing in it steers a terminal.
    """

    def __init__(self, message: str) -> None:
        super().__init__(shortened(visible(" ".join(message.split())), MOST_LETTERS))


class UnknownNameError(BadInput, KeyError):
    """A name that a table does not hold, with the nearest that it does."""


class RunError(BordersimError):
    """A run that left nothing to show, or came to no end, told in one line."""
