"""Tables: CSV as rows of cells, Parquet as columns of any Arrow type, changed before they are written."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from hostile.tokens import DATES, NUMBERS, near_miss, word

Rows = list[list[str]]


def csv_bytes(rows: Rows, chance: Random) -> bytes:
    """Write rows as CSV, some cells in quotes."""
    style = chance.choice((0.0, 0.0, 0.1, 1.0))
    lines = [",".join(_cell(cell, chance.random() < style) for cell in row) for row in rows]
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def _cell(text: str, is_quoted: bool) -> str:
    return f'"{text}"' if is_quoted else text


def change_rows(rows: Rows, chance: Random) -> None:
    """Change a table in one place."""
    chance.choice(ROW_CHANGES)(rows, chance)


def _any_cell(rows: Rows, chance: Random) -> tuple[list[str], int]:
    row = chance.choice([row for row in rows if row] or [[""]])
    return row, chance.randrange(len(row))


def _word_there(rows: Rows, chance: Random) -> None:
    row, at = _any_cell(rows, chance)
    row[at] = word(chance)


def _number_there(rows: Rows, chance: Random) -> None:
    row, at = _any_cell(rows[1:] or rows, chance)
    row[at] = chance.choice(NUMBERS if chance.random() < 0.6 else DATES)


def _cell_gone(rows: Rows, chance: Random) -> None:
    row, at = _any_cell(rows, chance)
    del row[at]


def _cell_more(rows: Rows, chance: Random) -> None:
    row, at = _any_cell(rows, chance)
    row[at:at] = [word(chance)] * chance.choice((1, 1, 2, 500))


def _row_gone(rows: Rows, chance: Random) -> None:
    at = chance.randrange(len(rows))
    del rows[at : at + chance.choice((1, 1, 1, len(rows)))]
    rows[:] = rows or [[]]


def _row_again(rows: Rows, chance: Random) -> None:
    row = list(chance.choice(rows))
    often = chance.choice((1, 1, 1, 5)) if chance.random() < 0.95 else 3_000
    at = chance.randrange(len(rows) + 1)
    rows[at:at] = [list(row) for _ in range(often)]


def _rows_swapped(rows: Rows, chance: Random) -> None:
    first, second = (chance.randrange(len(rows)) for _ in range(2))
    rows[first], rows[second] = rows[second], rows[first]


def _cells_swapped(rows: Rows, chance: Random) -> None:
    (row, at), (other, place) = _any_cell(rows, chance), _any_cell(rows, chance)
    row[at], other[place] = other[place], row[at]


def _column_gone(rows: Rows, chance: Random) -> None:
    at = _any_cell(rows, chance)[1]
    for row in rows:
        del row[at : at + 1]


def _column_again(rows: Rows, chance: Random) -> None:
    at, to = _any_cell(rows, chance)[1], _any_cell(rows, chance)[1]
    for row in rows:
        row[to:to] = row[at : at + 1]


def _slip_in_name(rows: Rows, chance: Random) -> None:
    row, at = _any_cell(rows[:1], chance)
    row[at] = near_miss(row[at], chance)


def _quotes(rows: Rows, chance: Random) -> None:
    row, at = _any_cell(rows, chance)
    row[at] = chance.choice(('"{}', '{}"', '"{}""', '"a\n{}"', '""{}""', "'{}'", '"{}" x', '"{},"')).format(
        row[at]
    )


ROW_CHANGES = (
    *(_word_there, _word_there, _number_there, _number_there, _cell_gone, _cell_more, _row_gone, _row_again),
    *(_rows_swapped, _cells_swapped, _column_gone, _column_again, _slip_in_name, _slip_in_name, _quotes),
)

VALUES: Sequence[Any] = (
    *(0, 1, -1, 10**9, 2**31, 2**63 - 1, True, None, 1.5, -1.5, float("nan"), float("inf"), 1e308, 5e-324),
    *(
        "turn_back",
        "x",
        "",
        "9" * 400,
        "\x1b[31m",
        "e\u0301",
        "[1, 2]",
        "{a: 1}",
        "*a",
        "!!bool x",
        "a" * 2_000,
    ),
    *(date(2021, 8, 3), date(1, 1, 1), date(9999, 12, 31), datetime(2021, 8, 3), datetime(2021, 8, 3, 5, 1)),
    *(
        Decimal("7"),
        Decimal("7.5"),
        Decimal("1e30"),
        b"x",
        b"\xff",
        [1.0],
        [1, None],
        [],
        ["x"],
        {"a": 1},
        [[1]],
    ),
)


def parquet_bytes(columns: Mapping[str, Sequence[Any]], chance: Random) -> bytes:
    """Write columns as Parquet, some of them changed to another type; what Arrow cannot write is left out."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays, names = [], []
    for name, values in columns.items():
        array = _array(list(values), chance)
        if array is not None:
            arrays.append(array)
            names.append(name if chance.random() < 0.9 else _name(name, chance))
    shortest = min(map(len, arrays), default=0)
    table = pa.table([array.slice(0, shortest) for array in arrays], names=names)
    how = {
        "compression": chance.choice(("snappy", "none", "gzip", "zstd", "lz4", "brotli")),
        "use_dictionary": chance.random() < 0.5,
        "row_group_size": chance.choice((1, 2, 1_000)),
        "data_page_version": chance.choice(("1.0", "2.0")),
        "store_schema": chance.random() < 0.7,
        "write_page_checksum": chance.random() < 0.3,
    }
    file = io.BytesIO()
    try:
        pq.write_table(table, file, **how)
    except (pa.ArrowException, NotImplementedError, ValueError):
        pq.write_table(table.select([]), file)
    return file.getvalue()


