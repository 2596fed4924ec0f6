"""The key a user probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable

UNIT_WORDS = frozenset(
    {
        *("s", "second", "seconds", "min", "h", "hour", "hours", "d", "day", "days", "week", "month"),
        *("km", "m", "eur", "people", "degc", "per", "share", "pct", "percent"),
    }
)


def stem(key: str) -> str:
    """Return a key without the words of its unit: ``approach_h`` and ``approach_days`` have one stem."""
    words = key.split("_")
    while len(words) > 1 and words[-1] in UNIT_WORDS:
        words.pop()
    return "_".join(words)


def nearest(key: str, options: Iterable[str]) -> str | None:
    """Return the option most like `key`, None if nothing is."""
    choices = list(options)
    same_stem = [option for option in choices if option != key and stem(option) == stem(key)]
    close = same_stem or difflib.get_close_matches(key, choices)
    return close[0] if close else None


def did_you_mean(key: str, options: Iterable[str], unit_of: Callable[[str], str | None] | None = None) -> str:
    """Return the end of a complaint about an unknown key: the nearest, or all that are allowed.

    Where the two differ by their unit only, the right unit is said.
    """
    choices = list(options)
    found = nearest(key, choices)
    if found is None:
        return f"; allowed: {', '.join(choices)}" if choices else ""
    unit = unit_of(found) if unit_of and stem(found) == stem(key) else None
    return f"; did you mean '{found}' (in {unit})?" if unit else f"; did you mean '{found}'?"
