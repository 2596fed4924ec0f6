"""Things numbered in the order of their declaration, one per line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Numbered(Generic[P, T]):
    """Declares one thing after another, each with the next number: ``BREACH = decision("breach")``.

    The numbers are plain integers, so that compiled code can use them as constants and indexes.

    Parameters
    ----------
    make
        Constructor of a thing: `str` for words.
    """

    def __init__(self, make: Callable[P, T]) -> None:
        self.all: tuple[T, ...] = ()
        self._make = make

    def __call__(self, *said: P.args, **named: P.kwargs) -> int:
        """Return the number of the next one."""
        self.all += (self._make(*said, **named),)
        return len(self.all) - 1
