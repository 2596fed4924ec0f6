"""Cut the borders by chainage into segments and attach terrain, station and the nearest town.

What is known only for Lithuania is unknown for the others: terrain ``UNKNOWN``, shares and distances NaN.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bordersim.geo.border import distance_km, load_border
from bordersim.geo.places import (
    CrossingPoint,
    Section,
    Station,
    Stretch,
    Town,
    load_crossing_points,
    load_stations,
    load_stretches,
    load_towns,
    load_waters,
    load_wetlands,
)
from bordersim.words.codes import COUNTRIES, LAKE, LAND, RIVER, SWAMP, TERRAINS, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.uint8]

__all__ = [
    "CrossingPoint",
    "Segments",
    "Station",
    "Stretch",
    "Town",
    "cut_segments",
    "load_crossing_points",
    "load_stations",
    "load_towns",
]

# Brooks, ditches and streams can be waded: such a segment is land, and sure streams show in `water_share`.
TERRAIN_OF_WATER = {
    "land": LAND,
    "ditch_or_brook_possible": LAND,
    "stream_probable": LAND,
    "stream": LAND,
    "river": RIVER,
    "lake": LAKE,
}
SHORTEST_KM = 0.001
SURE_WATERS = ("stream", "river", "lake")


@dataclass(frozen=True, eq=False, kw_only=True)
class Segments:
    """One row per segment: LT, then LV, then PL, each by chainage. All arrays are read-only.

    Parameters
    ----------
    country
        Index into ``COUNTRIES``.
    from_km, to_km, length_km
        Chainage on its own border, and the difference [km].
    mid_lon, mid_lat
        The point halfway along [degrees, WGS84].
    terrain
        Index into ``TERRAINS``: what most of the segment is.
    water_share
        Share of the length that is surely in a lake, river or stream; NaN where not known.
    wetland
        In a bog of known place; False says nothing about LV and PL.
    town_km
        Distance from the midpoint to the nearest Belarusian town [km]; NaN for LV and PL.
    stretch
        Index into `stretches`, by the midpoint.
    position_km
        The midpoint on one axis through all three borders [km]: LV below 0, LT from 0, PL after it.
    stretches
        The stretches the segments belong to.
    """

    country: Codes
    from_km: Floats
    to_km: Floats
    length_km: Floats
    mid_lon: Floats
    mid_lat: Floats
    terrain: Codes
    water_share: Floats
    wetland: NDArray[np.bool_]
    town_km: Floats
    stretch: NDArray[np.int16]
    position_km: Floats
    stretches: tuple[Stretch, ...]

    def __post_init__(self) -> None:
        for field in fields(self):
            if isinstance(array := getattr(self, field.name), np.ndarray):
                array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.country)

    def __repr__(self) -> str:
        counts = np.bincount(self.country, minlength=len(COUNTRIES))
        named = ", ".join(f"{count} {name}" for count, name in zip(counts, COUNTRIES, strict=True))
        return f"Segments({named}; {self.length_km.sum():.1f} km, {len(self.stretches)} stretches)"


@cache
def cut_segments(length_km: float = 1.0) -> Segments:
    """Cut all three borders into pieces of this length [km]; the last piece of each takes the remainder.

    The remainder is at least a metre: less is added to the piece before.
    """
    if not 0 < length_km < np.inf:
        raise ValueError(f"segments must have a length above 0 km, not {length_km}")
    parts = [_cut(code, length_km) for code in range(len(COUNTRIES))]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Segments(**columns, stretches=load_stretches())


def _cut(code: int, length_km: float) -> dict[str, NDArray[np.generic]]:
    """Columns of one border's segments."""
    country = COUNTRIES[code]
    edges = _edges_km(load_border(country).length_km, length_km)
    middle = (edges[:-1] + edges[1:]) / 2
    lon, lat = load_border(country).point_at(middle)
    wetland = _within(middle, [section for section in load_wetlands() if section.country == country])
    waters = [section for section in load_waters() if section.country == country]
    return {
        "country": np.full(len(middle), code, dtype=np.uint8),
        "from_km": edges[:-1],
        "to_km": edges[1:],
        "length_km": np.diff(edges),
        "mid_lon": lon,
        "mid_lat": lat,
        "terrain": _terrain(edges, waters, wetland),
        "water_share": _water_share(edges, waters),
        "wetland": wetland,
        "town_km": _town_km(country, lon, lat),
        "stretch": _stretch(country, middle),
        "position_km": _position_km(country, middle),
    }


def _edges_km(whole_km: float, length_km: float) -> Floats:
    """Where segments begin and end [km]: count + 1 of them, from 0 to the end of the border."""
    count = max(int(np.ceil((whole_km - SHORTEST_KM) / length_km)), 1)
    return np.append(np.arange(count) * length_km, whole_km)


def _share_within(edges: Floats, sections: Iterable[Section]) -> Floats:
    """Share of each segment's length that lies in any of the sections, which do not overlap."""
    inside_km = np.zeros(len(edges) - 1)
    for section in sections:
        inside_km += np.diff(np.clip(edges, section.from_km, section.to_km))
    return np.asarray(inside_km / np.diff(edges))


def _terrain(edges: Floats, waters: Iterable[Section], wetland: NDArray[np.bool_]) -> Codes:
    """What most of each segment is; land in a known bog is swamp."""
    kinds = [[s for s in waters if TERRAIN_OF_WATER[s.kind] == code] for code in range(len(TERRAINS))]
    shares = np.stack([_share_within(edges, sections) for sections in kinds])
    shares[UNKNOWN] = 1 - shares.sum(axis=0)
    terrain = np.argmax(shares, axis=0).astype(np.uint8)
    return np.where(wetland & (terrain == LAND), np.uint8(SWAMP), terrain)


def _water_share(edges: Floats, waters: Iterable[Section]) -> Floats:
    """Share surely in water; NaN unless the whole segment is described."""
    described = np.isclose(_share_within(edges, waters), 1)
    return np.where(described, _share_within(edges, [s for s in waters if s.kind in SURE_WATERS]), np.nan)


def _within(at_km: Floats, sections: Iterable[Section]) -> NDArray[np.bool_]:
    """Which points lie in any of the sections."""
    inside = [(at_km >= section.from_km) & (at_km < section.to_km) for section in sections]
    return np.any(inside, axis=0) if inside else np.zeros(len(at_km), dtype=np.bool_)


def _town_km(country: str, lon: Floats, lat: Floats) -> Floats:
    """Distance to the nearest Belarusian town [km]; towns are gathered along the Lithuanian border only."""
    if country != "LT":
        return np.full(len(lon), np.nan)
    towns = np.array([(town.lon, town.lat) for town in load_towns() if town.country == "BY"])
    return np.asarray(distance_km(lon[:, None], lat[:, None], towns[:, 0], towns[:, 1]).min(axis=1))


def _stretch(country: str, at_km: Floats) -> NDArray[np.int16]:
    """Index among all stretches of the one that holds each point."""
    own = [(index, s.from_km) for index, s in enumerate(load_stretches()) if s.country == country]
    indexes, starts = zip(*own, strict=True)
    return np.asarray(indexes, dtype=np.int16)[np.searchsorted(starts, at_km, side="right") - 1]


def _position_km(country: str, at_km: Floats) -> Floats:
    """Place on one axis through the three borders [km], which meet at the ends of Lithuania's."""
    return {"LT": at_km, "LV": -at_km, "PL": load_border("LT").length_km + at_km}[country]
