"""The scorecard: the model's record over exactly the windows that were published, scored by series.

Only what an authority would have written down (record_*) is scored, never what happened unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.errors import BadInput
from sim.evidence import load_observations, resolve_reports
from sim.evidence.windows import RESOLUTIONS, windows_of
from sim.store.columns import SCORECARD_COLUMNS
from sim.truth import scores
from sim.truth.aims import missed
from sim.truth.figures import METRIC_OF, PLACE_OF, Skipped, comparable, inside, nothing, outside
from sim.truth.fitted import Fitted, load_fitted, marks
from sim.truth.naive import KINDS, naive_forecasts

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from sim.truth.recorded import Recorded

    Floats = NDArray[np.float64]

# The day of the record runs from morning to morning and is told the next day.
SHIFTS_DAYS = (0, -1, 1)
HALF, MOST = 0.5, 0.9
FEWEST_FOR_A_WIDTH = 5


class Scored(NamedTuple):
    """One series with its windows: what was published, what the replicates counted."""

    country: str
    series: str
    windows: pd.DataFrame  # one row a window; naive forecasts and marks beside the figures
    replicates: Floats  # replicate, window
    shift_days: int


class Card(NamedTuple):
    """A scorecard: its rows, the scored series behind them, what was left out."""

    scenario: str
    rows: pd.DataFrame
    series: tuple[Scored, ...]
    skipped: tuple[Skipped, ...]


def scorecard(
    recorded: Recorded,
    observations: Path | None = None,
    *,
    fitted: tuple[Fitted, ...] | None = None,
    known_until: date | None = None,
) -> Card:
    """Score the record of a scenario's replicates on what was published.

    Parameters
    ----------
    recorded
        The replicates' counts by day.
    observations
        A file of figures to score on instead of the packaged record; that record still feeds the naive
        forecasts.
    fitted
        What went into the values; None reads the packaged list.
    known_until
        The last day known to the naive forecasts; None lets each know all before its window.
    """
    import pandas as pd

    chosen, history, skipped = _figures(observations)
    marked = load_fitted() if fitted is None else fitted
    groups = chosen.groupby(["country", "series"]) if len(chosen) else ()
    found = [_scored(recorded, rows, history, marked, known_until) for _, rows in groups]
    series = tuple(each for each in found if len(each.windows))
    if not series:
        span = recorded.start, recorded.end
        raise BadInput(nothing(recorded.name, span, observations, chosen, skipped))
    rows = pd.DataFrame(
        [row for each in series for row in _rows(each, recorded.name)], columns=list(SCORECARD_COLUMNS)
    )
    return Card(recorded.name, rows, series, (*skipped, *outside(chosen, (recorded.start, recorded.end))))


def check_comparable(name: str, start: date, end: date, observations: Path | None) -> None:
    """Refuse, before a run is spent on it, a scenario that no figure speaks of."""
    chosen, _, skipped = _figures(observations)
    if chosen.empty or not inside(chosen, (start, end)).any():
        raise BadInput(nothing(name, (start, end), observations, chosen, skipped))


def _figures(observations: Path | None) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Skipped, ...]]:
    """Return the resolved figures to score on, those that naive forecasts may know, and what is left out."""
    import pandas as pd

    figures = load_observations(observations)
    chosen, skipped = comparable(figures)
    if observations is None or chosen.empty:
        resolved = resolve_reports(chosen) if len(chosen) else chosen
        return resolved, resolved, skipped
    known, _ = comparable(pd.concat([load_observations(), figures], ignore_index=True))
    return resolve_reports(chosen), resolve_reports(known), skipped


def _scored(
    recorded: Recorded,
    rows: pd.DataFrame,
    history: pd.DataFrame,
    fitted: tuple[Fitted, ...],
    known_until: date | None,
) -> Scored:
    """Lay the windows of one series and what the replicates counted in them side by side."""
    country, series = str(rows["country"].iloc[0]), str(rows["series"].iloc[0])
    windows = windows_of(rows)
    windows = windows[inside(windows, (recorded.start, recorded.end))].reset_index(drop=True)
    before = windows_of(history[(history["country"] == country) & (history["series"] == series)])
    naive = naive_forecasts(windows, before, known_until)
    windows = windows.assign(country=country, series=series, **naive)
    windows = windows.join(marks(windows, fitted))
    starts, ends = (windows[name].dt.date for name in ("period_start", "period_end"))
    spans = list(zip(starts, ends, strict=True))
    counted = partial(recorded.in_windows, METRIC_OF[series], PLACE_OF[country], spans)
    shifted = {shift: counted(shift) for shift in SHIFTS_DAYS}
    shift = _best_shift(windows, shifted)
    return Scored(country, series, windows, shifted[shift], shift)


def _best_shift(windows: pd.DataFrame, shifted: dict[int, Floats]) -> int:
    """Choose one shift for all windows of a series: that with the least CRPS on the single days.

    One shift a series, never one a window, which would flatter the model on every jump of the record.
    """
    days = (windows["resolution"] == "day").to_numpy()
    if not days.any():
        return 0
    observed = windows.loc[days, "value"].to_numpy(np.float64)
    errors = {
        shift: scores.continuous_ranked_probability_score(observed, counts[:, days]).mean()
        for shift, counts in shifted.items()
    }
    return min(errors, key=lambda shift: (errors[shift], SHIFTS_DAYS.index(shift)))


def _rows(scored: Scored, scenario: str) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each resolution, windows in the sample apart from those outside."""
    for resolution in RESOLUTIONS:
        for in_sample in (False, True):
            chosen = (scored.windows["resolution"] == resolution) & (scored.windows["in_sample"] == in_sample)
            if chosen.any():
                yield _row(scored, scenario, chosen.to_numpy())


def _row(scored: Scored, scenario: str, chosen: NDArray[np.bool_]) -> tuple[Any, ...]:
    """Score some windows of a series."""
    windows, counts = scored.windows[chosen], scored.replicates[:, chosen]
    observed, point = windows["value"].to_numpy(np.float64), np.median(counts, axis=0)
    span = f"{windows['period_start'].min().date()}..{windows['period_end'].max().date()}"
    values = {
        "country": scored.country,
        "series": scored.series,
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
        "shift_days": scored.shift_days,
        "scenario": scenario,
        **_of_intervals(windows, observed, counts),
        **_against_naive(windows, observed, point),
    }
    values["missed"] = missed(values)
    return tuple(values[name] for name in SCORECARD_COLUMNS)


def _of_intervals(windows: pd.DataFrame, observed: Floats, counts: Floats) -> dict[str, float]:
    """Score the intervals: how often they hold the figure, and how wide they are [events]."""
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
