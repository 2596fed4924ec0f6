"""Places beside the border: stations, crossing points, towns, and the stretches guards divide it into.

Read from ``geo/data/curated``; ``geo/data/SOURCES.md`` says how good each figure is.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from bordersim.geo.border import load_border
from bordersim.shipped import shipped


@dataclass(frozen=True)
class Station:
    """A Lithuanian frontier station (užkarda) and the stretch it guards.

    The ends of the stretch are estimates, halfway between neighbouring stations; `published_km` is the
    length its own country states for it, None where none is published. `district` is the municipality
    by which counts of 2021 were published, judged by the station's village.
    """

    name: str
    frontier_district: str
    district: str
    village: str
    lon: float
    lat: float
    chainage_km: float
    from_km: float
    to_km: float
    published_km: float | None
    source: str


@dataclass(frozen=True)
class Stretch:
    """The segments one station guards; `assumed` where no stations are published (LV, PL)."""

    name: str
    country: str
    from_km: float
    to_km: float
    assumed: bool
    district: str | None


@dataclass(frozen=True)
class CrossingPoint:
    """A crossing point on the Lithuanian border; `status` as of 20 November 2025."""

    lt_name: str
    by_name: str
    kind: str
    lon: float
    lat: float
    chainage_km: float
    uncertainty_km: float
    status: str
    source: str


@dataclass(frozen=True)
class Town:
    """A town of 500 people or more near the Lithuanian border, in any of the four countries."""

    country: str
    name: str
    lon: float
    lat: float
    population: int


@dataclass(frozen=True)
class Section:
    """A piece of border with a name and a kind, such as a river or a bog."""

    country: str
    from_km: float
    to_km: float
    kind: str
    name: str


@cache
def load_stations() -> tuple[Station, ...]:
    """Return the 15 Lithuanian stations by chainage."""
    return tuple(
        Station(
            name=row["name"],
            frontier_district=row["frontier_district"],
            district=row["district"],
            village=row["village"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            chainage_km=float(row["chainage_km"]),
            from_km=float(row["from_km"]),
            to_km=_end_km(row, "LT"),
            published_km=float(row["published_km"]) if row["published_km"] else None,
            source=row["source"],
        )
        for row in _rows("stations.csv")
    )


@cache
def load_stretches() -> tuple[Stretch, ...]:
    """Return the stretches of all three borders: LT stations, then assumed ones of LV and PL."""
    guarded = [Stretch(s.name, "LT", s.from_km, s.to_km, False, s.district) for s in load_stations()]
    assumed = [
        Stretch(row["name"], row["country"], float(row["from_km"]), _end_km(row), True, None)
        for row in _rows("stretches.csv")
    ]
    return (*guarded, *assumed)


@cache
def load_crossing_points() -> tuple[CrossingPoint, ...]:
    """Return the crossing points of the Lithuanian border by chainage."""
    return tuple(
        CrossingPoint(
            lt_name=row["lt_name"],
            by_name=row["by_name"],
            kind=row["kind"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            chainage_km=float(row["chainage_km"]),
            uncertainty_km=float(row["uncertainty_km"]),
            status=row["status"],
            source=row["source"],
        )
        for row in _rows("crossing_points.csv")
    )


@cache
def load_towns() -> tuple[Town, ...]:
    """Return the towns near the Lithuanian border, on both sides."""
    return tuple(
        Town(row["country"], row["name"], float(row["lon"]), float(row["lat"]), int(row["population"]))
        for row in _rows("towns.csv")
    )


@cache
def load_waters() -> tuple[Section, ...]:
    """Return what the border runs through: all of LT, the Bug in PL; unknown elsewhere."""
    return tuple(_section(row, row["class"]) for row in _rows("waters.csv"))


@cache
def load_wetlands() -> tuple[Section, ...]:
    """Return the bogs whose place on the border is known."""
    return tuple(_section(row, "swamp") for row in _rows("wetlands.csv"))


def _section(row: dict[str, str], kind: str) -> Section:
    """One row of a table of sections."""
    return Section(row["country"], float(row["from_km"]), _end_km(row), kind, row["name"])


def _end_km(row: dict[str, str], country: str | None = None) -> float:
    """Where a section ends [km]; an empty cell means at the end of the border."""
    return float(row["to_km"]) if row["to_km"] else load_border(country or row["country"]).to_km


def _rows(name: str) -> list[dict[str, str]]:
    """Rows of a curated table."""
    table = shipped("geo/data") / "curated" / name
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
