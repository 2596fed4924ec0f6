"""Worlds in which chance has nothing to decide: what follows an attempt is known exactly."""

from __future__ import annotations

import pytest
from worlds import (
    ALL_MET,
    FAMILIES,
    INFLOW,
    LT_ONLY,
    MANY_GUARDS,
    NOT_LET_BACK,
    TRYING_AGAIN,
    TURN_BACK,
    Sets,
    all_in,
    at_the_end,
    captives,
    plain_world,
    run_to_end,
    simulate,
    totals,
    written_out,
)

from bordersim.words.codes import (
    ADMITTED,
    BARRIERS,
    BORDER_ZONE,
    CAPTIVE,
    COUNTRIES,
    DEAD,
    ENTERED,
    IN_PROCEDURE,
    MOVED_ON,
    PL,
    RETURNED_HOME,
    STATES,
    STAYED,
)
from bordersim.words.metrics import METRIC_NAMES, PEOPLE_PUSHED_BACK

ALL_SEEK_PROTECTION: Sets = {"inflow.protection_share": 1}


def all_taken_in(*sets: Sets) -> bool:
    """Return whether everybody is in a procedure or through with one."""
    found = at_the_end(*sets)
    return found["in_procedure"] + found["moved_on"] == sum(found.values()) > found["moved_on"]


def test_the_host_state_lets_everybody_back() -> None:
    assert all_in(BORDER_ZONE, FAMILIES, ALL_MET, TURN_BACK)


def test_who_is_not_let_back_is_held() -> None:
    out = simulate(FAMILIES, ALL_MET, TURN_BACK, NOT_LET_BACK, replicates=1)
    assert out.stock[0, -1, CAPTIVE] + out.stock[0, -1, BORDER_ZONE] == out.stock[0, -1].sum()
    held = out.stock[0, :, CAPTIVE].sum()
    assert totals(out)["captive_person_days"] == held > 0
    assert totals(out)["captive_freezing_person_days"] == 0


def test_before_the_host_state_closes_its_side_everybody_is_let_back() -> None:
    closing: Sets = {**NOT_LET_BACK, "host.closed_from": "2021-06-06"}
    stock = simulate(FAMILIES, ALL_MET, TURN_BACK, closing).stock[:, :, CAPTIVE].sum(axis=0)
    assert not stock[:5].any()
    assert stock[5:].all()


def test_every_captive_day_of_frost_is_counted_as_such() -> None:
    frost: Sets = {**NOT_LET_BACK, "harm.temperature_month_degc": [-1] * 12}
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, frost))
    assert sums["captive_freezing_person_days"] == sums["captive_person_days"] > 0


def test_who_is_kept_out_before_the_line_is_never_held() -> None:
    early: Sets = {**MANY_GUARDS, "detect.surveillance_rate_per_h": 1000, "cross.approach_h": 24}
    sums = totals(simulate(FAMILIES, early, TURN_BACK, NOT_LET_BACK))
    assert sums["entry_prevented"] > 0
    assert sums["captive_person_days"] == 0


def test_captives_are_driven_forward_again_and_again_where_they_are() -> None:
    world = plain_world(ALL_MET, TURN_BACK, captives(driven=2), {INFLOW: 1})
    for replicate in range(10):
        state = run_to_end(world, replicate)
        assert (state.stretch_counts[:, 0] > 0).sum() <= len(state.groups) < state.ended.sum()
        driven = state.daily[..., METRIC_NAMES.index("driven_attempts")].sum()
        first = (state.persons["attempts"] > 0).sum()
        assert driven == state.persons["attempts"].sum() - first > 0


def test_captives_who_are_moved_are_led_to_the_border_of_the_day() -> None:
    """All are led to Poland, whatever they would choose, but for their first try in Lithuania."""
    moved: Sets = {
        **captives(driven=2),
        "host.captives_moved_probability": 1,
        **{f"host.steering_initial.{country}": int(country == "PL") for country in COUNTRIES},
        **LT_ONLY,
    }
    daily = simulate(FAMILIES, ALL_MET, TURN_BACK, moved).daily.sum(axis=(0, 1))
    attempts, driven = (daily[:, METRIC_NAMES.index(name)] for name in ("attempts", "driven_attempts"))
    assert (attempts - driven)[PL] == 0
    assert driven[PL] == driven.sum() > 0


