"""The result of a scenario: DataFrames, made on first use, from memory or from the run folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bordersim.inputs.arguments import choice, whole_number
from bordersim.results.each_figure import each_figure
from bordersim.results.ledgers import Figure
from bordersim.results.store.blocks import COLUMNS
from bordersim.results.store.digests import combined
from bordersim.results.store.finished_block import Block
from bordersim.results.store.names import REPLICATES
from bordersim.results.store.periods import Periods
from bordersim.results.store.plotted import PlottedResult
from bordersim.results.store.tables import Land, table_of
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import PEOPLE_METRICS, derive
from bordersim.words.valued import DAILY_NAMES

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario

_NOTHING = {"totals": (0, len(COUNTRIES), len(DAILY_NAMES)), "people": (0, len(PEOPLE_METRICS))}


@dataclass(frozen=True, eq=False, repr=False)
class Result(Periods, PlottedResult):
    """One scenario and its counts: DataFrames `totals`, `daily`, `stock`, `segments`, `stretches`, `people`.

    Parameters
    ----------
    scenario
        The scenario, its values and their origins.
    seed
        Random seed of the run, 0 to 2^63 - 1.
    asked
        Replicates requested; `replicates` counts those completed, fewer in a run that was not finished.
    land, blocks
        The days simulated and the border in segments of a kilometre and stretches of a guard station; the
        finished replicates, up to 50 in a block.
    sets, folder
        Values set on top of the scenario, by dotted key; the run folder, or None when nothing was written.
    keeps_days, is_part
        Whether tables of days and places were kept; whether it is part of a run: without counts of people.
    repetitions
        What its replicates are called: "histories" where each has its own values and chance events.

    Examples
    --------
    >>> from bordersim import run
    >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
    >>> result.seed, result.asked, result.replicates, result.missing, result.numbers
    (1, 2, 2, 0, [0, 1])
    """

    scenario: Scenario
    seed: int
    asked: int
    land: Land
    blocks: tuple[Block, ...]
    sets: Mapping[str, object] = field(default_factory=dict)
    folder: Path | str | None = None
    keeps_days: bool = True
    repetitions: str = REPLICATES
    is_part: bool = False

    def __repr__(self) -> str:
        """Return scenario, replicates and days, no numbers."""
        count, land = f"{self.replicates} {self.repetitions}", self.land
        return f"<{self.label}: {count}, {land.days} days from {land.start}>"

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.scenario.name

    @property
    def label(self) -> str:
        """Name of the scenario with the values set on top of it."""
        sets = ", ".join(f"{key}={value}" for key, value in self.sets.items())
        return self.name + (f" [{sets}]" if sets else "")

    @property
    def numbers(self) -> list[int]:
        """Numbers of the completed replicates, from 0; with one seed, the same number has the same draws."""
        return [number for block in self.blocks for number in block.numbers]

    @property
    def replicates(self) -> int:
        """Number of completed replicates."""
        return sum(len(block.numbers) for block in self.blocks)

    @property
    def missing(self) -> int:
        """Number of replicates that were requested but failed."""
        return self.asked - self.replicates

    @property
    def replicate_digests(self) -> tuple[str, ...]:
        """Digest of each completed replicate, sha256 in hex, in order."""
        return tuple(self._digests())

    def digest(self, first: int | None = None) -> str:
        """Return one digest of all completed replicates, or of the first few.

        Parameters
        ----------
        first
            Number of replicates, 0 to those completed; None for all.

        Returns
        -------
        str
            sha256 in hex. Two runs with the same digest have the same numbers.

        Raises
        ------
        BadInput
            If `first` is not such a number.

        Examples
        --------
        >>> from bordersim import run
        >>> week = {"period.end": "2021-05-07"}
        >>> three, two = (run("history_2021", replicates=n, set=week) for n in (3, 2))
        >>> three.digest(2) == two.digest()
        True
        """
        if first is None:
            return self._whole_digest
        return combined(islice(self._digests(), whole_number("first", first, 0, self.replicates)))

    @property
    def figures(self) -> dict[Figure, NDArray[np.float64]]:
        """Every reported figure of the whole run: (ledger, metric, country, unit) to float64[replicates].

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> result.figures["entry", "attempts", "LT", "attempts"].shape
        (2,)
        """
        return {figure: values for figure, (values,) in each_figure([self])}

    @cached_property
    def daily(self) -> pd.DataFrame:
        """Counts by day and border, and costs and expected harm: a row per replicate, day and border.

        Columns: scenario, replicate, `date` (datetime64, Lithuanian day), country, then the metrics.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> list(result.daily)[:5], len(result.daily)
        (['scenario', 'replicate', 'date', 'country', 'attempts'], 42)
        """
        return self._frame("daily")

    @cached_property
    def stock(self) -> pd.DataFrame:
        """People in each state at the end of each day, of those who have landed by then [people].

        Columns: scenario, replicate, `date` (datetime64), then one per state. One row per replicate and day.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> result.stock.iloc[:, 3:].sum(axis=1).tolist()[:7]  # everybody who has landed is in one state
        [0, 0, 0, 0, 0, 5, 5]
        """
        return self._frame("stock")

    @cached_property
    def segments(self) -> pd.DataFrame:
        """Sums over the run by border segment: attempts, detections, interceptions, what was built.

        Columns: scenario, replicate, segment, country, from_km and to_km (along the border of its country
        [km], from the northern end, in Latvia the western), then the counts. A row per replicate and segment.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> result.segments["segment"].nunique()
        1274
        """
        return self._frame("segments")

    @cached_property
    def stretches(self) -> pd.DataFrame:
        """Sums over the run by stretch, the segments of one guard station: attempts, unstopped entries.

        Columns: scenario, replicate, stretch, country, from_km and to_km (along the border of its country
        [km], from the northern end, in Latvia the western), then the counts. A row per replicate and stretch.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> list(result.stretches)[2:6]
        ['stretch', 'country', 'from_km', 'to_km']
        """
        return self._frame("stretches")

    @cached_property
    def people(self) -> pd.DataFrame:
        """People, not attempts, over the whole run and all borders [people]; one row per replicate.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> list(result.people)[2:4]
        ['people_arrived', 'people_attempted']
        """
        return self._frame("people")

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Sums over the run of what `daily` has, and shares of them: a row per replicate and border.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> result.totals.groupby("country")["attempts"].mean().index.tolist()
        ['LT', 'LV', 'PL']
        """
        import pandas as pd

        totals, numbers = self._joined("totals"), np.array(self.numbers, dtype=np.int32)
        frame = pd.DataFrame(totals.reshape(-1, len(DAILY_NAMES)), columns=list(DAILY_NAMES))
        frame.insert(0, "country", np.tile(COUNTRIES, len(totals)))
        frame.insert(0, "replicate", np.repeat(numbers, len(COUNTRIES)))
        frame.insert(0, "scenario", self.name)
        return derive(frame)

    def tables(self, table: str) -> Iterator[pa.Table]:
        """Yield a table block by block, so that a long run need not fit into memory.

        Parameters
        ----------
        table
            "daily", "stock", "segments", "stretches" or "people".

        Yields
        ------
        pyarrow.Table
            The rows of one block; unit and definition of each column are in its metadata.

        Raises
        ------
        BadInput
            If there is no such table.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> [table.num_rows for table in result.tables("daily")]
        [42]
        """
        choice("table", table, tuple(COLUMNS))
        for block in self.blocks:
            yield table_of(table, block.values(table), self.land.axes(table, block.numbers), self.name)

    def _digests(self) -> Iterator[str]:
        """Yield the digest of each replicate, block by block."""
        return (digest for block in self.blocks for digest in block.digests())

    @cached_property
    def _whole_digest(self) -> str:
        """Digest of all replicates."""
        return combined(self._digests())

    def _frame(self, table: str) -> pd.DataFrame:
        """Make one DataFrame of all blocks."""
        from pyarrow import concat_tables

        frame: pd.DataFrame = concat_tables(self.tables(table)).to_pandas()
        return frame

    def _joined(self, table: str) -> NDArray[np.float64]:
        """Join a small table of all blocks."""
        return np.concatenate([np.zeros(_NOTHING[table]), *(block.values(table) for block in self.blocks)])
