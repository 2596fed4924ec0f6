"""A study small enough for tests: a few days in the small world, two windows, two values."""

from __future__ import annotations

from functools import cache

from lively import LIVELY
from worlds import plain_scenario

from bordersim.analyses.assimilation.study import Study
from bordersim.analyses.ranges import Range
from bordersim.validation.evidence import Window

VARIED = (Range("choice.retry_days_mean", 1.0, 9.0), Range("host.mind_sd", 0.0, 1.5))
DRIFTING = {"inflow.drift_sd": 0.5, "inflow.drift_most_factor": 2}


def window(first: int, last: int, value: float, country: str = "LT", series: str = "turned_back") -> Window:
    """Return a window of some days."""
    return Window(country, series, "week", ((first, last),), value, value, value)


@cache
def study(*windows: Window, discrepancy: float = 0.35) -> Study:
    """Return the study with these windows."""
    return Study(plain_scenario(LIVELY, DRIFTING), VARIED, windows, discrepancy)
