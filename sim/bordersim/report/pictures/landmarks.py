"""The land under the map: projection, waters, stretches, stations, crossing points, towns, scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import bordersim.report.pictures.setting  # noqa: F401 - before matplotlib

import numpy as np
from matplotlib.lines import Line2D

from bordersim.geo.border import load_border
from bordersim.geo.places import load_crossing_points, load_stations, load_stretches, load_waters
from bordersim.report.pictures.style import BLUE, GREY, INK, PALE, SKY, SMALL
from bordersim.report.pictures.texts import Word, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike, NDArray

    from bordersim.report.pictures.texts import Side

    Floats = NDArray[np.float64]

Sign = dict[str, Any]

KM_PER_DEGREE = 111.2
CENTRE_LON, CENTRE_LAT = 25.4, 54.0
EXTENT_KM = (-215.0, 190.0, -285.0, 262.0)  # west, east, south, north of the centre
POINT_EVERY_KM = 0.25  # finer than a pixel
SCALE_KM = 50
STATION_SIGN: Sign = {"marker": "^", "color": BLUE, "markeredgecolor": "white", "markersize": 9}
CROSSING_SIGN: Sign = {"marker": "s", "color": "white", "markeredgecolor": INK, "markersize": 7}
END_SIGN: Sign = {"marker": "o", "color": INK, "markeredgecolor": "white", "markersize": 5}
WATER_SIGN: Sign = {"color": SKY, "alpha": 0.35, "linewidth": 11, "solid_capstyle": "butt"}
TOWNS = {
    "Vilnius": (25.28, 54.69),
    "Daugavpils": (26.53, 55.88),
    "Minsk": (27.56, 53.90),
    "Grodno": (23.83, 53.68),
    "Białystok": (23.16, 53.13),
    "Brest": (23.69, 52.10),
}
COUNTRY_PLACES = {
    "LATVIA": (26.6, 56.2),
    "LITHUANIA": (23.9, 54.95),
    "POLAND": (22.75, 52.72),
    "BELARUS": (26.5, 53.62),
}
# Labels that would meet others are moved [points].
STATION_SHIFT, CROSSING_SHIFT, TOWN_SHIFT = (-8.0, 3.0), (9.0, 0.0), (8.0, 0.0)
STRETCH_SHIFTS = {"LV": (0.0, 18.0), "PL": (-17.0, 0.0)}
FAR = 20.0  # a label moved further has a line to its place
LINE_TO = (10.0, SMALL / 2)  # end of the line from the corner of the label [points]
SHIFTS = {
    "6": (-8.0, 6.0),
    "7": (-8.0, -5.0),
    "9": (0.0, -12.0),
    "10": (-9.0, 5.0),
    "13": (0.0, 12.0),
    "14": (0.0, 12.0),
    "15": (-8.0, 6.0),
    "Šumskas": (9.0, 6.0),
    "Medininkai": (9.0, -6.0),
    "Šalčininkai": (2.0, -38.0),
    "Raigardas": (4.0, -14.0),
    "LV 2*": (0.0, -15.0),
    "LV 3*": (-14.0, 9.0),
    "Vilnius": (-8.0, 0.0),
    "Daugavpils": (-8.0, 0.0),
    "Białystok": (-8.0, 0.0),
}


def project(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Return the place on the map [km east, km north of its centre]: sinusoidal, equal-area."""
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    east = (lon - CENTRE_LON) * np.cos(np.radians(lat)) * KM_PER_DEGREE
    return east, (lat - CENTRE_LAT) * KM_PER_DEGREE


def pieces(country: str, from_km: Floats, to_km: Floats) -> Floats:
    """Return the line of each piece of a border as points on the map: [piece, point, 2]."""
    points = max(2, int(np.ceil((to_km - from_km).max() / POINT_EVERY_KM)) + 1)
    chainage = np.linspace(from_km, to_km, points, axis=1)
    return np.stack(project(*load_border(country).point_at(chainage)), axis=-1)


def short_name(stretch: str) -> str:
    """Return the name of an assumed stretch, marked with a star."""
    return stretch.replace(" stretch", "").replace(" (assumed)", "*")


def draw_land(axes: Axes) -> None:
    """Draw everything that is not of a result, in the extent of all maps."""
    frame_land(axes)
    for draw in (draw_waters, draw_stretch_ends, draw_stations, draw_crossing_points, draw_towns, draw_scale):
        draw(axes)


def frame_land(axes: Axes) -> None:
    """Fix the extent and the aspect; a map in km needs no axes."""
    west, east, south, north = EXTENT_KM
    axes.set(xlim=(west, east), ylim=(south, north), aspect="equal")
    axes.axis("off")


