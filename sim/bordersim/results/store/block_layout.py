"""The layout a block must have before any number is read: rows, columns, numbers per column.

A block may have been edited, or come from somebody else. A footer that differs from what this run writes
could exhaust memory, or be read as something else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from bordersim.results.store.block_files import DIGEST_KIND, OF_TABLE, BlockFile, DamagedError
from bordersim.results.store.blocks import CANONICAL
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from bordersim.results.store.place import Place
    from bordersim.results.store.tables import Land

NUMBER_BYTES = int(CANONICAL[-1])
# Beside the numbers: the footer, digests, and what a replicate that failed had to say.
ROOM_BYTES = 1 << 22
NUMBERS = (pa.int32(), pa.float64())


class Layout(NamedTuple):
    """The columns of a block and the count of numbers per replicate in each."""

    tables: tuple[str, ...]
    lengths: dict[str, int]  # by column

    @classmethod
    def of(cls, land: Land, tables: Sequence[str]) -> Layout:
        """Return the layout of a run."""
        rows = {
            "daily": land.days * len(COUNTRIES),
            "totals": len(COUNTRIES),
            "stock": land.days,
            "segments": len(land.segments["segment"]),
            "stretches": len(land.stretches["stretch"]),
            "people": 1,
        }
        return cls(tuple(tables), {f"{t}.{name}": rows[t] for t in tables for name in OF_TABLE[t]})

    def check_size(self, place: Place, name: str, replicates: int) -> None:
        """Refuse a file that is larger than its numbers would be without any compression."""
        most = 2 * NUMBER_BYTES * replicates * sum(self.lengths.values()) + ROOM_BYTES
        try:
            size = place.size(name)
        except OSError as error:
            raise DamagedError(f"{name}: {error}") from error
        if size > most:
            raise DamagedError(f"{name}: has {size:,} bytes, at most {most:,} would be right")

    def check(self, file: BlockFile, name: str) -> None:
        """Refuse a file with other tables, or with columns of another kind or length."""
        if tuple(file.about()["tables"]) != self.tables:
            raise DamagedError(f"{name}: holds other tables than the run keeps")
        found = {field.name: field.type for field in file.schema}
        for column, length in self.lengths.items():
            if _length(found.get(column)) != length:
                raise DamagedError(f"{name}: {column} is not {length} numbers a replicate")
        if (found.get("replicate"), found.get("digest")) != (pa.int32(), DIGEST_KIND):
            raise DamagedError(f"{name}: lacks the number or the digest of each replicate")


def _length(kind: pa.DataType | None) -> float:
    """Return how many numbers per replicate a column has; NaN if there is no such column."""
    if kind is not None and pa.types.is_fixed_size_list(kind):
        return int(kind.list_size) if kind.value_type in NUMBERS else math.nan
    return 1 if kind in NUMBERS else math.nan
