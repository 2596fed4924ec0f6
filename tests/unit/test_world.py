"""Scenario and land become arrays: days, hours, guards, law, inflow, stretches, segments."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from worlds import INFLOW, PLAIN, Sets, plain_scenario, plain_world

from bordersim.inputs import load_scenario
from bordersim.model.world import World, build_world
from bordersim.words.codes import ADMIT_AND_SCREEN, LT, LV, PL, TURN_BACK

WHOLE_YEAR: Sets = {"period.start": "2021-01-01", "period.end": "2021-12-31"}


@pytest.fixture(scope="module")
def history() -> World:
    return build_world(load_scenario(["history_2021"]))


@pytest.fixture(scope="module")
def plain() -> World:
    return plain_world()


def test_the_plain_world_of_these_tests_leaves_no_value_to_the_files() -> None:
    scenario = plain_scenario()
    left = {key: origin for key, origin in scenario.origins.items() if origin != "--set"}
    assert not left
    assert len(PLAIN) >= len(scenario.origins)


def test_nobody_can_write_into_a_world(history: World) -> None:
    for array in history.arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_the_same_scenario_gives_the_same_world(history: World) -> None:
    again = build_world(load_scenario(["history_2021"]))
    assert all((one == other).all() for one, other in zip(history.arrays, again.arrays, strict=True))


# Days and hours


def test_days_of_the_world_are_those_of_the_period(plain: World) -> None:
    assert plain.start == date(2021, 6, 1)
    assert plain.days == 10
    assert plain.arrays.calendar["start_h"].tolist() == [24.0 * day for day in range(10)]
    assert plain.arrays.calendar["end_h"].tolist() == [24.0 * (day + 1) for day in range(10)]


def test_days_are_lithuanian_days_and_two_of_them_are_not_24_hours_long() -> None:
    calendar = plain_world(WHOLE_YEAR).arrays.calendar
    odd = {
        date(2021, 1, 1) + timedelta(int(day)): float(hours)
        for day, hours in enumerate(calendar["end_h"] - calendar["start_h"])
        if hours != 24
    }
    assert odd == {date(2021, 3, 28): 23.0, date(2021, 10, 31): 25.0}
    assert calendar["end_h"][-1] == 365 * 24


def test_every_hour_knows_its_day() -> None:
    arrays = plain_world(WHOLE_YEAR).arrays
    starts = arrays.calendar["start_h"][arrays.hours["day"][:-1]]
    ends = arrays.calendar["end_h"][arrays.hours["day"][:-1]]
    hour = np.arange(len(arrays.hours) - 1)
    assert ((starts <= hour) & (hour < ends)).all()
    assert arrays.hours["day"][-1] == 365


def test_an_ordinary_day_passes_in_a_day_whatever_its_hours() -> None:
    """Sixteen hours of darkness count; the sums are exact in sixteenths."""
    hazard = plain_world({"choice.hour_factor": [3] * 8 + [0] * 8 + [3] * 8}).arrays.hours["hazard"]
    assert hazard[::24].tolist() == list(range(11))
    assert (np.diff(hazard[:9]) == 1 / 16).all()
    assert (np.diff(hazard[8:17]) == 0).all()


def test_a_month_of_half_the_weather_passes_at_half_the_pace() -> None:
    sets: Sets = {
        "period.start": "2021-06-30",
        "period.end": "2021-07-01",
        "choice.hour_factor": [1] * 8 + [0] * 8 + [1] * 8,
        "choice.month_factor": [1] * 6 + [0.5] * 6,
    }
    assert plain_world(sets).arrays.hours["hazard"][[0, 24, 48]].tolist() == [0.0, 1.0, 1.5]


def test_freezing_days_are_counted_up_to_the_last_midnight() -> None:
    """The frost of a day counts for who is there at its end, so it is not yet in that day's number."""
    sets: Sets = {
        "period.start": "2021-11-29",
        "period.end": "2021-12-02",
        "harm.temperature_month_degc": [-5] * 2 + [5] * 8 + [0, -1],
    }
    assert plain_world(sets).arrays.calendar["freezing_days"].tolist() == [0, 0, 0, 1]


