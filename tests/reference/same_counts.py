"""Whether two runs count the same, bit for bit; if not, what differs first, in a line for each table."""

from __future__ import annotations

import numpy as np
import pytest
from plain_output import PlainOutput

from bordersim.model.engine import BlockOutput
from bordersim.results.store.blocks import COUNTED
from bordersim.words.codes import COUNTRIES

# What the rows of a table are; those of `daily` are days and countries, `people` has but one.
ROWS = {"stock": "day", "segments": "segment", "stretches": "stretch"}
Counts = PlainOutput | BlockOutput


def assert_same(engine: Counts, plain: Counts) -> None:
    """Compare two runs, no tolerance; fail with a line for each table in which they differ."""
    __tracebackhide__ = True  # or pytest prints both runs in full
    each = [difference(name, getattr(engine, name), getattr(plain, name)) for name in PlainOutput._fields]
    if said := [line for line in each if line]:
        pytest.fail("\n".join(["the first in each table that differs, engine and plain:", *said]))


def difference(table: str, one: np.ndarray, other: np.ndarray) -> str:
    """Return where two tables differ first, and in how many counts; nothing if they are the same."""
    if (one.dtype, one.shape) != (other.dtype, other.shape):
        return f"{table}: {one.dtype}{one.shape} and {other.dtype}{other.shape}"
    differing = np.argwhere(one != other).tolist()
    if not differing:
        return ""
    first = tuple(differing[0])
    values = f"{one[first].item()!r} and {other[first].item()!r}"
    return f"{place_of(table, first)}: {values}; {len(differing)} of {one.size} counts differ"


def place_of(table: str, index: tuple[int, ...]) -> str:
    """Return in words where a count stands."""
    *rows, column = index
    if table == "daily":
        where = [f"day {rows[0]}", COUNTRIES[rows[1]]]
    else:
        where = [f"{ROWS[table]} {row}" for row in rows]
    return ", ".join([table, *where, COUNTED[table][column]])
