"""Common random numbers: the same people with the same luck in every scenario, whoever guards the border."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from worlds import (
    ALL_DETECTED_AT_THE_LINE,
    ALL_PRESENT,
    FAMILIES,
    INFLOW,
    MANY_GUARDS,
    ORIGIN,
    TRYING_AGAIN,
    TURN_BACK,
    Sets,
    plain_world,
    run_to_end,
    simulate,
)

from bordersim.inputs import list_scenarios, load_scenario
from bordersim.model.engine import new_state
from bordersim.model.population import count_arrivals
from bordersim.model.randomness import replicate_key
from bordersim.model.records import State
from bordersim.model.world import World, build_world
from bordersim.words.codes import LT

LIVELY: Sets = {
    **FAMILIES,
    "inflow.vulnerable_share": 0.3,
    "inflow.presents_share": 0.5,
}
FEWER_FLIGHTS, MORE_FLIGHTS = "no_baghdad_flights_2021", "iraqi_cities_2021"
OTHER_INFLOW = {"own_mind_2021", FEWER_FLIGHTS, MORE_FLIGHTS}
POLICIES = [
    name for name, _ in list_scenarios() if name not in OTHER_INFLOW and not name.startswith("history")
]
WHO = ["key", "first_person", "people", "group", "origin", "vulnerable", "seeks_protection", "presents"]


def born(world: World, replicate: int = 3) -> State:
    """Draw everybody of a replicate, before the first day."""
    return new_state(world.arrays, 1, replicate)


def scenario_world(name: str) -> World:
    """Build a scenario's world as it is shipped."""
    return build_world(load_scenario([name]))


def families_by_key(state: State) -> dict[int, tuple[object, ...]]:
    """Return each family by key: how many, vulnerable, seeking protection."""
    return {int(family["key"]): _told(state, family) for family in state.families}


def _told(state: State, family: np.void) -> tuple[object, ...]:
    return (
        int(family["people"]),
        bool(family["vulnerable"]),
        bool(family["seeks_protection"]),
        int(family["origin"]),
    )


def _whole(group: np.void) -> tuple[int, int, float]:
    return int(group["families"]), int(group["people"]), float(group["time_h"])


@pytest.mark.parametrize("name", POLICIES)
def test_the_same_people_come_in_every_scenario(name: str) -> None:
    here, there = born(scenario_world(f"history_{name[-4:]}")), born(scenario_world(name))
    assert len(here.families) > 100
    assert (here.families[WHO] == there.families[WHO]).all()
    assert (here.persons == there.persons).all()
    assert (here.groups["time_h"] == there.groups["time_h"]).all()


def test_fewer_flights_take_people_away_and_change_nobody() -> None:
    without = families_by_key(born(scenario_world(FEWER_FLIGHTS)))
    history = families_by_key(born(scenario_world("history_2021")))
    more = families_by_key(born(scenario_world(MORE_FLIGHTS)))
    assert 0 < len(without) < len(history) < len(more)
    assert without.items() <= history.items() <= more.items()


def test_replicates_are_different_people() -> None:
    world = plain_world(LIVELY)
    one, other = born(world, 0), born(world, 1)
    assert families_by_key(one) != families_by_key(other)
    assert not np.array_equal(one.patrols["phase"], other.patrols["phase"]) or not len(one.patrols)


def test_a_person_is_the_same_whenever_the_simulation_starts() -> None:
    early = born(plain_world(LIVELY, {"period.start": "2021-05-20"}))
    late = born(plain_world(LIVELY, {"period.start": "2021-06-01"}))
    assert families_by_key(late).items() <= families_by_key(early).items()


@pytest.mark.parametrize(("few", "many"), [(0, 10), (100, 110), (50, 200)])
def test_arrivals_are_nested_in_their_rate(few: float, many: float) -> None:
    """Whoever comes at a low rate comes at a higher one, and in the same company."""
    low, high = born(plain_world(LIVELY, {INFLOW: few})), born(plain_world(LIVELY, {INFLOW: many}))
    assert families_by_key(low).items() < families_by_key(high).items()
    lead = {int(f["key"]): int(high.families["key"][f["group"]]) for f in high.families}
    assert all(lead[int(f["key"])] == int(low.families["key"][f["group"]]) for f in low.families)
    whole = {int(g["key"]): _whole(g) for g in high.groups}
    assert {int(g["key"]): _whole(g) for g in low.groups}.items() <= whole.items()
    presents = {int(f["key"]): int(f["presents"]) for f in high.families}
    assert all(presents[int(f["key"])] == int(f["presents"]) for f in low.families)


def test_one_origin_shifts_nobody_of_another() -> None:
    alone, both = plain_world(LIVELY), plain_world(LIVELY, {"inflow.origins.via_russia.people_per_day": 50})
    assert families_by_key(born(alone)).items() < families_by_key(born(both)).items()


def test_more_days_of_inflow_shift_nobody_of_earlier_days() -> None:
    short, long = plain_world(LIVELY), plain_world(LIVELY, {"period.end": "2021-06-20"})
    assert families_by_key(born(short)).items() < families_by_key(born(long)).items()


