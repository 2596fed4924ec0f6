"""What an experiment is: what is asked, how it is run, and what comes of it.

One experiment is scenarios x draws x replicates. A draw is a set of values by dotted key that is put on
top of every scenario alike, so that draws pair scenarios as replicates do. Two uncertainties are kept
apart: chance is what differs between replicates, knowledge what differs between draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.errors import BadInput
from bordersim.experiments.pool import Pool, Progress, pool_on
from bordersim.inputs.arguments import (
    MOST_REPLICATES,
    MOST_WORKERS,
    choice,
    folder_or_url,
    number,
    seen,
    text,
    whole_number,
)
from bordersim.inputs.loading import DEFAULT_REPLICATES
from bordersim.results.ledgers import Figure
from bordersim.results.paired import compare_results, summarise_results
from bordersim.results.store.blocks import BLOCK_REPLICATES
from bordersim.results.store.digests import combined, combined_by_name
from bordersim.results.store.result import Result, each_figure
from bordersim.results.variance import compare_draws, summarise_draws

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

Draw = Mapping[str, object]
NO_DRAW: tuple[Draw, ...] = ({},)
NAMED = 3  # replicates that a line names
CONTINUE, STOP = "continue", "stop"
ALL_TABLES, TOTALS_ALONE, DAYS_ALONE = "all", "totals", "days"
WHOLE_NUMBERS = {
    "replicates": MOST_REPLICATES,
    "workers": MOST_WORKERS,
    "block_replicates": MOST_REPLICATES,
}


class Cell(NamedTuple):
    """A scenario with a draw on top: everything but the replicate."""

    scenario: int
    draw: int


class Failure(NamedTuple):  # its fields are the columns of failed.csv
    """A replicate that there is not, and why."""

    scenario: str
    draw: int
    replicate: int
    seed: int
    error: str
    traceback: str


def one_line(error: BaseException) -> str:
    """Say an error in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def told(failed: Sequence[Failure]) -> list[str]:
    """Say which replicates failed and why, a line for each scenario and error."""
    alike: dict[tuple[str, str], list[Failure]] = {}
    for failure in failed:
        alike.setdefault((failure.scenario, failure.error), []).append(failure)
    return [f"{name}, {_numbers(each)}: {error}" for (name, error), each in alike.items()]


def _numbers(failed: Sequence[Failure]) -> str:
    """Name replicates; of many the first few and how many there are."""
    if len(failed) == 1:
        return f"replicate {failed[0].replicate}"
    numbers = list(dict.fromkeys(failure.replicate for failure in failed))
    more = ", ..." if len(numbers) > NAMED else ""
    return f"{len(failed)} replicates ({', '.join(map(str, numbers[:NAMED]))}{more})"


@dataclass(frozen=True)
class Settings:
    """How to run, as opposed to what: nothing here changes a replicate's numbers.

    Parameters
    ----------
    replicates
        Repetitions of each scenario and draw, 1 to 1,000,000.
    workers
        Threads, 1 to 1,000; None takes one per processor.
    executor
        Where blocks are made; None takes threads of this process.
    cluster
        Address of a Dask scheduler, whose workers then make the blocks.
    out
        Where run folders are made, a folder or a URL that fsspec knows; None writes nothing.
    pictures
        Which are drawn: "plots", "maps".
    command
        What the user typed, for the record.
    progress
        Is told how many replicates are done and how many there are in all.
    on_error
        When a replicate fails: "continue" with the others or "stop".
    keep
        "all" tables of a block; "totals" alone, sums over days, for sweeps of many draws; or "days" beside
        them, for calibrations.
    block_replicates
        Replicates in one file, 1 to 1,000,000; a run that is stopped loses at most those it has in hand.
    own_chance
        Give every draw replicates of its own, so that draws differ by chance as the world might; without it
        all draws share theirs, which shows differences between draws best.
    patience_s
        How long to wait for the first block before it is given up; None takes half an hour. Later ones
        get many times what the slowest so far has taken.
    analysis
        What a sweep or a sensitivity analysis asks of the draws, as plain data; kept in the manifest.
    tell
        Is told what a user should know while it runs: a damaged block, a worker that died.

    Raises
    ------
    BadInput
        In one line: a number, a word or a place that makes no sense.

    Examples
    --------
    >>> from bordersim.results.experiment import Settings
    >>> Settings(replicates=20, workers=2, out="results").replicates
    20
    """

    replicates: int = DEFAULT_REPLICATES
    workers: int | None = None
    executor: Executor | None = None
    cluster: str | None = None
    out: Path | str | None = None
    pictures: tuple[str, ...] = ("plots", "maps")
    command: str = ""
    progress: Progress | None = None
    on_error: str = CONTINUE
    keep: str = ALL_TABLES
    block_replicates: int = BLOCK_REPLICATES
    own_chance: bool = False
    patience_s: float | None = None
    analysis: Mapping[str, Any] | None = None
    tell: Callable[[str], None] | None = None

    def __post_init__(self) -> None:
        """Refuse what makes no sense before anything is loaded; numbers of numpy become those of Python."""
        for name, high in WHOLE_NUMBERS.items():
            if (value := getattr(self, name)) is not None or name != "workers":
                object.__setattr__(self, name, whole_number(name, value, 1, high))
        if self.out is not None:
            object.__setattr__(self, "out", folder_or_url("out", self.out))
        if self.executor is not None and not hasattr(self.executor, "submit"):
            raise BadInput(f"executor: expects one of concurrent.futures, is {seen(self.executor)}")
        if self.patience_s is not None and not number("patience_s", self.patience_s) > 0:
            raise BadInput(f"patience_s: must be above 0, is {self.patience_s:g}")
        if self.cluster is not None:
            text("cluster", self.cluster)
        choice("on_error", self.on_error, (CONTINUE, STOP))
        choice("keep", self.keep, (ALL_TABLES, TOTALS_ALONE, DAYS_ALONE))

    def pool(self) -> AbstractContextManager[Pool]:
        """Give the workers."""
        return pool_on(self.executor, self.workers, self.cluster, self.patience_s, self.tell)


