"""A crowd saturates a station: got-aways appear by themselves, with no probability that says so.

All set out at noon at one station, are noticed at the line half an hour later, and need two hours more.
A crew that has met somebody is bound for longer than that.
"""

from __future__ import annotations

import numpy as np
import pytest
from worlds import (
    ALL_DETECTED_AT_THE_LINE,
    ALL_PRESENT,
    FIXED_BELIEFS,
    INFLOW,
    LONE,
    LT_ONLY,
    ONE_STATION,
    STRETCHES,
    TURN_BACK,
    Sets,
    plain_world,
    run_to_end,
    simulate,
    totals,
    written_out,
)

from bordersim.model.records import State
from bordersim.words.codes import LT
from bordersim.words.metrics import METRIC_NAMES

STATION: Sets = {
    **ONE_STATION,
    **ALL_DETECTED_AT_THE_LINE,
    "period.end": "2021-06-01",
    "guards.LT.officers": 64,
    "respond.dispatch_delay_h": 0.25,
    "respond.speed_km_per_h": 64,
    "respond.handling_h": 6,
}


def noon_at_the_station(people: float, *sets: Sets, replicate: int = 0) -> State:
    """Run the one day on which so many people, on average, set out alone at noon."""
    return run_to_end(plain_world(STATION, {INFLOW: people}, *sets), replicate)


def count(state: State, name: str) -> int:
    """Return a count of the day in Lithuania."""
    return int(state.daily[0, LT, METRIC_NAMES.index(name)])


@pytest.mark.parametrize("people", [2, 5, 20, 100, 500])
@pytest.mark.parametrize("replicate", range(4))
def test_each_crew_stops_one_and_all_others_get_away(people: int, replicate: int) -> None:
    """Two hours are enough for the longest drive of the stretch, and too short for a second group."""
    state = noon_at_the_station(people, replicate=replicate)
    crews = int(state.stretches["crews"][LONE])
    tried = count(state, "attempts")
    assert crews >= 4
    assert count(state, "apprehended") == min(tried, crews)
    assert count(state, "got_away") == max(tried - crews, 0)
    assert count(state, "undetected_entry") == 0


@pytest.mark.parametrize("people", [5, 100])
def test_with_time_enough_between_them_nobody_gets_away(people: int) -> None:
    """The same people on the same day: bound for no longer than the drive, the crews meet everybody."""
    state = noon_at_the_station(
        people, {"respond.handling_h": 0, "cross.clear_h": 24 * 7, "period.end": "2021-06-08"}
    )
    assert state.ended.sum() > 0
    assert state.daily[..., METRIC_NAMES.index("got_away")].sum() == 0


def test_more_people_never_mean_more_stopped_than_crews() -> None:
    """Arrivals are nested, so that the crowd grows by people added to the same people."""
    stopped, slipped = [], []
    for people in (1, 2, 4, 8, 16, 32, 64, 128):
        state = noon_at_the_station(people)
        stopped.append(count(state, "apprehended"))
        slipped.append(count(state, "got_away"))
    assert stopped == sorted(stopped)
    assert slipped == sorted(slipped)
    assert slipped[0] == 0
    assert stopped[-1] == stopped[-2] == stopped[-3] < slipped[-3] < slipped[-2] < slipped[-1]


def test_more_crews_stop_more_of_the_same_crowd() -> None:
    stopped = [
        count(noon_at_the_station(200, {"guards.LT.officers": officers}), "apprehended")
        for officers in (0, 64, 128, 512)
    ]
    assert stopped == sorted(set(stopped))
    assert stopped[0] == 0


def test_longer_handling_lets_more_get_away() -> None:
    slipped = [
        count(noon_at_the_station(60, {"respond.handling_h": hours}), "got_away")
        for hours in (0, 0.25, 0.5, 6)
    ]
    assert slipped == sorted(slipped)
    assert slipped[0] < slipped[-1]


def test_every_head_of_a_group_binds_its_crew_for_as_long_again() -> None:
    by_head: Sets = {"respond.handling_h": 0, "respond.handling_per_person_h": 0.5}
    state = noon_at_the_station(60, by_head, {"inflow.group_size_mean": 20})
    met, responses = count(state, "apprehended"), count(state, "responses")
    assert met == count(state, "attempts") > responses  # fewer groups than crews, more people than groups
    busy = state.daily[0, LT, METRIC_NAMES.index("patrol_busy_hours")]
    response = state.daily[0, LT, METRIC_NAMES.index("response_hours")]
    assert abs(busy - response - met / 2) < 1e-9  # sums of a few rounded hours


