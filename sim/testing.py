"""Helpers for tests of one's own beside `run(..., set={...})`: an effect, and a range.

>>> from sim import run
>>> from sim.testing import assert_between, assert_effect
>>> usual = run("history_2021", replicates=50)
>>> fewer = run("history_2021", replicates=50, set={"guards.LT.officers": 300})
>>> assert_effect(usual, fewer, "response_time_h", "higher", country="LT")
>>> assert_between(usual, "record_apprehended", "LT", 300, 700, first="2021-06-01", last="2021-06-30")

Both fail with one line that says what was wanted and what there is.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.errors import BadInput
from sim.ledgers import ALL
from sim.scenario.nearest import did_you_mean
from sim.truth.recorded import of_results

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.store.result import Result

    Floats = NDArray[np.float64]

Direction = Literal["higher", "lower"]
SIGN: dict[str, float] = {"higher": 1.0, "lower": -1.0}
CONFIDENCE = 0.95
MOST = 0.9


def assert_effect(
    reference: Result,
    variant: Result,
    metric: str,
    direction: Direction,
    confidence: float = CONFIDENCE,
    country: str = ALL,
) -> None:
    """Assert that a variant moves a figure of the whole run, by a one-sided t-test on paired replicates.

    Parameters
    ----------
    reference, variant
        Two results with the same seed, so that a replicate has the same people and luck in both.
    metric
        Any figure of metrics.csv, ratios too. A replicate without it in one of the two is left out.
    direction
        Which way the variant should differ from the reference: "higher" or "lower".
    confidence
        How sure to be: the chance of passing without any effect is 1 - confidence.
    country
        LT, LV, PL, or all borders together.
    """
    __tracebackhide__ = True  # pytest then points at the test, not at this function
    if direction not in SIGN:
        raise BadInput(f"direction: '{direction}' is not known; allowed: higher, lower")
    if not 0.5 < confidence < 1:
        raise BadInput(f"confidence: must be between 0.5 and 1, is {confidence:g}")
    difference = SIGN[direction] * _paired(reference, variant, metric, country)
    reached = _confidence_above_zero(difference)
    if reached < confidence:
        what = f"{metric} at {country}: wanted {direction} in {variant.label} than in {reference.label}"
        mean = SIGN[direction] * difference.mean()
        raise AssertionError(
            f"{what} with confidence {confidence:g}, has {reached:.3g}: mean paired difference"
            f" {_signed(mean)} over {len(difference)} replicates"
        )


def assert_between(
    result: Result,
    metric: str,
    country: str,
    low: float,
    high: float,
    *,
    first: date | str | None = None,
    last: date | str | None = None,
) -> None:
    """Assert that the median over replicates lies between two figures, both included.

    Parameters
    ----------
    metric, country
        Any figure of metrics.csv at LT, LV, PL or all; with days, one that is counted by day.
    first, last
        The days to sum over; both left out means the whole run.
    """
    __tracebackhide__ = True
    if low > high:
        raise BadInput(f"low {low:g} is above high {high:g}")
    values = _values(result, metric, country, first, last)
    median = float(np.median(values))
    if low <= median <= high:
        return
    ends = np.quantile(values, [(1 - MOST) / 2, (1 + MOST) / 2])
    days = "" if first is None and last is None else f" from {first or 'the start'} to {last or 'the end'}"
    raise AssertionError(
        f"{metric} at {country}{days} in {result.label}: wanted {low:,.4g} to {high:,.4g}, median"
        f" {median:,.4g}, 90 % of {len(values)} replicates {ends[0]:,.4g} to {ends[1]:,.4g}"
    )


def _paired(reference: Result, variant: Result, metric: str, country: str) -> Floats:
    """Return variant minus reference by replicate; refuse what is no pair."""
    from sim.comparison import refuse_unlike

    refuse_unlike([reference, variant])
    _, ours, theirs = np.intersect1d(reference.numbers, variant.numbers, return_indices=True)
    before, after = (_whole_run(each, metric, country) for each in (reference, variant))
    difference = after[theirs] - before[ours]
    known = difference[np.isfinite(difference)]
    if len(known) < 2:
        raise BadInput(
            f"{metric} at {country}: {len(known)} pairs of replicates have it; at least 2 are needed"
        )
    return known


def _confidence_above_zero(difference: Floats) -> float:
    """Return one minus the p-value of the one-sided t-test; without any spread the sign decides."""
    from scipy.special import stdtr

    spread = difference.std(ddof=1)
    if spread == 0:
        return 1.0 if difference[0] > 0 else 0.0
    return float(stdtr(len(difference) - 1, difference.mean() / spread * np.sqrt(len(difference))))


def _signed(value: float) -> str:
    """Write a difference with its sign; nothing has none."""
    return f"{value:+,.4g}" if value else "0"


def _values(
    result: Result, metric: str, country: str, first: date | str | None, last: date | str | None
) -> Floats:
    """Return a figure by replicate, of the whole run or of some days."""
    if first is None and last is None:
        values = _whole_run(result, metric, country)
        known = values[np.isfinite(values)]
        if not len(known):
            raise BadInput(f"{metric} at {country}: no replicate has it")
        return known
    recorded = of_results([result])
    span = _day(first, recorded.start), _day(last, recorded.end)
    if not recorded.start <= span[0] <= span[1] <= recorded.end:
        raise BadInput(f"{span[0]} to {span[1]} must lie within {recorded.start} to {recorded.end}, in order")
    return recorded.in_windows(metric, country, [span])[:, 0]


def _whole_run(result: Result, metric: str, country: str) -> Floats:
    """Look a figure of the ledgers up."""
    found = {(figure.metric, figure.country): values for figure, values in result.figures.items()}
    if (metric, country) in found:
        return found[metric, country]
    places = [place for name, place in found if name == metric]
    if places:
        raise BadInput(f"{metric}: is not known at '{country}'; known at {', '.join(places)}")
    raise BadInput(f"metric: '{metric}' is not known{did_you_mean(metric, {name for name, _ in found})}")


def _day(day: date | str | None, otherwise: date) -> date:
    """Read a day."""
    if not isinstance(day, str):
        return day or otherwise
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise BadInput(f"expects a date like 2021-08-03, is '{day}'") from None
