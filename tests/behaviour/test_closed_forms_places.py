"""Worlds simple enough for a formula: where people try, and where a fence is built.

Draws are the same in every run of these tests, so they do not fail now and then: the stated false alarm
is the chance that a right model fails for a newly chosen seed. `finds` is the fault a sample can show.
"""

from __future__ import annotations

import numpy as np
import pytest
from chance import (
    assert_shares,
)
from numpy.typing import NDArray
from worlds import (
    FIXED_BELIEFS,
    INFLOW,
    LONE,
    ONE_DAY,
    ONE_STATION,
    Sets,
    plain_world,
    run_to_end,
)

from bordersim.model.engine import new_state
from bordersim.model.engine.loop import run_days
from bordersim.model.world import World
from bordersim.words.codes import LT, LV


def expected_shares(world: World, utility: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of each stretch: its length and towns times exp(utility) of its country."""
    weight = np.bincount(world.arrays.segments["stretch"], world.arrays.segments["weight"])
    pull = weight * np.exp(utility[world.arrays.stretches["country"]])
    return np.asarray(pull / pull.sum())


BELIEVED: Sets = {"choice.chance_weight": 2, **FIXED_BELIEFS, "inflow.presents_share": 1}
BELIEFS: Sets = {
    **BELIEVED,
    "learn.prior_passage": 0.25,
    "learn.admits_at_first.LT": 0.75,
    "learn.admits_at_first.LV": 0.5,
    "learn.admits_at_first.PL": 0.0,
}
PRICES: Sets = {
    "choice.price_weight_per_1000_eur": 0.5,
    "choice.onward_eur.LT": 2000,
    "choice.onward_eur.LV": 4000,
    "choice.onward_eur.PL": 0,
}


@pytest.mark.parametrize(
    ("sets", "utility"),
    [
        ({}, [0, 0, 0]),
        (BELIEFS, [2 * 0.75, 2 * 0.5, 2 * 0.25]),
        ({**BELIEFS, "inflow.presents_share": 0}, [2 * 0.25, 2 * 0.25, 2 * 0.25]),
        (PRICES, [-1, -2, 0]),
        ({**BELIEFS, **PRICES}, [1.5 - 1, 1 - 2, 0.5]),
    ],
    ids=["indifferent", "beliefs", "evading", "prices", "beliefs and prices"],
)
def test_stretches_are_chosen_by_the_logit_of_belief_and_price(sets: Sets, utility: list[float]) -> None:
    """On the first day beliefs are the prior, whatever has happened since the morning."""
    world = plain_world(ONE_DAY, {INFLOW: 10_000}, sets)
    chosen = run_to_end(world).stretch_counts[:, 0]
    assert_shares(chosen, expected_shares(world, np.array(utility)), finds=0.03)


def test_countries_attract_by_their_factor() -> None:
    factors: Sets = {"choice.country_factor.LV": 3, "choice.country_factor.PL": 0.5}
    world = plain_world(ONE_DAY, {INFLOW: 10_000}, factors)
    utility = np.log([1, 3, 0.5])
    assert_shares(run_to_end(world).stretch_counts[:, 0], expected_shares(world, utility), finds=0.03)


@pytest.mark.parametrize("place", [0, 7, 23])
def test_who_is_at_a_stretch_prefers_what_is_near(place: int) -> None:
    """The pull falls by exp(-0.01 x km) between the middles of stretches."""
    world = plain_world(ONE_DAY, {INFLOW: 10_000, "choice.distance_cost_per_km": 0.01})
    state = new_state(world.arrays, 1, 0)
    state.groups["stretch"] = place
    run_days(world.arrays, state, 1)
    middle = world.arrays.stretches["from_km"] + world.arrays.stretches["length_km"] / 2
    shares = expected_shares(world, np.zeros(3)) * np.exp(-0.01 * np.abs(middle - middle[place]))
    assert_shares(state.stretch_counts[:, 0], shares / shares.sum(), finds=0.03)


def test_within_a_stretch_a_segment_is_chosen_by_its_weight() -> None:
    world = plain_world(ONE_DAY, ONE_STATION, {INFLOW: 10_000, "choice.town_distance_scale_km": 8})
    weight = np.where(world.arrays.segments["stretch"] == LONE, world.arrays.segments["weight"], 0)
    assert_shares(run_to_end(world).segment_counts[:, 0], weight / weight.sum(), finds=0.03)


def test_a_fence_moves_people_by_its_effort_factor() -> None:
    """Half of the station's segments are fenced on the first day; they draw a quarter of what they did."""
    fenced: Sets = {
        "build.LT.fence_km": [{"from": "2021-05-01", "km": 300}],
        "choice.barrier_effort_factor.fence": 0.25,
        INFLOW: 10_000,
    }
    world = plain_world(ONE_DAY, ONE_STATION, fenced)
    state = run_to_end(world)
    here = world.arrays.segments["stretch"] == LONE
    stands = state.segments["fence_needs_km"] <= 300
    weight = np.where(here, world.arrays.segments["weight"], 0) * np.where(stands, 0.25, 1)
    assert 0 < stands[here].sum() < here.sum()
    assert_shares(state.segment_counts[:, 0], weight / weight.sum(), finds=0.03)


def test_escorts_lead_to_countries_by_the_weights_of_the_host_state() -> None:
    steered: Sets = {
        "choice.escorted_share": 0.5,
        "host.steering_initial.LT": 5,
        "host.steering_initial.LV": 3,
        "host.steering_initial.PL": 2,
    }
    world = plain_world(ONE_DAY, {INFLOW: 10_000}, steered)
    own = expected_shares(world, np.zeros(3))
    country = world.arrays.stretches["country"]
    within = own / np.bincount(country, own)[country]
    shares = 0.5 * own + 0.5 * within * np.array([0.5, 0.3, 0.2])[country]
    assert_shares(run_to_end(world).stretch_counts[:, 0], shares, finds=0.03)


def test_the_order_of_building_is_a_race_in_which_weight_counts() -> None:
    """One kilometre a day: the chance to be first is proportional to the weight per kilometre."""
    growing: Sets = {
        "build.LT.fence_km": [{"from": "2021-06-01", "km": 0}, {"from": "2021-06-10", "km": 9}],
        "choice.town_distance_scale_km": 8,
    }
    world = plain_world(growing, {INFLOW: 0})
    rows = world.arrays.segments
    first = [
        int(new_state(world.arrays, 1, i).segments["fence_needs_km"][rows["country"] == LT].argmin())
        for i in range(2000)
    ]
    lithuanian = rows["country"] == LT
    risk = np.where(lithuanian, rows["weight"] / rows["length_km"], 0)
    shares = np.bincount(rows["stretch"], risk)
    assert_shares(
        np.bincount(rows["stretch"][first], minlength=len(shares)), shares / shares.sum(), finds=0.08
    )


def test_equal_risks_are_built_in_a_drawn_order() -> None:
    """All Latvian segments weigh the same: ten of them are fenced, in each replicate others."""
    growing: Sets = {
        "build.LV.fence_km": [{"from": "2021-06-01", "km": 0}, {"from": "2021-06-10", "km": 10}],
    }
    world = plain_world(growing, {INFLOW: 0})
    latvian = world.arrays.segments["country"] == LV
    needs = [
        new_state(world.arrays, 1, replicate).segments["fence_needs_km"][latvian] for replicate in range(3)
    ]
    assert len({tuple(np.flatnonzero(each <= 10).tolist()) for each in needs}) == 3
