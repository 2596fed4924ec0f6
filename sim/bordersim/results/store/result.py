"""What a scenario's run gives: DataFrames, made when they are asked for, from memory or from the folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from bordersim.inputs.arguments import choice, whole_number
from bordersim.results.ledgers import Figure, figures
from bordersim.results.store.blocks import COLUMNS, Span
from bordersim.results.store.digests import combined
from bordersim.results.store.tables import Land, table_of
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import METRIC_NAMES, PEOPLE_METRICS, derive

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario


_NOTHING = {"totals": (0, len(COUNTRIES), len(METRIC_NAMES)), "people": (0, len(PEOPLE_METRICS))}
COLUMNS_IN_MEMORY = 8_000_000  # numbers that summaries hold at once; more are read in several passes


class Values(Protocol):
    """A way to the numbers of a block."""

    def __call__(self, table: str, columns: Sequence[str] = (), /) -> NDArray[Any]:
        """Return a table, or some of its columns."""


@dataclass(frozen=True, eq=False, repr=False)
class Block:
    """A finished block: which replicates there are, and ways to its numbers, in memory or on disk.

    Parameters
    ----------
    values
        Gives a table, or some of its columns, as an array: the replicate first and the column last. There
        is also "totals", the sums over days by country.
    digests
        Gives the digest of each replicate.
    """

    span: Span
    numbers: Sequence[int]
    values: Values
    digests: Callable[[], tuple[str, ...]]
    name: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """One scenario and what its replicates gave.

    Parameters
    ----------
    scenario
        The scenario, its values and their origins.
    seed
        What all draws are made from.
    asked
        Replicates that were asked for; `replicates` counts those there are.
    blocks
        Finished blocks in order of replicate.
    sets
        Values set on top of the scenario.
    folder
        The run folder, or None when nothing was written.
    keeps_days
        Whether the tables of days and places were kept; sums over days always are.
    """

    scenario: Scenario
    seed: int
    asked: int
    land: Land
    blocks: tuple[Block, ...]
    sets: Mapping[str, object] = field(default_factory=dict)
    folder: Path | str | None = None
    keeps_days: bool = True

    def __repr__(self) -> str:
        """Say which run this is, not what is in it."""
        return f"<{self.label}: {self.replicates} replicates, {self.land.days} days from {self.land.start}>"

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.scenario.name

    @property
    def label(self) -> str:
        """Name of the scenario with the values set on top of it."""
        sets = ", ".join(f"{key}={value}" for key, value in self.sets.items())
        return f"{self.name} [{sets}]" if sets else self.name

    @property
    def numbers(self) -> list[int]:
        """Indexes of the replicates there are."""
        return [number for block in self.blocks for number in block.numbers]

    @property
    def replicates(self) -> int:
        """Count the replicates there are."""
        return sum(len(block.numbers) for block in self.blocks)

    @property
    def missing(self) -> int:
        """Count the replicates that were asked for and are not there."""
        return self.asked - self.replicates

    @property
    def replicate_digests(self) -> tuple[str, ...]:
        """Digest of each replicate, in order."""
        return tuple(self._digests())

    def digest(self, first: int | None = None) -> str:
        """Digest of all replicates, or of the first so many.

        Parameters
        ----------
        first
            How many replicates, 0 to all there are; None takes all.

        Returns
        -------
        str
            A hash in hex; the same numbers have the same digest.

        Raises
        ------
        BadInput
            If `first` is no such number.
        """
        if first is None:
            return self._whole_digest
        return combined(islice(self._digests(), whole_number("first", first, 0, self.replicates)))

    @property
    def figures(self) -> dict[Figure, NDArray[np.float64]]:
        """Every figure of the ledgers with its value in each replicate."""
        return {figure: values for figure, (values,) in each_figure([self])}

    @cached_property
    def daily(self) -> pd.DataFrame:
        """Rows of scenario, replicate, date, country with every counted and derived metric."""
        return self._frame("daily")

    @cached_property
    def stock(self) -> pd.DataFrame:
        """Rows of scenario, replicate, date with the people in each state at the end of the day."""
        return self._frame("stock")

    @cached_property
    def segments(self) -> pd.DataFrame:
        """Rows of scenario, replicate, segment with its place and what was counted there."""
        return self._frame("segments")

    @cached_property
    def stretches(self) -> pd.DataFrame:
        """Rows of scenario, replicate, stretch with its place and what was counted there."""
        return self._frame("stretches")

    @cached_property
    def people(self) -> pd.DataFrame:
        """Rows of scenario, replicate with people, not attempts, for all borders together."""
        return self._frame("people")

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Rows of scenario, replicate, country with the sum over days of every metric."""
        import pandas as pd

        totals = self._joined("totals")
        frame = pd.DataFrame(totals.reshape(-1, totals.shape[-1]), columns=list(METRIC_NAMES))
        frame.insert(0, "country", np.tile(COUNTRIES, len(totals)))
        frame.insert(0, "replicate", np.repeat(np.array(self.numbers, dtype=np.int32), len(COUNTRIES)))
        frame.insert(0, "scenario", self.name)
        return derive(frame)

    def tables(self, table: str) -> Iterator[pa.Table]:
        """Yield a table block by block, so that a long run need not fit into memory.

        Parameters
        ----------
        table
            daily, stock, segments, stretches or people.

        Yields
        ------
        pyarrow.Table
            One block, with unit and definition of each column inside.

        Raises
        ------
        BadInput
            If there is no such table.
        """
        choice("table", table, tuple(COLUMNS))
        for block in self.blocks:
            axes = self.land.axes(table, block.numbers)
            yield table_of(table, block.values(table), axes, self.name)

    def _digests(self) -> Iterator[str]:
        """Yield the digest of each replicate, block by block."""
        return (digest for block in self.blocks for digest in block.digests())

    @cached_property
    def _whole_digest(self) -> str:
        """Digest of all replicates."""
        return combined(self._digests())

    def _frame(self, table: str) -> pd.DataFrame:
        """Make one DataFrame of all blocks."""
        import pyarrow as pa

        frame: pd.DataFrame = pa.concat_tables(self.tables(table)).to_pandas()
        return frame

    def _joined(self, table: str) -> NDArray[np.float64]:
        """Join a small table of all blocks."""
        return np.concatenate([np.zeros(_NOTHING[table]), *(block.values(table) for block in self.blocks)])


def each_figure(
    results: Sequence[Result], at_once: int = COLUMNS_IN_MEMORY
) -> Iterator[tuple[Figure, list[NDArray[np.float64]]]]:
    """Yield every figure of the ledgers with its value in each replicate of each result.

    The blocks are read once where all figures fit into memory together, else once for every part of
    them: memory stays bounded and the numbers are all there, so that quantiles are exact.
    """
    names = list(
        figures(np.zeros((0, len(COUNTRIES), len(METRIC_NAMES))), np.zeros((0, len(PEOPLE_METRICS))))
    )
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