def _name(name: str, chance: Random) -> str:
    odd = ("__index_level_0__", "", "draw", word(chance), near_miss(name, chance))
    return chance.choice(odd).encode("utf-8", "replace").decode()


def _array(values: list[Any], chance: Random) -> Any:
    """Make a column, as it is or of another type."""
    import pyarrow as pa

    if chance.random() < 0.4:
        values[chance.randrange(len(values))] = chance.choice(VALUES)
    try:
        array = pa.array(values)
        return chance.choice(_types())(array, chance) if chance.random() < 0.6 else array
    except (pa.ArrowException, NotImplementedError, ValueError, TypeError, OverflowError):
        return None


def _types() -> Sequence[Any]:
    import pyarrow as pa

    whole = pa.array([0, 18_000, -(2**30), 2**30], pa.int32())
    long = pa.array([0, 1_627_948_800, -(2**62), 2**62])
    texts = pa.array([b"turn_back", b"\xff", b"x" * 300_000, b""], pa.binary())
    kinds = (
        *(pa.int8(), pa.uint64(), pa.float16(), pa.float32(), pa.string(), pa.large_string(), pa.bool_()),
        *(
            pa.decimal128(20, 2),
            pa.decimal256(60, 0),
            pa.date32(),
            pa.date64(),
            pa.timestamp("s"),
            pa.binary(),
        ),
        *(pa.timestamp("ns"), pa.timestamp("us", "UTC"), pa.timestamp("s", "Nowhere/Land"), pa.duration("s")),
        *(pa.time32("s"), pa.time64("us"), pa.null(), pa.string_view(), pa.binary(4), pa.list_(pa.int64())),
    )
    return (
        lambda array, chance: array.cast(chance.choice(kinds), safe=False),
        lambda array, _: array.dictionary_encode(),
        lambda array, chance: array.cast(chance.choice(kinds), safe=False).dictionary_encode(),
        lambda _, chance: whole.view(chance.choice((pa.date32(), pa.float32(), pa.time32("s"), pa.uint32()))),
        lambda _, chance: long.view(
            chance.choice((pa.timestamp("ns"), pa.timestamp("ms"), pa.date64(), pa.float64()))
        ),
        lambda _, chance: texts.view(pa.string()) if chance.random() < 0.7 else texts,
        lambda _, chance: texts.view(pa.string()).dictionary_encode(),
        lambda array, _: pa.ListArray.from_arrays(pa.array(range(len(array) + 1), pa.int32()), array),
        lambda array, _: pa.StructArray.from_arrays([array], ["from"]),
        lambda array, chance: pa.array([[1.0] * chance.choice((12, 24, 100_000))] * len(array)),
        lambda array, chance: array.take(pa.array([0] * chance.choice((3, 5_000)))),
    )
