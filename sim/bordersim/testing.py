"""Helpers for your own tests: a change has an effect, a figure lies in a range, a value reaches a target.

>>> from bordersim import run
>>> from bordersim.testing import assert_between, assert_effect
>>> usual = run("history_2021", replicates=50)
>>> fewer = run("history_2021", replicates=50, set={"guards.LT.officers": 300})
>>> assert_effect(usual, fewer, "response_time_h", "higher", country="LT")
>>> assert_between(usual, "record_apprehended", "LT", 300, 700, first="2021-06-01", last="2021-06-30")

Both fail with one line that states what was expected and what was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

from bordersim.errors import BadInput
from bordersim.inputs.arguments import MOST_REPLICATES, choice, day, number, seen, text, whole_number
from bordersim.inputs.loading import DEFAULT_REPLICATES, load
from bordersim.inputs.nearest import did_you_mean, nearest
from bordersim.results.ledgers import ALL
from bordersim.validation.recorded import of_results

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.analyses.finding import Found
    from bordersim.inputs.arguments import Names
    from bordersim.results.store.result import Result

    Floats = NDArray[np.float64]

Day = date | str  # or what numpy and pandas have for a day
Ends = tuple[float, float]
Direction = Literal["higher", "lower"]
SIGN: dict[str, float] = {"higher": 1.0, "lower": -1.0}
CONFIDENCE, LEAST_CONFIDENCE = 0.95, 0.5
MOST = 0.9
LEAST_REPLICATES = 1 + 1  # an interval needs two


def assert_effect(
    reference: Result,
    variant: Result,
    metric: str,
    direction: Direction,
    confidence: float = CONFIDENCE,
    country: str = ALL,
) -> None:
    """Assert that a variant moves a figure of the whole run, with a one-sided t-test on paired replicates.

    Parameters
    ----------
    reference, variant
        Two results with the same seed, so that a replicate has the same people and random draws in both.
    metric
        Any figure of metrics.csv, including ratios. A replicate without this figure in either result is
        left out.
    direction
        Which way the variant should differ from the reference: "higher" or "lower".
    confidence
        Confidence level, 0.5 to 1 [share]. Where there is no effect, the assertion still passes with
        probability 1 - confidence.
    country
        "LT", "LV", "PL", or "all" for the borders together.

    Raises
    ------
    AssertionError
        If no such effect is shown at this confidence; the message states the confidence
        reached and the mean paired difference.
    BadInput
        If there is no such metric, country or direction, or the results do not form at least two pairs.

    Examples
    --------
    >>> from bordersim import run
    >>> from bordersim.testing import assert_effect
    >>> week = {"period.end": "2021-05-07"}
    >>> usual = run("history_2021", replicates=5, set=week)
    >>> fewer = run("history_2021", replicates=5, set={**week, "guards.LT.officers": 300})
    >>> assert_effect(usual, fewer, "patrol_hours", "lower", country="LT")
    """
    __tracebackhide__ = True  # pytest then points at the test, not at this function
    sign = SIGN[choice("direction", direction, tuple(SIGN))]
    sure = number("confidence", confidence)
    if not LEAST_CONFIDENCE < sure < 1:
        raise BadInput(f"confidence: must be between {LEAST_CONFIDENCE:g} and 1, is {sure:g}")
    difference = sign * _paired(reference, variant, metric, country)
    reached = _confidence_above_zero(difference)
    if reached < sure:
        what = f"{metric} at {country}: wanted {direction} in {variant.label} than in {reference.label}"
        mean = sign * difference.mean()
        raise AssertionError(
            f"{what} with confidence {sure:g}, has {reached:.3g}: mean paired difference"
            f" {_signed(mean)} over {len(difference)} replicates"
        )


def assert_between(
    result: Result,
    metric: str,
    country: str,
    low: float,
    high: float,
    *,
    first: Day | None = None,
    last: Day | None = None,
) -> None:
    """Assert that the median over replicates lies between two figures, both included.

    Parameters
    ----------
    result
        The result of a run.
    metric, country
        Any figure of metrics.csv at "LT", "LV", "PL" or "all"; with `first` or `last`, one
        that is counted by day.
    low, high
        Ends of the range [unit of the metric]; either may be infinite.
    first, last
        The days to sum over, both included; leave both out for the whole run.

    Raises
    ------
    AssertionError
        If the median is outside; the message states it with the range of nine in ten replicates.
    BadInput
        If there is no such metric or country, a day is outside the run, or low is above high.

    Examples
    --------
    >>> from bordersim import run
    >>> from bordersim.testing import assert_between
    >>> result = run("history_2021", replicates=5, set={"period.end": "2021-05-31"})
    >>> assert_between(result, "attempts", "LT", 1, 1000, first="2021-05-08", last="2021-05-31")
    """
    __tracebackhide__ = True
    low, high = number("low", low), number("high", high)
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


def find_value(
    key: str,
    metric: str,
    target: float,
    scenario: Names = "history_2021",
    country: str = ALL,
    between: Ends | None = None,
    replicates: int = DEFAULT_REPLICATES,
    set: Mapping[str, object] | None = None,
) -> Found:
    """Find the value of a parameter at which the mean of a figure of the whole run reaches a target.

    The same replicates, with the same people and random draws, run at every value: a search made again finds
    the same value.
    If the mean reaches the target at several values, one of them is returned.

    Parameters
    ----------
    key, between
        The parameter, and where to search [unit of the parameter]; None for its range in parameters.yaml.
    metric, country, target
        Any figure of metrics.csv at "LT", "LV", "PL" or "all", and its wanted mean [unit of the figure].
    scenario, replicates, set
        As in `run`; at least two replicates. A value with dates is replaced by one constant.

    Returns
    -------
    Found
        `value` [unit of the parameter] and the mean `reached` there [unit of the figure]; from `low` to
        `high` the target is inside the 95 % confidence interval of the mean.

    Raises
    ------
    UnreachableTarget
        If the means at both ends lie on the same side of the target; a `BadInput` that states both means.
    BadInput
        If the parameter is not a number or has no range, or metric, country or ends cannot be used.
    RunError
        As `bordersim.run`.

    Examples
    --------
    >>> from bordersim.testing import find_value
    >>> week = {"period.end": "2021-05-07"}
    >>> found = find_value("guards.LT.officers", "patrol_hours", 14000, country="LT", replicates=2, set=week)
    >>> round(found.value, -2), found.low < found.value < found.high
    (1100, True)
    """
    from bordersim.analyses.finding import search_for
    from bordersim.api import run

    whole_number("replicates", replicates, LEAST_REPLICATES, MOST_REPLICATES)
    others = dict(set or {})

    def at(value: float) -> Floats:
        result = run(scenario, replicates=replicates, set={**others, key: value})
        return _values(result, metric, country, None, None)

    search = search_for(text("key", key), load(scenario, others), at, number("target", target), between)
    return search.found(f"{metric} at {country}")


def _paired(reference: Result, variant: Result, metric: str, country: str) -> Floats:
    """Return variant minus reference by replicate; raise if the results do not pair."""
    from bordersim.results.paired import refuse_unlike

    refuse_unlike([_result("reference", reference), _result("variant", variant)])
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
    """Return one minus the p-value of the one-sided t-test; without any variance the sign decides."""
    from scipy.special import stdtr

    spread = difference.std(ddof=1)
    if spread == 0:
        return 1.0 if difference[0] > 0 else 0.0
    return float(stdtr(len(difference) - 1, difference.mean() / spread * np.sqrt(len(difference))))


def _signed(value: float) -> str:
    """Write a difference with its sign; nothing has none."""
    return f"{value:+,.4g}" if value else "0"


def _values(result: Result, metric: str, country: str, first: Day | None, last: Day | None) -> Floats:
    """Return a figure by replicate, of the whole run or of some days."""
    _result("result", result)
    if first is None and last is None:
        values = _whole_run(result, metric, country)
        known = values[np.isfinite(values)]
        if not len(known):
            raise BadInput(f"{metric} at {country}: no replicate has it")
        return known
    recorded = of_results([result])
    span = (
        recorded.start if first is None else day("first", first),
        recorded.end if last is None else day("last", last),
    )
    if not recorded.start <= span[0] <= span[1] <= recorded.end:
        raise BadInput(f"{span[0]} to {span[1]} must lie within {recorded.start} to {recorded.end}, in order")
    return recorded.in_windows(text("metric", metric), text("country", country), [span])[:, 0]


def _whole_run(result: Result, metric: str, country: str) -> Floats:
    """Return a figure of the ledgers by replicate."""
    wanted = text("metric", metric), text("country", country)
    found = {(figure.metric, figure.country): values for figure, values in result.figures.items()}
    if wanted in found:
        return found[wanted]
    places = [place for name, place in found if name == metric]
    if places:
        near = nearest(country, places)
        hint = f"; did you mean '{near}'?" if near else ""
        raise BadInput(f"{metric}: is not known at '{country}'; known at {', '.join(places)}{hint}")
    known = dict.fromkeys(name for name, _ in found)
    raise BadInput(f"metric: '{metric}' is not known{did_you_mean(metric, known)}")


def _result(name: str, value: object) -> Result:
    """Return a result of a run."""
    from bordersim.results.store.result import Result

    if not isinstance(value, Result):
        raise BadInput(f"{name}: expects the result of a run, is {seen(value)}")
    return value
