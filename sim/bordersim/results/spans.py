"""Weeks and months of a run, and what was counted in them by stretch."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WEEK_DAYS = 7
MONTHS = 12


class Spans(NamedTuple):
    """Days of a run told together, weeks or months: the first of each, and the day after the last."""

    starts: tuple[date, ...]
    end: date

    @property
    def lengths(self) -> list[int]:
        """Days in each."""
        return [
            (end - start).days for start, end in zip(self.starts, (*self.starts[1:], self.end), strict=True)
        ]

    @property
    def ends(self) -> list[int]:
        """How many days of the run have passed at the end of each."""
        return [(end - self.starts[0]).days for end in (*self.starts[1:], self.end)]

    @property
    def lasts(self) -> list[date]:
        """The last day of each."""
        return [start + timedelta(days - 1) for start, days in zip(self.starts, self.lengths, strict=True)]


class Retraced(NamedTuple):
    """Mean attempts a day by stretch, in weeks and in months: span, stretch; and of how many replicates."""

    scenario: str
    weeks: Floats
    months: Floats
    replicates: int


def weeks_of(start: date, days: int) -> Spans:
    """Return the weeks of a run, from Monday to Sunday; first and last may be shorter."""
    monday = WEEK_DAYS - start.weekday()
    later = range(monday, days, WEEK_DAYS)
    return Spans((start, *(start + timedelta(day) for day in later)), start + timedelta(days))


def months_of(start: date, days: int) -> Spans:
    """Return the calendar months of a run; first and last may be shorter."""
    end = start + timedelta(days)
    last = end - timedelta(1)
    numbers = range(start.year * MONTHS + start.month, last.year * MONTHS + last.month)
    firsts = (date(number // MONTHS, number % MONTHS + 1, 1) for number in numbers)
    return Spans((start, *firsts), end)
