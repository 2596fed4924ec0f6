"""Blocks of replicates: which replicates belong together, and their arrays.

Replicates are made in aligned blocks of 50, so that a longer run holds the blocks of a shorter one.
Since replicates are independent, no number depends on how they are cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.words.codes import STATES
from bordersim.words.metrics import METRIC_NAMES, PEOPLE_METRICS, SEGMENT_METRICS, STRETCH_METRICS
from bordersim.words.valued import DAILY_NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK_REPLICATES = 50

CANONICAL = "<f8"

# What the engine counts: its tables and the columns on the last axis of each. Digests are of these alone.
COUNTED: dict[str, tuple[str, ...]] = {
    "daily": METRIC_NAMES,
    "stock": STATES,
    "segments": SEGMENT_METRICS,
    "stretches": STRETCH_METRICS,
    "people": tuple(metric.name for metric in PEOPLE_METRICS),
}
# The tables of a block: each day's counts are followed by what they come to.
COLUMNS: dict[str, tuple[str, ...]] = {**COUNTED, "daily": DAILY_NAMES}


Columns = Mapping[str, "NDArray[np.float64]"]  # by table: column first


class BlockArrays(NamedTuple):
    """The arrays of a block of replicates; the first axis is the replicate, the last one the column."""

    daily: NDArray[np.float64]  # replicate, day, country, metric
    stock: NDArray[np.int32]  # replicate, day, state: people at the end of the day
    segments: NDArray[np.int32]  # replicate, segment, metric
    stretches: NDArray[np.float64]  # replicate, stretch, metric
    people: NDArray[np.float64]  # replicate, metric


class Span(NamedTuple):
    """A range of replicates: `size` of them from `first` on."""

    first: int
    size: int

    @property
    def numbers(self) -> range:
        """The replicates themselves."""
        return range(self.first, self.first + self.size)


def block_spans(replicates: int, step: int = BLOCK_REPLICATES) -> Iterator[Span]:
    """Yield replicates 0, 1, ... in aligned blocks; the last one may be shorter."""
    return (Span(first, min(step, replicates - first)) for first in range(0, replicates, step))


def arrays_of(output: Any) -> BlockArrays:
    """Return the arrays of the engine's output."""
    return BlockArrays(*(getattr(output, name) for name in BlockArrays._fields))


def canonical(arrays: BlockArrays, index: int) -> Columns:
    """Return the columns of one replicate in canonical form: little-endian doubles, no negative zero.

    The column is the first axis, so that each is contiguous for the digest and for the file.
    """
    return {name: _by_column(getattr(arrays, name)[index]) for name in COUNTED}


def _by_column(values: NDArray[Any]) -> NDArray[np.float64]:
    """Move the columns of a table to the front and copy them there."""
    moved = np.moveaxis(values, -1, 0).astype(CANONICAL, order="C")
    moved += 0.0
    return moved
