"""Digests: a fingerprint of the numbers themselves, whatever file or order they were written in.

A replicate's digest is taken over its canonical columns; those of a block, of a scenario and of a run
are made of the replicates' in order. So runs that agree are seen to agree for any number of workers and
any order of blocks, and the first 100 replicates of a run of 200 can be compared with a run of 100.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sim.store.blocks import COLUMNS, BlockArrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

CANONICAL = "<f8"


def replicate_digests(arrays: BlockArrays, first: int) -> tuple[str, ...]:
    """Digest each replicate of a block that starts with replicate `first`."""
    return tuple(_replicate_digest(arrays, i, first + i) for i in range(len(arrays.daily)))


def combined(digests: Iterable[str]) -> str:
    """Combine digests, in the order given, into one."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def combined_by_name(digests: Mapping[str, str]) -> str:
    """Combine named digests, in the order of their names, into one."""
    return combined(f"{name} {digests[name]}" for name in sorted(digests))


def _replicate_digest(arrays: BlockArrays, index: int, replicate: int) -> str:
    """Hash the columns of one replicate, tables and columns in order of their names."""
    digest = hashlib.sha256(f"replicate {replicate}".encode())
    for table in sorted(COLUMNS):
        values = getattr(arrays, table)[index]
        for column in sorted(COLUMNS[table]):
            digest.update(f"{table}.{column}{values.shape[:-1]}".encode())
            digest.update(_canonical(values[..., COLUMNS[table].index(column)]))
    return digest.hexdigest()


def _canonical(values: NDArray[Any]) -> bytes:
    """Give a column in one form: little-endian doubles in order of its rows, no negative zero."""
    return (values.astype(CANONICAL) + 0.0).tobytes()
