"""What is accepted gives figures that can be: no money from taking down, no hours that nobody works.

Draws are the same in every run of these tests; most leave chance no part at all.
"""

from __future__ import annotations

import numpy as np
import pytest
from chance import assert_shares
from worlds import (
    ALL_DETECTED_AT_THE_LINE,
    ALL_PRESENT,
    INFLOW,
    LONE,
    LT_ONLY,
    ONE_DAY,
    ONE_STATION,
    STRETCHES,
    Sets,
    of_country,
    plain_scenario,
    plain_world,
    run_to_end,
    simulate,
    written_out,
)

from bordersim.model.engine import new_state
from bordersim.model.engine.loop import advance
from bordersim.model.engine.replicate import finished
from bordersim.model.world.land import town_nearness
from bordersim.results.ledgers import figures
from bordersim.results.valuation.rates import Rates
from bordersim.words.codes import COUNTRIES, LT
from bordersim.words.metrics import (
    FENCED,
    METRIC_NAMES,
    PEOPLE_ADMITTED_TO_PROCEDURE,
    PEOPLE_ATTEMPTED,
    PEOPLE_ENTERED_UNSTOPPED,
    STRETCH_BUSY_HOURS,
    WIRED,
)

FALLING = [
    {"from": "2021-06-01", "km": 400},
    {"from": "2021-06-03", "km": 0},
    {"from": "2021-06-05", "km": 100},
]
# Three crews at one station, and far more to do than they can: each group binds one for 30 hours.
OVERWHELMED: Sets = {
    **ONE_STATION,
    **ALL_DETECTED_AT_THE_LINE,
    **ALL_PRESENT,
    "guards.LT.officers": 51,
    "respond.handling_h": 30,
}


@pytest.mark.parametrize("kind", ["wire", "fence", "surveillance"])
def test_kilometres_cost_when_they_are_put_up_and_earn_nothing_when_they_go(kind: str) -> None:
    """Once, taking 400 km of wire down earned EUR 32 million; putting up anew costs anew."""
    sets: Sets = {f"build.LT.{kind}_km": FALLING, f"cost.LT.{kind}_eur_per_km": 10}
    km = plain_world(sets).arrays.law[:, LT][f"{kind}_km"]
    rates = Rates(plain_scenario(sets).config)
    paid = rates.surveillance_eur if kind == "surveillance" else rates.barrier_eur
    stood = 258 if kind == "surveillance" else 0  # by the record
    assert km.tolist() == [400, 200, 0, 50, 100, 100, 100, 100, 100, 100]
    assert paid[:, LT].tolist() == [10 * (400 - stood), 0, 0, 500, 500, 0, 0, 0, 0, 0]


def test_kilometres_beyond_the_border_neither_stand_nor_cost() -> None:
    growing = [{"from": "2021-06-01", "km": 0}, {"from": "2021-06-02", "km": 2000}]
    sets: Sets = {f"build.{country}.fence_km": growing for country in COUNTRIES}
    costs: Sets = {f"cost.{country}.fence_eur_per_km": 1 for country in COUNTRIES}
    assert Rates(plain_scenario(sets, costs).config).barrier_eur[1].tolist() == [679, 174, 421]


def standing(days: int) -> tuple[set[int], set[int]]:
    """Return the segments that have wire and a fence after so many days of rise and fall."""
    world = plain_world({"build.LT.wire_km": FALLING, "build.LT.fence_km": FALLING[:2], INFLOW: 1}).arrays
    state = new_state(world, 1, 0)
    advance(world, state, days)
    segments = finished(world, state, "replicate 0").segments
    wired, fenced = (set(np.flatnonzero(segments[:, kind]).tolist()) for kind in (WIRED, FENCED))
    return wired, fenced


def test_what_is_taken_down_stands_no_longer_and_the_last_built_goes_first() -> None:
    """Once, a segment kept its barrier for good, whatever was taken down."""
    wired = {days: standing(days)[0] for days in (1, 2, 3, 4, 10)}
    fenced = {days: standing(days)[1] for days in (1, 2, 3, 10)}
    length_km = plain_world({}).arrays.segments["length_km"]
    km = {days: length_km[list(found)].sum() for days, found in wired.items()}
    assert km == pytest.approx({1: 400, 2: 200, 3: 0, 4: 50, 10: 100}, abs=1)
    assert wired[4] < wired[10] < wired[2] < wired[1]
    assert fenced == {1: wired[1], 2: wired[2], 3: set(), 10: set()}


