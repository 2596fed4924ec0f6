"""What becomes known, and how it fades."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.rules.elementary import exp
from bordersim.model.rules.learning import (
    admits_after_news,
    admits_next_day,
    belief,
    believed_admission,
    forgetting_factor,
    onward_price_eur,
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


@pytest.mark.parametrize(
    ("admitted", "turned_back", "odds"), [(0, 0, 1), (1, 0, 0.25), (0, 1, 4), (2, 2, 1), (0, 3, 64)]
)
def test_news_move_the_odds_by_the_ratio_of_the_chances(
    admitted: float, turned_back: float, odds: float
) -> None:
    """Where a border admits 0.8 are admitted, elsewhere 0.2; at first both seem as likely."""
    after = admits_after_news(0.5, admitted, turned_back, 0.8, 0.2, 1.0)
    assert abs(after - 1 / (1 + odds)) < 1e-15


@given(chance, people, people, st.integers(0, 16).map(lambda n: n / 16))
def test_what_is_thought_of_a_border_stays_a_chance_and_follows_the_news(
    admits: float, admitted: float, turned_back: float, weight: float
) -> None:
    after = admits_after_news(admits, admitted, turned_back, 0.9, 0.1, weight)
    assert 0 <= after <= 1
    assert admits_after_news(admits, admitted + 1, turned_back, 0.9, 0.1, weight) >= after
    assert admits_after_news(admits, admitted, turned_back + 1, 0.9, 0.1, weight) <= after


def test_what_nobody_hears_of_becomes_uncertain() -> None:
    assert admits_next_day(1.0, 0.25) == 0.75
    assert admits_next_day(0.0, 0.25) == 0.25
    assert admits_next_day(0.5, 0.25) == 0.5
    assert admits_next_day(0.875, 0.0) == 0.875


def test_the_believed_chance_lies_between_that_of_either_practice() -> None:
    assert believed_admission(1.0, 0.75, 0.25) == 0.75
    assert believed_admission(0.0, 0.75, 0.25) == 0.25
    assert believed_admission(0.5, 0.75, 0.25) == 0.5


def test_half_of_what_a_new_way_costs_more_is_gone_when_so_many_have_passed() -> None:
    assert onward_price_eur(1000, 4000, 0, 50) == 5000
    assert onward_price_eur(1000, 4000, 50, 50) == 3000
    assert onward_price_eur(1000, 4000, 150, 50) == 2000
