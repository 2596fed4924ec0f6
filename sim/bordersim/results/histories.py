"""Figures of histories: what lies in nine tenths of those that agree with the record, and which way it goes.

Each history is one run under every policy, with the same values, people and luck: so its difference between
two policies is what the policy did in that history. All histories weigh the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.results.paired import QUANTILES, mean_interval
from bordersim.results.reach import levels
from bordersim.results.store.columns import HISTORY_COLUMNS, METRICS_COLUMNS
from bordersim.results.tested import stretched

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.results.variance import ByFigure

    Floats = NDArray[np.float64]


class Paired(NamedTuple):
    """A figure of two scenarios in the same histories, and its difference within each of them."""

    reference: str
    scenario: str
    ledger: str
    metric: str
    country: str
    unit: str
    reference_median: float
    scenario_median: float
    median: float
    range_low: float
    range_high: float
    q05: float
    q95: float
    more: int
    fewer: int
    replicates: int
    missing: int


def paired_figures(
    names: Sequence[str], by_figure: Iterable[ByFigure], worth: float | None = None
) -> list[Paired]:
    """Return each figure of each scenario beside that of the first: what a page shows of `compare_histories`.

    Without a table, so that it takes milliseconds and no pandas.
    """
    return [
        _paired((names[0], name), figure, values[0, 0], after, worth)
        for figure, values in by_figure
        for name, after in zip(names[1:], values[1:, 0], strict=True)
    ]


def _paired(
    names: tuple[str, str], figure: Any, before: Floats, after: Floats, worth: float | None, lost: int = 0
) -> Paired:
    """Return one figure of two scenarios, of which so many histories are not there."""
    known = np.isfinite(after - before)
    difference = (after - before)[known]
    q05, median, q95 = _quantiles(difference)
    low, high = stretched(figure.metric, figure.country, *_quantiles(difference, levels(worth)))
    return Paired(
        names[0],
        names[1],
        figure.ledger,
        figure.metric,
        figure.country,
        figure.unit,
        replicates=int(known.sum()),
        missing=lost,
        reference_median=_median(before[known]),
        scenario_median=_median(after[known]),
        range_low=low,
        range_high=high,
        q05=q05,
        median=median,
        q95=q95,
        more=int((difference > 0).sum()),
        fewer=int((difference < 0).sum()),
    )


def summarise_histories(
    names: Sequence[str], by_figure: Iterable[ByFigure], lost: Sequence[int]
) -> pd.DataFrame:
    """Return one row for each figure of each scenario: where nine tenths of the histories have it.

    `lost` says by scenario how many histories are not there; a figure may be undefined in more of them.
    """
    import pandas as pd

    rows = []
    for figure, values in by_figure:
        for name, each, missing in zip(names, values[:, 0], lost, strict=True):
            known = each[np.isfinite(each)]
            spread = (*mean_interval(known), *_quantiles(known), len(known), missing)
            rows.append((name, figure.ledger, figure.metric, figure.country, figure.unit, *spread))
    table = pd.DataFrame(rows, columns=list(METRICS_COLUMNS))
    return _by_scenario(table, names)


def compare_histories(
    names: Sequence[str], by_figure: Iterable[ByFigure], lost: Sequence[int], worth: float | None = None
) -> pd.DataFrame:
    """Return one row for each figure of each scenario but the first: its difference to the first, paired.

    `lost` says for each other scenario how many pairs of histories are not there, `worth` how many
    independent ones say as much as all.
    """
    import pandas as pd

    rows = [
        row for figure, values in by_figure for row in _differences(names, figure, values[:, 0], lost, worth)
    ]
    table = pd.DataFrame(rows, columns=list(HISTORY_COLUMNS))
    return _by_scenario(table, names[1:])


def _differences(
    names: Sequence[str], figure: Any, values: Floats, lost: Sequence[int], worth: float | None
) -> Iterator[tuple[Any, ...]]:
    """Yield the difference of each scenario to the first in one figure."""
    before = values[0]
    for name, after, missing in zip(names[1:], values[1:], lost, strict=True):
        known = np.isfinite(after - before)
        means = (mean_interval(each[known]).mean for each in (before, after))
        row = _paired((names[0], name), figure, before, after, worth, missing)
        yield (*row, *means, *mean_interval((after - before)[known]))


def _by_scenario(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Order rows by scenario, as they were named."""
    order = table["scenario"].map({name: i for i, name in enumerate(names)})
    return table.iloc[np.argsort(order.to_numpy(), kind="stable")].reset_index(drop=True)


def _median(values: Floats) -> float:
    """Return the median, not a number of nothing."""
    return float(np.median(values)) if len(values) else np.nan


def _quantiles(values: Floats, at: Sequence[float] = QUANTILES) -> list[float]:
    """Return quantiles, those of nine tenths and the median if not told others; not numbers of nothing."""
    return np.quantile(values, at).tolist() if len(values) else [np.nan] * len(at)
