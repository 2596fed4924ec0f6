"""What is numbered in the order in which it is declared, each in a line of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Numbered(Generic[P, T]):
    """Makes one thing after another and gives each the next number: ``BREACH = decision("breach")``.

    The numbers are plain integers, so that compiled code can use them as constants and indexes.

    Parameters
    ----------
    make
        What makes a thing of what is said of it: `str` for words.
    """

    def __init__(self, make: Callable[P, T]) -> None:
        self.all: tuple[T, ...] = ()
        self._make = make

    def __call__(self, *said: P.args, **named: P.kwargs) -> int:
        """Return the number of the next one."""
        self.all += (self._make(*said, **named),)
        return len(self.all) - 1
