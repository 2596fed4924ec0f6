"""A compact result for plotting, in little memory for any number of replicates.

Curves are drawn from percentiles by day and maps from means by segment, so a picture of these is the
picture of all replicates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.results.store.blocks import COLUMNS
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import DERIVED

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario
    from bordersim.results.store.result import Result

# Of this many values the percentiles 5, 25, 50, 75 and 95 are values again: nothing is interpolated twice.
PERCENTILES = np.linspace(0, 100, 21)
NUMBERS_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Drawn:
    """A result with percentiles by day and stretch in place of replicates, and means by segment."""

    result: Result
    metrics: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.result.name

    @property
    def label(self) -> str:
        """Name of the scenario with the values set on top of it."""
        return self.result.label

    @property
    def sets(self) -> Mapping[str, object]:
        """The values set on top of the scenario."""
        return self.result.sets

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.result.scenario

    @property
    def repetitions(self) -> str:
        """What its replicates are called."""
        return self.result.repetitions

    @property
    def replicates(self) -> int:
        """Number of replicates."""
        return self.result.replicates

    @cached_property
    def daily(self) -> pd.DataFrame:
        """Rows of scenario, percentile (as replicate), date, country with the metrics that are drawn."""
        import pandas as pd

        land, count = self.result.land, len(PERCENTILES)
        dates = pd.date_range(land.start, periods=land.days)
        index = pd.MultiIndex.from_product(
            [[self.label], range(count), dates, COUNTRIES], names=["scenario", "replicate", "date", "country"]
        )
        columns = {name: daily_percentiles(self.result, name).ravel() for name in self.metrics}
        return pd.DataFrame(columns, index=index).reset_index()

    @cached_property
    def segments(self) -> pd.DataFrame:
        """Means over replicates by segment."""
        return _segment_means(self.result)

    @cached_property
    def stretches(self) -> pd.DataFrame:
        """Percentiles over replicates by stretch (as replicate) of each column."""
        return _percentiles_by_stretch(self.result, _by_stretch(self.result))


def stretch_differences(reference: Result, result: Result) -> pd.DataFrame:
    """Return percentiles (as replicate) of the paired differences of each column by stretch."""
    both, first, second = np.intersect1d(reference.numbers, result.numbers, return_indices=True)
    assert len(both)
    paired = _by_stretch(result)[second] - _by_stretch(reference)[first]
    return _percentiles_by_stretch(result, paired)


def _by_stretch(result: Result) -> NDArray[np.float64]:
    """Return the table of stretches: replicate, stretch, column."""
    return np.concatenate([block.values("stretches") for block in result.blocks])


def _percentiles_by_stretch(result: Result, values: NDArray[np.float64]) -> pd.DataFrame:
    """Return percentiles over replicates, as if each were one."""
    import pandas as pd

    keys = {name: column.to_pandas() for name, column in result.land.stretches.items()}
    parts = (
        pd.DataFrame({"scenario": result.name, "replicate": i, **keys, **_named("stretches", each)})
        for i, each in enumerate(np.percentile(values, PERCENTILES, axis=0))
    )
    return pd.concat(parts, ignore_index=True)


def daily_percentiles(result: Result, metric: str, at_once: int = NUMBERS_AT_ONCE) -> NDArray[np.float64]:
    """Return the exact percentiles over replicates of a metric: percentile, day x country."""
    rows = result.land.days * len(COUNTRIES)
    found = np.empty((len(PERCENTILES), rows))
    step = max(1, at_once // result.replicates)
    for begin in range(0, rows, step):
        part = slice(begin, begin + step)
        found[:, part] = np.percentile(_collected(result, _counted(metric), part), PERCENTILES, axis=0)
    return found


def _collected(result: Result, counted: Sequence[str], part: slice) -> NDArray[np.float64]:
    """Collect some rows of the sum of counted metrics: replicate, row."""
    blocks = (block.values("daily", counted) for block in result.blocks)
    return np.concatenate([values.sum(axis=-1).reshape(len(values), -1)[:, part] for values in blocks])


def _counted(metric: str) -> tuple[str, ...]:
    """Return the counted metrics whose sum a metric is."""
    return next((each.formula for each in DERIVED if each.name == metric), (metric,))


def _segment_means(result: Result) -> pd.DataFrame:
    """Sum segments over replicates, one block in memory at a time, and divide."""
    import pandas as pd

    total: Any = sum(block.values("segments").sum(axis=0, dtype=np.float64) for block in result.blocks)
    keys = {name: column.to_pandas() for name, column in result.land.segments.items()}
    means = _named("segments", total / result.replicates)
    return pd.DataFrame({"scenario": result.name, "replicate": 0, **keys, **means})


def _named(table: str, values: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return the columns of a table by name."""
    return dict(zip(COLUMNS[table], values.T, strict=True))