def test_seats_home_are_on_their_day_and_others_nowhere() -> None:
    flights = [{"from": f"2021-06-{day:02}", "seats": day} for day in (1, 4, 10)]
    flights = [{"from": "2021-05-31", "seats": 99}, *flights]
    assert plain_world({"return_home.flights_home": flights}).arrays.calendar["seats_home"].tolist() == [
        1, 0, 0, 4, 0, 0, 0, 0, 0, 10,
    ]  # fmt: skip


# Law, guards, inflow, costs


def test_the_regime_changes_on_its_day_and_in_its_country() -> None:
    steps = [
        {"from": "2020-01-01", "regime": "admit_and_screen"},
        {"from": "2021-06-04", "regime": "turn_back"},
    ]
    regime = plain_world({"policy.LV": steps}).arrays.law["regime"]
    assert regime[:, LV].tolist() == [ADMIT_AND_SCREEN] * 3 + [TURN_BACK] * 7
    assert (regime[:, [LT, PL]] == ADMIT_AND_SCREEN).all()


def test_crossing_points_close_by_date_and_the_chance_to_reach_one_with_them() -> None:
    sets: Sets = {
        "claims.LV.points": 4,
        "claims.LV.open_points": [{"from": "2020-01-01", "value": 4}, {"from": "2021-06-04", "value": 1}],
        "claims.LV.reach_probability": 0.5,
    }
    reach = plain_world(sets).arrays.law["claim_reach_probability"]
    assert reach[:, LV].tolist() == [0.5] * 3 + [0.125] * 7
    assert not reach[:, [LT, PL]].any()


def test_only_the_days_on_which_restrictions_end_release_anybody() -> None:
    days = [{"from": f"2021-06-{day:02}", "value": value} for day, value in ((1, 0), (4, 0.5), (5, 0))]
    arrays = plain_world({"procedure.PL.onward_share": days}).arrays
    assert np.flatnonzero(arrays.calendar["releases"]).tolist() == [3]
    assert arrays.law["onward_share"][3].tolist() == [0, 0, 0.5]


def test_the_order_of_3_august_is_all_that_differs_without_it(history: World) -> None:
    without = build_world(load_scenario(["no_turn_back_2021"])).arrays
    for name, one, other in zip(without._fields, history.arrays, without, strict=True):
        if name != "law":
            assert (one == other).all(), name
    differs = (history.arrays.law != without.law).nonzero()
    assert set(differs[1].tolist()) == {LT}
    assert history.start + timedelta(int(differs[0].min())) == date(2021, 8, 3)


def crews(*sets: Sets) -> np.ndarray:
    """Crews on shift by country on the first day."""
    arrays = plain_world(*sets).arrays
    return np.array([arrays.on_shift[0, arrays.stretches["country"] == code].sum() for code in range(3)])


GUARDS: Sets = {
    "patrols.crew_size": 2,
    "patrols.officer_shift_share": 0.25,
    "patrols.soldier_shift_share": 0.125,
    "patrols.frontex_shift_share": 0.5,
    "guards.LT.officers": 960,
    "guards.LT.soldiers": 1024,
    "guards.LT.frontex": 32,
    "guards.LV.officers": 256,
    "guards.PL.soldiers": 2048,
}
ROUNDING = 1e-9  # crews; shares of stretches are quotients, and their sum is rounded


def test_crews_are_officers_soldiers_and_frontex_on_shift_in_pairs() -> None:
    assert np.abs(crews(GUARDS) - [120 + 64 + 8, 32, 128]).max() < ROUNDING


def test_officers_lent_to_latvia_serve_there_and_not_in_lithuania() -> None:
    lent: Sets = {**GUARDS, "guards.LT.lent_to_LV": 16}
    assert np.abs(crews(lent) - crews(GUARDS) - [-2, 2, 0]).max() < ROUNDING


