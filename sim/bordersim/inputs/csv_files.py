"""CSV tables from users: rows with their line numbers, and what a cell may hold."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bordersim.errors import BadInput
from bordersim.words.text import normal, shortened

COMMENT = "#"
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
MOST_CHARACTERS = 1_000_000  # of a line
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
WHOLE = re.compile(r"[+-]?[0-9]+")
MOST_DIGITS = 300  # of a whole number; a float holds no larger one


class Row(NamedTuple):
    """The cells of a row, and the line it ends in."""

    line: int
    cells: list[str]


def rows_of(text: str, label: str, most_rows: int, most_cells: int) -> Iterator[Row]:
    """Yield the rows that are not empty, the names of the columns first.

    Raises
    ------
    BadInput
        With file and line, if this is not CSV or unreasonably large.
    """
    rows = _rows(text, label)
    head = next(rows, None)
    if head is None:
        return
    yield _checked_head(head, label)
    for count, row in enumerate(rows, 1):
        if count > most_rows:
            raise BadInput(f"{label}:{row.line}: more than {most_rows:,} rows, the most that is read")
        if count * len(head.cells) > most_cells:
            raise BadInput(f"{label}:{row.line}: more than {most_cells:,} values, the most that is read")
        if len(row.cells) != len(head.cells):
            raise BadInput(f"{label}:{row.line}: expects {len(head.cells)} values, has {len(row.cells)}")
        yield row


def _rows(text: str, label: str) -> Iterator[Row]:
    """Yield the rows of CSV text."""
    reader = csv.reader(_lines(text, label), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(reader.line_num, cells)
    except csv.Error as error:
        raise BadInput(f"{label}:{reader.line_num}: is not CSV: {error}") from None


def _lines(text: str, label: str) -> Iterator[str]:
    """Yield the lines with their ends, as the CSV reader expects them."""
    for number, found in enumerate(LINE.finditer(text), 1):
        if found.end() - found.start() > MOST_CHARACTERS:
            raise BadInput(f"{label}:{number}: a line of more than {MOST_CHARACTERS:,} characters")
        yield found[0]


def _checked_head(head: Row, label: str) -> Row:
    """Refuse a first row that is not column names."""
    names = [normal(name.strip()) for name in head.cells]
    where = f"{label}:{head.line}"
    if names[0].startswith(COMMENT):
        raise BadInput(
            f"{where}: expects the names of the columns, is '{shortened(names[0])}'; no comments here"
        )
    check_names(names, where)
    return Row(head.line, names)


def check_names(names: Sequence[str], where: str) -> None:
    """Refuse column names that are ambiguous, unprintable or too long."""
    seen: set[str] = set()
    for number, name in enumerate(names, 1):
        if not name:
            raise BadInput(f"{where}: column {number} has no name")
        if ";" in name or "\t" in name:
            raise BadInput(f"{where}: '{shortened(name)}' is no name; columns are parted by commas")
        if not name.isprintable():
            raise BadInput(f"{where}: column {number}: '{shortened(ascii(name)[1:-1])}' is no name")
        if name in seen:
            raise BadInput(f"{where}: column '{shortened(name)}' appears twice")
        seen.add(name)


def number_of(text: str) -> int | float | None:
    """Return a number in plain digits; None for anything else, including underscores and other scripts."""
    if WHOLE.fullmatch(text) and len(text) <= MOST_DIGITS:
        return int(text)
    return float(text) if NUMBER.fullmatch(text) else None