def draw_waters(axes: Axes) -> None:
    """Draw a light band where the border runs in a river or a lake."""
    for water in load_waters():
        if water.kind in ("river", "lake"):
            line = pieces(water.country, np.array([water.from_km]), np.array([water.to_km]))[0]
            axes.plot(*line.T, zorder=1, **WATER_SIGN)


def draw_stretch_ends(axes: Axes) -> None:
    """Mark where stretches meet, and write the names of those without stations beside them."""
    words = []
    for stretch in load_stretches():
        border = load_border(stretch.country)
        ends = project(*border.point_at([stretch.from_km, stretch.to_km]))
        axes.plot(*ends, linestyle="", zorder=4, **END_SIGN)
        if stretch.country != "LT":
            east, north = project(*border.point_at((stretch.from_km + stretch.to_km) / 2))
            name = short_name(stretch.name)
            words.append(_label((east, north), name, SHIFTS.get(name, STRETCH_SHIFTS[stretch.country])))
    _write(axes, words)


def draw_stations(axes: Axes) -> None:
    """Draw the Lithuanian stations with the numbers they have in the bars."""
    stations = load_stations()
    east, north = project([s.lon for s in stations], [s.lat for s in stations])
    axes.plot(east, north, linestyle="", zorder=5, **STATION_SIGN)
    names = [str(number) for number in range(1, len(stations) + 1)]
    shifts = [SHIFTS.get(name, STATION_SHIFT) for name in names]
    places = zip(east, north, strict=True)
    words = [
        _label(place, name, shift, colour=BLUE, weight="bold")
        for place, name, shift in zip(places, names, shifts, strict=True)
    ]
    _write(axes, words)


def draw_crossing_points(axes: Axes) -> None:
    """Draw the crossing points on roads, with the names their own side gives them."""
    words = []
    for point in load_crossing_points():
        if point.kind.startswith("road") and "disused" not in point.kind:
            place = project(point.lon, point.lat)
            axes.plot(*place, zorder=5, **CROSSING_SIGN)
            name = point.lt_name.split(" (")[0]
            words.append(_label(place, name, SHIFTS.get(name, CROSSING_SHIFT)))
    _write(axes, words)


def sign_handles() -> list[Line2D]:
    """Return the legend handles of the land."""
    return [
        Line2D([], [], linestyle="", label="station, by its number (LT)", **STATION_SIGN),
        Line2D([], [], linestyle="", label="crossing point on a road (LT)", **CROSSING_SIGN),
        Line2D([], [], linestyle="", label="boundary of two stretches", **END_SIGN),
        Line2D([], [], label="river or lake (known: LT, Bug)", **WATER_SIGN),
    ]


def draw_towns(axes: Axes) -> None:
    """Draw a few towns and the countries' names for orientation."""
    places = {name: project(*place) for name, place in TOWNS.items()}
    dots = np.array(list(places.values()))
    axes.plot(dots[:, 0], dots[:, 1], "o", color="white", markeredgecolor=GREY, markersize=6, zorder=3)
    _write(axes, [_label(at, name, SHIFTS.get(name, TOWN_SHIFT), colour=GREY) for name, at in places.items()])
    for name, place in COUNTRY_PLACES.items():
        east, north = project(*place)
        axes.text(
            float(east), float(north), name, color=PALE, fontsize=18, weight="bold", ha="center", zorder=0
        )


def draw_scale(axes: Axes) -> None:
    """Draw a bar of known length."""
    west, south = EXTENT_KM[0] + 10, EXTENT_KM[2] + 12
    axes.plot([west, west + SCALE_KM], [south, south], color=INK, linewidth=3, solid_capstyle="butt")
    axes.text(west + SCALE_KM / 2, south + 5, f"{SCALE_KM} km, north is up", ha="center", fontsize=SMALL)


def _label(
    place: tuple[ArrayLike, ArrayLike],
    text: str,
    shift: tuple[float, float],
    *,
    colour: str = INK,
    weight: str = "normal",
) -> Word:
    """Return a name `shift` points from its place, on the side it is shifted to."""
    side: Side = "left" if shift[0] > 0 else "right" if shift[0] < 0 else "center"
    return Word(text, float(np.asarray(place[0])), float(np.asarray(place[1])), shift, side, weight, colour)


def _write(axes: Axes, words: list[Word]) -> None:
    """Write names on white halos; those far from their place have a line to it."""
    Words(axes, words, axes.transData, halo=True).set_zorder(6)
    for word in words:
        if np.hypot(*word.shift) > FAR:
            across, up = word.shift
            beside = (across + LINE_TO[0], up - np.sign(up) * LINE_TO[1])
            line = {"arrowstyle": "-", "color": GREY, "shrinkA": 0.0}
            axes.annotate("", (word.x, word.y), beside, textcoords="offset points", arrowprops=line)
