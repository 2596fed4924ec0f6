"""Summaries a calibration looks at: published figures of some days, and the model's record of the same."""

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
    """One published figure [events] and how far off the model may be by itself (sd of the logarithm)."""

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
        """Name it as tables do."""
        return f"{self.country} {self.series} {self.first}..{self.last}"

    @property
    def variance(self) -> float:
        """Variance about the model's mean but for chance: range of the reports (even), discrepancy."""
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
    """Look a figure up in the published record; `where` begins a complaint."""
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
    """Gather the published figures of each border and series."""
    figures, _ = comparable(load_observations())
    groups = resolve_reports(figures).groupby(["country", "series"])
    return {(str(country), str(series)): rows for (country, series), rows in groups}


def scaled(counts: Any) -> Floats:
    """Put counts on the scale on which they are compared."""
    logs: Floats = np.log(np.asarray(counts, dtype=np.float64) + ONE_MORE)
    return logs


def unscaled(values: Any) -> Floats:
    """Take counts back from the scale on which they are compared."""
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
