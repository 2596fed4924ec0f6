"""A block as one Parquet file: a row per replicate, a list per column, with units and origin inside.

The file holds each replicate's digest, so that a damaged block is noticed when it is read, and the sums
over days, so that summaries need not read the days.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bordersim.errors import BadInput, BordersimError
from bordersim.results.store.blocks import CANONICAL, COLUMNS, Columns, Span
from bordersim.results.store.columns import column
from bordersim.results.store.digests import digest_of
from bordersim.results.store.files import refuse_odd
from bordersim.results.store.finished_block import Block
from bordersim.results.store.place import Place
from bordersim.words.codes import COUNTRIES
from bordersim.words.valued import DAILY_NAMES

ABOUT = b"bordersim"
TOTALS = "totals"
SMALL = (TOTALS, "people")  # kept in any case
OF_TABLE = {**COLUMNS, TOTALS: DAILY_NAMES}
VALUES_AT_ONCE = 1 << 20
WHOLE_NUMBERS = ("stock", "segments")
DIGEST_KIND = pa.binary(hashlib.sha256().digest_size)
ROWS: dict[str, tuple[int, ...]] = {"daily": (-1, len(COUNTRIES)), TOTALS: (len(COUNTRIES),), "people": ()}


class DamagedError(BordersimError):
    """A block that cannot be read as it was written."""


class Made(NamedTuple):
    """The replicates of a block: their numbers, their digests, their columns."""

    numbers: tuple[int, ...]
    digests: tuple[str, ...]
    columns: Mapping[str, Sequence[NDArray[Any]]]  # by table: column, replicate, rows

    def each_digest(self) -> tuple[str, ...]:
        """Return the digests, as for a block on disk."""
        return self.digests

    def replicate(self, index: int) -> Columns:
        """Return the tables of one replicate in canonical form: column first."""
        return {table: _of_replicate(columns, index) for table, columns in self.columns.items()}

    @property
    def bytes(self) -> int:
        """Size in memory."""
        return sum(column.nbytes for table in self.columns.values() for column in table)

    def values(self, table: str, wanted: Sequence[str] = ()) -> NDArray[Any]:
        """Return a table, or some of its columns, as it would be read: replicate, rows, column."""
        names = OF_TABLE[table]
        return _stacked(table, [self.columns[table][names.index(name)] for name in wanted or names])


def narrowed(replicates: Sequence[Columns], tables: Sequence[str]) -> dict[str, list[NDArray[Any]]]:
    """Stack the columns of several replicates: replicate, rows; whole numbers take half the space."""
    return {table: [_narrow(each) for each in _together(replicates, table)] for table in tables}


def _together(replicates: Sequence[Columns], table: str) -> NDArray[np.float64]:
    """Return the columns of a table, or sums over days, of all replicates: column, replicate, rows."""
    if table == TOTALS:
        return np.stack([_summed(each["daily"]) for each in replicates], axis=1)
    return np.stack([each[table] for each in replicates], axis=1)


def block_bytes(made: Made, about: Mapping[str, Any], tables: Sequence[str]) -> bytes:
    """Return a block as a Parquet file, with what it is and where it comes from inside."""
    columns: list[pa.Array] = [pa.array(made.numbers, pa.int32()), _packed(made.digests)]
    fields = [
        _field("replicate", columns[0].type),
        pa.field("digest", columns[1].type, nullable=False, metadata=_DIGEST),
    ]
    for table in tables:
        for name, each in zip(OF_TABLE[table], made.columns[table], strict=True):
            columns.append(_lists(each))
            fields.append(_field(f"{table}.{name}", columns[-1].type))
    schema = pa.schema(fields, metadata={ABOUT: json.dumps(about)})
    file = io.BytesIO()
    pq.write_table(
        pa.table(columns, schema=schema),
        file,
        compression="lz4",  # zstd takes a quarter less room and half as long again
        use_dictionary=False,
        use_byte_stream_split=True,
        write_statistics=False,
        write_page_checksum=True,
        write_batch_size=VALUES_AT_ONCE,
    )
    return file.getvalue()


class BlockFile:
    """An open block, so that one opening serves all that is read from it.

    Checksums of pages are compared, and a column with gaps is refused.
    """

    def __init__(self, file: pq.ParquetFile, name: str) -> None:
        self._file = file
        self._name = name

    @property
    def schema(self) -> pa.Schema:
        """Names and types of the columns, and the metadata."""
        return self._file.schema_arrow

    def about(self) -> dict[str, Any]:
        """Read the metadata: which block it is, with which tables."""
        try:
            about = json.loads(self.schema.metadata[ABOUT])
        except (KeyError, RecursionError, TypeError, ValueError) as error:
            raise DamagedError(f"{self._name}: does not say what it is ({error})") from error
        tables = about.get("tables") if isinstance(about, dict) else None
        if not isinstance(tables, list) or not all(isinstance(t, str) and t in OF_TABLE for t in tables):
            raise DamagedError(f"{self._name}: does not say which tables it holds")
        return dict(about)

    def numbers(self) -> tuple[int, ...]:
        """Read the numbers of the replicates."""
        return tuple(int(number) for number in self._columns(["replicate"])[0].to_numpy())

    def digests(self) -> tuple[str, ...]:
        """Read the digest of each replicate."""
        return tuple(digest.hex() for digest in self._columns(["digest"])[0].to_pylist())

    def table(self, table: str, wanted: Sequence[str] = ()) -> list[NDArray[Any]]:
        """Read the columns of a table, or some of them, as they were written: replicate, rows."""
        names = [f"{table}.{each}" for each in wanted or OF_TABLE[table]]
        if not set(names) <= set(self.schema.names) and table not in (kept := self.about()["tables"]):
            raise BadInput(f"{table}: this run keeps {' and '.join(kept)} alone")
        columns = self._columns(names)
        count, shape = len(columns[0]), ROWS.get(table, (-1,))
        return [_flat(each).reshape(count, *shape) for each in columns]

    def whole(self) -> Made:
        """Read all tables and compare every number with the digests and sums.

        Raises
        ------
        DamagedError
            If a number has changed since it was written.
        """
        tables = self.about()["tables"]
        made = Made(self.numbers(), self.digests(), {table: self.table(table) for table in tables})
        if set(COLUMNS) <= set(tables):  # else the days were never kept
            self._compare(made)
        return made

    def _compare(self, made: Made) -> None:
        """Compare the numbers of each replicate with its digest, and the sums with the days."""
        for i, (number, digest) in enumerate(zip(made.numbers, made.digests, strict=True)):
            columns = made.replicate(i)
            if digest != digest_of(columns, number):
                raise DamagedError(f"{self._name}: replicate {number} is not what it was")
            if not np.allclose(columns[TOTALS], _summed(columns["daily"]), rtol=1e-12):
                raise DamagedError(f"{self._name}: sums are not what they were")

    def _columns(self, wanted: Sequence[str]) -> list[pa.Array]:
        """Read some columns."""
        table = self._file.read(columns=list(wanted), use_threads=False)
        columns = [table.column(each).combine_chunks() for each in wanted]
        for name, each in zip(wanted, columns, strict=True):
            if each.null_count or (pa.types.is_fixed_size_list(each.type) and each.flatten().null_count):
                raise DamagedError(f"{self._name}: {name} has gaps")
        return columns


@contextmanager
def opened(place: Place, name: str) -> Iterator[BlockFile]:
    """Open a block; any fault in the file becomes a DamagedError.

    Raises
    ------
    DamagedError
        If the file is damaged.
    """
    try:
        if place.is_local:
            refuse_odd(place.path / name)
        source = str(place.path / name) if place.is_local else io.BytesIO(place.read(name))
        with pq.ParquetFile(source, page_checksum_verification=True) as file:
            yield BlockFile(file, name)
    except (pa.ArrowException, OSError, KeyError, UnicodeError) as error:
        raise DamagedError(f"{name}: {error}") from error


def block_on_disk(place: Place, name: str, span: Span, numbers: Sequence[int]) -> Block:
    """Return a block whose numbers are read from disk each time."""
    return Block(span, numbers, partial(read_values, place, name), partial(read_digests, place, name), name)


def read_digests(place: Place, name: str) -> tuple[str, ...]:
    """Read the digest of each replicate of a block."""
    with opened(place, name) as file:
        return file.digests()


def read_values(place: Place, name: str, table: str, wanted: Sequence[str] = ()) -> NDArray[Any]:
    """Read a table, or some of its columns, as the array it was: replicate, rows, column."""
    with opened(place, name) as file:
        return _stacked(table, file.table(table, wanted))


_DIGEST = {"unit": "", "definition": "sha256 of the numbers of the replicate, 32 bytes"}


def _stacked(table: str, columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Put columns together as the array they were: replicate, rows, column."""
    kind = np.int32 if table in WHOLE_NUMBERS else np.float64
    return np.moveaxis(np.stack(columns, dtype=kind, casting="unsafe"), 0, -1)


