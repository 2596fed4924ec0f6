"""The land becomes arrays: segments, stretches, patrol slots, keys, pulls."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import Sets, plain_world

from bordersim.geo.border import load_border
from bordersim.model.randomness import uniform
from bordersim.model.world import World
from bordersim.words.codes import COUNTRIES, LAKE, LT, RIVER

ROUNDING = 1e-9  # km and shares; sums of hundreds of rounded lengths


@pytest.fixture(scope="module")
def plain() -> World:
    return plain_world()


@pytest.mark.parametrize("length_km", [0.5, 1.0, 3.0])
def test_segments_and_stretches_cover_the_three_borders(length_km: float) -> None:
    arrays = plain_world({"land.segment_length_km": length_km}).arrays
    for code, country in enumerate(COUNTRIES):
        whole_km = load_border(country).length_km
        for rows in (arrays.segments, arrays.stretches):
            assert abs(rows["length_km"][rows["country"] == code].sum() - whole_km) < ROUNDING
        assert abs(arrays.stretches["share"][arrays.stretches["country"] == code].sum() - 1) < ROUNDING


@pytest.mark.parametrize("length_km", [0.5, 1.0, 3.0])
def test_stretches_are_runs_of_segments_and_lie_where_their_segments_lie(length_km: float) -> None:
    arrays = plain_world({"land.segment_length_km": length_km}).arrays
    for code, stretch in enumerate(arrays.stretches):
        own = arrays.segments[stretch["first_segment"] : stretch["first_segment"] + stretch["segments"]]
        assert (own["stretch"] == code).all()
        assert (own["country"] == stretch["country"]).all()
        assert own["position_km"].min() > stretch["from_km"] - ROUNDING
        assert own["position_km"].max() < stretch["from_km"] + stretch["length_km"] + ROUNDING


@pytest.mark.parametrize("length_km", [0.05, 11.0, 13.0])
def test_the_finest_and_coarsest_cuts_that_are_allowed_make_a_world(length_km: float) -> None:
    """Once 30 km were allowed, then 20: some lengths below leave a short stretch without a segment."""
    arrays = plain_world({"land.segment_length_km": length_km}).arrays
    assert (arrays.stretches["segments"] > 0).all()


def test_countries_are_runs_of_stretches(plain: World) -> None:
    for code, row in enumerate(plain.arrays.country):
        own = plain.arrays.stretches[row["first_stretch"] : row["first_stretch"] + row["stretches"]]
        assert (own["country"] == code).all()
    assert plain.arrays.country["stretches"].sum() == plain.n_stretches


@pytest.mark.parametrize("length_km", [0.1, 1.0])
def test_no_two_things_share_a_key(length_km: float) -> None:
    arrays = plain_world({"land.segment_length_km": length_km, "guards.LT.officers": 3000}).arrays
    patrols = [int(row["key"]) + i for row in arrays.stretches for i in range(row["patrols"])]
    keys = [*arrays.segments["key"].tolist(), *patrols, *arrays.stretches["key"].tolist()]
    unique = len(set(keys))
    assert unique == len(arrays.segments) + len(
        patrols
    )  # a stretch and its first patrol never draw for the same decision
    assert len(set(arrays.origins["code"].tolist())) == len(arrays.origins)


def test_a_segment_has_the_same_luck_at_every_cut_that_starts_there() -> None:
    fine, coarse = (plain_world({"land.segment_length_km": length}).arrays.segments for length in (0.5, 1.0))
    assert set(coarse["key"].tolist()) <= set(fine["key"].tolist())
    assert uniform(np.uint64(1), coarse["key"][0], 0, 0) == uniform(np.uint64(1), fine["key"][0], 0, 0)


def test_water_lowers_the_weight_of_waters_only() -> None:
    bare = plain_world().arrays.segments
    wet = plain_world(
        {"choice.water_effort_factor.river": 0.5, "choice.water_effort_factor.lake": 0.25}
    ).arrays.segments
    factor = {RIVER: 0.5, LAKE: 0.25}
    expected = bare["weight"] * [factor.get(int(terrain), 1.0) for terrain in bare["terrain"]]
    assert (wet["weight"] == expected).all()
    assert {RIVER, LAKE} <= set(bare["terrain"].tolist())


def test_no_town_is_invented_for_latvia_and_poland(plain: World) -> None:
    segments = plain_world({"choice.town_distance_scale_km": 5}).arrays.segments
    abroad = segments["country"] != LT
    assert (segments["weight"][abroad] == segments["length_km"][abroad]).all()
    assert len(np.unique(segments["weight"][~abroad])) > 100


def test_nearness_is_one_at_home_the_same_both_ways_and_none_from_minsk() -> None:
    nearness = plain_world({"choice.distance_cost_per_km": 0.01}).arrays.nearness
    between, from_minsk = nearness[:, :-1], nearness[:, -1]
    assert (np.diag(between) == 1).all()
    assert (between == between.T).all()
    assert (from_minsk == 1).all()
    assert ((between > 0) & (between <= 1)).all()


def test_attraction_is_that_of_the_district_or_the_country(plain: World) -> None:
    names = [stretch.name for stretch in plain.segments.stretches]
    sets: Sets = {
        "choice.attraction_factor.Vilnius": 3,
        "choice.country_factor.LV": 0.5,
        "choice.country_factor.PL": 2,
    }
    factors = dict(zip(names, plain_world(sets).arrays.stretches["attraction_factor"].tolist(), strict=True))
    assert [factors.pop(name) for name in ("Lavoriškės", "Kena", "Padvarionys")] == [3, 3, 3]
    countries = {stretch.name: stretch.country for stretch in plain.segments.stretches}
    assert all(factor == {"LT": 1, "LV": 0.5, "PL": 2}[countries[name]] for name, factor in factors.items())
