"""Results by place as GeoJSON, for maps of one's own: attempts by segment, who got in by stretch alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.geo.border import load_border
from bordersim.limits import LIMITS_OF_USE
from bordersim.report.pictures.style import ATTRIBUTION
from bordersim.report.pictures.titles import MODEL
from bordersim.results.paired import QUANTILES
from bordersim.words.metrics import SEGMENT_ATTEMPTS, SEGMENT_METRICS, STRETCH_METRICS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.results.store.result import Result
    from bordersim.results.store.tables import Axis

    Floats = NDArray[np.float64]

NAMES = ("q05", "median", "q95")
# Who got in is told by stretch, never by segment.
BY_PLACE = {"stretches": STRETCH_METRICS, "segments": (SEGMENT_METRICS[SEGMENT_ATTEMPTS],)}
DECIMALS_DEGREES, DECIMALS = 5, 2  # a metre; of counts
MOST_POINTS, NUMBERS_AT_ONCE = 500, 2_000_000


def geojson_of(results: Sequence[Result], table: str) -> str:
    """Return the places of a table as a FeatureCollection in longitude and latitude (WGS84).

    Parameters
    ----------
    results
        Those of one run, the reference first.
    table
        "stretches" or "segments".

    Returns
    -------
    str
        One feature a place. Its properties have the name of a metric, a quantile over replicates and, after a
        dot, the scenario; with several scenarios also the paired differences to the first.
    """
    places = getattr(results[0].land, table)
    columns = dict(_columns(results, table))
    rows = zip(*([*each.tolist()] for each in columns.values()), strict=True)
    features = [
        {"type": "Feature", "properties": {**keys, **dict(zip(columns, row, strict=True))}, "geometry": line}
        for (keys, line), row in zip(_places(places), rows, strict=True)
    ]
    land = results[0].land
    about = {
        "type": "FeatureCollection",
        "attribution": f"Border: {ATTRIBUTION}",
        "limits_of_use": f"{MODEL} {LIMITS_OF_USE}",
        "period": [str(day) for day in (land.start, land.start + timedelta(land.days - 1))],
        "scenarios": {name: result.scenario.title for name, result in _names(results).items()},
        results[0].repetitions: [result.replicates for result in results],
    }
    return json.dumps({**about, "features": features}, ensure_ascii=False, allow_nan=False) + "\n"


def _columns(results: Sequence[Result], table: str) -> Iterator[tuple[str, Floats]]:
    """Yield each property: quantiles of each scenario, then of its paired difference to the first."""
    names = _names(results)
    for column in BY_PLACE[table]:
        for name, result in names.items():
            yield from _quantiles(_values(result, table, column), f"{column}_{{}}.{name}")
        for name, result in list(names.items())[1:]:
            named = f"{column}_difference_{{}}.{name}"
            yield from _quantiles(_paired(results[0], result, table, column), named)


def _names(results: Sequence[Result]) -> dict[str, Result]:
    """Return results by name; where two share one, by label."""
    by_name = {result.name: result for result in results}
    return by_name if len(by_name) == len(results) else {result.label: result for result in results}


def _quantiles(values: Floats, named: str) -> Iterator[tuple[str, Floats]]:
    """Yield quantiles over replicates by place, a part of the places at a time."""
    step = max(1, NUMBERS_AT_ONCE // max(1, len(values)))
    parts = [
        np.quantile(values[:, at : at + step], QUANTILES, axis=0) for at in range(0, values.shape[1], step)
    ]
    for name, found in zip(NAMES, np.concatenate(parts, axis=1), strict=True):
        yield named.format(name), np.round(found, DECIMALS)


def _values(result: Result, table: str, column: str) -> Floats:
    """Return a column: replicate, place."""
    return np.concatenate([block.values(table, (column,))[..., 0] for block in result.blocks])


def _paired(reference: Result, result: Result, table: str, column: str) -> Floats:
    """Return the differences in the replicates that both have."""
    _, first, second = np.intersect1d(reference.numbers, result.numbers, return_indices=True)
    paired: Floats = _values(result, table, column)[second] - _values(reference, table, column)[first].astype(
        float
    )
    return paired


def _places(places: Axis) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield the keys and the line of each place."""
    columns = {name: values.to_pylist() for name, values in places.items()}
    for row in zip(*columns.values(), strict=True):
        keys = dict(zip(columns, row, strict=True))
        yield (
            keys,
            {"type": "LineString", "coordinates": _line(keys["country"], keys["from_km"], keys["to_km"])},
        )


def _line(country: str, from_km: float, to_km: float) -> list[list[float]]:
    """Return a piece of a border: its ends and the vertices between them, in a long piece only some."""
    border = load_border(country)
    inside = border.chainage_km[(border.chainage_km > from_km) & (border.chainage_km < to_km)]
    inside = inside[:: 1 + len(inside) // MOST_POINTS]
    lon, lat = border.point_at(np.r_[from_km, inside, min(to_km, border.to_km)])
    points: list[list[float]] = np.round(np.column_stack([lon, lat]), DECIMALS_DEGREES).tolist()
    return points
