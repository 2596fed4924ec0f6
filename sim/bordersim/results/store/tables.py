"""From arrays to tables and back: the columns of every Parquet file, with unit and definition inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bordersim.results.store.blocks import COLUMNS
from bordersim.results.store.columns import KEY_COLUMNS, column, derived_of
from bordersim.results.store.files import new_file
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import DERIVED

if TYPE_CHECKING:
    from numpy.typing import NDArray

COMPRESSION = "zstd"
Axis = Mapping[str, pa.Array]  # columns that belong to one axis of an array


@dataclass(frozen=True, eq=False, repr=False)
class Land:
    """The axes of the tables: days, segments and stretches."""

    start: date
    days: int
    segments: Axis
    stretches: Axis

    @classmethod
    def of(cls, world: Any) -> Land:
        """Return the axes of the world of a scenario."""
        land = world.segments
        segments = {
            "segment": pa.array(np.arange(len(land.country), dtype=np.int32)),
            "country": pa.array([COUNTRIES[c] for c in land.country]),
            "from_km": pa.array(np.asarray(land.from_km, dtype=np.float64)),
            "to_km": pa.array(np.asarray(land.to_km, dtype=np.float64)),
        }
        return cls(world.start, int(world.days), segments, _stretch_axis(land.stretches))

    def axes(self, table: str, numbers: Sequence[int]) -> tuple[Axis, ...]:
        """Return the axes of a table, the last one (its columns) left out."""
        replicate: Axis = {"replicate": pa.array(np.array(numbers, dtype=np.int32))}
        day: Axis = {"date": self._dates()}
        country: Axis = {"country": pa.array(COUNTRIES)}
        return {
            "daily": (replicate, day, country),
            "stock": (replicate, day),
            "segments": (replicate, self.segments),
            "stretches": (replicate, self.stretches),
            "people": (replicate,),
        }[table]

    def _dates(self) -> pa.Array:
        """Return the days as timestamps at midnight, which pandas reads as a datetime without being asked."""
        days = np.datetime64(self.start) + np.arange(self.days)
        return pa.array(days.astype("datetime64[ms]"))


def _stretch_axis(stretches: Any) -> Axis:
    """Return the stretches as columns."""
    return {
        "stretch": pa.array([s.name for s in stretches]),
        "country": pa.array([s.country for s in stretches]),
        "from_km": pa.array([float(s.from_km) for s in stretches]),
        "to_km": pa.array([float(s.to_km) for s in stretches]),
    }


def table_of(table: str, values: NDArray[Any], axes: tuple[Axis, ...], scenario: str = "") -> pa.Table:
    """Return an array as a table of keys and counted columns; given a scenario's name, with derived ones.

    Parameters
    ----------
    table
        Name of the table: a key of `bordersim.results.store.blocks.COLUMNS`.
    values
        One axis for each of `axes`, then the columns.
    """
    columns = _key_columns(axes)
    flat = np.moveaxis(values, -1, 0).reshape(values.shape[-1], -1)
    columns |= {name: pa.array(each) for name, each in zip(COLUMNS[table], flat, strict=True)}
    if scenario:
        columns["scenario"] = pa.array([scenario]).take(pa.array(np.zeros(flat.shape[1], dtype=np.int32)))
        columns |= {name: pa.array(_derived(name, table, flat)) for name in derived_of(table)}
    names = [name for name in (*KEY_COLUMNS[table], *COLUMNS[table], *derived_of(table)) if name in columns]
    return pa.table(
        [columns[name] for name in names], schema=pa.schema([_field(n, columns[n]) for n in names])
    )


def _key_columns(axes: tuple[Axis, ...]) -> dict[str, pa.Array]:
    """Repeat the columns of each axis along the others."""
    grid = np.indices([len(next(iter(axis.values()))) for axis in axes])
    indexes = [pa.array(index.ravel()) for index in grid]
    return {
        name: labels.take(i) for axis, i in zip(axes, indexes, strict=True) for name, labels in axis.items()
    }


def _derived(name: str, table: str, flat: NDArray[Any]) -> NDArray[Any]:
    """Compute a derived column: the sum of the counted ones of its formula."""
    formula = next(metric.formula for metric in DERIVED if metric.name == name)
    total: NDArray[Any] = flat[[COLUMNS[table].index(part) for part in formula]].sum(axis=0)
    return total


def _field(name: str, values: pa.Array) -> pa.Field:
    """Describe a column inside the file itself."""
    about = column(name)
    return pa.field(name, values.type, metadata={"unit": about.unit, "definition": about.definition})


class TableWriter:
    """Write a table piece by piece into one Parquet file, with its provenance inside."""

    def __init__(self, path: Path, provenance: str) -> None:
        self._path = path
        self._provenance = provenance
        self._writer: pq.ParquetWriter | None = None
        self._open = ExitStack()

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(self, *error: Any) -> None:
        self._open.__exit__(*error)  # what is half-written only takes up room that the manifest needs

    def write(self, table: pa.Table) -> None:
        """Add rows."""
        table = table.replace_schema_metadata({"bordersim": self._provenance})
        if self._writer is None:
            self._writer = self._begun(table.schema)
        self._writer.write_table(table)

    def _begun(self, schema: pa.Schema) -> pq.ParquetWriter:
        """Begin the file."""
        keys = [f.name for f in schema if pa.types.is_string(f.type) or pa.types.is_date(f.type)]
        floats = [f.name for f in schema if pa.types.is_floating(f.type)]
        writer = pq.ParquetWriter(
            self._open.enter_context(new_file(self._path)),
            schema,
            compression=COMPRESSION,
            use_dictionary=keys,
            use_byte_stream_split=floats,
            write_statistics=[name for name in schema.names if name not in floats],
        )
        return self._open.enter_context(writer)
