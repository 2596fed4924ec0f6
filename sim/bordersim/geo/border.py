"""A state border as one line measured along itself: chainage [km] <-> longitude and latitude.

Coordinates are WGS84 (EPSG:4326) degrees; chainage is geodesic length on that ellipsoid, stored with
each vertex by ``geo/build.py``. No other file needs to know how the Earth is shaped.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bordersim.shipped import shipped
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from shapely import LineString

    Floats = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088  # mean radius of the WGS84 ellipsoid
LON_LIMIT, LAT_LIMIT = 180, 90
MILLIMETRE_KM = 1e-6
NEAR_KM = 100.0  # farther off, somebody mistook the order of coordinates or the border


@dataclass(frozen=True, eq=False, kw_only=True)
class Border:
    """One border with Belarus, from its northern end (LT, PL) or its western end (LV).

    Parameters
    ----------
    country
        "LT", "LV" or "PL".
    chainage_km
        Distance of each vertex along the whole border [km], strictly increasing.
    lon, lat
        Vertices [degrees, WGS84]; two that follow each other are at two places.
    """

    country: str
    chainage_km: Floats
    lon: Floats
    lat: Floats

    def __post_init__(self) -> None:
        for name in ("chainage_km", "lon", "lat"):
            object.__setattr__(self, name, _read_only(getattr(self, name)))
        _check_vertices(self)

    def __repr__(self) -> str:
        return (
            f"Border({self.country}-BY, {self.from_km:g} to {self.to_km:g} km, {len(self.lon)} vertices, "
            f"({self.lat[0]:.4f} N {self.lon[0]:.4f} E) to ({self.lat[-1]:.4f} N {self.lon[-1]:.4f} E))"
        )

    @property
    def from_km(self) -> float:
        """Chainage where this piece begins [km]; 0 for a whole border."""
        return float(self.chainage_km[0])

    @property
    def to_km(self) -> float:
        """Chainage where this piece ends [km]."""
        return float(self.chainage_km[-1])

    @property
    def length_km(self) -> float:
        """Geodesic length [km]."""
        return self.to_km - self.from_km

    @property
    def line(self) -> LineString:
        """The vertices as a shapely line [degrees, WGS84]."""
        from shapely import LineString

        return LineString(np.column_stack([self.lon, self.lat]))

    def point_at(self, chainage_km: ArrayLike) -> tuple[Floats, Floats]:
        """Return longitude and latitude [degrees] at these distances along the border [km]."""
        at = np.asarray(chainage_km, dtype=np.float64)
        self._refuse_outside(at)
        return np.interp(at, self.chainage_km, self.lon), np.interp(at, self.chainage_km, self.lat)

    def chainage_of(self, lon: ArrayLike, lat: ArrayLike, within_km: float = NEAR_KM) -> Floats:
        """Return the distance along the border [km] of its point nearest to each given point.

        Raises
        ------
        ValueError
            For a point farther than `within_km` from the border: most often longitude and latitude swapped.
        """
        lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
        _check_degrees("lon", lon, LON_LIMIT)
        _check_degrees("lat", lat, LAT_LIMIT)
        chainage_km = np.asarray(np.vectorize(self._nearest_chainage_km, otypes=[np.float64])(lon, lat))
        self._refuse_far(lon, lat, distance_km(lon, lat, *self.point_at(chainage_km)), within_km)
        return chainage_km

    def slice(self, from_km: float, to_km: float) -> Border:
        """Return the piece between two distances [km]; its chainage still counts from the border's start."""
        ends = np.array([from_km, to_km], dtype=np.float64)
        self._refuse_outside(ends)
        if not from_km < to_km:
            raise ValueError(f"{self.country}: a piece must run forwards, not from {from_km} to {to_km} km")
        inner = self.chainage_km[(self.chainage_km > from_km) & (self.chainage_km < to_km)]
        chainage_km = np.concatenate([ends[:1], inner, ends[1:]])
        lon, lat = self.point_at(chainage_km)
        return Border(country=self.country, chainage_km=chainage_km, lon=lon, lat=lat)

    def _refuse_outside(self, at: Floats) -> None:
        """Raise on a chainage that is not a number or not on this border."""
        bad = ~((at >= self.from_km) & (at <= self.to_km))
        if np.any(bad):
            raise ValueError(
                f"{self.country}: chainage must be between {self.from_km:g} and {self.to_km:g} km, "
                f"is {at[bad].flat[0]:g}"
            )

    def _refuse_far(self, lon: Floats, lat: Floats, off_km: Floats, within_km: float) -> None:
        """Raise on a point that is not near this border."""
        if np.any(far := off_km > within_km):
            east, north, km = (np.broadcast_to(each, far.shape)[far].flat[0] for each in (lon, lat, off_km))
            raise ValueError(
                f"{self.country}: longitude {east:g}, latitude {north:g} is {km:,.0f} km from the border, "
                f"more than {within_km:g} km; longitude comes first"
            )

    def _nearest_chainage_km(self, lon: float, lat: float) -> float:
        """Chainage of the nearest point, found on a plane that touches the Earth at the given one."""
        x = (self.lon - lon) * np.cos(np.radians(lat))
        y = self.lat - lat
        dx, dy = np.diff(x), np.diff(y)
        square, along = dx * dx + dy * dy, -(x[:-1] * dx + y[:-1] * dy)
        share = np.clip(np.divide(along, square, out=np.zeros_like(along), where=square > 0), 0, 1)
        nearest = np.argmin(np.hypot(x[:-1] + share * dx, y[:-1] + share * dy))
        step_km = self.chainage_km[nearest + 1] - self.chainage_km[nearest]
        return float(self.chainage_km[nearest] + share[nearest] * step_km)


