"""Worlds simple enough for a formula: detection, response and belief agree with it.

Draws are the same in every run of these tests, so they do not fail now and then: the stated false alarm
is the chance that a right model fails for a newly chosen seed. `finds` is the fault a sample can show.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from chance import (
    assert_law,
    assert_share,
)
from numpy.typing import NDArray
from worlds import (
    ALL_DETECTED_AT_THE_LINE,
    ALL_MET,
    ALL_PRESENT,
    CROWD,
    INFLOW,
    LONE,
    LT_ONLY,
    NOON_H,
    ONE_DAY,
    ONE_STATION,
    TURN_BACK,
    WIRED,
    Sets,
    plain_world,
    run_to_end,
    simulate,
    totals,
    written_out,
)

from bordersim.model.engine import new_state
from bordersim.model.engine.loop import run_days
from bordersim.model.records import State
from bordersim.model.world import World
from bordersim.words.codes import LT, LV
from bordersim.words.metrics import METRIC_NAMES

# Seen or not, held or not


@pytest.mark.parametrize(
    ("rate_per_h", "approach_h", "clear_h"), [(0.5, 0.5, 1.5), (0.25, 1, 0.5), (2, 0.25, 0.5)]
)
def test_the_undetected_are_exp_of_minus_rate_times_time(
    rate_per_h: float, approach_h: float, clear_h: float
) -> None:
    watched: Sets = {
        "detect.surveillance_rate_per_h": rate_per_h,
        "cross.approach_h": approach_h,
        "cross.clear_h": clear_h,
    }
    sums = totals(simulate(CROWD, watched, replicates=1))
    unseen = math.exp(-rate_per_h * (approach_h + clear_h))
    assert sums["undetected_entry"] + sums["got_away"] == sums["attempts"]
    assert_share(int(sums["undetected_entry"]), int(sums["attempts"]), unseen, finds=0.02)


def test_where_no_camera_stands_nobody_is_seen_by_one() -> None:
    half: Sets = {"build.LT.surveillance_km": [], "detect.surveillance_rate_per_h": 1, **LT_ONLY}
    assert totals(simulate(half))["detected"] == 0


def test_what_delays_at_the_line_gives_more_time_to_be_seen() -> None:
    """Half an hour of approach, half an hour of wire, an hour to get clear: two hours in view."""
    wired: Sets = {
        **LT_ONLY,
        "build.LT.wire_km": [{"from": "2021-05-01", "km": 1000}],
        "cross.added_line_h.wire": 0.5,
        "cross.clear_h": 1,
        "detect.surveillance_rate_per_h": 0.5,
        "land.segment_length_km": 3,
    }
    sums = totals(simulate(CROWD, wired, replicates=1))
    assert_share(int(sums["undetected_entry"]), int(sums["attempts"]), math.exp(-0.5 * 2), finds=0.02)


def test_an_alarm_and_a_camera_are_independent_chances() -> None:
    both: Sets = {**WIRED, "detect.alarm_probability.wire": 0.4, "detect.surveillance_rate_per_h": 0.2}
    sums = totals(simulate(CROWD, both, replicates=1))
    unseen = (1 - 0.4) * math.exp(-0.2 * (0.5 + 2))
    assert_share(int(sums["undetected_entry"]), int(sums["attempts"]), unseen, finds=0.02)


@pytest.mark.parametrize("visibility", [1.0, 0.5])
def test_patrols_notice_by_passes_that_level_off(visibility: float) -> None:
    """Crews x 16 km/h / length, a tenth noticed each, no more than 0.5 an hour: in a stretch like another."""
    patrolled: Sets = {
        **written_out({"choice.attraction_factor.*": 0}),
        **ONE_DAY,
        "choice.country_factor.PL": 0,
        "guards.LV.officers": 39,
        "detect.patrol_pass_probability": 0.1,
        "detect.patrol_rate_max_per_h": 0.5,
        "detect.visibility_factor.LV": visibility,
        INFLOW: 10_000,
    }
    world = plain_world(patrolled)
    state = run_to_end(world)
    first = int(world.arrays.country["first_stretch"][LV])
    crews, length_km = state.stretches["crews"][first], world.arrays.stretches["length_km"][first]
    assert crews >= 5
    most = 0.5 * visibility
    rate = most * -math.expm1(-(crews * 16 / length_km) * 0.1 * visibility / most)
    detected = int(state.daily[..., METRIC_NAMES.index("detected")].sum())
    tried = int(state.daily[..., METRIC_NAMES.index("attempts")].sum())
    assert_share(detected, tried, -math.expm1(-rate * 2.5), finds=0.03)


def test_a_barrier_holds_its_share() -> None:
    sums = totals(simulate(CROWD, WIRED, {"cross.breach_probability.wire": 0.8}, replicates=1))
    assert_share(int(sums["withdrawn"]), int(sums["attempts"]), 0.2, finds=0.02)


# A patrol comes


ONE_CREW: Sets = {
    **ONE_STATION,
    **ONE_DAY,
    **ALL_DETECTED_AT_THE_LINE,
    "guards.LT.officers": 17,
    "respond.dispatch_delay_h": 0.25,
    "respond.speed_km_per_h": 32,
    INFLOW: 1,
}


def lone_responses(world: World, replicates: int) -> list[tuple[float, State]]:
    """Return the response time of the only group of each replicate that has one, and a crew to respond."""
    found = []
    for replicate in range(replicates):
        state = new_state(world.arrays, 1, replicate)
        if len(state.groups) == 1:
            run_days(world.arrays, state, 1)
            if state.stretches["crews"][LONE] >= 1:
                found.append((float(state.daily[0, LT, METRIC_NAMES.index("response_hours")]), state))
    return found


def places_km(world: World, state: State, time_h: float) -> NDArray[np.float64]:
    """Work out where the crews of the station are: there and back again, from the south and north."""
    beat = world.arrays.stretches[LONE]
    beat_patrols = state.patrols[beat["first_patrol"] :][: beat["patrols"]]
    phase = beat_patrols["phase"][beat_patrols["number"] < state.stretches["crews"][LONE]]
    driven = (phase * 2 * beat["length_km"] + 16 * time_h) % (2 * beat["length_km"])
    return np.asarray(beat["from_km"] + np.minimum(driven, 2 * beat["length_km"] - driven))


@pytest.mark.parametrize("officers", [17, 76])
def test_the_nearest_crew_comes_after_the_delay_and_the_drive(officers: int) -> None:
    world = plain_world(ONE_CREW, {"guards.LT.officers": officers})
    responses = lone_responses(world, 150)
    assert len(responses) > 30
    for response_h, state in responses:
        place = world.arrays.segments["position_km"][state.groups["segment"][0]]
        nearest = np.abs(places_km(world, state, NOON_H + 0.5) - place).min()
        # Twelve hours and a half of driving are rounded a few times on the way.
        assert abs(response_h - (0.25 + nearest / 32)) < 1e-12


def test_one_crew_is_anywhere_in_its_stretch_with_the_same_chance() -> None:
    """The share of the stretch that is nearer to the place than the crew was is uniform."""
    world = plain_world(ONE_CREW)
    beat = world.arrays.stretches[LONE]
    low, high = float(beat["from_km"]), float(beat["from_km"] + beat["length_km"])
    shares = []
    for response_h, state in lone_responses(world, 1200):
        if state.stretches["crews"][LONE] == 1:
            place = float(world.arrays.segments["position_km"][state.groups["segment"][0]])
            distance = (response_h - 0.25) * 32
            nearer = min(place + distance, high) - max(place - distance, low)
            shares.append(nearer / (high - low))
    assert_law(shares, lambda x: np.clip(x, 0, 1), finds=0.15)


def test_crews_have_the_mean_of_the_officers_on_shift() -> None:
    """Each stretch rounds up with the chance of its odd part, by itself."""
    world = plain_world({INFLOW: 0, "guards.LT.officers": 100}, ONE_DAY)
    mean = world.arrays.on_shift[0, LONE]
    crews = [run_to_end(world, replicate).stretches["crews"][LONE] for replicate in range(1500)]
    assert set(crews) == {math.floor(mean), math.ceil(mean)}
    assert_share(crews.count(math.ceil(mean)), len(crews), mean % 1, finds=0.08)


# What becomes known


def test_belief_in_passage_follows_from_who_slipped_through_with_lag_and_memory() -> None:
    """Everybody slips through at one station: belief = (prior + S) / (prior people + S), S discounted."""
    learning: Sets = {
        "learn.passage_memory_days": 4,
        "learn.lag_days": 2,
        "learn.passage_prior_people": 50,
        "learn.stretch_prior_people": 20,
    }
    world = plain_world(ONE_STATION, learning)
    state = run_to_end(world)
    slipped = state.daily[:, LT, METRIC_NAMES.index("undetected_entry")]
    known = sum(float(people) * math.exp(-(7 - day) / 4) for day, people in enumerate(slipped[:8]))
    common = (0.5 * 50 + known) / (50 + known)
    expected = (common * 20 + known) / (20 + known)
    # Eight steps of discounting are rounded.
    assert abs(float(state.stretches["passage"][LONE]) - expected) < 1e-12
    assert abs(float(state.stretches["passage"][1]) - common) < 1e-12


def test_belief_in_admission_follows_from_how_those_met_were_treated() -> None:
    """Bayes' theorem day by day: everybody met is turned back, and each counts as a hundredth."""
    learning: Sets = {
        "learn.lag_days": 3,
        "learn.news_weight": 0.01,
        "learn.regime_change_per_day": 0.02,
        "learn.admitted_where_admitting": 0.9,
        "learn.admitted_where_turning_back": 0.2,
    }
    state = run_to_end(plain_world(ONE_STATION, ALL_MET, TURN_BACK, learning))
    met = [0.0] * 3 + state.daily[:7, LT, METRIC_NAMES.index("turned_back")].tolist()
    admits = 0.5
    for people in met[1:]:
        admits = 0.98 * admits + 0.02 * (1 - admits)
        admits /= admits + (1 - admits) * (0.8 / 0.1) ** (0.01 * people)
    assert abs(float(state.borders["admits"][LT]) - admits) < 1e-12
    assert abs(float(state.borders["admission"][LT]) - (0.2 + 0.7 * admits)) < 1e-12


