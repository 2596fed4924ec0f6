"""Paired differences: scenario minus reference in the same replicate, with the interval of their mean.

The same people have the same luck in both, so random variation common to both cancels. Runs whose
replicates do not pair are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.errors import BadInput, UnknownNameError
from bordersim.inputs.arguments import text
from bordersim.inputs.nearest import did_you_mean
from bordersim.results.each_figure import each_figure
from bordersim.results.readings import listed
from bordersim.results.store.columns import COMPARISON_COLUMNS, METRICS_COLUMNS
from bordersim.results.store.names import HISTORIES
from bordersim.results.store.plotted import PlottedComparison

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.results.store.result import Result

INTERVAL_SHARE = 0.95
POWER = 0.80
QUANTILES = (0.05, 0.5, 0.95)
ONLY_OF_THE_MEAN = (
    '95 % interval of the mean: random variation only, values fixed; values="given" is as on the command line'
)
DAYS = ("first day", "number of days")
SAME_DAYS = "scenarios are compared over the same days: --set period.start=DATE --set period.end=DATE"
FIGURES_AT_ONCE = 32  # numpy's quantiles of one column take as long as those of many


class Interval(NamedTuple):
    """A mean and its interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Comparison(PlottedComparison):
    """A reference, the scenarios compared with it, and the table of paired differences.

    With ``values="fixed"``, the default of Python, a 95 % interval is that of the mean: random variation
    only, values fixed. The command `bordersim` answers from histories, which come close to what was
    published: ``compare(..., values="given")`` gives the same.

    Parameters
    ----------
    reference
        Result of the reference.
    scenarios
        Results of the others, in the order they were named.
    table
        A row for each figure of each scenario, in the figure's ``unit``: ``reference_mean`` and
        ``scenario_mean``, the mean of the paired ``difference`` with its 95 % interval, ``low`` to ``high``,
        and the number of pairs, ``replicates``. With ``values="given"`` quote the ``median`` difference and
        its 90 % range, ``range_low`` to ``range_high``, instead: one more, independent history would lie in
        it nine times in ten. It is a little wider than the quantiles over histories, ``q05`` to ``q95``,
        because many of these are alike. ``more`` and ``fewer`` count the pairs in which the scenario has
        more, or fewer, than the reference.
    folder
        The run folder, a path or a URL; None when nothing was written.
    """

    reference: Result
    scenarios: tuple[Result, ...]
    table: pd.DataFrame
    folder: Path | str | None

    def __repr__(self) -> str:
        """Return which scenarios were compared, no numbers, and what the intervals do not show."""
        others = listed(result.name for result in self.scenarios)
        first, land = self.reference, self.reference.land
        runs = f"{first.asked} {first.repetitions}"
        line = f"<{others} minus {first.name}: {runs}, {land.days} days from {land.start}>"
        return line if first.repetitions == HISTORIES else f"{line}\n{ONLY_OF_THE_MEAN}"

    def row(self, metric: str, country: str, scenario: str | None = None) -> pd.Series:
        """Return one paired difference: scenario minus reference, with its interval.

        Parameters
        ----------
        metric
            Any of the column ``metric`` of `table`; `docs/metrics.md` has its unit.
        country
            "LT", "LV", "PL", or "all"; some figures exist for all borders together only.
        scenario
            Name of the scenario in the table; None for the first.

        Returns
        -------
        pandas.Series
            The row of `table`. With fixed values quote ``difference``, a mean, with its 95 % interval; with
            histories ``median``, which the command line calls difference, with ``q05`` and ``q95``.

        Raises
        ------
        UnknownNameError
            If there is no such scenario, metric or country; both a `BadInput` and a `KeyError`.

        Examples
        --------
        >>> from bordersim import compare
        >>> until = {"period.end": "2021-08-05"}
        >>> made = compare("history_2021", "no_turn_back_2021", replicates=2, set=until)
        >>> int(made.row("attempts", "LT")["replicates"])
        2
        """
        name = self.table["scenario"].iloc[0] if scenario is None else scenario
        rows = _only(_only(self.table, "scenario", name), "metric", metric)
        return _only(rows, "country", country, f" for {metric}").iloc[0]


def compare_results(reference: Result, scenarios: Sequence[Result]) -> pd.DataFrame:
    """Return the paired differences of each scenario to the reference, one row per figure."""
    import pandas as pd

    names = refuse_unlike([reference, *scenarios])
    rows: list[tuple[Any, ...]] = []
    for name, scenario in zip(names[1:], scenarios, strict=True):
        rows += [(names[0], name, *row) for row in _differences(reference, scenario)]
    return pd.DataFrame(rows, columns=list(COMPARISON_COLUMNS))


def summarise_results(results: Sequence[Result]) -> pd.DataFrame:
    """Return the mean, its interval and the spread of each figure of each result."""
    import pandas as pd

    rows = [(result.name, *row) for result in results for row in _summary(result)]
    return pd.DataFrame(rows, columns=list(METRICS_COLUMNS))


def refuse_unlike(results: Sequence[Result]) -> list[str]:
    """Return the names of the results; raise BadInput if they cannot be compared."""
    names = _names(results)
    ours = _setting(results[0])
    for name, result in zip(names, results, strict=True):
        for what, value in _setting(result).items():
            if value != ours[what]:
                raise BadInput(
                    f"{name} cannot be compared with {names[0]}: {what} differs ({ours[what]} and {value})"
                    + (f"; {SAME_DAYS}" if what in DAYS else "")
                )
    return names


