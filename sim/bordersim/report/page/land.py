"""The land as small vector maps: the borders by stretch, simplified, with a few places beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.geo.places import load_stations, load_stretches
from bordersim.report.page.markup import course, picture, said, tag

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TOLERANCE_KM = 0.35
NAMES = ("Vilnius", "Daugavpils", "Minsk", "Grodno", "Białystok", "Brest")


class Place(NamedTuple):
    """A point of the map with its name."""

    name: str
    x: float
    y: float


class Land(NamedTuple):
    """What every map shows: the course of each stretch, stations, towns, names of countries, its size."""

    courses: tuple[str, ...]
    stations: tuple[Place, ...]
    towns: tuple[Place, ...]
    countries: tuple[Place, ...]
    width: float
    height: float


@cache
def load_land() -> Land:
    """Return the land, drawn once."""
    from bordersim.report.pictures.landmarks import COUNTRY_PLACES, EXTENT_KM, TOWNS

    west, east, south, north = EXTENT_KM
    stations = tuple(_place(each.name, (each.lon, each.lat)) for each in load_stations())
    towns = tuple(_place(name, TOWNS[name]) for name in NAMES)
    countries = tuple(_place(name, at) for name, at in COUNTRY_PLACES.items())
    return Land(tuple(_courses()), stations, towns, countries, east - west, north - south)


def _courses() -> Iterator[str]:
    """Yield the line of each stretch."""
    from bordersim.report.pictures.landmarks import pieces

    for stretch in load_stretches():
        line = pieces(stretch.country, np.array([stretch.from_km]), np.array([stretch.to_km]))[0]
        yield course(map(tuple, _on_paper(simplified(line)).tolist()))


def _place(name: str, at: tuple[float, float]) -> Place:
    """Return where a place is on the map."""
    from bordersim.report.pictures.landmarks import project

    point = np.column_stack(project(*at))
    x, y = _on_paper(point)[0].tolist()
    return Place(name, x, y)


def _on_paper(points: Floats) -> Floats:
    """Return kilometres east and north as pixels from the left and from the top."""
    from bordersim.report.pictures.landmarks import EXTENT_KM

    west, _, _, north = EXTENT_KM
    placed: Floats = np.column_stack([points[:, 0] - west, north - points[:, 1]])
    return placed


def simplified(line: Floats, tolerance: float = TOLERANCE_KM) -> Floats:
    """Return a line with as few of its points as stay within a tolerance (Douglas and Peucker)."""
    from shapely import LineString

    kept: Floats = np.array(LineString(line).simplify(tolerance).coords)
    return kept


def symbols() -> str:
    """Return the stretches once, for all maps of a page to use."""
    land = load_land()
    drawn = [tag("path", id=f"stretch{i}", d=line) for i, line in enumerate(land.courses)]
    return tag("svg", tag("defs", *drawn), width="0", height="0", class_="symbols", aria_hidden="true")


def map_of(label: str, lines: Sequence[str], *, named: bool = True) -> str:
    """Return a map with the stretches as drawn; `named` adds places."""
    land = load_land()
    return picture(land.width, land.height, label, *(_around(land) if named else ()), *lines)


def stretch(number: int, kind: str, title: str = "", **attributes: object) -> str:
    """Return one stretch of a map in the colour and width of its kind."""
    told = said("title", title) if title else ""
    return tag("use", told, href=f"#stretch{number}", class_=kind, **attributes)


def _around(land: Land) -> Iterator[str]:
    """Yield what makes a map readable: countries, towns, stations."""
    for place in land.countries:
        yield said("text", place.name, class_="land", x=f"{place.x:.0f}", y=f"{place.y:.0f}")
    for place in land.towns:
        yield tag("circle", class_="town", cx=f"{place.x:.0f}", cy=f"{place.y:.0f}", r="2.5")
        yield said("text", place.name, class_="townname", x=f"{place.x + 6:.0f}", y=f"{place.y + 4:.0f}")
    for place in land.stations:
        yield tag("path", class_="station", d=f"M{place.x:.0f} {place.y - 4:.0f}l4 7h-8z")