def test_a_way_becomes_cheaper_with_those_who_pass_and_is_forgotten() -> None:
    """Everybody gets in and goes on at once: what passed is remembered, discounted by day."""
    world = plain_world(ONE_STATION, {"choice.route_memory_days": 4, "inland.stay_days_mean": 0})
    state = run_to_end(world)
    passed = state.daily[:, LT, METRIC_NAMES.index("moved_onward")]
    known = sum(float(people) * math.exp(-(7 - day) / 4) for day, people in enumerate(passed[:8]))
    assert known > 0
    assert abs(float(state.borders["passed"][LT]) / known - 1) < 1e-12


@pytest.mark.parametrize("lag", [1, 2])
def test_news_are_known_after_the_lag_and_not_a_morning_before(lag: int) -> None:
    """Once a lag of 0 was allowed: news were read on their own morning only, and so never."""
    for last, known in ((lag, False), (lag + 1, True)):
        sets: Sets = {"learn.lag_days": lag, "period.end": f"2021-06-{last:02}"}
        state = run_to_end(plain_world(ONE_STATION, sets))
        assert (state.stretches["passage"][LONE] > 0.5) == known


def test_before_any_news_arrive_belief_is_the_prior() -> None:
    state = run_to_end(plain_world(ONE_STATION, ALL_MET, TURN_BACK, ALL_PRESENT, {"learn.lag_days": 10}))
    assert (state.borders["admission"] == 0.5).all()
    assert (state.stretches["passage"] == 0).all()
