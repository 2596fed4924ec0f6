"""The map: attempts by segment, barrier beside it, entries by stretch only, true lengths, attribution."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from matplotlib.legend import Legend
from PIL import Image

from bordersim.geo.border import load_border
from bordersim.geo.segments import cut_segments
from bordersim.inputs.schema.dated import KmPoint
from bordersim.report.pictures.along import beside
from bordersim.report.pictures.barrier import KINDS, barrier_line, dashes, standing_at_end, width
from bordersim.report.pictures.landmarks import EXTENT_KM, pieces, project
from bordersim.report.pictures.maps import (
    CLASS_COLOURS,
    CLASS_LIMITS,
    CLASS_NAMES,
    CLASS_WIDTHS,
    attempts_per_km,
    border_map,
    save_map,
)
from bordersim.report.pictures.stretches import numbered_stretches, stretch_plot
from bordersim.report.pictures.style import figure_of

if TYPE_CHECKING:
    from pathlib import Path

COUNTRIES = np.array(["LT", "LV", "PL"])
FENCE = next(kind for kind in KINDS if kind.name == "fence")


def segments_frame(length_km: float = 10.0, replicates: int = 2) -> pd.DataFrame:
    """Return made-up segments: replicate r has r + 1 in every segment, and wire only if r is 0."""
    land = cut_segments(length_km)
    one = pd.DataFrame({"segment": np.arange(len(land)), "country": COUNTRIES[land.country]})
    one = one.assign(from_km=land.from_km, to_km=land.to_km, fenced=0)
    rows = [one.assign(replicate=r, attempts=r + 1, wired=int(r == 0)) for r in range(replicates)]
    return pd.concat(rows)


def stretches_frame() -> pd.DataFrame:
    """Return made-up attempts by stretch."""
    names = [stretch.name for stretch in cut_segments(10.0).stretches]
    return pd.DataFrame({"replicate": 0, "stretch": names, "attempts": 10.0, "unstopped_entries": 4.0})


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
        repetitions="replicates",
        scenario=SimpleNamespace(config=config),
    )


@pytest.mark.parametrize("length_km", [1.0, 10.0])
def test_attempts_are_means_over_replicates_per_km(length_km: float) -> None:
    places = attempts_per_km(segments_frame(length_km))
    lengths = places["to_km"] - places["from_km"]
    assert len(places) == len(cut_segments(length_km))
    assert np.allclose(places["attempts_per_km"] * lengths, 1.5)


def test_short_segments_are_drawn_by_the_kilometre() -> None:
    """A line some km wide on the map would else show the busiest of many short segments."""
    places = attempts_per_km(segments_frame(0.1))
    whole = places[places["to_km"] % 1 < 1e-6]
    assert len(places) == len(cut_segments(1.0))
    assert np.allclose(whole["attempts_per_km"], 15)


def test_the_classes_tell_apart_some_hundreds_of_attempts_per_km() -> None:
    assert len(CLASS_NAMES) == len(CLASS_WIDTHS) == len(CLASS_COLOURS) == len(CLASS_LIMITS) + 1
    classes = np.searchsorted(CLASS_LIMITS, [1, 5, 15, 30, 70, 150, 400], side="right")
    assert list(classes) == list(range(len(CLASS_NAMES)))


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
    axes = border_map(frame.drop(columns=["wired", "fenced"]))
    drawn = sum(len(lines.get_segments()) for lines in axes.collections)
    assert drawn == frame["segment"].nunique()
    assert axes.get_aspect() == 1


def test_the_map_takes_no_entries_by_segment() -> None:
    """Who got in is told by stretch only: a column of it by segment changes nothing."""
    frame = segments_frame()
    assert list(attempts_per_km(frame.assign(unstopped_entries=1))) == list(attempts_per_km(frame))


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


def test_the_legend_of_the_bars_hides_no_bar() -> None:
    axes = stretch_plot(stretches_frame())
    legend = axes.get_legend()
    assert legend is not None
    figure_of(axes).draw_without_rendering()
    assert legend.get_window_extent().y0 >= axes.get_window_extent().y1


def test_the_barrier_is_that_of_the_last_day() -> None:
    assert standing_at_end(a_result())["LT"] == (5.0, 0.0, 5.0)


@pytest.mark.parametrize("length_km", [0.1, 1.0, 10.0])
def test_the_barrier_is_as_wide_as_its_share_of_replicates(length_km: float) -> None:
    """Wire stands in one of two replicates everywhere, a fence nowhere."""
    axes = border_map(segments_frame(length_km))
    drawn = {label: [c for c in axes.collections if c.get_label() == label] for label in ("wire", "fence")}
    assert len(drawn["wire"]) == len(drawn["fence"]) == len(COUNTRIES)
    assert all(np.allclose(lines.get_linewidth(), width(0.5)) for lines in drawn["wire"])
    assert not any(len(lines.get_segments()) for lines in drawn["fence"])
    texts = [text.get_text() for legend in axes.findobj(Legend) for text in legend.get_texts()]
    assert "wire in all runs" in texts


def test_dashes_stand_where_the_barrier_stands() -> None:
    """The first 10 km are fenced in each replicate, the next 10 in half of them, the last piece in none."""
    rows = pd.DataFrame({"from_km": [0, 10, 20], "to_km": [10, 20, 22.5], "fenced": [1, 0.5, 0]})
    starts, stops, share = dashes(FENCE, rows)
    assert (starts[0], starts[-1], stops[-1]) == (0, 22, 22.5)
    assert np.allclose(share, [1] * 10 + [0.5] * 10 + [0] * 3)


def test_a_barrier_in_hardly_any_replicate_is_not_drawn() -> None:
    rows = pd.DataFrame({"from_km": [0, 10], "to_km": [10, 20], "fenced": [0.04, 0.06]})
    assert len(barrier_line("LT", FENCE, rows).get_segments()) == 10


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_barrier_is_drawn_beside_the_line_on_the_side_of_the_eu(country: str) -> None:
    """Belarus lies east of all three and south of Latvia and most of Lithuania."""
    border = load_border(country)
    at = np.arange(1, np.floor(border.length_km))
    line, track = np.stack(project(*border.point_at(at)), axis=-1), beside(country, at, 4.0)
    known = ~np.isnan(track).any(axis=1)
    assert known.mean() > 0.8
    nearest = np.hypot(*np.moveaxis(track[known][:, None] - line, -1, 0)).min(axis=1)
    assert nearest.min() > 2
    assert np.median(nearest) == pytest.approx(4, abs=1)
    west_or_north = (track - line)[known] @ np.array([-1, 1])
    assert np.mean(west_or_north > 0) > 0.8


def test_the_saved_map_carries_attribution_and_limits(tmp_path: Path) -> None:
    path = save_map(tmp_path / "maps" / "map.png", a_result())
    with Image.open(path) as image:
        text = image.info["Description"].replace("\n", " ")
        assert image.width >= 2000
    assert "© OpenStreetMap contributors (ODbL)" in text
    assert "A lower count of recorded crossings is not by itself a better outcome." in text
