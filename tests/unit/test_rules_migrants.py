"""What migrants decide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.rules.elementary import exp, log
from bordersim.model.rules.migrants import (
    believed_chance,
    days_in_minsk,
    must_split,
    people_per_day,
    people_per_group,
    presents_itself,
    pull,
    pull_of_nearness,
    readiness,
    segment_weight,
    utility,
)

exact = st.integers(0, 2**14).map(lambda n: n / 64)
chance = st.integers(0, 2**20).map(lambda n: n / 2**20)
draw = st.integers(1, 2**53 - 1).map(lambda n: n / 2**53)


def test_seven_flights_a_week_of_128_seats_three_quarters_full_bring_24_a_day_who_cross() -> None:
    assert people_per_day(7, 128, 0.75, 0.25) == 24.0
    assert people_per_day(14, 128, 0.75, 0.25) == 48.0
    assert people_per_day(0, 128, 0.75, 0.25) == 0.0


@pytest.mark.parametrize(
    ("group", "family", "people"), [(1, 1, 1), (6, 1, 6), (1, 2.5, 2.5), (6, 2.5, 7.5), (15, 2, 16)]
)
def test_a_group_is_what_it_wants_to_be_and_the_rest_of_its_last_family(
    group: float, family: float, people: float
) -> None:
    assert people_per_group(group, family) == people


@pytest.mark.parametrize(("group", "family"), [(1, 3), (6, 1.75), (11, 2.5)])
def test_the_people_of_a_group_add_up_over_all_sizes(group: float, family: float) -> None:
    """The mean worked out the long way: P(want n), then whom the families that reach n bring, one by one."""
    longest = 600  # beyond it lies less than a part in 10**20
    brought = [0.0] * (longest + 1)  # mean people of a group that still wants so many
    for wanted in range(1, longest + 1):
        reached = [(1 - 1 / family) ** (size - 1) / family for size in range(1, wanted + 1)]
        brought[wanted] = family + sum(p * brought[wanted - size] for size, p in enumerate(reached, 1))
    mean = sum((1 - 1 / group) ** (n - 1) / group * brought[n] for n in range(1, longest + 1))
    assert abs(mean - people_per_group(group, family)) < 1e-10


@given(draw, exact, exact)
def test_nobody_leaves_minsk_before_the_minimum(draw: float, shortest: float, more: float) -> None:
    days = days_in_minsk(draw, shortest, shortest + more)
    assert days == shortest + -log(draw) * more
    assert days >= shortest


@given(draw, exact)
def test_without_a_mean_everybody_is_ready_at_once(draw: float, mean_days: float) -> None:
    assert readiness(draw, 0.0) == 0.0
    assert readiness(draw, mean_days) == -log(draw) * mean_days


@given(chance, chance)
def test_who_evades_counts_on_slipping_through_alone(admission: float, passage: float) -> None:
    assert believed_chance(0, admission, passage) == passage
    assert not presents_itself(0, admission, passage)


@given(chance, chance)
def test_who_would_present_themself_takes_the_better_way(admission: float, passage: float) -> None:
    assert believed_chance(1, admission, passage) == max(admission, passage)
    assert presents_itself(1, admission, passage) == (admission >= passage)


@pytest.mark.parametrize(
    ("chance", "onward_eur", "expected"),
    [(0.0, 0, 0.0), (0.5, 0, 4.0), (1.0, 0, 8.0), (0.5, 4096, 3.0), (0.0, 4096, -1.0)],
)
def test_a_chance_attracts_and_a_dear_way_onward_deters(
    chance: float, onward_eur: float, expected: float
) -> None:
    assert utility(chance, 8.0, onward_eur, 2.0**-12) == expected


@given(
    st.integers(-(2**14), 2**14).map(lambda n: n / 1024), st.integers(-(2**14), 2**14).map(lambda n: n / 1024)
)
def test_only_differences_of_utility_matter(one: float, other: float) -> None:
    assert pull(0.0) == 1.0
    assert pull(one) == exp(one)
    assert (pull(one) > pull(other)) == (one > other)


@given(exact, exact)
def test_farther_never_pulls_more(near: float, more: float) -> None:
    assert pull_of_nearness(0.0, 0.5) == 1.0
    assert pull_of_nearness(near + more, 0.5) <= pull_of_nearness(near, 0.5)
    assert pull_of_nearness(near, 0.0) == 1.0


def test_a_hundred_kilometres_at_a_hundredth_each_are_one_unit_of_utility() -> None:
    assert pull_of_nearness(64.0, 2.0**-6) == exp(-1.0)


@pytest.mark.parametrize(
    ("length_km", "town", "water", "expected"),
    [
        (1.0, 1.0, 1.0, 1.0),
        (2.0, 1.0, 1.0, 2.0),
        (1.0, 0.5, 1.0, 0.5),
        (1.0, 1.0, 0.25, 0.25),
        (2.0, 0.5, 0.25, 0.25),
    ],
)
def test_a_segment_draws_by_length_town_and_water(
    length_km: float, town: float, water: float, expected: float
) -> None:
    assert segment_weight(length_km, town, water) == expected


@given(st.integers(1, 200), exact)
def test_a_group_splits_above_twice_the_usual_size(people: int, mean: float) -> None:
    assert must_split(people, mean) == (people > 2 * mean)
