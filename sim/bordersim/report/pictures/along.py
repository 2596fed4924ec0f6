"""Values along the border: means by segment, means between two places, and a track beside the line."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bordersim.geo.border import load_border
from bordersim.report.pictures.landmarks import project

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

POINT_EVERY_KM = 0.5
# A parallel of narrower bends would cross itself: they are cut before the line is moved, and once more after.
SMOOTH_BEFORE_KM, SMOOTH_AFTER_KM = 8.0, 6.0
NEAREST = 0.6  # of the distance asked for: what is nearer to the border than that has no room beside it
LEFT_OF_LINE = {"LT": -1, "LV": 1, "PL": -1}  # the side of the EU, looking along the chainage


def segment_means(segments: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return country, from_km, to_km and the mean over replicates of a column, one row a segment."""
    codes = segments["segment"].to_numpy()
    totals = np.bincount(codes, weights=segments[column].to_numpy(np.float64))
    places = segments.drop_duplicates("segment").sort_values("segment")
    means = totals[places["segment"]] / segments["replicate"].nunique()
    return places[["country", "from_km", "to_km"]].assign(**{column: means})


def means_between(starts: Floats, stops: Floats, ends: Floats, values: Floats) -> Floats:
    """Return the mean of values from each start to its stop [km]; value i is from end i to end i + 1."""
    summed = np.r_[0.0, np.cumsum(values * np.diff(ends))]
    return (np.interp(stops, ends, summed) - np.interp(starts, ends, summed)) / (stops - starts)


def beside(country: str, chainage_km: Floats, away_km: float) -> Floats:
    """Return points at a distance from the border on the EU side: [..., 2] [km]; NaN without room."""
    along, track = _track(country, away_km)
    return np.stack([np.interp(chainage_km, along, values) for values in track], axis=-1)


@cache
def _track(country: str, away_km: float) -> tuple[Floats, Floats]:
    """Return chainages [km] and the points [km] beside them: [2, point]."""
    border = load_border(country)
    along = np.linspace(0, border.length_km, int(border.length_km / POINT_EVERY_KM) + 1)
    line = np.stack(project(*border.point_at(along)))
    smooth = _smoothed(line, SMOOTH_BEFORE_KM)
    east, north = np.gradient(smooth, axis=1)
    left = np.stack([-north, east]) / np.hypot(east, north)
    track = _smoothed(smooth + LEFT_OF_LINE[country] * away_km * left, SMOOTH_AFTER_KM)
    near = np.hypot(*(track[:, :, None] - line[:, None, :])).min(axis=1) < NEAREST * away_km
    return along, np.where(near, np.nan, track)


def _smoothed(line: Floats, window_km: float) -> Floats:
    """Return moving averages of a line [2, point]; its ends stay."""
    half = int(window_km / POINT_EVERY_KM / 2)
    padded = np.pad(line, ((0, 0), (half, half)), mode="reflect", reflect_type="odd")
    weights = np.full(2 * half + 1, 1 / (2 * half + 1))
    return np.stack([np.convolve(values, weights, "valid") for values in padded])
