"""Words that are numbered in the order in which they are declared, each in a line of its own."""

from __future__ import annotations


class Numbered:
    """Gives the next number to each word: ``BREACH = decision("breach")``.

    The numbers are plain integers, so that compiled code can use them as constants and indexes.
    """

    def __init__(self) -> None:
        self.words: tuple[str, ...] = ()

    def __call__(self, word: str) -> int:
        """Return the number of the next word."""
        self.words += (word,)
        return len(self.words) - 1
