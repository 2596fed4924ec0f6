"""A history draws from another key from some days on: exact, repeatable, the same under two policies."""

from __future__ import annotations

import numpy as np
import pytest
from lively import LIVELY
from worlds import plain_world

from bordersim.model.engine import BlockOutput, simulate_block
from bordersim.model.engine.histories import Keys, replayed, simulate_history, steering_of
from bordersim.model.engine.loop import advance
from bordersim.model.world import Arrays

DRIFTING = {"host.mind_sd": 1.2, "inflow.drift_sd": 0.5, "inflow.drift_most_factor": 2}
REPLICATE = Keys.of_replicate(1, 0)
DAY, LATER = 4, 7


@pytest.fixture(scope="module")
def world() -> Arrays:
    return plain_world(LIVELY, DRIFTING).arrays


def same(one: BlockOutput, other: BlockOutput, days: slice = slice(None)) -> bool:
    """Return whether all days alike, or some of them, hold the same counts."""
    return all(
        np.array_equal(a[0, days], b[0, days])
        for a, b in ((one.daily, other.daily), (one.stock, other.stock))
    )


def test_keys_that_never_change_are_a_replicate() -> None:
    made = plain_world(LIVELY, DRIFTING)
    block = simulate_block(made, 1, 0, 1)
    history = simulate_history(made.arrays, REPLICATE)
    assert all(np.array_equal(a, b) for a, b in zip(block, history, strict=True))


def test_until_the_key_changes_all_is_the_same_and_afterwards_it_is_not(world: Arrays) -> None:
    as_it_was = simulate_history(world, REPLICATE)
    changed = simulate_history(world, REPLICATE.changed(DAY, 99))
    assert same(as_it_was, changed, slice(DAY - 1))
    assert not same(as_it_was, changed, slice(DAY, None))


def test_a_change_to_the_same_key_changes_nothing(world: Arrays) -> None:
    again = REPLICATE.changed(DAY, REPLICATE.first).changed(LATER, REPLICATE.first)
    assert same(simulate_history(world, REPLICATE), simulate_history(world, again))


def test_a_history_is_the_same_each_time(world: Arrays) -> None:
    keys = REPLICATE.changed(DAY, 99).changed(LATER, 2**64 - 1)
    assert same(simulate_history(world, keys), simulate_history(world, keys))


def test_each_key_counts(world: Arrays) -> None:
    one, other = (REPLICATE.changed(DAY, 99).changed(LATER, key) for key in (5, 6))
    first, second = simulate_history(world, one), simulate_history(world, other)
    assert same(first, second, slice(LATER - 1))
    assert not same(first, second)


def test_a_change_after_the_end_is_left_for_a_longer_run(world: Arrays) -> None:
    late = REPLICATE.changed(len(world.calendar) + 5, 99)
    assert same(simulate_history(world, REPLICATE), simulate_history(world, late))


def test_going_on_from_the_middle_is_the_same_as_in_one_go(world: Arrays) -> None:
    keys = REPLICATE.changed(DAY, 99)
    state = replayed(world, keys, LATER)
    advance(world, state, len(world.calendar))
    assert np.array_equal(state.daily, simulate_history(world, keys).daily[0])


def test_two_policies_share_minds_and_arrivals() -> None:
    """What the host state thinks and who lands hang on the keys alone."""
    keys = REPLICATE.changed(DAY, 99)
    policies = ({}, {"guards.*.officers": 5000, "policy.LT": "turn_back"})
    ends = [
        replayed(w := plain_world(LIVELY, DRIFTING, each).arrays, keys, len(w.calendar)) for each in policies
    ]
    one, other = ends
    assert not np.array_equal(one.daily, other.daily)
    assert one.borders["mind"].tolist() == other.borders["mind"].tolist() != [0, 0, 0]
    assert one.clock[0].inflow_drift == other.clock[0].inflow_drift
    assert one.clock[0].stayed_away == other.clock[0].stayed_away > 0


def test_a_key_from_the_first_day_on_is_another_replicate() -> None:
    assert REPLICATE.changed(3, 5).changed(0, 7) == Keys(7)
    assert REPLICATE.changed(3, 5).changed(2, 7) == REPLICATE.changed(2, 7)


def test_a_host_state_that_is_given_what_it_did_does_it_again(world: Arrays) -> None:
    keys = REPLICATE.changed(DAY, 99)
    steered = world._replace(steered=steering_of(world, keys))
    assert same(simulate_history(world, keys), simulate_history(steered, keys))


def test_a_host_state_steers_as_it_is_given_under_any_policy(world: Arrays) -> None:
    keys, policy = REPLICATE.changed(DAY, 99), {"guards.*.officers": 0, "cross.breach_probability.*": 1}
    other = plain_world(LIVELY, DRIFTING, policy).arrays
    given = steering_of(world, keys)
    steered = other._replace(steered=given)
    assert np.array_equal(steering_of(steered, keys), given)
    assert not np.array_equal(steering_of(other, keys), given)
    assert not same(simulate_history(other, keys), simulate_history(steered, keys))