def test_borrowed_officers_serve_as_officers() -> None:
    borrowed: Sets = {**GUARDS, "guards.LT.borrowed": 16}
    assert np.abs(crews(borrowed) - crews(GUARDS) - [2, 0, 0]).max() < ROUNDING


def test_nobody_can_lend_more_than_there_are() -> None:
    """Once, the ten who were not there served in Latvia all the same."""
    asked: Sets = {"guards.LT.officers": 10, "guards.LT.lent_to_LV": 20}
    assert crews(asked).tolist() == crews({"guards.LV.officers": 10}).tolist()


def test_crews_are_spread_by_length_and_every_stretch_has_slots_for_its_busiest_day() -> None:
    steps = [
        {"from": "2021-06-01", "value": 100},
        {"from": "2021-06-05", "value": 500},
        {"from": "2021-06-08", "value": 0},
    ]
    arrays = plain_world({"guards.LT.officers": steps}).arrays
    lithuanian = arrays.stretches["country"] == LT
    per_km = arrays.on_shift[:, lithuanian] / arrays.stretches["length_km"][lithuanian]
    assert np.abs(per_km - per_km[:, :1]).max() < ROUNDING
    most = np.floor(arrays.on_shift + (1 - 2**-53)).max(axis=0)
    assert (arrays.stretches["patrols"] >= most).all()


@pytest.mark.parametrize(
    ("group_size", "groups"),
    [
        (1, [16.0] * 2 + [28.0] * 8),
        (7, [4.0] * 2 + [7.0] * 8),
        (
            [{"from": "2021-06-01", "value": 7}, {"from": "2021-06-06", "value": 15}],
            [4] * 2 + [7] * 3 + [3.5] * 5,
        ),
    ],
)
def test_inflow_is_flights_and_others_over_the_people_of_a_group(
    group_size: object, groups: list[float]
) -> None:
    """Families of two: a group is one person larger than it wants to be, as the last family comes whole."""
    origin = "inflow.origins.iraq_direct"
    flying: Sets = {
        f"{origin}.flights_per_week": [
            {"from": "2021-06-01", "value": 7},
            {"from": "2021-06-03", "value": 14},
        ],
        f"{origin}.seats_per_flight": 128,
        "inflow.load_share": 0.75,
        f"{origin}.cross_share": 0.25,
        f"{origin}.people_per_day": 8,
        "inflow.family_size_mean": 2,
        "inflow.group_size_mean": group_size,
        INFLOW: 0,
    }
    assert plain_world(flying).arrays.inflow.sum(axis=1).tolist() == groups


@pytest.mark.parametrize(
    ("places", "whole"),
    [
        (3, [3] * 10),
        (0.5, [0, 1] * 5),
        (0.375, [0, 0, 1, 0, 0, 1, 0, 1, 0, 0]),
        (0.1, [0] * 9 + [1]),
        (2.75, [2, 3, 3, 3, 2, 3, 3, 3, 2, 3]),
        ([{"from": "2021-06-01", "value": 0.5}, {"from": "2021-06-04", "value": 0}], [0, 1] + [0] * 8),
    ],
)
def test_parts_of_a_place_are_saved_up_until_they_are_a_place(places: object, whole: list[int]) -> None:
    law = plain_world({"claims.LV.places_per_day": places}).arrays.law
    assert law["claim_places_per_day"][:, LV].tolist() == whole
    assert not law["claim_places_per_day"][:, [LT, PL]].any()


def test_kilometres_grow_evenly_between_their_dates() -> None:
    built: Sets = {
        "build.LT.wire_km": [{"from": "2021-06-02", "km": 0}, {"from": "2021-06-06", "km": 16}],
        "build.LT.fence_km": [{"from": "2021-06-04", "km": 0}, {"from": "2021-06-06", "km": 8}],
    }
    law = plain_world(built).arrays.law[:, LT]
    assert law["wire_km"].tolist() == [0, 0, 4, 8, 12, 16, 16, 16, 16, 16]
    assert law["fence_km"].tolist() == [0, 0, 0, 0, 4, 8, 8, 8, 8, 8]
