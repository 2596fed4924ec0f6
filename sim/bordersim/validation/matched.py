"""Summaries for calibration: published figures of some days, and the simulated counts of the same days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.errors import BadInput
from bordersim.inputs.nearest import did_you_mean
from bordersim.validation.figures import METRIC_OF, PLACE_OF, comparable
from bordersim.validation.published import load_observations, resolve_reports
from bordersim.validation.published.windows import figure_of, windows_of
from bordersim.validation.recorded import of_results

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.results.store.result import Result

    Floats = NDArray[np.float64]

# Counts are compared on the scale of the logarithm; one event more keeps a count of none there.
ONE_MORE = 1.0


class Summary(NamedTuple):
    """One published figure [events] and the model discrepancy (sd of the logarithm)."""

    country: str
    series: str
    first: date
    last: date
    value: float
    low: float
    high: float
    discrepancy: float

    @property
    def name(self) -> str:
        """Return its name in tables."""
        return f"{self.country} {self.series} {self.first}..{self.last}"

    @property
    def variance(self) -> float:
        """Variance about the model's mean without random variation: uniform over the reports, discrepancy."""
        width = scaled(self.high) - scaled(self.low)
        return self.discrepancy**2 + float(width) ** 2 / 12

    def plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        return self._asdict() | {"first": str(self.first), "last": str(self.last)}

    @classmethod
    def of_plain(cls, plain: dict[str, Any]) -> Summary:
        """Read it from plain data."""
        days = {key: date.fromisoformat(plain[key]) for key in ("first", "last")}
        return cls(**(plain | days))


def published(country: str, series: str, first: date, last: date, discrepancy: float, where: str) -> Summary:
    """Return a figure of the published record; `where` begins an error."""
    for kind, known, given in (("country", PLACE_OF, country), ("series", METRIC_OF, series)):
        if given not in known:
            raise BadInput(f"{where}: {kind}: '{given}' is not known{did_you_mean(given, known)}")
    rows = _resolved().get((country, series))
    if rows is None:
        raise BadInput(f"{where}: nothing is published of {series} at {country}")
    found = figure_of(rows, first, last)
    if found.empty:
        windows = windows_of(rows)
        starts, ends = (windows[name].dt.date for name in ("period_start", "period_end"))
        off = (starts.map(date.toordinal) - first.toordinal()).abs()
        off += (ends.map(date.toordinal) - last.toordinal()).abs()
        near = windows.loc[off.idxmin()]
        nearest = f"{near['period_start'].date()} to {near['period_end'].date()}"
        raise BadInput(f"{where}: no figure is published of {first} to {last}; the nearest is of {nearest}")
    value, low, high = (float(found.iloc[0][name]) for name in ("value", "low", "high"))
    return Summary(country, series, first, last, value, low, high, discrepancy)


@cache
def _resolved() -> dict[tuple[str, str], pd.DataFrame]:
    """Return the published figures of each border and series."""
    figures, _ = comparable(load_observations())
    groups = resolve_reports(figures).groupby(["country", "series"])
    return {(str(country), str(series)): rows for (country, series), rows in groups}


def scaled(counts: Any) -> Floats:
    """Return counts on the scale of comparison."""
    logs: Floats = np.log(np.asarray(counts, dtype=np.float64) + ONE_MORE)
    return logs


def unscaled(values: Any) -> Floats:
    """Return counts from the scale of comparison."""
    counts: Floats = np.exp(values) - ONE_MORE
    return counts


def counted(result: Result, summaries: Sequence[Summary]) -> Floats:
    """Count what the replicates of one result recorded: replicate, summary [events]."""
    recorded = of_results([result])
    found = np.empty((result.replicates, len(summaries)))
    for country, series in dict.fromkeys((each.country, each.series) for each in summaries):
        where = [i for i, each in enumerate(summaries) if (each.country, each.series) == (country, series)]
        spans = [(summaries[i].first, summaries[i].last) for i in where]
        found[:, where] = recorded.in_windows(METRIC_OF[series], PLACE_OF[country], spans)
    return found
