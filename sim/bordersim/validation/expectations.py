"""Expectations of scenario files against the counts of their replicates."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.errors import BadInput
from bordersim.inputs.expecting import LARGEST_DAY, Expectation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.validation.recorded import Recorded

    Floats = NDArray[np.float64]

QUANTILES = (0.05, 0.5, 0.95)
# The day of the record may lie a day off, all days of an expectation alike.
SHIFTS_DAYS = (0, -1, 1)
HOLDS, FAILS, KNOWN, MENDED = "holds", "FAILS", "fails as known", "HOLDS, though marked as a known failure"


class Checked(NamedTuple):
    """An expectation and what was obtained: the 90 % interval of the replicates is low to high."""

    expectation: Expectation
    low: float
    median: float
    high: float
    replicates: int

    @property
    def holds(self) -> bool:
        """Return whether the obtained interval meets the published range."""
        return self.low <= self.expectation.high and self.high >= self.expectation.low

    @property
    def passes(self) -> bool:
        """Return whether the outcome is as marked: it holds, or is known to fail and does."""
        return self.holds != bool(self.expectation.known_failure)

    @property
    def verdict(self) -> str:
        """Return the verdict as text."""
        if self.expectation.known_failure:
            return MENDED if self.holds else KNOWN
        return HOLDS if self.holds else FAILS

    @property
    def expected(self) -> str:
        """Return the published range as text."""
        low, high = self.expectation.low, self.expectation.high
        return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"

    @property
    def obtained(self) -> str:
        """Return the interval of the replicates as text."""
        return f"{self.low:,.0f} to {self.high:,.0f}"

    @property
    def line(self) -> str:
        """Return everything in one line."""
        each = self.expectation
        reason = f"; {each.known_failure}" if each.known_failure else ""
        return (
            f"{each.title}: expected {self.expected}, obtained {self.obtained} (90 % of {self.replicates}"
            f" replicates, median {self.median:,.0f}): {self.verdict}{reason}"
            f" [{each.origin}; {each.source}]"
        )


def check(recorded: Recorded, expectation: Expectation) -> Checked:
    """Compare one expectation with the replicates; if a shift by a day makes it hold, with those days."""
    if not recorded.start <= expectation.first <= expectation.last <= recorded.end:
        days = f"the days of the run, {recorded.start} to {recorded.end}"
        raise BadInput(f"{expectation.origin}: {expectation.title} lies outside {days}")
    checked = []
    for shift in SHIFTS_DAYS:
        values = _values(recorded, expectation, shift)
        low, median, high = map(float, np.quantile(values, QUANTILES))
        checked.append(Checked(expectation, low, median, high, len(values)))
    return next((each for each in checked if each.holds), checked[0])


def _values(recorded: Recorded, expectation: Expectation, shift_days: int) -> Floats:
    """Return the figure of each replicate."""
    if expectation.measure == LARGEST_DAY:
        first, end = (
            max(0, (day - recorded.start).days + shift_days) for day in (expectation.first, expectation.last)
        )
        daily = recorded.daily(expectation.metric, expectation.country)
        largest: Floats = daily[:, first : end + 1].max(axis=1)
        return largest
    span = [(expectation.first, expectation.last)]
    return recorded.in_windows(expectation.metric, expectation.country, span, shift_days)[:, 0]
