"""Naive forecasts from the published record alone, the benchmark of the scorecard.

Each forecasts a window from windows of the same resolution that ended before it began, and knows all of
them: the model, which runs freely from its first day, sees no published figure on the way. With
`known_until` the naive forecasts know nothing later either, as a forecast made on that day.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

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
    rows = [_of_window(window, history, known_until) for window in windows.itertuples()]
    return dict(zip(KINDS, np.array(rows, dtype=np.float64).reshape(-1, len(KINDS)).T, strict=True))


def _of_window(window: object, history: pd.DataFrame, known_until: date | None) -> list[float]:
    """Return the three forecasts of one window."""
    start, days, resolution = window.period_start, window.days, window.resolution  # type: ignore[attr-defined]
    end = start if known_until is None else min(start, np.datetime64(known_until) + np.timedelta64(1, "D"))
    known = history[(history["resolution"] == resolution) & (history["period_end"] < end)]
    known = known.sort_values(["period_end", "period_start"], kind="stable")
    rates = (known["value"] / known["days"]).to_numpy(np.float64)
    centres = _centres(known["period_start"].to_numpy(), known["days"].to_numpy())
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