def _of_replicate(columns: Sequence[NDArray[Any]], index: int) -> NDArray[np.float64]:
    """Return the columns of one replicate in the canonical type."""
    return np.stack([column[index] for column in columns], dtype=CANONICAL)


def _summed(daily: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum over days, the middle axis. numpy's own sum takes four times as long here."""
    summed: NDArray[np.float64] = np.einsum("idk->ik", daily)
    return summed


def _packed(digests: Sequence[str]) -> pa.Array:
    """Write digests as bytes."""
    return pa.array([bytes.fromhex(digest) for digest in digests], DIGEST_KIND)


def _narrow(values: NDArray[np.float64]) -> NDArray[Any]:
    """Store whole numbers in half the space; reading widens them again."""
    with np.errstate(invalid="ignore"):
        whole = values.astype(np.int32)
    return whole if (whole == values).all() else values


def _lists(values: NDArray[Any]) -> pa.Array:
    """Return a list per replicate, or a plain number where there is one."""
    flat = pa.array(values.reshape(-1))
    if values.ndim == 1:
        return flat
    item = pa.field("item", flat.type, nullable=False)
    return pa.FixedSizeListArray.from_arrays(flat, type=pa.list_(item, len(flat) // len(values)))


def _flat(values: pa.Array) -> NDArray[Any]:
    """Return the numbers of a column in one row."""
    flat = values.flatten() if pa.types.is_fixed_size_list(values.type) else values
    return np.asarray(flat.to_numpy(zero_copy_only=False))


@cache
def _field(name: str, kind: pa.DataType) -> pa.Field:
    """Describe a column inside the file itself."""
    about = column(name.rpartition(".")[2])
    prefix = "sum over days: " if name.startswith(TOTALS) else ""
    said = {"unit": about.unit, "definition": f"{prefix}{about.definition}"}
    return pa.field(name, kind, nullable=False, metadata=said)
