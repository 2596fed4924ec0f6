"""A finished block: its replicates, and readers of its numbers, wherever they are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from bordersim.results.store.blocks import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Values(Protocol):
    """Reads the numbers of a block."""

    def __call__(self, table: str, columns: Sequence[str] = (), /) -> NDArray[Any]:
        """Return a table, or some of its columns."""


@dataclass(frozen=True, eq=False, repr=False)
class Block:
    """A finished block: its replicates, and readers of its numbers, in memory or on disk.

    Parameters
    ----------
    values
        Returns a table, or some of its columns, as an array: the replicate first and the column last. There
        is also "totals", the sums over days by country.
    digests
        Returns the digest of each replicate.
    """

    span: Span
    numbers: Sequence[int]
    values: Values
    digests: Callable[[], tuple[str, ...]]
    name: str = ""
