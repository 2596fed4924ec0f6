"""The land cut into segments: they fill the borders, and nothing unknown is made up."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bordersim.geo.border import load_border
from bordersim.geo.segments import (
    Segments,
    _edges_km,
    cut_segments,
    load_crossing_points,
    load_stations,
    load_towns,
)
from bordersim.inputs.schema.border import Land
from bordersim.words.codes import COUNTRIES, LAKE, LAND, RIVER, SWAMP, UNKNOWN

LT, LV, PL = range(len(COUNTRIES))
METRE_KM = 0.001


@pytest.fixture(scope="module")
def segments() -> Segments:
    return cut_segments()


def test_counts_at_one_kilometre(segments: Segments) -> None:
    assert np.bincount(segments.country).tolist() == [679, 174, 421]
    assert repr(segments) == "Segments(679 LT, 174 LV, 421 PL; 1273.2 km, 24 stretches)"
    assert len(segments) == 1274


def test_the_coarsest_cut_allowed_leaves_no_station_without_a_segment() -> None:
    # Once 20 km were allowed: at 17 km no midpoint lay in Kena, and the run ended in a traceback.
    limits = Land.model_fields["segment_length_km"].metadata
    coarsest_km = next(limit.le for limit in limits if hasattr(limit, "le"))
    for country in COUNTRIES:
        starts = [each.from_km for each in cut_segments().stretches if each.country == country]
        assert np.diff([*starts, load_border(country).length_km]).min() > coarsest_km
    for length_km in np.linspace(coarsest_km / 2, coarsest_km, 20).tolist():
        segments = cut_segments.__wrapped__(length_km)
        assert set(segments.stretch.tolist()) == set(range(len(segments.stretches)))


def test_counts_at_a_tenth_of_a_kilometre() -> None:
    assert np.bincount(cut_segments(0.1).country).tolist() == [6789, 1738, 4206]


@settings(max_examples=25, deadline=None)
@given(length_km=st.floats(min_value=0.05, max_value=1000))
def test_segments_fill_each_border_whatever_the_cut(length_km: float) -> None:
    segments = cut_segments.__wrapped__(length_km)
    for code, country in enumerate(COUNTRIES):
        own = segments.country == code
        whole_km = load_border(country).length_km
        assert math.fsum(segments.length_km[own]) == pytest.approx(whole_km, abs=1e-9)
        assert np.all(segments.length_km[own] > METRE_KM)
        assert np.all(segments.length_km[own] <= length_km + METRE_KM)
        assert segments.from_km[own][0] == 0
        assert segments.to_km[own][-1] == whole_km
        np.testing.assert_array_equal(segments.from_km[own][1:], segments.to_km[own][:-1])


@pytest.mark.parametrize("country", COUNTRIES)
def test_so_many_equal_segments_are_as_many_and_equal(country: str) -> None:
    """Length over number was one piece too many for 1,057 of these, some of no length at all."""
    whole_km = load_border(country).length_km
    for number in range(1, 14_000):
        edges = _edges_km(whole_km, whole_km / number)
        assert len(edges) == number + 1
        assert np.diff(edges)[[0, -1]] == pytest.approx(whole_km / number, rel=1e-9)


@pytest.mark.parametrize(("left_km", "count"), [(0.0009, 100), (0.0011, 101), (-0.0009, 100)])
def test_what_is_left_is_a_segment_from_a_metre_on(left_km: float, count: int) -> None:
    assert len(_edges_km(100 + left_km, 1)) - 1 == count


@settings(max_examples=10, deadline=None)
@given(length_km=st.floats(min_value=0.05, max_value=20))
def test_water_does_not_depend_on_the_cut(length_km: float) -> None:
    segments = cut_segments.__wrapped__(length_km)
    own = segments.country == LT
    assert np.sum((segments.water_share * segments.length_km)[own]) == pytest.approx(207.77, abs=0.1)


@pytest.mark.parametrize("bad", [0, -1, float("nan"), float("inf")])
def test_a_cut_without_length_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=f"not {bad}"):
        cut_segments(bad)


def test_columns_cannot_be_changed(segments: Segments) -> None:
    for field in dataclasses.fields(segments):
        column = getattr(segments, field.name)
        if isinstance(column, np.ndarray):
            assert len(column) == len(segments)
            assert not column.flags.writeable


def test_midpoints_lie_on_the_border(segments: Segments) -> None:
    own = segments.country == LV
    middle = (segments.from_km + segments.to_km)[own] / 2
    np.testing.assert_allclose(
        load_border("LV").chainage_of(segments.mid_lon[own], segments.mid_lat[own]), middle, atol=0.001
    )


def test_one_axis_runs_through_the_three_borders(segments: Segments) -> None:
    """From the far end of LV through 0 at the tripoint along LT and on along PL."""
    along = np.sort(segments.position_km)
    assert along[0] == pytest.approx(-173.75, abs=1)
    assert along[-1] == pytest.approx(678.89 + 420.52, abs=1)
    assert np.diff(along).max() <= 1 + 1e-9
    assert np.all(segments.position_km[segments.country == LV] < 0)


def test_what_is_known_for_lithuania_only_is_unknown_elsewhere(segments: Segments) -> None:
    lt, lv, pl = (segments.country == code for code in (LT, LV, PL))
    assert np.all(segments.terrain[lt] != UNKNOWN)
    assert np.all(np.isfinite(segments.town_km[lt]) & np.isfinite(segments.water_share[lt]))
    assert np.all(segments.terrain[lv] == UNKNOWN)
    assert np.all(np.isnan(segments.water_share[lv]))
    assert np.all(np.isnan(segments.town_km[lv | pl]))
    assert not np.any(segments.wetland[lv | pl])
    assert set(segments.terrain[pl]) == {UNKNOWN, RIVER}


def test_terrain_of_known_places(segments: Segments) -> None:
    known = {8: LAKE, 70: RIVER, 235: RIVER, 630: RIVER, 560: SWAMP, 345: LAND}
    assert {km: segments.terrain[km] for km in known} == known  # LT comes first: row = chainage


def test_swamp_is_the_bog_and_nothing_else(segments: Segments) -> None:
    swamp = segments.terrain == SWAMP
    np.testing.assert_array_equal(swamp, segments.wetland)
    assert segments.length_km[swamp].sum() == pytest.approx(27.5, abs=1)
    assert segments.mid_lon[swamp].min() > 24.4
    assert segments.mid_lon[swamp].max() < 24.65


def test_the_bug_runs_to_the_end_of_the_polish_border(segments: Segments) -> None:
    """Published figures give 171 to 178 km of Bug; the line itself turns into a river at 246.7 km."""
    bug = (segments.country == PL) & (segments.terrain == RIVER)
    assert 171 <= segments.length_km[bug].sum() <= 178
    assert segments.from_km[bug][0] == 247
    assert np.all(np.diff(np.flatnonzero(bug)) == 1)
    assert np.all(segments.water_share[bug] == 1)


def test_towns_are_near_where_they_are_known_to_be_near(segments: Segments) -> None:
    lt = segments.town_km[segments.country == LT]
    assert lt.min() > 0
    assert lt.max() < 45
    assert {town.country for town in load_towns()} == {"BY", "LT", "LV", "PL"}


def test_every_segment_has_a_stretch_of_its_own_country(segments: Segments) -> None:
    for index, stretch in enumerate(segments.stretches):
        own = segments.stretch == index
        assert {COUNTRIES[code] for code in segments.country[own]} == {stretch.country}
        middle = (segments.from_km + segments.to_km)[own] / 2
        assert np.all((middle >= stretch.from_km) & (middle <= stretch.to_km))


@pytest.mark.parametrize("country", COUNTRIES)
def test_stretches_fill_each_border_without_gap(segments: Segments, country: str) -> None:
    own = [stretch for stretch in segments.stretches if stretch.country == country]
    assert own[0].from_km == 0
    assert own[-1].to_km == load_border(country).length_km
    assert [s.to_km for s in own[:-1]] == [s.from_km for s in own[1:]]


def test_only_lithuanian_stretches_are_named_after_stations(segments: Segments) -> None:
    assert sum(not stretch.assumed for stretch in segments.stretches) == len(load_stations()) == 15
    assert all(stretch.assumed == stretch.name.endswith("(assumed)") for stretch in segments.stretches)
    assert {s.district for s in segments.stretches if s.country == "LT"} == {
        "Ignalina", "Švenčionys", "Vilnius", "Šalčininkai", "Varėna", "Druskininkai", "Lazdijai",
    }  # fmt: skip


def test_published_stretch_lengths_are_not_far_off_but_for_the_salient() -> None:
    off = {s.name: s.to_km - s.from_km - s.published_km for s in load_stations() if s.published_km}
    assert abs(off["Tverečius"]) < 5
    assert abs(off["Švenčionys"]) < 5
    assert off["Padvarionys"] > 30  # known error: halfway points are wrong beside the salient


def test_crossing_points_stand_on_the_border() -> None:
    border = load_border("LT")
    points = load_crossing_points()
    assert len(points) == 17
    for point in points:
        assert border.chainage_of(point.lon, point.lat) == pytest.approx(point.chainage_km, abs=1.5)
