"""The map: attempts by segment, entries by stretch only, true lengths, attribution."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from geo.border import load_border
from geo.segments import cut_segments
from sim.schema.dated import KmPoint
from sim.pictures.landmarks import EXTENT_KM, pieces, project
from sim.pictures.maps import (
    attempts_per_km,
    barrier_at_end,
    border_map,
    numbered_stretches,
    save_map,
    stretch_plot,
)

if TYPE_CHECKING:
    from pathlib import Path

COUNTRIES = np.array(["LT", "LV", "PL"])


def segments_frame(length_km: float = 10.0, replicates: int = 2) -> pd.DataFrame:
    """Return made-up attempts: replicate r has r + 1 in every segment."""
    land = cut_segments(length_km)
    one = pd.DataFrame({"segment": np.arange(len(land)), "country": COUNTRIES[land.country]})
    one = one.assign(from_km=land.from_km, to_km=land.to_km)
    return pd.concat([one.assign(replicate=r, attempts=r + 1) for r in range(replicates)])


def stretches_frame() -> pd.DataFrame:
    """Return made-up attempts by stretch."""
    names = [stretch.name for stretch in cut_segments(10.0).stretches]
    return pd.DataFrame({"replicate": 0, "stretch": names, "attempts": 10.0, "entered": 4.0})


def a_result() -> SimpleNamespace:
    """Return what the map reads of a result."""
    points = [
        KmPoint(**{"from": day, "km": km}) for day, km in ((date(2021, 7, 1), 0), (date(2021, 7, 11), 10))
    ]
    kinds = SimpleNamespace(wire_km=points, fence_km=(), surveillance_km=points)
    period = SimpleNamespace(start=date(2021, 5, 1), end=date(2021, 7, 6))
    config = SimpleNamespace(period=period, build=dict.fromkeys(COUNTRIES, kinds))
    return SimpleNamespace(
        segments=segments_frame(),
        stretches=stretches_frame(),
        label="history_2021",
        replicates=2,
        scenario=SimpleNamespace(config=config),
    )


@pytest.mark.parametrize("length_km", [1.0, 10.0])
def test_attempts_are_means_over_replicates_per_km(length_km: float) -> None:
    places = attempts_per_km(segments_frame(length_km))
    lengths = places["to_km"] - places["from_km"]
    assert len(places) == len(cut_segments(length_km))
    assert np.allclose(places["attempts_per_km"] * lengths, 1.5)


@pytest.mark.parametrize("country", COUNTRIES)
def test_drawn_lengths_are_true(country: str) -> None:
    """Drawn at 250 m points a winding line is shorter than in full; the projection adds 2 % at most."""
    end = np.floor(load_border(country).length_km / 10) * 10
    starts = np.arange(0, end, 10)
    lines = pieces(country, starts, starts + 10)
    drawn = np.hypot(*np.moveaxis(np.diff(lines, axis=1), -1, 0)).sum(axis=1)
    assert drawn.max() < 10.2
    assert np.median(drawn) > 8.5


def test_all_borders_lie_within_the_map() -> None:
    west, east, south, north = EXTENT_KM
    for country in COUNTRIES:
        border = load_border(country)
        x, y = project(border.lon, border.lat)
        assert west < x.min()
        assert x.max() < east
        assert south < y.min()
        assert y.max() < north


def test_every_segment_is_drawn_once_and_the_aspect_is_true() -> None:
    frame = segments_frame()
    axes = border_map(frame)
    drawn = sum(len(lines.get_segments()) for lines in axes.collections)
    assert drawn == frame["segment"].nunique()
    assert axes.get_aspect() == 1


def test_the_map_takes_no_entries_by_segment() -> None:
    """Who got in is told by stretch only: a column of it by segment changes nothing."""
    frame = segments_frame()
    assert list(attempts_per_km(frame.assign(entered=1))) == list(attempts_per_km(frame))


def test_stretches_are_all_named_once_from_north_to_south() -> None:
    names = [name for name, _ in numbered_stretches()]
    assert sorted(names) == sorted(stretch.name for stretch in cut_segments(10.0).stretches)
    labels = [label for _, label in numbered_stretches()]
    assert labels[:4] == ["LV 3*", "LV 2*", "LV 1*", "Pūškos  1"]
    assert labels[-1] == "PL Bug 2*"


def test_bars_hold_attempts_and_entries() -> None:
    axes = stretch_plot(stretches_frame())
    widths = {bar.get_width() for bar in axes.patches}
    assert widths == {10.0, 4.0}


def test_the_barrier_is_that_of_the_last_day() -> None:
    assert barrier_at_end(a_result())["LT"] == (5.0, 0.0, 5.0)
    assert barrier_at_end(segments_frame()) == {}


def test_the_saved_map_carries_attribution_and_limits(tmp_path: Path) -> None:
    path = save_map(tmp_path / "maps" / "map.png", a_result())
    with Image.open(path) as image:
        text = image.info["Description"].replace("\n", " ")
        assert image.width >= 2000
    assert "© OpenStreetMap contributors (ODbL)" in text
    assert "A lower count of recorded crossings is not by itself a better outcome." in text
