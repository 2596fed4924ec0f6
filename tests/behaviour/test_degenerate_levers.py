"""Worlds in which chance has nothing to decide: the host state, suspended asylum, holes in a fence, cold."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import (
    ALL_MET,
    FAMILIES,
    HELD,
    INFLOW,
    LT_ONLY,
    ONE_STATION,
    TURN_BACK,
    Sets,
    all_in,
    captives,
    plain_world,
    run_to_end,
    simulate,
    totals,
)

from bordersim.words.codes import (
    BORDER_ZONE,
    CAPTIVE,
    COUNTRIES,
    FENCE,
    IN_PROCEDURE,
    LT,
    MOVED_ON,
    NO_BARRIER,
    RETURNED_HOME,
)
from bordersim.words.metrics import BARRIER_DAMAGES, METRIC_NAMES
from bordersim.words.valued import DAILY_NAMES

ALL_SEEK_PROTECTION: Sets = {"inflow.protection_share": 1}
SUSPENDED: Sets = {f"policy.{country}": "asylum_suspended" for country in COUNTRIES}
OPEN_DOOR: Sets = {
    **{f"claims.{country}.places_per_day": 10_000 for country in COUNTRIES},
    **{f"claims.{country}.reach_probability": 1 for country in COUNTRIES},
}


def everywhere(key: str, value: object) -> Sets:
    """Set a value in all countries; `key` has {} where the country stands."""
    return {key.format(country): value for country in COUNTRIES}


# The host state


@pytest.mark.parametrize(("home", "state"), [(0, BORDER_ZONE), (1, RETURNED_HOME)])
def test_a_host_state_that_prevents_everything_lets_nobody_try(home: int, state: int) -> None:
    prevented: Sets = {"host.prevention_probability": 1, "host.prevented_home_probability": home}
    out = simulate(FAMILIES, prevented, OPEN_DOOR, ALL_SEEK_PROTECTION)
    sums = totals(out)
    assert sums["attempts"] == sums["claims_lodged_crossing_point"] == sums["claims_not_examined"] == 0
    assert sums["stopped_by_host"] == out.stock[:, -1].sum() > 0  # nobody waits long enough for a second try
    assert all_in(state, FAMILIES, prevented)


def test_who_is_stopped_and_not_sent_home_is_stopped_again() -> None:
    again: Sets = {"host.prevention_probability": 1, "choice.retry_days_mean": 1}
    out = simulate(FAMILIES, again)
    assert totals(out)["stopped_by_host"] > out.stock[:, -1].sum() > 0
    assert totals(out)["attempts"] == 0


def test_prevention_begins_on_its_day() -> None:
    steps = [{"from": "2021-06-01", "value": 0}, {"from": "2021-06-06", "value": 1}]
    daily = simulate(FAMILIES, {"host.prevention_probability": steps}).daily.sum(axis=(0, 2))
    attempts, stopped = (daily[:, METRIC_NAMES.index(name)] for name in ("attempts", "stopped_by_host"))
    assert not attempts[5:].any()
    assert not stopped[:5].any()
    assert (attempts[:5] > 0).all()
    assert (stopped[5:] > 0).all()


def test_captives_who_are_let_in_are_never_driven_forward() -> None:
    out = simulate(FAMILIES, ALL_MET, TURN_BACK, captives(admitted=2), ALL_SEEK_PROTECTION)
    sums = totals(out)
    assert sums["rescued"] == sums["humanitarian_admissions"] == sums["claims_lodged_border"] > 0
    assert sums["rescued"] == out.stock[:, -1, [IN_PROCEDURE, MOVED_ON]].sum()
    assert sums["apprehended"] == sums["repeat_returns"] == 0
    people = out.people.sum(axis=0)
    assert sums["attempts"] == people[1]  # one each
    assert out.stock[:, -1, CAPTIVE].sum() > 0


# The law


@pytest.mark.parametrize("vulnerable", [0, 1])
def test_where_asylum_is_suspended_only_claims_of_the_vulnerable_are_taken(vulnerable: int) -> None:
    sets = (FAMILIES, OPEN_DOOR, ALL_SEEK_PROTECTION, SUSPENDED, {"inflow.vulnerable_share": vulnerable})
    out = simulate(*sets)
    sums, landed = totals(out), out.stock[:, -1].sum()
    assert sums["claims_lodged_crossing_point"] == vulnerable * landed
    assert sums["claims_not_examined"] == sums["attempts"] == (1 - vulnerable) * landed
    assert landed > 0


def test_where_asylum_is_suspended_guards_turn_back_as_under_the_order() -> None:
    """To the bit: the two regimes differ at crossing points only."""
    law = {**everywhere("law.{}.recognition_probability", 0.5), "inflow.vulnerable_share": 0.5}
    one, other = (simulate(FAMILIES, ALL_MET, law, regime) for regime in (TURN_BACK, SUSPENDED))
    assert (one.daily == other.daily).all()
    assert totals(one)["turned_back"] > 0
    assert totals(one)["humanitarian_admissions"] > 0


def test_force_may_come_with_a_regime_and_go_with_it() -> None:
    """The practice of a regime is dated, as the regime is."""
    steps = [
        ("2021-06-01", "turn_back", 0),
        ("2021-06-05", "asylum_suspended", 1),
        ("2021-06-08", "turn_back", 0),
    ]
    law: Sets = {
        **everywhere("policy.{}", [{"from": day, "regime": regime} for day, regime, _ in steps]),
        **everywhere("law.{}.force_probability", [{"from": day, "value": used} for day, _, used in steps]),
    }
    daily = simulate(FAMILIES, ALL_MET, law).daily.sum(axis=(0, 2))
    turned_back, force = (daily[:, DAILY_NAMES.index(name)] for name in ("turned_back", "force_incidents"))
    assert (turned_back[1:] > 0).all()
    assert (force == np.where((np.arange(10) >= 4) & (np.arange(10) < 7), turned_back, 0)).all()


def test_where_all_crossing_points_are_closed_nobody_claims_at_one() -> None:
    closed = everywhere("claims.{}.open_points", 0)
    sums = totals(simulate(FAMILIES, OPEN_DOOR, ALL_SEEK_PROTECTION, closed))
    assert sums["claims_lodged_crossing_point"] == sums["claims_not_examined"] == 0
    assert sums["attempts"] > 0


# The barrier

FENCED: Sets = {
    **LT_ONLY,
    "build.LT.fence_km": 2000,
    "barrier.damage_probability": 1,
    "cost.LT.repair_eur": 1000,
}
# Everybody goes to the same segment: the border of one station is cut into the longest pieces there are.
ONE_HOLE: Sets = {**ONE_STATION, **FENCED, "land.segment_length_km": 10}


def test_each_group_that_gets_through_a_whole_fence_leaves_one_hole_and_pays_for_it() -> None:
    sums = totals(simulate(FENCED, {INFLOW: 20, "barrier.repair_days": 1}, replicates=8))
    assert 0 < sums["barrier_damages"] <= sums["attempts"]  # groups are of one person each
    assert sums["repair_eur"] == 1000 * sums["barrier_damages"]


def test_a_fence_that_holds_is_not_damaged() -> None:
    assert totals(simulate(FENCED, HELD))["barrier_damages"] == 0


def test_guards_who_stop_a_group_before_the_fence_save_it() -> None:
    """Once, the hole was there as soon as a group set out that would have got through."""
    seen_at_once: Sets = {"detect.surveillance_rate_per_h": 1000, "respond.speed_km_per_h": 200}
    far: Sets = {"cross.approach_h": 24, "respond.dispatch_delay_h": 0, "cross.clear_h": 48}
    before, after = (simulate(FENCED, ALL_MET, TURN_BACK, sets) for sets in ({**seen_at_once, **far}, {}))
    assert totals(before)["entry_prevented"] > 0 == totals(before)["barrier_damages"]
    assert totals(after)["turned_back"] >= totals(after)["barrier_damages"] > 0
    assert totals(before)["turned_back"] == totals(after)["entry_prevented"] == 0


def test_where_no_fence_stands_none_is_damaged() -> None:
    assert totals(simulate(FENCED, {"build.LT.fence_km": 0}))["barrier_damages"] == 0
    assert (
        totals(simulate(FENCED, {"build.LT.fence_km": 0, "build.LT.wire_km": 2000}))["barrier_damages"] == 0
    )


@pytest.mark.parametrize("repair_days", [1, 3, 10])
def test_a_hole_is_met_by_all_who_follow_until_it_is_mended(repair_days: int) -> None:
    """All alarms come from the fence; where it has a hole there is none, and no second hole.

    Everybody sets out at noon and is past the fence in the afternoon, so that the first day of a hole
    still finds the fence whole.
    """
    sets: Sets = {"detect.alarm_probability.fence": 1, "barrier.repair_days": repair_days, INFLOW: 300}
    state = run_to_end(plain_world(ONE_HOLE, sets))
    damages, detected, attempts = (
        state.daily[:, LT, METRIC_NAMES.index(name)] for name in ("barrier_damages", "detected", "attempts")
    )
    segments = int((state.segment_counts[:, 0] > 0).sum())
    assert (attempts > 10 * segments).all()  # so every segment is tried every day
    assert (detected == np.where(damages > 0, attempts, 0)).all()
    assert damages.tolist() == [segments if day % repair_days == 0 else 0 for day in range(10)]


def test_a_hole_alone_decides_what_stands_and_only_until_it_is_mended() -> None:
    from bordersim.model.engine.attempt import barrier_at
    from bordersim.model.engine.loop import advance
    from bordersim.model.engine.replicate import new_state

    world = plain_world(ONE_HOLE, {"barrier.repair_days": 4})
    state = new_state(world.arrays, 1, 0)
    advance(world.arrays, state, 1)
    holed = int(state.segments["mended_day"].argmax())
    assert state.segments["mended_day"][holed] == 4
    assert state.daily[0, LT, BARRIER_DAMAGES] == (state.segments["mended_day"] > 0).sum() > 0
    for day, barrier in ((3, NO_BARRIER), (4, FENCE)):
        state.clock["day"] = day
        assert barrier_at(world.arrays, state, holed) == barrier


# Cold


@pytest.mark.parametrize("rate", [0, 0.25])
def test_hypothermia_comes_by_degrees_and_hours_of_cold(rate: float) -> None:
    cold: Sets = {"harm.hypothermia_per_degree_hour": rate, "harm.temperature_month_degc": [-54] * 12}
    sums = totals(simulate(FAMILIES, cold))
    assert sums["hypothermia"] == rate * 64 * sums["attempt_person_hours"]
    assert sums["attempt_person_hours"] == 2.5 * sums["attempts"] > 0


def test_nobody_gets_hypothermia_in_the_warmth_however_wet() -> None:
    sums = totals(simulate(FAMILIES, {"harm.hypothermia_per_degree_hour": 1, "harm.wet_factor": 100}))
    assert sums["hypothermia"] == 0 < sums["wet_attempt_person_hours"]


def test_all_captives_in_the_frost_get_frostbite_and_nobody_in_summer() -> None:
    held: Sets = {**captives(let_back=1), "harm.frostbite_probability_per_captive_freezing_day": 1}
    frost: Sets = {"harm.temperature_month_degc": [-1] * 12}
    warm, cold = (totals(simulate(FAMILIES, ALL_MET, TURN_BACK, held, m)) for m in ({}, frost))
    assert warm["frostbite"] == 0 < warm["captive_person_days"]
    assert cold["frostbite"] == cold["captive_person_days"] > 0