@cache
def load_border(country: str) -> Border:
    """Return the whole border of "LT", "LV" or "PL" with Belarus."""
    if country not in COUNTRIES:
        raise ValueError(f"no border with Belarus for {country!r}; there are {', '.join(COUNTRIES)}")
    source = shipped("geo/data") / "lines" / f"{country.lower()}.geojson"
    feature = json.loads(source.read_text(encoding="utf-8"))["features"][0]
    lon, lat = np.array(feature["geometry"]["coordinates"]).T
    chainage_km = np.array(feature["properties"]["chainage_km"])
    return Border(country=country, chainage_km=chainage_km, lon=lon, lat=lat)


def distance_km(lon: ArrayLike, lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike) -> Floats:
    """Return great-circle distances [km] between points [degrees]; within 0.5 % of the ellipsoid's."""
    lon, lat, to_lon, to_lat = (np.radians(degrees) for degrees in (lon, lat, to_lon, to_lat))
    across = np.sin((to_lat - lat) / 2) ** 2
    along = np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(across + along)))


def _read_only(values: ArrayLike) -> Floats:
    """Read-only copy, so that vertices and chainages stay in step."""
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


def _check_vertices(border: Border) -> None:
    """Raise unless the arrays describe one line that runs forwards."""
    count = len(border.chainage_km)
    if not count > 1 or len(border.lon) != count or len(border.lat) != count:
        raise ValueError(
            f"{border.country}: needs two vertices or more, as many lon and lat as chainages; "
            f"has {count} chainages, {len(border.lon)} lon, {len(border.lat)} lat"
        )
    _check_degrees("lon", border.lon, LON_LIMIT)
    _check_degrees("lat", border.lat, LAT_LIMIT)
    forwards = np.diff(border.chainage_km) > 0
    if not np.all(forwards):
        at = int(np.argmin(forwards))
        raise ValueError(
            f"{border.country}: chainage must increase; vertices {at} and {at + 1} have "
            f"{border.chainage_km[at]:g} and {border.chainage_km[at + 1]:g} km"
        )
    _refuse_doubled(border)
    if np.any(jumps := np.abs(np.diff(border.lon)) > LON_LIMIT):
        at = int(np.argmax(jumps))
        raise ValueError(f"{border.country}: vertices {at} and {at + 1} lie on either side of longitude 180")


def _refuse_doubled(border: Border) -> None:
    """Raise on two vertices at one place: between them the line has no direction."""
    lon, lat = border.lon, border.lat
    # Rounding may put the ends of a piece of no length at one place, which does no harm.
    goes_on = np.diff(border.chainage_km) > MILLIMETRE_KM
    doubled = goes_on & (np.diff(lon) == 0) & (np.diff(lat) == 0)
    if np.any(doubled):
        at = int(np.argmax(doubled))
        raise ValueError(
            f"{border.country}: vertices {at} and {at + 1} are at one place, "
            f"longitude {lon[at]:g}, latitude {lat[at]:g}; leave one out"
        )


def _check_degrees(name: str, degrees: Floats, limit: float) -> None:
    """Raise on an angle that is not a number or beyond its limit."""
    bad = ~(np.abs(degrees) <= limit)
    if np.any(bad):
        raise ValueError(f"{name} must be within {limit} degrees, is {degrees[bad].flat[0]}")
