"""What becomes known, and how it fades."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.rules.elementary import exp
from bordersim.model.rules.learning import (
    belief,
    belief_near,
    forgetting_factor,
    pull_after_failures,
    remembered,
    steering_weight,
)

people = st.integers(0, 2**12).map(float)
chance = st.integers(0, 2**10).map(lambda n: n / 2**10)


def test_after_the_memory_has_passed_a_report_counts_one_over_e() -> None:
    assert forgetting_factor(1.0) == exp(-1.0)
    assert forgetting_factor(2.0) == exp(-0.5)


@given(st.integers(1, 2**12).map(lambda n: n / 16), st.integers(1, 2**12).map(lambda n: n / 16))
def test_a_longer_memory_never_forgets_faster(one: float, other: float) -> None:
    assert 0 <= forgetting_factor(min(one, other)) <= forgetting_factor(max(one, other)) < 1


@pytest.mark.parametrize(
    ("old", "keep", "news", "expected"), [(8, 0.5, 0, 4), (8, 0.5, 3, 7), (0, 0.5, 3, 3), (8, 0, 3, 3)]
)
def test_what_is_remembered_fades_before_news_are_added(
    old: float, keep: float, news: float, expected: float
) -> None:
    assert remembered(old, keep, news) == expected


@pytest.mark.parametrize(
    ("prior", "prior_people", "succeeded", "tried", "expected"),
    [
        (0.5, 64, 0, 0, 0.5),
        (0.5, 64, 0, 64, 0.25),
        (0.5, 64, 64, 64, 0.75),
        (0.25, 1, 0, 0, 0.25),
        (0.0, 32, 32, 32, 0.5),
    ],
)
def test_belief_is_successes_over_tries_with_a_prior(
    prior: float, prior_people: float, succeeded: float, tried: float, expected: float
) -> None:
    assert belief(prior, prior_people, succeeded, tried) == expected


@given(chance, people.filter(bool), people, people)
def test_belief_is_a_chance_and_success_never_lowers_it(
    prior: float, prior_people: float, succeeded: float, failed: float
) -> None:
    here = belief(prior, prior_people, succeeded, succeeded + failed)
    assert 0 <= here <= 1
    assert belief(prior, prior_people, succeeded + 1, succeeded + failed + 1) >= here
    assert belief(prior, prior_people, succeeded, succeeded + failed + 1) <= here


@given(people, people)
def test_the_host_state_steers_by_success_and_forgets_no_border(
    succeeded: float, floor_people: float
) -> None:
    assert steering_weight(succeeded, floor_people) == succeeded + floor_people


@given(chance, people.filter(bool), people, people)
def test_those_on_the_spot_believe_as_if_they_had_heard_it_more_often(
    prior: float, prior_people: float, succeeded: float, failed: float
) -> None:
    tried = succeeded + failed
    near = belief_near(prior, prior_people, succeeded, tried, 4.0)
    assert near == belief(prior, prior_people, 4 * succeeded, 4 * tried)
    assert belief_near(prior, prior_people, succeeded, tried, 1.0) == belief(
        prior, prior_people, succeeded, tried
    )


def test_each_own_failure_takes_the_same_share_off_a_border() -> None:
    assert pull_after_failures(8.0, 0, 0.5) == 8.0
    assert pull_after_failures(8.0, 2, 0.5) == 8.0 * exp(-1.0)
    assert pull_after_failures(8.0, 3, 0.0) == 8.0
