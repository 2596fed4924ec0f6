"""The key a user probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence

from bordersim.words.renamed import renamed
from bordersim.words.text import shortened

UNIT_WORDS = frozenset(
    {
        *("s", "second", "seconds", "min", "h", "hour", "hours", "d", "day", "days", "week", "month"),
        *("km", "m", "eur", "people", "degc", "per", "share", "pct", "percent"),
    }
)
HANDFUL = 8  # of names that a complaint lists
LONGEST = 200  # letters of what is compared; no key is longer
EVERY_KEY = "every key: bordersim show history_2021 --resolved"


def stem(key: str) -> str:
    """Return a key without the words of its unit: ``approach_h`` and ``approach_days`` have one stem."""
    words = key.split("_")
    while len(words) > 1 and words[-1] in UNIT_WORDS:
        words.pop()
    return "_".join(words)


def nearest(key: str, options: Iterable[str]) -> str | None:
    """Return the option most like `key`, None if there is none; a renamed key is found by its old name."""
    choices = list(options)
    if (now := renamed(key)) != key and now in choices:
        return now
    same_letters = [option for option in choices if option != key and option.casefold() == key.casefold()]
    same_stem = [option for option in choices if option != key and stem(option) == stem(key)]
    close = same_letters or same_stem or difflib.get_close_matches(key[:LONGEST], choices)
    return close[0] if close else None


def did_you_mean(
    key: str, options: Iterable[str], unit_of: Callable[[str], str | None] | None = None, more: str = ""
) -> str:
    """Return the end of an error about an unknown key: the nearest, or a few of those allowed.

    Where the two differ in their unit only, the unit is named. `more` says where the full list is.
    """
    choices = list(options)
    found = nearest(key, choices)
    if found is None:
        return f"; allowed: {listed(choices, more)}" if choices else ""
    return suggestion(key, found, unit_of)


def suggestion(key: str, found: str, unit_of: Callable[[str], str | None] | None = None) -> str:
    """Return the end of an error that suggests another key."""
    if found == renamed(key) != key:
        return f"; it is now called '{found}'"
    unit = unit_of(found) if unit_of and stem(found) == stem(key) else None
    return f"; did you mean '{found}' (in {unit})?" if unit else f"; did you mean '{found}'?"


def listed(choices: Sequence[str], more: str = "") -> str:
    """Return names with commas; of many, the first few, their number, and where to see them all."""
    if len(choices) <= HANDFUL:
        return ", ".join(map(shortened, choices))
    where = f"; {more}" if more else ""
    return f"{', '.join(map(shortened, choices[:HANDFUL]))}, ... ({len(choices)} in all{where})"
