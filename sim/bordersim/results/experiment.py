"""An experiment and its results.

One experiment is scenarios x draws x replicates. A draw is a set of values by dotted key, applied to every
scenario alike, so that draws pair scenarios as replicates do. Two uncertainties are kept apart: random
variation is between replicates, parameter uncertainty is between draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.inputs.arguments import (
    whole_number,
)
from bordersim.results.draws import NO_DRAW, Draw
from bordersim.results.each_figure import each_figure
from bordersim.results.failures import Failure
from bordersim.results.histories import compare_histories, summarise_histories
from bordersim.results.ledgers import Figure
from bordersim.results.paired import compare_results, summarise_results
from bordersim.results.readings import listed
from bordersim.results.store.digests import combined, combined_by_name
from bordersim.results.store.names import HISTORIES
from bordersim.results.store.parts import Window, part_of
from bordersim.results.store.result import Result
from bordersim.results.variance import compare_draws, summarise_draws

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

ALL_TABLES, TOTALS_ALONE, DAYS_ALONE = "all", "totals", "days"


class Cell(NamedTuple):
    """A scenario with a draw on top: everything but the replicate."""

    scenario: int
    draw: int


@dataclass(frozen=True)
class Experiment:
    """Results of one scenario, or of a reference and those compared with it, for every draw.

    Parameters
    ----------
    results
        One for each scenario: that of the first draw, which is the only one unless draws were given.
    failures
        Error messages, one per scenario and kind of failure.
    folder
        The run folder, a path or a URL; None when nothing was written.
    draws
        The draws.
    cells
        The result of every scenario and draw.
    failed
        The replicates that failed.
    worth
        How many independent ones its histories are worth; None where that is not known.
    """

    results: tuple[Result, ...]
    failures: list[str]
    folder: Path | str | None
    draws: tuple[Draw, ...] = NO_DRAW
    cells: Mapping[Cell, Result] = field(default_factory=dict)
    failed: tuple[Failure, ...] = ()
    worth: float | None = None

    def __repr__(self) -> str:
        """Return what was run, no numbers."""
        names = listed(result.name for result in self.results)
        first, draws = self.results[0], f", {len(self.draws)} draws" if len(self.draws) > 1 else ""
        days = f"{first.land.days} days from {first.land.start}"
        return f"<experiment of {names}: {first.asked} {first.repetitions}{draws}, {days}>"

    @property
    def names(self) -> list[str]:
        """Names of the scenarios."""
        return [result.name for result in self.results]

    def result(self, scenario: int, draw: int = 0) -> Result:
        """Return the result of a scenario with a draw on top.

        Parameters
        ----------
        scenario, draw
            Their indexes, from 0 in the order they were given.

        Returns
        -------
        Result
            The result of all its replicates.

        Raises
        ------
        BadInput
            If there is no such scenario or draw.
        """
        scenario = whole_number("scenario", scenario, 0, len(self.results) - 1)
        draw = whole_number("draw", draw, 0, len(self.draws) - 1)
        return self.cells[Cell(scenario, draw)] if self.cells else self.results[scenario]

    def of_scenario(self, scenario: int) -> list[Result]:
        """Return the results of a scenario, one for each draw."""
        return [self.result(scenario, draw) for draw in range(len(self.draws))]

    def each_figure(self) -> Iterator[tuple[Figure, NDArray[np.float64]]]:
        """Yield every figure of the ledgers with its value by scenario, draw and replicate.

        A missing replicate is NaN. Only part of the figures is in memory at once.
        """
        count = range(len(self.results))
        results = [result for scenario in count for result in self.of_scenario(scenario)]
        numbers = [np.array(result.numbers, dtype=np.intp) for result in results]
        for figure, columns in each_figure(results):
            values = np.full((len(results), results[0].asked), np.nan)
            for row, where, column in zip(values, numbers, columns, strict=True):
                row[where] = column
            yield figure, values.reshape(len(count), len(self.draws), -1)

    def between(self, window: Window) -> Experiment:
        """Return it as if it had the days of a window alone.

        Raises
        ------
        BadInput
            It kept sums over all of its days alone, as a sweep does.
        """
        results = tuple(part_of(result, window) for result in self.results)
        cells = {cell: part_of(result, window) for cell, result in self.cells.items()}
        return replace(self, results=results, cells=cells)

    @property
    def missing(self) -> int:
        """Number of replicates requested but missing."""
        return sum(result.missing for result in self.cells.values() or self.results)

    @property
    def is_part(self) -> bool:
        """Whether it has some of its days alone."""
        return self.results[0].is_part

    @property
    def is_given(self) -> bool:
        """Whether its replicates are histories, which agree with the published record."""
        return self.results[0].repetitions == HISTORIES

    @cached_property
    def metrics(self) -> pd.DataFrame:
        """Mean and spread of each figure of each scenario."""
        if self.is_given:
            return summarise_histories(self.names, self.each_figure(), _lost(self._there))
        if len(self.draws) > 1:
            return summarise_draws(self.names, self.each_figure(), _lost(self._there))
        return summarise_results(self.results)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Paired differences to the first scenario; no row if it is alone."""
        if self.is_given:
            return compare_histories(self.names, self.each_figure(), self._lost_pairs, self.worth)
        if len(self.draws) > 1:
            return compare_draws(self.names, self.each_figure(), self._lost_pairs)
        return compare_results(self.results[0], self.results[1:])

    @property
    def comparison(self) -> pd.DataFrame | None:
        """Paired differences to the first scenario; None if it is alone."""
        return self.differences if len(self.results) > 1 else None

    @property
    def _lost_pairs(self) -> list[int]:
        """How many replicates each scenario but the first or the first itself lacks."""
        return _lost(self._there[1:] & self._there[:1])

    @cached_property
    def _there(self) -> NDArray[np.bool_]:
        """Whether a replicate is there, by scenario, draw and replicate."""
        there = np.zeros((len(self.results), len(self.draws), self.results[0].asked), dtype=np.bool_)
        for scenario in range(len(self.results)):
            for draw, result in enumerate(self.of_scenario(scenario)):
                there[scenario, draw, result.numbers] = True
        return there

    @cached_property
    def digests(self) -> dict[str, str]:
        """Digest of all numbers of each scenario, by name."""
        return {result.name: self._digest(i) for i, result in enumerate(self.results)}

    @property
    def digest(self) -> str:
        """Digest of all numbers of all scenarios."""
        return combined_by_name(self.digests)

    def _digest(self, scenario: int) -> str:
        """Digest of a scenario: that of its only draw, or of all of them in order."""
        digests = [result.digest() for result in self.of_scenario(scenario)]
        return digests[0] if len(digests) == 1 else combined(digests)


def _lost(there: NDArray[np.bool_]) -> list[int]:
    """Return by scenario how many replicates are not there."""
    lost: list[int] = (~there).sum(axis=(1, 2)).tolist()
    return lost