def test_people_get_in_as_soon_as_a_fence_that_holds_is_taken_down() -> None:
    days = [
        ("2021-06-01", 2000),
        ("2021-06-04", 2000),
        ("2021-06-05", 0),
        ("2021-06-08", 0),
        ("2021-06-09", 2000),
    ]
    fence: Sets = {
        "build.LT.fence_km": [{"from": day, "km": km} for day, km in days],
        "cross.breach_probability.fence": 0,
    }
    out = simulate(LT_ONLY, fence)
    tried, held = (of_country(out, name).sum(axis=0) for name in ("attempts", "withdrawn"))
    stands = np.array([True] * 4 + [False] * 4 + [True] * 2)
    assert tried.min() > 0
    assert (held == np.where(stands, tried, 0)).all()


@pytest.mark.parametrize("replicate", range(3))
def test_crews_give_no_more_hours_than_they_have(replicate: int) -> None:
    """Once, patrols that crawled were busy for 3.2 million hours in a year; overtime came on top."""
    world = plain_world(OVERWHELMED, {"patrols.overtime_above_share": 0, "patrols.crew_size": 2})
    state = run_to_end(world, replicate)
    busy, shift = state.stretch_counts[LONE, STRETCH_BUSY_HOURS], state.stretches[LONE]["shift_h"]
    assert shift - 1 < busy <= shift  # whole hours are given out
    assert state.stretches[LONE]["owed_h"] > shift
    sums = dict(zip(METRIC_NAMES, state.daily.sum(axis=(0, 1)), strict=True))
    assert sums["patrol_busy_hours"] == pytest.approx(busy)
    assert sums["overtime_hours"] == pytest.approx(2 * busy)


def test_hours_that_are_owed_are_worked_when_nobody_else_comes() -> None:
    """All come on the first day and want more than its hours; every hour is counted in the end."""
    first: Sets = {INFLOW: [{"from": "2021-06-01", "value": 8}, {"from": "2021-06-02", "value": 0}]}
    out = simulate(OVERWHELMED, first)
    days, met = of_country(out, "patrol_busy_hours"), of_country(out, "responses").sum(axis=1)
    assert (days[:, 0] < 30 * met).all()
    assert (30 * met < days.sum(axis=1)).all()
    assert (days.sum(axis=1) < 34 * met).all()  # delays and ways are on top
    assert (of_country(out, "responses")[:, 1:] == 0).all()


def test_who_is_admitted_without_trying_raises_no_chance_of_entering() -> None:
    """Once, sixteen people got in for each who tried, since a mission took the others before they tried."""
    mission: Sets = {
        "claims.LT.mission_places_per_day": 90,
        "claims.LT.mission_reach_probability": 1,
        "inflow.protection_share": 1,
    }
    out = simulate(mission)
    admitted, attempted = out.people[:, PEOPLE_ADMITTED_TO_PROCEDURE], out.people[:, PEOPLE_ATTEMPTED]
    assert (admitted > 2 * attempted).all()
    known = {(each.metric, each.country): each for each in figures(out.daily.sum(axis=1), out.people)}
    chance = figures(out.daily.sum(axis=1), out.people)[known["entered_unstopped_share", "all"]]
    assert chance.tolist() == (out.people[:, PEOPLE_ENTERED_UNSTOPPED] / attempted).tolist()
    assert (chance <= 1).all()


def test_where_nothing_draws_anybody_all_is_alike() -> None:
    """Once, everybody then went to the last segment of the last stretch of Poland."""
    nowhere: Sets = written_out({"choice.attraction_factor.*": 0, "choice.country_factor.*": 0})
    world = plain_world(ONE_DAY, nowhere, {INFLOW: 10_000})
    of = world.arrays.stretches["country"]
    assert_shares(
        run_to_end(world).stretch_counts[:, 0], 1 / np.bincount(of)[of] / len(COUNTRIES), finds=0.03
    )


def test_where_a_whole_stretch_draws_nobody_its_segments_are_alike() -> None:
    fenced: Sets = {"build.LT.fence_km": 2000, "choice.barrier_effort_factor.fence": 0}
    led: Sets = {"choice.escorted_share": 1, "host.steering_initial.LV": 0, "host.steering_initial.PL": 0}
    world = plain_world(ONE_DAY, fenced, led, {INFLOW: 10_000})
    counts = run_to_end(world).segment_counts[:, 0]
    segments = world.arrays.segments
    per_stretch = np.bincount(segments["stretch"])[segments["stretch"]]
    shares = np.where(segments["country"] == LT, 1 / per_stretch / len(STRETCHES), 0)
    assert_shares(counts, shares, finds=0.03)


def test_the_nearest_town_draws_however_short_the_scale_is() -> None:
    """Once, the weights of all segments were not a number."""
    found = town_nearness(np.array([9.0, 8.0, np.nan, 8.001]), 1e-3)
    assert found == pytest.approx(np.array([0, 3 / (1 + np.exp(-1)), 1, 3 / (1 + np.e)]))
