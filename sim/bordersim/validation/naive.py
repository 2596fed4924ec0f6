"""Naive forecasts from the published record alone, the benchmark of the scorecard.

Each forecasts a window from windows of the same resolution that ended before it began, and knows all of
them: the model, which runs freely from its first day, sees no published figure on the way. With
`known_until` the naive forecasts know nothing later either, as a forecast made on that day.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DAYS_A_YEAR = 365.25
# So far may the same days a year before lie from those of a window.
SEASON_SLACK_DAYS = {"day": 7, "week": 10, "month": 20, "season": 45}
KINDS = ("naive", "seasonal", "trend")


def naive_forecasts(
    windows: pd.DataFrame, history: pd.DataFrame, known_until: date | None = None
) -> dict[str, Floats]:
    """Forecast each window in three ways [events]; NaN where the record is too short.

    - ``naive``: the mean per day of the last window.
    - ``seasonal``: that of the window nearest to the same days a year before.
    - ``trend``: the line through the last two windows, never below zero.

    Parameters
    ----------
    windows
        One series: columns period_start, period_end, days, resolution.
    history
        Windows of the same series with their `value`; may hold `windows` and later ones.
    known_until
        The last day known to the forecasts; None makes each know all that ended before its window.
    """
    known = {str(resolution): _Known.of(rows) for resolution, rows in history.groupby("resolution")}
    rows = [
        _of_window(window, known.get(str(window.resolution), NOTHING), known_until)
        for window in windows.itertuples()
    ]
    return dict(zip(KINDS, np.array(rows, dtype=np.float64).reshape(-1, len(KINDS)).T, strict=True))


class _Known(NamedTuple):
    """The windows of one resolution in the order of their ends: last day, events per day, middle [day]."""

    ends: NDArray[np.datetime64]
    rates: Floats
    centres: Floats

    @classmethod
    def of(cls, history: pd.DataFrame) -> _Known:
        """Return what forecasts may know of these windows."""
        ordered = history.sort_values(["period_end", "period_start"], kind="stable")
        rates = (ordered["value"] / ordered["days"]).to_numpy(np.float64)
        centres = _centres(ordered["period_start"].to_numpy(), ordered["days"].to_numpy())
        return cls(ordered["period_end"].to_numpy("datetime64[D]"), rates, centres)


NOTHING = _Known(np.array([], dtype="datetime64[D]"), np.array([]), np.array([]))


def _of_window(window: Any, known: _Known, known_until: date | None) -> list[float]:
    """Return the three forecasts of one window."""
    start, days, resolution = np.datetime64(window.period_start, "D"), window.days, window.resolution
    end = start if known_until is None else min(start, np.datetime64(known_until) + np.timedelta64(1, "D"))
    before = int(np.searchsorted(known.ends, end))  # that ended earlier
    rates, centres = known.rates[:before], known.centres[:before]
    here = float(_centres(np.array([start], dtype="datetime64[D]"), np.array([days]))[0])
    return [
        days * rate
        for rate in (_last(rates), _seasonal(rates, centres, here, resolution), _trend(rates, centres, here))
    ]


def _last(rates: Floats) -> float:
    """Return the last value."""
    return float(rates[-1]) if len(rates) else float("nan")


def _seasonal(rates: Floats, centres: Floats, here: float, resolution: str) -> float:
    """Return the value of a year before."""
    if not len(rates) or resolution not in SEASON_SLACK_DAYS:
        return float("nan")
    off = np.abs(centres - (here - DAYS_A_YEAR))
    return float(rates[np.argmin(off)]) if off.min() <= SEASON_SLACK_DAYS[resolution] else float("nan")


def _trend(rates: Floats, centres: Floats, here: float) -> float:
    """Extrapolate the line through the last two values."""
    if len(rates) < 2 or centres[-1] <= centres[-2]:
        return float("nan")
    slope = (rates[-1] - rates[-2]) / (centres[-1] - centres[-2])
    return float(max(0.0, rates[-1] + slope * (here - centres[-1])))


def _centres(starts: NDArray[np.datetime64], days: NDArray[np.int64]) -> Floats:
    """Return the middle of each window, in days."""
    middle: Floats = starts.astype("datetime64[D]").astype(np.float64) + (days - 1) / 2
    return middle
