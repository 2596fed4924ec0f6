"""The value of every reported figure in every replicate, with bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from bordersim.results.ledgers import OF_PEOPLE, Figure, figures
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import PEOPLE_METRICS
from bordersim.words.valued import DAILY_NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.results.store.result import Result

COLUMNS_IN_MEMORY = 8_000_000  # numbers that summaries hold at once; more are read in several passes


def each_figure(
    results: Sequence[Result], at_once: int = COLUMNS_IN_MEMORY
) -> Iterator[tuple[Figure, list[NDArray[np.float64]]]]:
    """Yield every figure of the ledgers with its value in each replicate of each result.

    The blocks are read once where all figures fit into memory together, else once for every part of
    them: memory stays bounded and the numbers are all there, so that quantiles are exact. Figures of people
    are left out where a result has part of its days alone.
    """
    names = list(figures(np.zeros((0, len(COUNTRIES), len(DAILY_NAMES))), np.zeros((0, len(PEOPLE_METRICS)))))
    if any(result.is_part for result in results):
        names = [figure for figure in names if figure.metric not in OF_PEOPLE]
    part = max(1, at_once // max(1, sum(result.replicates for result in results)))
    for begin in range(0, len(names), part):
        wanted = names[begin : begin + part]
        columns = [_figure_columns(result, wanted) for result in results]
        yield from ((figure, [each[i] for each in columns]) for i, figure in enumerate(wanted))


def _figure_columns(result: Result, wanted: Sequence[Figure]) -> NDArray[np.float64]:
    """Collect some figures of a result, one block in memory at a time."""
    columns, done = np.empty((len(wanted), result.replicates)), 0
    for block in result.blocks:
        values = figures(block.values("totals"), block.values("people"))
        end = done + len(block.numbers)
        columns[:, done:end] = [values[figure] for figure in wanted]
        done = end
    return columns
