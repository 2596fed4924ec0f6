"""Blocks of replicates: which replicates belong together, and the arrays they leave.

Replicates are made in aligned blocks of 50, so that a longer run holds the blocks of a shorter one. A
block is worked on in smaller pieces; since every replicate stands alone, no number depends on either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.outcomes import METRIC_NAMES, PEOPLE_METRICS, SEGMENT_METRICS, STRETCH_METRICS
from sim.state import STATES

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK_REPLICATES = 50
PIECE_REPLICATES = 10

# The tables of a block and the columns on the last axis of each.
COLUMNS: dict[str, tuple[str, ...]] = {
    "daily": METRIC_NAMES,
    "stock": STATES,
    "segments": SEGMENT_METRICS,
    "stretches": STRETCH_METRICS,
    "people": tuple(metric.name for metric in PEOPLE_METRICS),
}


class BlockArrays(NamedTuple):
    """What a block of replicates leaves; the first axis is the replicate, the last one the column."""

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


def block_spans(replicates: int) -> list[Span]:
    """Cut replicates 0, 1, ... into aligned blocks; the last one may be shorter."""
    return _cut(Span(0, replicates), BLOCK_REPLICATES)


def piece_spans(block: Span) -> list[Span]:
    """Cut a block into pieces of work, small enough to keep every worker busy."""
    return _cut(block, PIECE_REPLICATES)


def _cut(span: Span, step: int) -> list[Span]:
    """Cut a range into ranges of `step`."""
    end = span.first + span.size
    return [Span(first, min(step, end - first)) for first in range(span.first, end, step)]


def arrays_of(output: Any) -> BlockArrays:
    """Take the arrays out of what the engine returns."""
    return BlockArrays(*(getattr(output, name) for name in BlockArrays._fields))


def join(pieces: Sequence[BlockArrays]) -> BlockArrays:
    """Put the pieces of a block, in order of replicate, back together."""
    return pieces[0] if len(pieces) == 1 else BlockArrays(*map(np.concatenate, zip(*pieces, strict=True)))