def test_a_captive_who_gets_through_is_free() -> None:
    """Nobody is met once the guards have gone home on 4 June, so all who are driven forward get in."""
    gone = [{"from": "2021-06-01", "value": 3000}, {"from": "2021-06-04", "value": 0}]
    leaving: Sets = written_out(ALL_MET, TURN_BACK, captives(driven=24), {"guards.*.officers": gone})
    state = run_to_end(plain_world(FAMILIES, leaving, {INFLOW: 50}))
    assert state.in_state[CAPTIVE] == 0
    assert state.in_state[ENTERED] > 0
    assert state.persons["attempts"].max() > 2


@pytest.mark.parametrize("met", [0, 1])
def test_captives_get_in_only_where_nobody_awaits_them_and_all_tell_of_it(met: int) -> None:
    """Half of all responses fail, except where guards wait for people."""
    sets: Sets = {"respond.fails_probability": 0.5, "host.captives_met_probability": met, INFLOW: 50}
    state = run_to_end(plain_world(ALL_MET, TURN_BACK, captives(driven=4), sets))
    inside = state.persons["attempts"][state.persons["state"] == ENTERED]
    assert (inside == 1).any()
    assert (inside > 1).any() == (met == 0)
    assert state.daily[..., METRIC_NAMES.index("driven_attempts")].sum() > 0
    assert state.stretch_news["tried"].sum() == state.ended.sum()


@pytest.mark.parametrize("end", ["taken_home", "let_back"])
def test_captives_whom_nobody_drives_forward_try_no_more_or_of_their_own_will(end: str) -> None:
    sets = (FAMILIES, ALL_MET, TURN_BACK, captives(**{end: 24}), {"choice.rest_days": 30})
    sums, found = totals(simulate(*sets)), at_the_end(*sets)
    assert sums["driven_attempts"] == sums["repeat_returns"] == 0
    assert (found["returned_home"] > 0) == (end == "taken_home")
    assert (found["border_zone"] > 0) == (end == "let_back")


@pytest.mark.parametrize(("stays", "state"), [(0, RETURNED_HOME), (1, STAYED)])
def test_who_always_gives_up_goes_home_or_stays(stays: int, state: int) -> None:
    giving_up: Sets = {"return_home.after_return_probability": 1, "return_home.stays_share": stays}
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, TRYING_AGAIN, giving_up))
    assert sums["repeat_returns"] == 0
    assert sums["turned_back"] == sums["attempts"] > 0
    found = at_the_end(FAMILIES, ALL_MET, TURN_BACK, giving_up)
    assert found[STATES[state]] + found["border_zone"] == sum(found.values())
    assert found["captive"] == 0


def test_who_never_gives_up_is_returned_again_and_again() -> None:
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, TRYING_AGAIN))
    people = simulate(FAMILIES, ALL_MET, TURN_BACK, TRYING_AGAIN).people.sum(axis=0)
    returned = sums["turned_back"] + sums["entry_prevented"]
    assert sums["repeat_returns"] == returned - people[PEOPLE_PUSHED_BACK] > 0


@pytest.mark.parametrize("probability", [0, 1])
def test_injury_is_certain_or_impossible_and_expected_so(probability: int) -> None:
    sums = totals(simulate(FAMILIES, {f"harm.injury_probability.{kind}": probability for kind in BARRIERS}))
    assert sums["injuries"] == probability * sums["attempts"]


def test_a_deadly_crossing_kills_everybody_who_tries() -> None:
    deadly = written_out({"harm.death_probability_per_attempt.*": 1})
    sums = totals(simulate(FAMILIES, ALL_MET, deadly))
    assert sums["attempts"] == sums["deaths"] == sums["deaths_expected"] > 0
    assert sums["detected"] == 0
    assert all_in(DEAD, FAMILIES, ALL_MET, deadly)


def test_deadly_frost_kills_captives_and_nobody_in_summer() -> None:
    held: Sets = {**captives(let_back=1), "harm.death_probability_per_captive_freezing_day": 1}
    frost: Sets = {"harm.temperature_month_degc": [-1] * 12}
    assert totals(simulate(FAMILIES, ALL_MET, TURN_BACK, held))["deaths"] == 0
    state = run_to_end(plain_world(FAMILIES, ALL_MET, TURN_BACK, held, frost))
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, held, frost))
    assert state.in_state[DEAD] > 0
    assert sums["deaths"] == sums["deaths_expected"] > 0


PROCEDURES = {ADMITTED: (1, 0), RETURNED_HOME: (0, 1), MOVED_ON: (0, 0)}


