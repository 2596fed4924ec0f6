"""Six years of history: nobody is lost, every attempt ends once, and what was counted says the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import numpy as np
import pytest

from bordersim.inputs import load_scenario
from bordersim.model.engine import new_state, simulate_block
from bordersim.model.engine.loop import advance, people_adding_up
from bordersim.model.records import State
from bordersim.model.world import World, build_world
from bordersim.words.codes import ALARM, CLEAR, DEAD, EN_ROUTE, ENTERED, MEET, OUTCOMES, STATES
from bordersim.words.metrics import DEATHS, METRIC_NAMES

Say = Callable[[str], None]
NAME, SEED, REPLICATES = "history_2020_2025", 1, 3
ENDS = [name for name in OUTCOMES if name != "died"]
TAKEN_IN = ("apprehended", "apprehended_inland", "rescued", "claims_lodged_crossing_point",
            "claims_lodged_mission")  # fmt: skip
AFTER_TAKEN_IN = ("in_procedure", "admitted")
# Documented deaths on the whole border from August 2021 to mid-July 2024, a year: 130 in 2.95 years; 23 in
# 22 months by the narrowest count, 28 more that nobody confirmed (brpd.gov.pl, 18 July 2024).
DOCUMENTED_PER_YEAR = (12.5, 54.0)
DAYS_PER_YEAR = 365.25
DOCUMENTED_DAYS = (date(2021, 8, 1), date(2024, 7, 15))


@cache
def world() -> World:
    """Return the six years."""
    return build_world(load_scenario([NAME]))


@cache
def run_to_end(replicate: int) -> State:
    """Return everything the engine leaves after six years."""
    state = new_state(world().arrays, SEED, replicate)
    advance(world().arrays, state, world().days)
    return state


def counted(state: State, *names: str) -> float:
    """Sum metrics over days and borders."""
    return float(state.daily[..., [METRIC_NAMES.index(name) for name in names]].sum())


def under_way(state: State) -> int:
    """Return how many are in an attempt when the last day ends."""
    busy = np.isin(state.groups["event"], (ALARM, MEET, CLEAR))
    return int(state.groups["people"][busy].sum())


each_replicate = pytest.mark.parametrize("replicate", range(REPLICATES))


@each_replicate
def test_the_states_add_up_to_the_people_drawn(replicate: int, say: Say) -> None:
    state = run_to_end(replicate)
    people = dict(
        zip(STATES, np.bincount(state.persons["state"], minlength=len(STATES)).tolist(), strict=True)
    )
    say(
        f"replicate {replicate}: {len(state.persons)} people,"
        f" {counted(state, 'attempts'):.0f} attempts, {people}"
    )
    assert people_adding_up(state)
    assert sum(people.values()) == len(state.persons) == state.families["people"].sum() > 10_000
    assert list(people.values()) == state.in_state.tolist()
    landed = int(state.days["landed"][-2])
    late = len(state.persons) - landed
    assert state.stock[-1].sum() == landed
    assert state.stock[-1, EN_ROUTE] == people["en_route"] - late
    assert state.stock[-1, EN_ROUTE + 1 :].tolist() == list(people.values())[EN_ROUTE + 1 :]


@each_replicate
def test_attempts_are_the_sum_of_their_outcomes(replicate: int) -> None:
    state = run_to_end(replicate)
    attempts = counted(state, "attempts")
    assert attempts == state.persons["attempts"].sum() == state.ended.sum() + under_way(state) > 10_000
    assert state.ended.tolist()[: len(ENDS)] == [counted(state, name) for name in ENDS]
    assert state.segment_counts[:, 0].sum() == state.stretch_counts[:, 0].sum() == attempts


@each_replicate
def test_who_got_in_and_who_was_taken_in_is_somewhere(replicate: int) -> None:
    state = run_to_end(replicate)
    got_in = counted(state, "got_away", "undetected_entry")
    inside = got_in - counted(state, "apprehended_inland", "moved_onward")
    assert inside == (state.persons["state"] == ENTERED).sum()
    taken_in = counted(state, *TAKEN_IN)
    housed = sum(int(state.in_state[STATES.index(name)]) for name in AFTER_TAKEN_IN)
    moved_on = int(state.in_state[STATES.index("moved_on")]) - counted(state, "moved_onward")
    assert housed + moved_on <= taken_in <= housed + moved_on + state.in_state[STATES.index("returned_home")]
    assert counted(state, "deaths") == (state.persons["state"] == DEAD).sum()


@each_replicate
def test_the_counts_of_a_block_are_those_of_the_engine(replicate: int) -> None:
    state, out = run_to_end(replicate), simulate_block(world(), SEED, replicate, 1)
    assert np.array_equal(out.daily[0], state.daily)
    assert np.array_equal(out.stock[0], state.stock)
    arrived, attempted, entered, admitted, pushed_back = out.people[0]
    persons = state.persons
    assert arrived == (persons["state"] != EN_ROUTE).sum()
    assert attempted == (persons["attempts"] > 0).sum()
    assert entered == ((persons["entered_unstopped"] > 0) | (persons["state"] == ENTERED)).sum()
    assert admitted == (persons["admitted_to_procedure"] > 0).sum()
    assert pushed_back == (persons["returns"] > 0).sum()


def test_deaths_on_record_lie_within_what_was_documented(say: Say) -> None:
    """Some 35 a year: three replicates tell the mean to a tenth, the counts agree to a factor of four."""
    first, last = ((day - world().start).days for day in DOCUMENTED_DAYS)
    died = yearly(first, last)
    found = float(died @ load_scenario([NAME]).config.record.deaths_found_share.by_code)
    deaths = f"deaths a year, August 2021 to July 2024: {died.sum():.0f}"
    say(f"{deaths}, on record {found:.0f}, documented 44 (12.5-54)")
    low, high = DOCUMENTED_PER_YEAR
    assert low <= found <= high


def yearly(first: int, last: int) -> np.ndarray:
    """Return the mean deaths by border over replicates and days, for a year."""
    sums = [run_to_end(r).daily[first:last, :, DEATHS].sum(axis=0) for r in range(REPLICATES)]
    return np.mean(sums, axis=0) / (last - first) * DAYS_PER_YEAR
