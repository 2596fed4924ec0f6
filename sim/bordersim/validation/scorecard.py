"""The scorecard: the model's record over exactly the windows that were published, scored by series.

Only simulated official counts (record_*) are scored, never events the authorities would not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.results.store.columns import SCORECARD_COLUMNS
from bordersim.validation import scores
from bordersim.validation.aims import missed
from bordersim.validation.figures import Skipped
from bordersim.validation.naive import KINDS
from bordersim.validation.published.windows import RESOLUTIONS
from bordersim.validation.targets import Target, Targets, targets

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.validation.recorded import Recorded

    Floats = NDArray[np.float64]

# The day of the record runs from morning to morning and is told the next day.
SHIFTS_DAYS = (0, -1, 1)
HALF, MOST = 0.5, 0.9
FEWEST_FOR_A_WIDTH = FEWEST_FOR_A_SHIFT = 5


class Scored(NamedTuple):
    """One series: published figures, and the replicates' counts in the same windows."""

    target: Target
    replicates: Floats  # replicate, window
    shift_days: int


class Card(NamedTuple):
    """A scorecard: its rows, the scored series, figures left out."""

    scenario: str
    rows: pd.DataFrame
    series: tuple[Scored, ...]
    skipped: tuple[Skipped, ...]
    rests_on: str = ""
    intervals_hold: str = "random variation between replicates only"


def scorecard(recorded: Recorded, held: Targets | None = None) -> Card:
    """Score the record of a scenario's replicates.

    Parameters
    ----------
    recorded
        The replicates' counts by day.
    held
        What they are scored against; None for everything published about their days.
    """
    import pandas as pd

    held = held or targets(recorded.name, (recorded.start, recorded.end))
    series = tuple(_scored(recorded, target) for target in held.series)
    found = [row for each in series for row in _rows(each, recorded.name)]
    rows = pd.DataFrame(found, columns=list(SCORECARD_COLUMNS))
    return Card(recorded.name, rows, series, held.skipped, held.rests_on)


def _scored(recorded: Recorded, target: Target) -> Scored:
    """Return the replicates' counts in the windows of a series."""
    shifted = {shift: target.counted(recorded, shift) for shift in SHIFTS_DAYS}
    shift = _best_shift(target, shifted)
    return Scored(target, shifted[shift], shift)


def _best_shift(target: Target, shifted: dict[int, Floats]) -> int:
    """Choose one shift for all windows of a series: that with the least CRPS on the single days.

    One shift a series, never one a window nor for a few days, which would flatter the model.
    """
    days = (target.windows["resolution"] == "day").to_numpy()
    if days.sum() < FEWEST_FOR_A_SHIFT:
        return 0
    observed = target.observed[days]
    errors = {
        shift: scores.continuous_ranked_probability_score(observed, counts[:, days]).mean()
        for shift, counts in shifted.items()
    }
    return min(errors, key=lambda shift: (errors[shift], SHIFTS_DAYS.index(shift)))


def _rows(scored: Scored, scenario: str) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each resolution, with in-sample and out-of-sample windows separate."""
    windows = scored.target.windows
    for resolution in RESOLUTIONS:
        for in_sample in (False, True):
            chosen = (windows["resolution"] == resolution) & (windows["in_sample"] == in_sample)
            if chosen.any():
                yield _row(scored, scenario, chosen.to_numpy())


def _row(scored: Scored, scenario: str, chosen: NDArray[np.bool_]) -> tuple[Any, ...]:
    """Score some windows of a series."""
    windows, counts = scored.target.windows[chosen], scored.replicates[:, chosen]
    observed, point = scored.target.observed[chosen], np.median(counts, axis=0)
    span = f"{windows['period_start'].min().date()}..{windows['period_end'].max().date()}"
    values = {
        "country": scored.target.country,
        "series": scored.target.series,
        "resolution": windows["resolution"].iloc[0],
        "window": span,
        "in_sample": bool(windows["in_sample"].iloc[0]),
        "n": len(windows),
        "observed_total": float(observed.sum()),
        "predicted_median": float(np.median(counts.sum(axis=1))),
        "ard": scores.averaged_relative_difference(observed, point),
        "weighted_ard": scores.weighted_relative_difference(observed, point),
        "crps": float(scores.continuous_ranked_probability_score(observed, counts).mean()),
        "sum_given": bool(windows["sum_given"].any()),
        "spread_given": bool(windows["spread_given"].any()),
        "shift_days": scored.shift_days,
        "scenario": scenario,
        **_of_intervals(windows, observed, counts),
        **_against_naive(windows, observed, point),
    }
    values["missed"] = missed(values)
    return tuple(values[name] for name in SCORECARD_COLUMNS)


def _of_intervals(windows: pd.DataFrame, observed: Floats, counts: Floats) -> dict[str, float]:
    """Score the intervals: how often they cover the figure, and how wide they are [events]."""
    ranges = windows["low"].to_numpy(np.float64), windows["high"].to_numpy(np.float64)
    found: dict[str, float] = {"touched90": scores.coverage_of_ranges(*ranges, counts, MOST)}
    for name, share in (("50", HALF), ("90", MOST)):
        low, high = scores.interval(counts, share)
        found[f"coverage{name}"] = scores.coverage(observed, counts, share)
        found[f"width{name}"] = float((high - low).mean())
        found[f"interval_score{name}"] = float(scores.interval_score(observed, counts, share).mean())
    return found


def _against_naive(windows: pd.DataFrame, observed: Floats, point: Floats) -> dict[str, float]:
    """Compare with the naive forecasts; the best of them is the one hardest to beat."""
    forecasts = {kind: windows[kind].to_numpy(np.float64) for kind in KINDS}
    ratios = {
        f"mase_{kind}": scores.mean_absolute_scaled_error(observed, point, forecast)
        for kind, forecast in forecasts.items()
    }
    known = [ratio for ratio in ratios.values() if np.isfinite(ratio)]
    days = windows["days"].to_numpy(np.float64)
    return ratios | {
        "mase_best": max(known, default=float("nan")),
        "n_naive": int(np.isfinite(forecasts["naive"]).sum()),
        "naive_width90": _naive_width(observed / days, forecasts["naive"] / days, days),
    }


def _naive_width(observed: Floats, forecast: Floats, days: Floats) -> float:
    """Return the width of the interval with nine in ten of the naive forecast's own errors [events]."""
    errors = (observed - forecast)[np.isfinite(forecast)]
    if len(errors) < FEWEST_FOR_A_WIDTH:
        return float("nan")
    low, high = np.quantile(errors, [(1 - MOST) / 2, (1 + MOST) / 2])
    return float((high - low) * days.mean())
