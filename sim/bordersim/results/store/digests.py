"""Digests: a fingerprint of the numbers themselves, whatever file or order they were written in.

A replicate's digest is computed from its canonical columns; those of a block, of a scenario and of a run
from the replicates' digests in order. So equal runs have equal digests for any number of workers and
any order of blocks, and the first 100 replicates of a run of 200 can be compared with a run of 100. Only what
happened counts: other prices leave every digest as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from bordersim.results.store.blocks import COUNTED, BlockArrays, Columns, canonical

# Tables and columns in order of their names, and where each column stands in its table.
IN_ORDER = tuple(
    (table, tuple((column, COUNTED[table].index(column)) for column in sorted(COUNTED[table])))
    for table in sorted(COUNTED)
)


def replicate_digests(arrays: BlockArrays, first: int) -> tuple[str, ...]:
    """Digest each replicate of a block that starts with replicate `first`."""
    return tuple(digest_of(canonical(arrays, i), first + i) for i in range(len(arrays.daily)))


def combined(digests: Iterable[str]) -> str:
    """Combine digests, in the order given, into one."""
    whole = hashlib.sha256()
    for number, digest in enumerate(digests):
        whole.update(f"\n{digest}".encode() if number else digest.encode())
    return whole.hexdigest()


def combined_by_name(digests: Mapping[str, str]) -> str:
    """Combine named digests, in the order of their names, into one."""
    return combined(f"{name} {digests[name]}" for name in sorted(digests))


def digest_of(columns: Columns, replicate: int) -> str:
    """Hash the columns of one replicate, tables and columns in order of their names."""
    pieces: list[bytes | memoryview] = [f"replicate {replicate}".encode()]
    for table, named in IN_ORDER:
        values, shape = columns[table], str(columns[table].shape[1:])
        for column, i in named:
            pieces += (f"{table}.{column}{shape}".encode(), values[i].data)
    return hashlib.sha256(b"".join(pieces)).hexdigest()
