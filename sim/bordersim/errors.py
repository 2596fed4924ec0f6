"""Errors, by who can fix the cause: all share one base, so that a caller can catch them together.

Errors raised by one part of the program only are defined there; a test finds them all.
"""

from __future__ import annotations

from bordersim.words.text import shortened, visible

# Room for two paths, a key and a hint; values are shortened before, a longer line is cut in the middle.
MOST_LETTERS = 500


class BordersimError(Exception):
    """Base of every error this package raises."""

    __str__ = Exception.__str__  # KeyError would show its text in quotes


class BadInput(BordersimError):  # noqa: N818 - it is the input that is bad, the program is fine
    """Wrong input, explained in one line: where (file and line), which key, what is allowed.

    Control characters in what the message quotes are made visible, so that none reaches the terminal.

    Examples
    --------
    A value given from Python is named as the option that gives it on the command line.

    >>> from bordersim import BadInput, load_scenario
    >>> try:
    ...     load_scenario("history_2021", {"guards.LT.oficers": 900})
    ... except BadInput as error:
    ...     print(error)
    --set guards.LT.oficers: unknown key; did you mean 'guards.LT.officers'?
    """

    def __init__(self, message: str) -> None:
        super().__init__(shortened(visible(" ".join(message.split())), MOST_LETTERS))


class UnknownNameError(BadInput, KeyError):
    """A name that is not in a table; the message suggests the nearest that is."""


class RunError(BordersimError):
    """A run that produced no result or did not finish, explained in one line."""
