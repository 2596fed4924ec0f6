"""Re-make the border lines in ``geo/data/lines`` from published packages. Run by hand:

    pip install -e '.[build]'
    python geo/build.py            # writes; --check compares instead and changes nothing

The time zones Europe/Vilnius, Riga and Warsaw meet Europe/Minsk along the state borders. Their
polygons share vertices exactly, so the longest run of vertices common to two of them is the border.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Vertex = tuple[float, float]

LINES = Path(__file__).parent / "data" / "lines"
ZONE_BEYOND = "Europe/Minsk"
COORDINATE_DECIMALS = 6  # about 0.1 m, the precision of the source
CHAINAGE_DECIMALS = 4  # of a km
METRES_PER_KM = 1000
ATTRIBUTION = (
    "© OpenStreetMap contributors, Open Database License 1.0; boundaries of release 2026c "
    "as packaged in timezonefinder-data 3.2026.3.post1"
)


class Recipe(NamedTuple):
    """What is needed to cut one border out of the time zones."""

    country: str
    zone: str
    starts_near: Vertex  # the tripoint at chainage 0, lon and lat


RECIPES = (
    Recipe("LT", "Europe/Vilnius", (26.630362, 55.680669)),
    Recipe("LV", "Europe/Riga", (26.630362, 55.680669)),
    Recipe("PL", "Europe/Warsaw", (23.514965, 53.956269)),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make each line; write it or, with --check, print whether it differs from the one shipped."""
    parser = argparse.ArgumentParser(prog="python geo/build.py", description="re-make the border lines")
    parser.add_argument(
        "--out", type=Path, default=LINES, help="folder to write to (default: the shipped one)"
    )
    parser.add_argument("--check", action="store_true", help="compare with the lines in --out, write nothing")
    options = parser.parse_args(arguments)
    beyond = largest_ring(ZONE_BEYOND)
    same = [_make(recipe, beyond, options.out, options.check) for recipe in RECIPES]
    return 0 if all(same) else 1


def _make(recipe: Recipe, beyond: list[Vertex], out: Path, check: bool) -> bool:
    """Make one line; True unless it was compared and differs."""
    line = oriented(longest_shared_run(largest_ring(recipe.zone), beyond), recipe.starts_near)
    chainage_km = chainages_km(line)
    text = as_geojson(recipe.country, line, chainage_km)
    target = out / f"{recipe.country.lower()}.geojson"
    same = target.exists() and target.read_text(encoding="utf-8") == text
    if not check:
        target.write_text(text, encoding="utf-8")
    state = ("same" if same else "DIFFERS") if check else "written"
    print(f"{recipe.country}: {len(line)} vertices, {chainage_km[-1]:.3f} km, {state}: {target.name}")
    return same or not check


def largest_ring(zone: str) -> list[Vertex]:
    """Return the outer ring of a time zone's largest polygon, rounded, without its closing vertex."""
    from timezonefinder import TimezoneFinder

    polygons = TimezoneFinder().get_geometry(tz_name=zone, coords_as_pairs=True)
    ring = max((polygon[0] for polygon in polygons), key=len)
    vertices = [(round(lon, COORDINATE_DECIMALS), round(lat, COORDINATE_DECIMALS)) for lon, lat in ring]
    return vertices[:-1] if vertices[0] == vertices[-1] else vertices


def longest_shared_run(ring: Sequence[Vertex], other: Sequence[Vertex]) -> list[Vertex]:
    """Return the longest unbroken run of a closed ring's vertices that another ring also has."""
    shared = set(other)
    apart = [at for at, vertex in enumerate(ring) if vertex not in shared]
    if not apart or len(apart) == len(ring):
        raise ValueError("the rings must share some vertices and differ in others")
    gaps = zip(apart, [*apart[1:], apart[0] + len(ring)], strict=True)
    begin, end = max(gaps, key=lambda gap: gap[1] - gap[0])
    return [ring[at % len(ring)] for at in range(begin + 1, end)]


def oriented(line: list[Vertex], starts_near: Vertex) -> list[Vertex]:
    """Return the line with the end nearer to the given point first."""
    first, last = (_squared(end, starts_near) for end in (line[0], line[-1]))
    return line if first <= last else line[::-1]


def chainages_km(line: Sequence[Vertex]) -> list[float]:
    """Return the geodesic distance of each vertex from the first [km, WGS84]."""
    from pyproj import Geod

    lon, lat = zip(*line, strict=True)
    steps_m = Geod(ellps="WGS84").line_lengths(lon, lat)
    total_m, chainage_km = 0.0, [0.0]
    for step_m in steps_m:
        total_m += step_m
        chainage_km.append(round(total_m / METRES_PER_KM, CHAINAGE_DECIMALS))
    return chainage_km


def as_geojson(country: str, line: Sequence[Vertex], chainage_km: Sequence[float]) -> str:
    """Return the line as GeoJSON text, a vertex a line; the same input always gives the same text."""
    feature = {
        "type": "Feature",
        "properties": {"border": f"{country}-BY", "length_km": chainage_km[-1], "chainage_km": chainage_km},
        "geometry": {"type": "LineString", "coordinates": line},
    }
    collection = {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": [feature]}
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    return text.replace("],[", "],\n[") + "\n"


def _squared(a: Vertex, b: Vertex) -> float:
    """Squared distance [degrees^2], enough to tell the two ends of a border apart."""
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


if __name__ == "__main__":
    raise SystemExit(main())