def test_counting_arrivals_agrees_with_drawing_them() -> None:
    world = plain_world(LIVELY)
    for replicate in range(20):
        families, people = count_arrivals(world.arrays, np.uint64(replicate_key(1, replicate)))
        state = born(world, replicate)
        assert (len(state.families), len(state.persons)) == (families, people)
        assert state.families["people"].sum() == people
        assert state.groups["people"].sum() == people
        assert state.groups["families"].sum() == families


FULL: Sets = {"inflow.load_share": 1} | {
    f"inflow.origins.{ORIGIN}.{key}": value
    for key, value in (
        ("flights_per_week", 500),
        ("seats_per_flight", 1000),
        ("cross_share", 1),
    )
}


@pytest.mark.parametrize(
    "sets",
    [
        {INFLOW: 10_000},
        {INFLOW: 10_000, "inflow.group_size_mean": 42, "inflow.family_size_mean": 1.2},
        {INFLOW: 10_000, "inflow.group_size_mean": 200},
        {INFLOW: 0, "period.end": "2021-06-02", **FULL},
    ],
    ids=["alone", "groups", "the largest groups", "the most flights"],
)
def test_no_two_families_who_come_share_a_key(sets: Sets) -> None:
    """Once there was room for 1024 families in a group, 16,384 groups a day; others had doubles."""
    spread: Sets = {"inflow.minsk_days_mean": 5}  # all at one instant would take long to sort
    keys = born(plain_world(spread, sets)).families["key"]
    assert len(keys) > 10_000
    assert len(np.unique(keys)) == len(keys)


def patrols_by_key(world: World) -> dict[int, float]:
    """Return each patrol's place in its round by its key."""
    return {int(patrol["key"]): float(patrol["phase"]) for patrol in born(world).patrols}


def test_one_more_guard_shifts_no_other_patrol() -> None:
    fewer = patrols_by_key(plain_world({"guards.LT.officers": 900}))
    more = patrols_by_key(plain_world({"guards.LT.officers": 950}))
    assert fewer.items() < more.items()


@pytest.mark.parametrize("officers", range(900, 906))
def test_one_more_guard_adds_a_crew_at_one_station_at_most_and_takes_none_away(officers: int) -> None:
    few, many = (_crews({"guards.LT.officers": count}) for count in (officers, officers + 1))
    assert (many >= few).all()
    assert (many - few <= 1).all()


def _crews(sets: Sets) -> np.ndarray:
    """Crews on shift at each station on the last day."""
    return run_to_end(plain_world(sets, {"period.end": "2021-06-01"})).stretches["crews"]


def first_tries(*sets: Sets) -> Iterator[tuple[int, float, float, int]]:
    """Return for each group whom it is led by, and when and where it tried first."""
    world = plain_world(LIVELY, {"choice.first_try_days_mean": 1}, *sets)
    state = run_to_end(world)
    for group in state.groups[state.groups["attempt"] == 1]:
        yield int(group["key"]), float(group["line_h"]), float(group["end_h"]), int(group["segment"])


GUARDED: dict[str, Sets] = {
    "one guard": {"guards.LT.officers": 1, **ALL_DETECTED_AT_THE_LINE},
    "many guards": {**MANY_GUARDS, **ALL_DETECTED_AT_THE_LINE},
    "turned back": {**MANY_GUARDS, **TURN_BACK, **ALL_DETECTED_AT_THE_LINE},
    "in full view": {**MANY_GUARDS, "detect.surveillance_rate_per_h": 3},
    "more people": {INFLOW: 150},
}


@pytest.mark.parametrize("name", GUARDED)
def test_everybody_tries_first_at_the_same_time_and_place_whoever_guards(name: str) -> None:
    """Only what follows the first try may depend on guards and law."""
    alone, guarded = set(first_tries()), set(first_tries(GUARDED[name]))
    assert alone <= guarded
    assert len(alone) > 50


def test_guards_of_one_border_do_not_change_what_happens_at_another() -> None:
    """With no news to follow (nobody weighs a chance) Lithuania goes on as before when Poland arms itself."""
    busy: Sets = {"guards.LT.officers": 60, **ALL_DETECTED_AT_THE_LINE, "respond.handling_h": 4}
    before = simulate(LIVELY, busy)
    after = simulate(LIVELY, busy, {"guards.PL.officers": 3000})
    assert (before.daily[:, :, LT] == after.daily[:, :, LT]).all()
    assert (before.daily != after.daily).any()


def test_luck_is_kept_when_an_origin_that_does_not_fit_is_added() -> None:
    """Who decides nothing shifts no luck: an origin without passengers changes no number."""
    lively: Sets = {**LIVELY, **ALL_PRESENT, **TRYING_AGAIN, **MANY_GUARDS, **ALL_DETECTED_AT_THE_LINE}
    empty = {"inflow.origins.iraq_direct.seats_per_flight": 300, "inflow.origins.damascus.cross_share": 0.5}
    here, there = simulate(lively), simulate(lively, empty)
    assert (here.daily == there.daily).all()