@pytest.mark.parametrize("state", PROCEDURES, ids=[STATES[state] for state in PROCEDURES])
def test_a_procedure_ends_as_its_shares_say(state: int) -> None:
    admitted, returned = PROCEDURES[state]
    procedure: Sets = {
        f"procedure.{country}.{key}": value
        for country in COUNTRIES
        for key, value in {
            "dwell_days_mean": 0,
            "admitted_share": admitted,
            "returned_share": returned,
        }.items()
    }
    grant: Sets = {"cost.return_grant_eur": 1000}
    out = simulate(FAMILIES, ALL_MET, procedure, grant)
    apprehended = out.daily[:, :-1, :, METRIC_NAMES.index("apprehended")].sum()
    assert out.stock[:, -1, state].sum() == apprehended > 0  # all but those of the last day
    assert totals(out)["return_grants_eur"] == (1000 * apprehended if state == RETURNED_HOME else 0)


def test_reception_is_paid_for_everybody_in_the_procedure() -> None:
    paid: Sets = {f"cost.{country}.reception_eur_per_day": 30 for country in COUNTRIES}
    out = simulate(FAMILIES, ALL_MET, paid)
    assert totals(out)["reception_eur"] == 30 * out.stock[:, :, IN_PROCEDURE].sum() > 0


def test_everybody_who_reaches_an_open_crossing_point_claims_there() -> None:
    open_door: Sets = {
        **{f"claims.{country}.places_per_day": 10_000 for country in COUNTRIES},
        **{f"claims.{country}.reach_probability": 1 for country in COUNTRIES},
    }
    sums = totals(simulate(FAMILIES, open_door, ALL_SEEK_PROTECTION))
    assert sums["claims_lodged_crossing_point"] > 0
    assert sums["attempts"] == 0
    assert all_taken_in(FAMILIES, open_door, ALL_SEEK_PROTECTION)
    assert totals(simulate(FAMILIES, open_door))["claims_lodged_crossing_point"] == 0


def test_no_more_claims_are_taken_than_there_are_places() -> None:
    few: Sets = {
        **{f"claims.{country}.places_per_day": 5 for country in COUNTRIES},
        **{f"claims.{country}.reach_probability": 1 for country in COUNTRIES},
    }
    out = simulate(few, ALL_SEEK_PROTECTION, {INFLOW: 300})
    taken = out.daily[..., METRIC_NAMES.index("claims_lodged_crossing_point")]
    assert (taken == 5).all()  # a hundred a day and border come for five places
    assert totals(out)["claims_not_examined"] == totals(out)["attempts"] > 0


def test_half_a_place_a_day_is_a_place_every_other_day() -> None:
    half: Sets = {
        **{f"claims.{country}.places_per_day": 0.5 for country in COUNTRIES},
        **{f"claims.{country}.reach_probability": 1 for country in COUNTRIES},
    }
    out = simulate(half, ALL_SEEK_PROTECTION, {INFLOW: 300})
    taken = out.daily[..., METRIC_NAMES.index("claims_lodged_crossing_point")]
    assert (taken[:, 0::2] == 0).all()
    assert (taken[:, 1::2] == 1).all()


def test_flights_home_are_paid_by_nobody_here() -> None:
    """The origin pays for them; grants are for those who go home after the procedure."""
    flying: Sets = {
        "return_home.willing_share": 1,
        "return_home.flights_home": [{"from": "2021-06-08", "seats": 50}],
        "choice.first_try_days_mean": 3650,
        "cost.return_grant_eur": 1000,
    }
    out = simulate(flying)
    assert (out.stock[:, -1, RETURNED_HOME] == 50).all()
    assert totals(out)["return_grants_eur"] == 0


def test_the_willing_fly_home_as_far_as_there_are_seats() -> None:
    waiting: Sets = {
        "return_home.willing_share": 1,
        "return_home.flights_home": [
            {"from": "2021-06-08", "seats": 50},
            {"from": "2021-06-09", "seats": 70},
        ],
        "choice.first_try_days_mean": 3650,
    }
    home = simulate(waiting).stock[:, :, RETURNED_HOME]
    assert (home[:, :7] == 0).all()
    assert (home[:, 7] == 50).all()
    assert (home[:, 8:] == 120).all()
    assert not simulate(waiting, {"return_home.willing_share": 0}).stock[:, :, RETURNED_HOME].any()
