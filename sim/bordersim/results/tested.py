"""How often ranges of histories hold what is true, on synthetic borders: what ``make evidence`` found.

Where they held it too seldom, the ranges of such differences are stretched: all that prints or draws one
takes its ends from here.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from bordersim.shipped import shipped

FILE = "given/tested.csv"  # in the folder of scenarios
NOMINAL, STRETCHED = 0.9, "*"
SAME_COUNT = {"people_entered_unstopped": "unstopped_entries"}  # who has entered does not try again


class Tested(NamedTuple):
    """What was found of one effect.

    Attributes
    ----------
    figure
        What a policy changes, in words.
    metric, country
        The same as tables have it.
    borders, held
        How many synthetic borders there were, and in how many the 90 % range held the true effect.
    least, most
        In how many right ranges hold it, but for fewer than one false alarm in twenty.
    times
        How many times as far from the median the ends would have to be to hold it in nine of ten; at least 1.
    """

    figure: str
    metric: str
    country: str
    borders: int
    held: int
    least: int
    most: int
    times: float

    @property
    def is_too_narrow(self) -> bool:
        """Whether ranges held the truth too seldom."""
        return self.held < self.least


@cache
def found_on_borders() -> tuple[Tested, ...]:
    """Read what was found; nothing where the test has not been made."""
    path = shipped("scenarios") / FILE
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(_read(row) for row in rows)


def _read(row: dict[str, str]) -> Tested:
    """Read one row."""
    borders, held, least, most = (int(row[name]) for name in ("borders", "held", "least", "most"))
    where = row["figure"], row["metric"], row["country"]
    return Tested(*where, borders, held, least, most, float(row["times"]))


def stretch(metric: str, country: str) -> float:
    """Return how many times as far from the median the range of a difference reaches; 1 if untested."""
    figure = SAME_COUNT.get(metric, metric), country
    narrow = (each for each in found_on_borders() if each.is_too_narrow)
    return next((each.times for each in narrow if (each.metric, each.country) == figure), 1.0)


def stretched(metric: str, country: str, low: float, median: float, high: float) -> tuple[float, float]:
    """Return both ends of the range of a difference, as far from the median as the test asks.

    Examples
    --------
    >>> stretched("deaths", "LV", 80.0, 100.0, 150.0)  # untested
    (80.0, 150.0)
    """
    times = stretch(metric, country)
    return median - times * (median - low), median + times * (high - median)


def mark(metric: str, country: str) -> str:
    """Return what stands beside a stretched range, nothing beside another."""
    return STRETCHED if stretch(metric, country) > 1 else ""


def sentences(found: Sequence[Tested]) -> list[str]:
    """Say how often the ranges held what is true, and what follows for whoever quotes one."""
    if not found:
        return []
    first, held = found[0], ", ".join(f"{each.held} ({each.figure})" for each in found)
    said = (
        f"tested on {first.borders} borders made by the model: ranges held the true effect in {held};"
        f" {NOMINAL * first.borders:.0f} are due, below {first.least} fails"
    )
    narrow = [f"{each.times:.1f} ({each.figure})" for each in found if each.is_too_narrow]
    if not narrow:
        return [said, "ranges of all other differences, and of other policies and years, are untested"]
    return [
        said,
        f"so these ranges of differences are stretched, times {', '.join(narrow)}; others are untested",
    ]
