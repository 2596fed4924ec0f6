"""Every number the engine reads, one at a time: a column, or where it differs by place that of one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from bordersim.inputs.schema.base import ByWetness
from bordersim.model.world import Arrays
from bordersim.words.codes import BARRIERS, COUNTRIES, TERRAINS

VALUES = "params"  # laid out as the configuration
BY_ROW = ("country", "terrain", "barrier", "origins", "stretches")
BY_COLUMN = ("law", "on_shift", "inflow")  # days are rows


class Cell(NamedTuple):
    """Where one number, or one number by date, stands."""

    array: str
    field: str
    place: int | None

    def __str__(self) -> str:
        """Return its name, with the number of its place."""
        name = f"{self.array}.{self.field}".rstrip(".")
        return name if self.place is None else f"{name}[{self.place}]"


def cells(arrays: Arrays) -> Iterator[Cell]:
    """Yield every number there is."""
    for name, array in arrays._asdict().items():
        if name == VALUES:
            yield from (Cell(VALUES, path, None) for path in paths(array.dtype))
            continue
        for field in array.dtype.names or ("",):
            axis = 0 if name in BY_ROW else 1
            places = range(array.shape[axis]) if name in BY_ROW + BY_COLUMN else (None,)
            yield from (Cell(name, field, place) for place in places)


def paths(kind: np.dtype) -> Iterator[str]:
    """Yield the way to each number in a record of records and rows: names and places, with dots."""
    for name in kind.names or ():
        part = kind[name]
        places = [f".{i}" for i in range(part.shape[0])] if part.shape else [""]
        within = [f".{path}" for path in paths(part.base)] or [""]
        yield from (f"{name}{place}{path}" for place in places for path in within)


def keys(cell: Cell) -> Iterator[str]:
    """Yield what the key of a single value could be: a place is a country, a terrain or a barrier."""
    parts = cell.field.split(".")
    wetness = [ByWetness.told_by.get(name, name) for name in TERRAINS]
    for words in (COUNTRIES, TERRAINS, wetness, BARRIERS):
        names = dict(zip(map(str, range(len(words))), words, strict=True))
        yield ".".join(names.get(part, part) for part in parts)


def at(arrays: Arrays, cell: Cell) -> np.ndarray:
    """Return the part of the arrays where a number stands."""
    array = getattr(arrays, cell.array)
    if cell.array == VALUES:
        for part in cell.field.split("."):
            array = array[:, int(part)] if part.isdigit() else array[part]
        return array
    column = array[cell.field] if cell.field else array
    if cell.place is None:
        return column
    return column[cell.place, ...] if cell.array in BY_ROW else column[:, cell.place]


def with_moved(arrays: Arrays, other: Arrays, cell: Cell) -> Arrays:
    """Return the arrays with one number taken from others."""
    changed = arrays._replace(**{cell.array: getattr(arrays, cell.array).copy()})
    at(changed, cell)[...] = at(other, cell)
    return read_only(changed)


def read_only(arrays: Arrays) -> Arrays:
    """Close arrays to writing, as those of a world are; numba would compile anew for others."""
    for array in arrays:
        array.flags.writeable = False
    return arrays


def differs(arrays: Arrays, other: Arrays, cell: Cell) -> bool:
    """Return whether a number is another one in the others."""
    return not np.array_equal(at(arrays, cell), at(other, cell))


def with_room_for(arrays: Arrays, *others: Arrays) -> Arrays:
    """Return the arrays with room for all the patrols any of them could have, wherever they are sent."""
    most = np.max([_crews(each) for each in (arrays, *others)], axis=0)
    stretches = arrays.stretches.copy()
    stretches["patrols"] = np.ceil(most[stretches["country"]]) + 1
    stretches["first_patrol"] = np.cumsum(stretches["patrols"]) - stretches["patrols"]
    return read_only(arrays._replace(stretches=stretches))


def _crews(arrays: Arrays) -> np.ndarray:
    """Return the crews of each country on its busiest day."""
    of = arrays.stretches["country"]
    return np.array([arrays.on_shift[:, of == code].sum(axis=1).max() for code in range(len(COUNTRIES))])
