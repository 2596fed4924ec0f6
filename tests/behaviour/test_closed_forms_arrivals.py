"""Worlds simple enough for a formula: who comes, with whom, and when they try.

Draws are the same in every run of these tests, so they do not fail now and then: the stated false alarm
is the chance that a right model fails for a newly chosen seed. `finds` is the fault a sample can show.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from chance import (
    assert_count,
    assert_exponential,
    assert_law,
    assert_poisson,
    assert_share,
    assert_shares,
    compound_poisson,
    exponential_cdf,
)
from numpy.typing import NDArray
from scipy import stats
from worlds import (
    CROWD,
    DAY_H,
    HELD,
    INFLOW,
    NOON_H,
    Sets,
    after_a_day,
    asleep,
    born,
    plain_world,
)

from bordersim.model.engine import new_state
from bordersim.words.codes import SET_OUT


def landings(mean: float, replicates: int, *sets: Sets) -> NDArray[np.int64]:
    """Count who lands by replicate and day."""
    world = plain_world({INFLOW: mean}, *sets)
    days = [new_state(world.arrays, 1, replicate).days["landed"][:-1] for replicate in range(replicates)]
    return np.diff(np.stack(days), axis=1, prepend=0)


def test_arrivals_a_day_are_poisson() -> None:
    counts = landings(5.0, 600)
    assert_poisson(int(counts.sum()), 5.0 * counts.size, finds=0.03)
    assert_law(counts.ravel(), stats.poisson(5.0).cdf, finds=0.04)


def test_arrivals_of_a_period_are_poisson_so_that_days_are_independent() -> None:
    counts = landings(0.4, 3000).sum(axis=1)
    assert_law(counts, stats.poisson(4.0).cdf, finds=0.05)


def test_families_are_geometric() -> None:
    families = born({"inflow.family_size_mean": 2.5}, CROWD).families
    assert_law(families["people"], stats.geom(1 / 2.5).cdf, finds=0.03)


def test_families_arrive_as_people_over_family_size() -> None:
    families = born({"inflow.family_size_mean": 2.5}, CROWD).families
    assert_poisson(len(families), 3000 * 10 / 2.5, finds=0.05)


def sizes_of_groups(wanted: float, family: float) -> NDArray[np.float64]:
    """Return the law of the people in a group: 1, 2... wanted, and 0, 1... more of the last family.

    Both are geometric and independent: a family that reaches the wanted number goes on as if it began there.
    So the mean is G + F - 1 and the variance G (G - 1) + F (F - 1).
    """
    people = np.arange(1000)
    least = np.convolve(stats.geom(1 / wanted).pmf(people[1:]), stats.geom(1 / family).pmf(people[1:]))
    return np.concatenate([[0.0], least[: len(people) - 1]])


GROUPS = [(6.0, 1.25), (1.25, 2.5), (6.0, 2.5), (25.0, 1.75)]
of_groups = pytest.mark.parametrize(("wanted", "family"), GROUPS)


def sized(wanted: float, family: float) -> Sets:
    """Set the mean sizes of groups and families."""
    return {"inflow.group_size_mean": wanted, "inflow.family_size_mean": family}


@of_groups
def test_groups_are_of_the_wanted_size_and_the_rest_of_the_last_family(wanted: float, family: float) -> None:
    """None is cut short by the end of a day, as once the last group of each was."""
    groups = born(sized(wanted, family), CROWD).groups
    people = groups["people"][groups["families"] > 0]
    law = stats.rv_discrete(values=(np.arange(1000), sizes_of_groups(wanted, family)))
    assert_law(people, law.cdf, finds=0.1)


@of_groups
def test_families_in_a_group_are_geometric(wanted: float, family: float) -> None:
    """Each further wanted person begins a family with probability 1 / F."""
    groups = born(sized(wanted, family), CROWD).groups
    families = groups["families"][groups["families"] > 0]
    assert_law(families, stats.geom(1 / (1 + (wanted - 1) / family)).cdf, finds=0.1)


@of_groups
def test_groups_arrive_as_people_over_the_mean_of_a_group(wanted: float, family: float) -> None:
    groups = born(sized(wanted, family), CROWD).groups
    assert_poisson(int((groups["families"] > 0).sum()), 3000 * 10 / (wanted + family - 1), finds=0.2)


@of_groups
def test_people_a_day_are_a_poisson_number_of_groups(wanted: float, family: float) -> None:
    """On average as many as are said to come, with the variance of whole groups, and days independent."""
    sizes, mean = sizes_of_groups(wanted, family), wanted + family - 1
    variance = wanted * (wanted - 1) + family * (family - 1) + mean**2
    law = compound_poisson(30 / mean, sizes)
    assert math.isclose(law.mean(), 30, rel_tol=1e-9)
    assert math.isclose(law.var(), 30 / mean * variance, rel_tol=1e-9)
    counts = landings(30, 1600, sized(wanted, family))
    assert_law(counts.ravel(), law.cdf, finds=0.025)
    assert_law(counts.sum(axis=1), compound_poisson(300 / mean, sizes).cdf, finds=0.07)
    assert_count(int(counts.sum()), compound_poisson(counts.size * 30 / mean, sizes), finds=0.05)


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("inflow.vulnerable_share", "vulnerable"),
        ("inflow.protection_share", "seeks_protection"),
        ("inflow.presents_share", "presents"),
    ],
)
def test_traits_have_the_stated_share(key: str, field: str) -> None:
    families = born({key: 0.3}, CROWD).families
    assert_share(int(families[field].sum()), len(families), 0.3, finds=0.02)


def test_traits_of_a_person_are_independent() -> None:
    traits: Sets = {
        "inflow.vulnerable_share": 0.5,
        "inflow.presents_share": 0.5,
        "inflow.protection_share": 0.5,
    }
    families = born(traits, CROWD).families
    cells = families["vulnerable"] * 4 + families["presents"] * 2 + families["seeks_protection"]
    assert_shares(np.bincount(cells, minlength=8), np.full(8, 1 / 8), finds=0.02)


# When


def test_days_in_minsk_are_a_minimum_and_an_exponential_rest() -> None:
    state = born({"inflow.minsk_days_min": 2, "inflow.minsk_days_mean": 5}, CROWD)
    day = (state.groups["key"] >> np.uint64(32) & np.uint64(0xFFFF)).astype(np.int64)
    rest = (state.groups["time_h"] - NOON_H) / DAY_H - (day - day.min()) - 2
    assert_exponential(rest, 3.0, finds=0.05)
    assert_law(rest, exponential_cdf(3.0), finds=0.03)


def test_the_first_wait_is_exponential() -> None:
    state = after_a_day({"choice.first_try_days_mean": 3, "inflow.minsk_days_mean": 0})
    waiting = state.groups[state.groups["attempt"] == 0]
    # Who set out on the first day has gone; the wait of all others is an exponential beyond that midnight.
    beyond = (waiting["time_h"] - DAY_H) / DAY_H
    assert_share(len(waiting), len(state.groups), math.exp(-0.5 / 3), finds=0.05)
    assert_exponential(beyond, 3.0, finds=0.08)
    assert_law(beyond, exponential_cdf(3.0), finds=0.05)


HOURS = [8] * 4 + [4] * 4 + [1] * 8 + [2] * 4 + [6] * 4
MONTHS = [1, 1, 1, 1, 1, 1, 0.25, 2, 1, 1, 1, 1]


def readiness_days(time_h: float) -> float:
    """Add up ordinary days from 29 June 2021, hour by hour, quite without the engine."""
    passed = 0.0
    for hour in range(math.ceil(time_h)):
        month = MONTHS[5 if hour < 2 * 24 else 6 if hour < 33 * 24 else 7]
        passed += min(time_h - hour, 1.0) * HOURS[hour % 24] / sum(HOURS) * month
    return passed


def test_waits_are_exponential_on_the_clock_of_hours_and_months() -> None:
    """Two days of June, a July of a quarter of the pace, an August of twice the pace."""
    clock: Sets = {"choice.hour_factor": HOURS, "choice.month_factor": MONTHS}
    state = after_a_day(clock, HELD, {"choice.retry_days_mean": 4})
    waiting = asleep(state, SET_OUT)
    start = readiness_days(NOON_H + 0.5 + DAY_H)
    waits = [readiness_days(float(time_h)) - start for time_h in waiting["time_h"]]
    assert_exponential(waits, 4.0, finds=0.08)
    assert_law(waits, exponential_cdf(4.0), finds=0.04)


def test_tries_follow_the_hours_of_the_day() -> None:
    """On one and the same day a try falls into an hour in proportion to its factor, if waits are long."""
    long_waits: Sets = {"choice.hour_factor": [8] * 6 + [0] * 12 + [1] * 6, "choice.retry_days_mean": 3}
    waiting = asleep(after_a_day(HELD, long_waits), SET_OUT)
    hours = (waiting["time_h"] % DAY_H).astype(int)
    assert not ((hours >= 6) & (hours < 18)).any()
    # Evenings come first: a day's 54 parts hold 6 from 18 h to midnight, then 48, and so on day after day.
    evening, night = 1 - math.exp(-6 / 54 / 3), math.exp(-6 / 54 / 3) * (1 - math.exp(-48 / 54 / 3))
    assert_share(int((hours >= 18).sum()), len(hours), evening / (evening + night), finds=0.05)


def test_a_new_try_comes_after_a_rest_and_an_exponential_wait() -> None:
    waiting = asleep(after_a_day(HELD, {"choice.rest_days": 2, "choice.retry_days_mean": 6}), SET_OUT)
    waits = (waiting["time_h"] - NOON_H - 0.5) / DAY_H - 2
    assert waits.min() >= 0
    assert_exponential(waits, 6.0, finds=0.08)
    assert_law(waits, exponential_cdf(6.0), finds=0.04)
