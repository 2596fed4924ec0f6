"""How probable published counts are given those of a run: windows in which no event counts twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.validation.figures import METRIC_OF
from bordersim.validation.recorded import FORMULAS
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import METRIC_NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.validation.targets import Targets

    Floats = NDArray[np.float64]

Span = tuple[int, int]  # first and last day of the run

RESOLUTIONS = ("week", "month", "season")  # single days say more of the reporting than of the border
LEAST_REST = 0.1  # of a window of which shorter ones tell the rest; what is left of less is rounding
NIGHT = 2  # days after the start of its last one a window is settled
DEGREES = 4.0  # of freedom of Student's t: one figure that cannot be right does not decide all


class Window(NamedTuple):
    """A published count over spans of days [events]; an event of a series lies in one window only."""

    country: str
    series: str
    resolution: str
    spans: tuple[Span, ...]
    value: float
    low: float
    high: float

    @property
    def last(self) -> int:
        """The day on whose end it is known [day of the run]."""
        return self.spans[-1][1]

    def settled(self, end: int) -> int:
        """Return the day at whose start its count is final, `end` at the latest [day of the run].

        The record's day runs from morning to morning, so the night after its last day still counts.
        """
        return min(self.last + NIGHT, end)

    def size(self, discrepancy: float) -> float:
        """Return how far off the model may be: a standard deviation of the logarithm of 1 + count.

        The stated discrepancy, the range of the reports (even between its ends), and what whole events leave.
        """
        width = np.log1p(self.high) - np.log1p(self.low)
        return float(np.sqrt(discrepancy**2 + width**2 / 12 + 1 / (1 + self.value)))

    def most(self, discrepancy: float) -> float:
        """Return the logarithm of the probability of the published count where a run counts just as many."""
        return -float(np.log(self.size(discrepancy)))

    def counted(self, daily: Floats) -> float:
        """Add up the counts of a run: day, border, metric."""
        border, columns = COUNTRIES.index(self.country), columns_of(METRIC_OF[self.series])
        return float(sum(daily[first : last + 1, border][:, columns].sum() for first, last in self.spans))

    def plain(self, start: date) -> dict[str, object]:
        """Return it as plain data, with the first and the last day."""
        days = [str(start + timedelta(day)) for day in (self.spans[0][0], self.last)]
        return {**self._asdict(), "spans": len(self.spans), "first": days[0], "last": days[1]}


def columns_of(metric: str) -> list[int]:
    """Return which counts of a day a metric adds up."""
    return [METRIC_NAMES.index(name) for name in FORMULAS[metric]]


def windows_in(held: Targets, start: date) -> list[Window]:
    """Return the windows of a run's days, in the order in which they become known."""
    found = [window for target in held.series for window in _of_rows(target.windows, start)]
    return sorted(counted_once(found), key=lambda window: (window.last, window))


def _of_rows(rows: object, start: date) -> Iterator[Window]:
    """Yield the windows of one series at one border that are long enough."""
    for row in rows.itertuples():  # type: ignore[attr-defined]
        if row.country in COUNTRIES and row.resolution in RESOLUTIONS:
            span = tuple((day.date() - start).days for day in (row.period_start, row.period_end))
            figures = (float(row.value), float(row.low), float(row.high))
            yield Window(row.country, row.series, row.resolution, (span,), *figures)


def counted_once(windows: Sequence[Window]) -> list[Window]:
    """Cut a window that holds shorter ones of its series to what these leave over.

    Small rests are dropped, and so is a window that shares days with a shorter one without holding it.
    """
    told: dict[tuple[str, str], set[int]] = {}
    kept = []
    for window in sorted(windows, key=lambda each: (len(_days(each)), each)):
        rest, days = _rest(window, windows), told.setdefault((window.country, window.series), set())
        if rest is not None and not days & _days(rest):
            days |= _days(rest)
            kept.append(rest)
    return kept


def _rest(window: Window, windows: Sequence[Window]) -> Window | None:
    """Return what shorter windows of the same series leave of one, None if that is little or nothing."""
    days, value, low, high = _days(window), window.value, window.low, window.high
    for part in sorted(_shorter(window, windows), key=lambda each: len(_days(each))):
        if _days(part) <= days:
            days, value = days - _days(part), value - part.value
            low, high = low - part.high, high - part.low
    if not days or value < LEAST_REST * window.value:
        return None
    return window._replace(spans=_runs(days), value=value, low=max(low, 0.0), high=high)


def _shorter(window: Window, windows: Iterable[Window]) -> Iterator[Window]:
    """Yield the windows of a series that lie within another and are shorter."""
    for each in windows:
        alike = (each.country, each.series) == (window.country, window.series)
        if alike and _days(each) < _days(window):
            yield each


def _days(window: Window) -> frozenset[int]:
    """Return the days of a window."""
    return frozenset(day for first, last in window.spans for day in range(first, last + 1))


def _runs(days: frozenset[int]) -> tuple[Span, ...]:
    """Return days as spans without gaps."""
    ordered = sorted(days)
    starts = [day for day in ordered if day - 1 not in days]
    ends = [day for day in ordered if day + 1 not in days]
    return tuple(zip(starts, ends, strict=True))


def log_likelihood(counts: Floats, window: Window, discrepancy: float) -> Floats:
    """Return how probable a published count is given each of several counts, but for a constant.

    Student's t on the logarithm of 1 + count.
    """
    size = window.size(discrepancy)
    off = (np.log1p(counts) - np.log1p(window.value)) / size
    likely: Floats = -(DEGREES + 1) / 2 * np.log1p(off**2 / DEGREES) - np.log(size)
    return likely


def with_discrepancy(
    counts: Floats, window: Window, discrepancy: float, chance: np.random.Generator
) -> Floats:
    """Return counts as they might be published: with an error of the kind and the size of the likelihood."""
    error = chance.standard_t(DEGREES, size=np.shape(counts)) * window.size(discrepancy)
    published: Floats = np.expm1(np.log1p(counts) + error).clip(min=0.0)
    return published
