"""The rules of guards, with plain numbers: whoever changes how a patrol comes must change these lines too."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.rules.elementary import exp
from bordersim.model.rules.guards import (
    crews_here,
    crews_on_shift,
    handling_per_person_h,
    handling_time_h,
    overtime_h,
    passes_per_h,
    passing_phases,
    patrol_detection_rate_per_h,
    patrol_position_km,
    response_time_h,
    turns_round,
    whole_crews,
)

# Multiples of 1/64 and powers of two: sums, products and quotients of a few of them are exact.
exact = st.integers(0, 2**14).map(lambda n: n / 64)
power_of_two = st.integers(-2, 6).map(lambda n: 2.0**n)
draw = st.integers(1, 2**20 - 1).map(lambda n: n / 2**20)


@pytest.mark.parametrize(
    ("wait_h", "delay_h", "distance_km", "speed_km_per_h", "expected_h"),
    [
        (0.0, 0.0, 0.0, 32.0, 0.0),
        (0.0, 0.25, 0.0, 32.0, 0.25),
        (0.0, 0.0, 16.0, 32.0, 0.5),
        (0.0, 0.25, 16.0, 32.0, 0.75),
        (1.5, 0.25, 16.0, 32.0, 2.25),
        (1.5, 0.25, 16.0, 64.0, 2.0),
        (1.5, 0.25, 48.0, 32.0, 3.25),
    ],
)
def test_response_time_is_what_it_must_finish_plus_dispatch_plus_the_drive(
    wait_h: float, delay_h: float, distance_km: float, speed_km_per_h: float, expected_h: float
) -> None:
    assert response_time_h(wait_h, delay_h, distance_km, speed_km_per_h) == expected_h


@given(exact, exact, exact, power_of_two)
def test_an_hour_more_to_wait_or_to_dispatch_is_an_hour_later(
    wait_h: float, delay_h: float, distance_km: float, speed_km_per_h: float
) -> None:
    here = response_time_h(wait_h, delay_h, distance_km, speed_km_per_h)
    assert response_time_h(wait_h + 1, delay_h, distance_km, speed_km_per_h) == here + 1
    assert response_time_h(wait_h, delay_h + 1, distance_km, speed_km_per_h) == here + 1


@given(exact, exact, exact, power_of_two)
def test_only_the_drive_depends_on_distance_and_speed(
    wait_h: float, delay_h: float, distance_km: float, speed_km_per_h: float
) -> None:
    drive_h = response_time_h(0.0, 0.0, distance_km, speed_km_per_h)
    assert drive_h * speed_km_per_h == distance_km
    assert response_time_h(wait_h, delay_h, distance_km, speed_km_per_h) == wait_h + delay_h + drive_h
    assert response_time_h(0.0, 0.0, 2 * distance_km, 2 * speed_km_per_h) == drive_h


@pytest.mark.parametrize(
    ("officers", "soldiers", "frontex", "crew_size", "expected"),
    [
        (900, 0, 0, 2, 112.5),
        (0, 1000, 0, 2, 62.5),
        (0, 0, 30, 2, 7.5),
        (900, 1000, 30, 2, 182.5),
        (900, 0, 0, 1, 225.0),
    ],
)
def test_crews_are_people_times_share_on_shift_over_crew_size(
    officers: float, soldiers: float, frontex: float, crew_size: float, expected: float
) -> None:
    assert crews_on_shift(officers, soldiers, frontex, (0.25, 0.125, 0.5), crew_size) == expected


@given(exact, draw)
def test_whole_crews_are_the_mean_rounded_down_or_up(crews: float, draw: float) -> None:
    assert whole_crews(crews, draw) in (math.floor(crews), math.ceil(crews))
    assert whole_crews(math.floor(crews), draw) == math.floor(crews)


@given(exact)
def test_whole_crews_have_the_right_mean(crews: float) -> None:
    draws = [(i + 0.5) / 64 for i in range(64)]
    assert sum(whole_crews(crews, each) for each in draws) == 64 * crews


@given(exact, exact, draw)
def test_more_crews_on_average_are_never_fewer_crews(crews: float, more: float, draw: float) -> None:
    assert whole_crews(crews + more, draw) >= whole_crews(crews, draw)


@pytest.mark.parametrize(
    ("time_h", "phase", "expected_km"),
    [
        (0.0, 0.0, 100.0),
        (0.0, 0.25, 116.0),
        (0.0, 0.5, 132.0),
        (0.0, 0.75, 116.0),
        (1.0, 0.0, 108.0),
        (4.0, 0.0, 132.0),
        (6.0, 0.0, 116.0),
        (8.0, 0.0, 100.0),
        (1.0, 0.5, 124.0),
    ],
)
def test_patrol_drives_its_stretch_to_and_fro(time_h: float, phase: float, expected_km: float) -> None:
    assert patrol_position_km(time_h, phase, 100.0, 32.0, 8.0) == expected_km


@given(exact, draw, power_of_two, power_of_two)
def test_patrol_stays_in_its_stretch_and_is_back_after_a_round(
    time_h: float, phase: float, length_km: float, speed_km_per_h: float
) -> None:
    here = patrol_position_km(time_h, phase, -64.0, length_km, speed_km_per_h)
    round_h = 2 * length_km / speed_km_per_h
    assert -64 <= here <= -64 + length_km
    assert patrol_position_km(time_h + round_h, phase, -64.0, length_km, speed_km_per_h) == here


@given(exact, exact, draw, power_of_two, power_of_two)
def test_patrol_is_never_faster_than_its_speed(
    time_h: float, later_h: float, phase: float, length_km: float, speed_km_per_h: float
) -> None:
    here = patrol_position_km(time_h, phase, 0.0, length_km, speed_km_per_h)
    there = patrol_position_km(time_h + later_h, phase, 0.0, length_km, speed_km_per_h)
    assert abs(there - here) <= speed_km_per_h * later_h


@given(exact, st.floats(0, 1), power_of_two, power_of_two)
def test_a_patrol_of_a_passing_phase_is_there_and_drives_on(
    time_h: float, share: float, length_km: float, speed_km_per_h: float
) -> None:
    place_km = -64.0 + share * length_km
    there, back = passing_phases(time_h, place_km, -64.0, length_km, speed_km_per_h)
    for phase in (there, back):
        here = patrol_position_km(time_h, phase, -64.0, length_km, speed_km_per_h)
        assert abs(here - place_km) < 1e-9 * max(1.0, time_h)
    if 0.01 < share < 0.99:
        later_h = time_h + 0.001 * length_km / speed_km_per_h
        assert patrol_position_km(later_h, there, -64.0, length_km, speed_km_per_h) > place_km
        assert patrol_position_km(later_h, back, -64.0, length_km, speed_km_per_h) < place_km


def test_a_place_beyond_the_stretch_is_passed_where_patrols_turn() -> None:
    for place_km, turning_km in ((90.0, 100.0), (140.0, 132.0)):
        beyond = passing_phases(7.0, place_km, 100.0, 32.0, 8.0)
        assert beyond == passing_phases(7.0, turning_km, 100.0, 32.0, 8.0)


@pytest.mark.parametrize(("crews", "expected_per_h"), [(0, 0.0), (1, 0.25), (2, 0.5), (8, 2.0)])
def test_a_point_is_passed_by_crews_times_speed_over_length(crews: float, expected_per_h: float) -> None:
    assert passes_per_h(crews, 8.0, 32.0) == expected_per_h


def test_few_patrols_notice_in_proportion_and_many_level_off() -> None:
    assert patrol_detection_rate_per_h(0.0, 0.5, 0.5) == 0.0
    assert patrol_detection_rate_per_h(4.0, 0.0, 0.5) == 0.0
    assert patrol_detection_rate_per_h(1e6, 0.5, 0.5) == 0.5
    assert patrol_detection_rate_per_h(4.0, 0.5, 0.0) == 0.0
    assert patrol_detection_rate_per_h(2.0, 0.25, 0.5) == 0.5 * (1 - exp(-1.0))


@given(exact, exact, draw, power_of_two)
def test_more_passes_never_notice_less_nor_more_than_in_proportion(
    passes: float, more: float, probability: float, most_per_h: float
) -> None:
    rate = patrol_detection_rate_per_h(passes, probability, most_per_h)
    assert rate <= patrol_detection_rate_per_h(passes + more, probability, most_per_h) <= most_per_h
    # Subtracting from one rounds the rate to one part in 2**52 of the most it can be.
    assert rate <= passes * probability + most_per_h * 2**-52


@given(st.integers(0, 1000), st.integers(0, 1000), exact, exact)
def test_every_person_binds_a_patrol_for_as_long_again(
    people: int, more: int, handling_h: float, per_person_h: float
) -> None:
    assert handling_time_h(handling_h, per_person_h, 0) == handling_h
    together = handling_time_h(handling_h, per_person_h, people + more)
    assert together == handling_time_h(handling_h, per_person_h, people) + per_person_h * more


def test_a_crowd_of_forty_binds_a_patrol_for_six_hours_and_a_half() -> None:
    assert handling_time_h(1.5, 0.125, 40) == 6.5


@pytest.mark.parametrize(
    ("busy_h", "ordinary_share", "expected"),
    [(0.0, 0.0, 0.0), (12.0, 0.25, 0.0), (13.0, 0.25, 2.0), (13.0, 0.0, 26.0)],
)
def test_what_groups_take_beyond_their_share_of_the_shifts_is_worked_on_top(
    busy_h: float, ordinary_share: float, expected: float
) -> None:
    assert overtime_h(busy_h, 48.0, ordinary_share, 2.0) == expected


@pytest.mark.parametrize(
    ("length_share", "noticed_share", "reallocation_share", "expected"),
    [
        (0.25, 0.75, 0.0, 4.0),
        (0.25, 0.75, 1.0, 12.0),
        (0.25, 0.75, 0.5, 8.0),
        (0.25, 0.0, 0.5, 2.0),
        (0.25, 0.0, 1.0, 0.0),
        (0.25, 0.25, 0.5, 4.0),
    ],
)
def test_crews_go_by_length_and_by_where_people_were_noticed(
    length_share: float, noticed_share: float, reallocation_share: float, expected: float
) -> None:
    assert crews_here(16.0, length_share, noticed_share, reallocation_share) == expected


@pytest.mark.parametrize(("admits", "expected_h"), [(True, 0.75), (False, 0.25)])
def test_only_who_is_admitted_is_registered(admits: bool, expected_h: float) -> None:
    assert handling_per_person_h(0.25, 0.5, admits) == expected_h


@pytest.mark.parametrize(
    ("luck", "probability", "arrival_h", "line_h", "turns"),
    [
        (0.25, 0.5, 1.0, 2.0, True),
        (0.75, 0.5, 1.0, 2.0, False),
        (0.25, 0.5, 2.0, 2.0, False),
        (0.25, 0.5, 3.0, 2.0, False),
        (0.25, 0.0, 1.0, 2.0, False),
    ],
)
def test_a_group_turns_round_only_if_it_sees_the_patrol_before_the_line(
    luck: float, probability: float, arrival_h: float, line_h: float, turns: bool
) -> None:
    assert turns_round(luck, probability, arrival_h, line_h) == turns