@dataclass(frozen=True)
class Experiment:
    """Results of one scenario, or of a reference and those compared with it, for every draw.

    Parameters
    ----------
    results
        One for each scenario: that of the first draw, which is the only one unless draws were given.
    failures
        What went wrong, in words.
    folder
        The run folder, a path or a URL; None when nothing was written.
    draws
        The draws.
    cells
        The result of every scenario and draw.
    failed
        The replicates that failed.
    """

    results: tuple[Result, ...]
    failures: list[str]
    folder: Path | str | None
    draws: tuple[Draw, ...] = NO_DRAW
    cells: Mapping[Cell, Result] = field(default_factory=dict)
    failed: tuple[Failure, ...] = ()

    def __repr__(self) -> str:
        """Say what was run, not what came out."""
        names = ", ".join(result.name for result in self.results)
        first, draws = self.results[0], f", {len(self.draws)} draws" if len(self.draws) > 1 else ""
        days = f"{first.land.days} days from {first.land.start}"
        return f"<experiment of {names}: {first.asked} replicates{draws}, {days}>"

    def result(self, scenario: int, draw: int = 0) -> Result:
        """Give the result of a scenario with a draw on top.

        Parameters
        ----------
        scenario, draw
            Their numbers, from 0 in the order they were named.

        Returns
        -------
        Result
            That of all its replicates.

        Raises
        ------
        BadInput
            If there is no such scenario or draw.
        """
        scenario = whole_number("scenario", scenario, 0, len(self.results) - 1)
        draw = whole_number("draw", draw, 0, len(self.draws) - 1)
        return self.cells[Cell(scenario, draw)] if self.cells else self.results[scenario]

    def of_scenario(self, scenario: int) -> list[Result]:
        """Give the results of a scenario, one for each draw."""
        return [self.result(scenario, draw) for draw in range(len(self.draws))]

    def each_figure(self) -> Iterator[tuple[Figure, NDArray[np.float64]]]:
        """Yield every figure of the ledgers with its value by scenario, draw and replicate.

        A replicate that is not there is not a number. Only a part of the figures is in memory at once.
        """
        count = range(len(self.results))
        results = [result for scenario in count for result in self.of_scenario(scenario)]
        numbers = [np.array(result.numbers, dtype=np.intp) for result in results]
        for figure, columns in each_figure(results):
            values = np.full((len(results), results[0].asked), np.nan)
            for row, where, column in zip(values, numbers, columns, strict=True):
                row[where] = column
            yield figure, values.reshape(len(count), len(self.draws), -1)

    @property
    def missing(self) -> int:
        """Count the replicates that were asked for and are not there."""
        return sum(result.missing for result in self.cells.values() or self.results)

    @cached_property
    def metrics(self) -> pd.DataFrame:
        """Mean and spread of each figure of each scenario."""
        return summarise_draws(self) if len(self.draws) > 1 else summarise_results(self.results)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Paired differences to the first scenario; no row if it is alone."""
        if len(self.draws) > 1:
            return compare_draws(self)
        return compare_results(self.results[0], self.results[1:])

    @property
    def comparison(self) -> pd.DataFrame | None:
        """Paired differences to the first scenario; None if it is alone."""
        return self.differences if len(self.results) > 1 else None

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