def _setting(result: Result) -> dict[str, object]:
    """Return what results must have in common for their replicates to pair."""
    return {
        "seed": result.seed,
        "number of replicates": result.asked,
        DAYS[0]: result.land.start,
        DAYS[1]: result.land.days,
        "number of segments": len(result.land.segments["segment"]),
    }


def mean_interval(values: NDArray[np.float64]) -> Interval:
    """Return the mean of the values with its 95 % t-interval, NaN for fewer than two."""
    if len(values) == 0:
        return Interval(np.nan, np.nan, np.nan)
    return _intervals_of_whole(values[None])[0]


def mean_intervals(table: NDArray[np.float64]) -> list[Interval]:
    """Return the interval of the known values of each row; rows without gaps are taken all at once."""
    whole = np.isfinite(table).all(axis=1) & (table.shape[1] > 0)
    at_once = iter(_intervals_of_whole(table[whole]) if whole.any() else ())
    return [
        next(at_once) if is_whole else mean_interval(row[np.isfinite(row)])
        for row, is_whole in zip(table, whole, strict=True)
    ]


def _intervals_of_whole(table: NDArray[np.float64]) -> list[Interval]:
    """Return the interval of each row of a table without gaps."""
    means, count = table.mean(axis=1), table.shape[1]
    halves = (
        _quantile(count - 1) * table.std(axis=1, ddof=1) / np.sqrt(count) if count > 1 else means * np.nan
    )
    columns = (means, means - halves, means + halves)
    return [Interval(*row) for row in zip(*(each.tolist() for each in columns), strict=True)]


@cache
def _quantile(freedom: int) -> float:
    """Return the quantile of Student's t at which the interval ends."""
    from scipy.special import stdtrit  # a lighter import than scipy.stats

    return float(stdtrit(freedom, (1 + INTERVAL_SHARE) / 2))


def smallest_detectable(low: float, high: float, replicates: int) -> float:
    """Return the smallest true difference that this number of pairs would detect with probability 80 %.

    With n pairs whose differences have the standard deviation s it is (t[0.975] + t[0.80]) s / sqrt(n), t
    being the quantiles of Student's t with n - 1 degrees of freedom. The half-width of the 95 % interval is
    t[0.975] s / sqrt(n), so that the interval tells s. Against the exact power of the two-sided test this is
    right to a hundredth of the power from 5 pairs on.

    Parameters
    ----------
    low, high
        The 95 % interval of the mean paired difference.
    replicates
        Number of pairs.
    """
    from scipy.special import stdtrit

    if not replicates > 1:
        return np.nan
    shown, missed = stdtrit(replicates - 1, [(1 + INTERVAL_SHARE) / 2, POWER])
    return float((high - low) / 2 * (1 + missed / shown))


def _names(results: Sequence[Result]) -> list[str]:
    """Return the names of the results; where two scenarios share a name, with the values set on top."""
    names = [result.name for result in results]
    names = names if len(set(names)) == len(names) else [result.label for result in results]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        if len({each.scenario.digest for each in results if twice in (each.name, each.label)}) > 1:
            raise BadInput(f"two scenarios are named {twice}; give one its own, with `name:` in its file")
        raise BadInput(f"{twice} would be compared with itself; to look at it alone: bordersim run {twice}")
    return names


def _differences(reference: Result, scenario: Result) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of one comparison, from the replicates both have."""
    _, ours, theirs = np.intersect1d(reference.numbers, scenario.numbers, return_indices=True)
    missing = reference.asked - len(ours)
    figures = each_figure([reference, scenario])
    while part := list(islice(figures, FIGURES_AT_ONCE)):
        before, after = (np.array([pair[i][of] for _, pair in part]) for i, of in enumerate((ours, theirs)))
        known = np.isfinite(after - before)
        before[~known], after[~known] = np.nan, np.nan
        intervals = [mean_intervals(each) for each in (before, after, after - before)]
        for (figure, _), *found, pairs in zip(part, *intervals, known.sum(axis=1).tolist(), strict=True):
            means = [each.mean for each in found[:2]]
            key = (figure.ledger, figure.metric, figure.country, figure.unit)
            yield (*key, *means, *found[2], pairs, missing)


def _summary(result: Result) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of one result."""
    figures = each_figure([result])
    while part := list(islice(figures, FIGURES_AT_ONCE)):
        table = np.array([values for _, (values,) in part])
        counts = np.isfinite(table).sum(axis=1).tolist()
        rows = zip(part, mean_intervals(table), _spreads(table), counts, strict=True)
        for (figure, _), interval, spread, count in rows:
            key = (figure.ledger, figure.metric, figure.country, figure.unit)
            yield (*key, *interval, *spread, count, result.missing)


def _spreads(table: NDArray[np.float64]) -> list[list[float]]:
    """Return the quantiles of the known values of each row; those of rows without gaps at once."""
    whole = np.isfinite(table).all(axis=1) & (table.shape[1] > 0)
    found = np.full((len(table), len(QUANTILES)), np.nan)
    if whole.any():
        found[whole] = np.quantile(table[whole], QUANTILES, axis=1).T
    for i in np.flatnonzero(~whole):
        known = table[i][np.isfinite(table[i])]
        found[i] = np.quantile(known, QUANTILES) if len(known) else np.nan
    return [[float(each) for each in row] for row in found]


def _only(table: pd.DataFrame, column: str, name: str, what: str = "") -> pd.DataFrame:
    """Return the rows with a name; raise if there are none."""
    found = table[table[column] == text(column, name)]
    if found.empty:
        hint = did_you_mean(name, dict.fromkeys(table[column]))
        raise UnknownNameError(f"{column}: '{name}' is not in the comparison{what}{hint}")
    return found
