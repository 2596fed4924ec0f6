"""The tables of a sweep: every figure in every draw with its interval, and the paired differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.results.by_draw import Answers, Wanted, known_figures
from bordersim.results.paired import mean_interval
from bordersim.results.store.columns import SWEEP_COLUMNS, SWEEP_DIFFERENCE_COLUMNS

if TYPE_CHECKING:
    import pandas as pd


def figure_table(answers: Answers, wanted: Sequence[Wanted]) -> pd.DataFrame:
    """Return one row a draw, scenario and figure: its mean and the 95 % interval of the mean."""
    return _table(answers, wanted, SWEEP_COLUMNS, _figure_rows)


def difference_table(answers: Answers, wanted: Sequence[Wanted]) -> pd.DataFrame:
    """Return one row a draw, scenario and figure: the paired difference to the first scenario."""
    return _table(answers, wanted, SWEEP_DIFFERENCE_COLUMNS, _difference_rows)


def _table(answers: Answers, wanted: Sequence[Wanted], columns: Sequence[str], rows_of: Any) -> pd.DataFrame:
    import pandas as pd

    values = answers.values
    rows = [
        (i, *(draw.get(key) for key in answers.keys), *row)  # a draw may name its keys in another order
        for i, draw in enumerate(answers.draws)
        for each in wanted
        for row in rows_of(answers.names, each, values[each][i])
    ]
    return pd.DataFrame(rows, columns=["draw", *answers.keys, *columns])


def _figure_rows(names: Sequence[str], wanted: Wanted, values: Any) -> Iterator[tuple[Any, ...]]:
    about = known_figures()[wanted]
    for name, each in zip(names, values, strict=True):
        known = each[np.isfinite(each)]
        yield (name, about.ledger, *wanted, about.unit, *mean_interval(known), len(known))


def _difference_rows(names: Sequence[str], wanted: Wanted, values: Any) -> Iterator[tuple[Any, ...]]:
    about = known_figures()[wanted]
    for name, each in zip(names[1:], values[1:], strict=True):
        known = np.isfinite(each - values[0])
        means = mean_interval(values[0][known]).mean, mean_interval(each[known]).mean
        difference = mean_interval((each - values[0])[known])
        yield (names[0], name, about.ledger, *wanted, about.unit, *means, *difference, int(known.sum()))