def test_utilisation_is_what_the_crews_did() -> None:
    """Everybody who comes in time binds a crew for the drive and six hours; all others for the drive."""
    state = noon_at_the_station(3)
    tried, crews = count(state, "attempts"), int(state.stretches["crews"][LONE])
    assert 0 < tried <= crews
    busy = state.daily[0, LT, METRIC_NAMES.index("patrol_busy_hours")]
    response = state.daily[0, LT, METRIC_NAMES.index("response_hours")]
    assert abs(busy - response - 6 * tried) < 1e-9  # sums of a few rounded hours
    assert state.daily[0, LT, METRIC_NAMES.index("patrol_hours")] == 24 * _crews_in_lithuania(state)
    assert count(state, "responses") == tried
    assert count(state, "saturated_responses") == 0


def _crews_in_lithuania(state: State) -> int:
    return int(state.stretches["crews"][: len(STRETCHES)].sum())


def test_a_saturated_response_is_one_that_finds_every_crew_busy() -> None:
    state = noon_at_the_station(100)
    crews = int(state.stretches["crews"][LONE])
    assert count(state, "responses") == count(state, "attempts") > crews
    assert count(state, "saturated_responses") >= count(state, "responses") - crews > 0


def test_a_busy_crew_nearby_is_no_saturation_while_another_is_free() -> None:
    """A crew about to be free may be sent rather than a free one far away: no saturation, as once."""
    near: Sets = {"guards.LT.officers": 26, "respond.handling_h": 0, "respond.speed_km_per_h": 8}
    saturated = 0
    for replicate in range(60):
        state = noon_at_the_station(2, near, replicate=replicate)
        if count(state, "attempts") <= state.stretches["crews"][LONE]:
            saturated += count(state, "saturated_responses")
    assert saturated == 0


def test_who_presents_themself_waits_and_is_taken_in_turn() -> None:
    """Nobody gets away who does not want to: the crowd is only met later."""
    waiting: Sets = {**ALL_PRESENT, "period.end": "2021-06-30", **FIXED_BELIEFS}
    once = [{"from": "2021-06-01", "value": 40}, {"from": "2021-06-02", "value": 0}]
    state = run_to_end(plain_world(STATION, waiting, {INFLOW: once}))
    apprehended = state.daily[:, LT, METRIC_NAMES.index("apprehended")]
    assert apprehended.sum() == state.daily[:, LT, METRIC_NAMES.index("attempts")].sum() > 20
    crews = int(state.stretches["crews"][LONE])
    # Noticed at half past twelve; six hours and a drive each: at most two apiece before midnight.
    assert crews < apprehended[0] <= 2 * crews
    assert (apprehended[1:] <= 4 * crews).all()


def test_a_crowd_at_one_station_does_not_draw_crews_from_the_others() -> None:
    """Most go to one station: there all but one a crew get away, elsewhere as many as crews are stopped."""
    crowd: Sets = {**STATION, **LT_ONLY, "guards.LT.officers": 640, INFLOW: 60}
    pulls = written_out({"choice.attraction_factor.*": 1, "choice.attraction_factor.Lazdijai": 100})
    state = run_to_end(plain_world(crowd, pulls))
    tried, entered = state.stretch_counts[:, 0], state.stretch_counts[:, 1]
    crews = state.stretches["crews"]
    assert entered[LONE] == tried[LONE] - crews[LONE] > 0
    assert (tried > 0).sum() > 1
    assert (np.maximum(tried - crews, 0) == entered).all()


def test_under_the_turn_back_order_crews_saturate_alike() -> None:
    """Who is met is stopped either way; only what is done with them differs."""
    admit, turn = noon_at_the_station(100), noon_at_the_station(100, TURN_BACK)
    assert count(admit, "apprehended") == count(turn, "turned_back")
    assert count(admit, "got_away") == count(turn, "got_away")


def test_saturation_shows_on_average_too() -> None:
    """Twice the inflow more than doubles the got-aways, with crews as they are."""
    twice = [totals(simulate(STATION, {INFLOW: people}, replicates=20))["got_away"] for people in (10, 20)]
    assert twice[1] > 2 * twice[0] > 0
