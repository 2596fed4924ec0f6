"""Draws in a Parquet file: numbers, dates, words, lists of numbers; other Arrow types are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bordersim.analyses.ranges import MOST_POINTS, MOST_VALUES
from bordersim.errors import BadInput
from bordersim.inputs.csv_files import check_names
from bordersim.words.text import normal, shortened

MOST_UNPACKED_BYTES = 50_000_000
MOST_CHARACTERS = 20_000  # of a word, such as the keys of a history
ROW_NAMES = re.compile(r"__index_level_[0-9]+__")  # what pandas makes of an index without a name
NUMBERS = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_boolean)
OTHERS = (pa.types.is_date, pa.types.is_timestamp, pa.types.is_null)
WORDS = (pa.types.is_string, pa.types.is_large_string)
LISTS = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)
UNREADABLE = (pa.ArrowException, OSError, ValueError, OverflowError, LookupError, NotImplementedError)
WRONG = object()  # in place of a value that Python cannot hold


def columns_of(data: bytes, label: str) -> dict[str, Sequence[object]]:
    """Read the columns of a file by name, in order; those that hold the names of rows are left out.

    Raises
    ------
    BadInput
        With the column, and the row where one value is wrong.
    """
    try:
        about = pq.ParquetFile(pa.BufferReader(data)).metadata
        _check_size(about, label)
        table = _table(data, about)
        names = [normal(name) for name in table.schema.names]
    except UNREADABLE as error:
        raise BadInput(f"{label}: cannot be read: {shortened(str(error))}") from None
    kept = [number for number, name in enumerate(names) if not ROW_NAMES.fullmatch(name)]
    check_names([names[number] for number in kept], label)
    return {names[number]: _column(table.column(number), label, names[number]) for number in kept}


def _check_size(about: pq.FileMetaData, label: str) -> None:
    """Refuse a table too large for memory; a short file can expand to much."""
    groups = [about.row_group(number) for number in range(about.num_row_groups)]
    values = sum(group.column(i).num_values for group in groups for i in range(group.num_columns))
    if about.num_rows > MOST_POINTS:
        raise BadInput(f"{label}: {about.num_rows:,} rows, more than {MOST_POINTS:,}, the most that is read")
    if values > MOST_VALUES:
        raise BadInput(f"{label}: {values:,} values, more than {MOST_VALUES:,}, the most that is read")
    if sum(group.total_byte_size for group in groups) > MOST_UNPACKED_BYTES:
        raise BadInput(f"{label}: is larger than {MOST_UNPACKED_BYTES / 1e6:g} MB once it is unpacked")


def _table(data: bytes, about: pq.FileMetaData) -> pa.Table:
    """Read all columns; words stay numbered, since one long word may stand in every row."""
    leaves = [about.schema.column(number) for number in range(about.num_columns)]
    words = [leaf.path for leaf in leaves if leaf.logical_type.type == "STRING"]
    file = pq.ParquetFile(
        pa.BufferReader(data), read_dictionary=words, pre_buffer=False, page_checksum_verification=True
    )
    return file.read(use_threads=False)


def _column(column: pa.ChunkedArray, label: str, name: str) -> list[object]:
    """Return the values of a column as Python objects."""
    kind = column.type
    if not _is_meant(kind):
        said = shortened(str(kind))
        raise BadInput(f"{label}: column '{shortened(name)}': expects numbers, days or words, holds {said}")
    values = [value for chunk in column.chunks for value in _values(chunk)]
    for row, value in enumerate(values, 1):
        if value is WRONG:
            said = shortened(str(kind.value_type if pa.types.is_dictionary(kind) else kind))
            raise BadInput(f"{label}: row {row}: {shortened(name)}: holds a {said} that cannot be read")
    return values


def _is_meant(kind: pa.DataType) -> bool:
    """Return whether a draw can have values of this type."""
    if pa.types.is_dictionary(kind):
        return _is_any(kind.value_type, (*NUMBERS, *OTHERS, *WORDS))
    if _is_any(kind, LISTS):
        return _is_any(kind.value_type, NUMBERS)
    return _is_any(kind, (*NUMBERS, *OTHERS, *WORDS))


def _is_any(kind: pa.DataType, tests: Sequence[Any]) -> bool:
    return any(test(kind) for test in tests)


def _values(chunk: pa.Array) -> Iterator[object]:
    """Yield the values of a piece of a column; equal words are one object."""
    if not pa.types.is_dictionary(chunk.type):
        yield from map(_plain, _listed(chunk))
        return
    known = [_plain(value) for value in _listed(chunk.dictionary)]
    yield from (None if number is None else known[number] for number in chunk.indices.to_pylist())


def _listed(array: pa.Array) -> list[object]:
    """Return the values of an array, with those that Python cannot represent marked."""
    try:
        return list(array.to_pylist())
    except UNREADABLE:
        return [_one(scalar) for scalar in array]


def _one(scalar: pa.Scalar) -> object:
    try:
        value: object = scalar.as_py()
    except UNREADABLE:
        return WRONG
    return value


def _plain(value: object) -> object:
    """Return a value as `--set` takes it."""
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        return WRONG
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value.as_tuple().exponent == 0 else float(value)
    return value.item() if isinstance(value, np.generic) else value
