"""Worlds in which chance has nothing to decide: reception, the day restrictions end, crews that move."""

from __future__ import annotations

import pytest
from chance import assert_share, assert_shares
from worlds import (
    ALL_DETECTED_AT_THE_LINE,
    ALL_MET,
    CROWD,
    FAMILIES,
    INFLOW,
    LONE,
    LT_ONLY,
    ONE_STATION,
    STRETCHES,
    TURN_BACK,
    Sets,
    captives,
    of_country,
    plain_world,
    simulate,
    totals,
)

from bordersim.errors import BadInput
from bordersim.model.engine import new_state
from bordersim.model.engine.loop import advance
from bordersim.words.codes import (
    COUNTRIES,
    IN_PROCEDURE,
    LT,
    LV,
    MOVED_ON,
    PL,
    RETURNED_HOME,
    STATES,
)
from bordersim.words.metrics import METRIC_NAMES


def everywhere(key: str, value: object) -> Sets:
    """Set a value in all countries; `key` has {} where the country stands."""
    return {key.format(country): value for country in COUNTRIES}


# Reception


@pytest.mark.parametrize("places", [0, 7])
def test_whoever_is_beyond_the_places_is_counted_by_day(places: int) -> None:
    out = simulate(FAMILIES, LT_ONLY, ALL_MET, {"procedure.LT.places": places})
    beyond = (out.stock[:, :, IN_PROCEDURE] - places).clip(0)
    assert (of_country(out, "reception_overflow", LT) == beyond).all()
    assert beyond.sum() > 0
    assert of_country(out, "reception_overflow", PL).sum() == 0


def test_on_the_day_restrictions_end_everybody_in_the_procedure_moves_on() -> None:
    days = [{"from": f"2021-06-{day:02}", "value": value} for day, value in ((1, 0), (6, 1), (7, 0))]
    ending: Sets = {
        **everywhere("procedure.{}.onward_share", days),
        "cost.return_grant_eur": 1000,
        INFLOW: [{"from": "2021-06-01", "value": 100}, {"from": "2021-06-05", "value": 0}],
    }
    out = simulate(FAMILIES, ALL_MET, ending)
    inside, gone = out.stock[:, :, IN_PROCEDURE], out.stock[:, :, MOVED_ON]
    assert (inside[:, 4] > 0).all()
    assert not inside[:, 5:].any()
    assert (gone[:, 5:] == (gone + inside)[:, 4:5]).all()
    assert totals(out)["return_grants_eur"] == 0


def test_who_moved_on_when_restrictions_ended_does_not_end_the_procedure_again() -> None:
    """The procedure had a last day, too: once passed, it must not move anybody a second time."""
    days = [{"from": f"2021-06-{day:02}", "value": value} for day, value in ((1, 0), (3, 1), (4, 0))]
    ending: Sets = {
        **everywhere("procedure.{}.onward_share", days),
        **everywhere("procedure.{}.dwell_days_mean", 3),
        **everywhere("procedure.{}.admitted_share", 1),
        INFLOW: [{"from": "2021-06-01", "value": 300}, {"from": "2021-06-02", "value": 0}],
    }
    stock = simulate(FAMILIES, ALL_MET, ending).stock
    assert (stock[:, 2:] == stock[:, 2:3]).all()
    assert (stock[:, 2, MOVED_ON] > 0).all()


def test_dwell_follows_the_day_of_admission() -> None:
    """Who is taken in from 5 June on is out the next day, who came before stays."""
    steps = [{"from": "2021-06-01", "value": 3650}, {"from": "2021-06-05", "value": 0}]
    out = simulate(FAMILIES, ALL_MET, everywhere("procedure.{}.dwell_days_mean", steps))
    taken = out.daily[..., METRIC_NAMES.index("apprehended")].sum(axis=2)
    assert (out.stock[:, 5:, MOVED_ON] - out.stock[:, 4:-1, MOVED_ON] >= taken[:, 4:-1]).all()
    assert (out.stock[:, -1, IN_PROCEDURE] >= 0.9 * taken[:, :4].sum(axis=1)).all()


# Guards


def crews_by_day(*sets: Sets) -> list[list[int]]:
    """Return the crews of the Lithuanian stretches on each of ten days."""
    world = plain_world(*sets)
    state, found = new_state(world.arrays, 1, 0), []
    for day in range(1, world.days + 1):
        advance(world.arrays, state, day)
        found.append(state.stretches["crews"][: len(STRETCHES)].tolist())
    return found


def test_crews_that_follow_all_go_where_people_were_noticed_yesterday() -> None:
    moving: Sets = {
        **ONE_STATION,
        **ALL_DETECTED_AT_THE_LINE,
        "guards.LT.officers": 64,
        "patrols.reallocation_share": 1,
    }
    first, *later = crews_by_day(moving)
    assert sum(crews > 0 for crews in first) > 1
    assert all(crews.pop(LONE) in (64, 65) and not any(crews) for crews in later)
    still = crews_by_day({**moving, "patrols.reallocation_share": 0})
    assert all(crews == first for crews in still)


def test_where_nobody_is_noticed_crews_stay_by_length() -> None:
    crews = crews_by_day({"guards.LT.officers": 64, "patrols.reallocation_share": 1, INFLOW: 0})
    assert all(each == crews[0] for each in crews)


# Shares of chance: the false alarm of each assertion is stated in tests/chance.py


def test_prevention_rescue_and_release_have_their_shares() -> None:
    """Of all who set out 0.3 are stopped, of these 0.4 sent home; groups are of one person."""
    stopping: Sets = {"host.prevention_probability": 0.3, "host.prevented_home_probability": 0.4}
    out = simulate(CROWD, stopping, {"choice.rest_days": 30}, replicates=1)
    sums, home = totals(out), int(out.stock[0, -1, STATES.index("returned_home")])
    stopped = int(sums["stopped_by_host"])
    assert_share(stopped, stopped + int(sums["attempts"]), 0.3, finds=0.02)
    assert_share(home, stopped, 0.4, finds=0.03)
    days = [{"from": f"2021-06-{day:02}", "value": value} for day, value in ((1, 0), (9, 0.42), (10, 0))]
    stock = simulate(CROWD, ALL_MET, everywhere("procedure.{}.onward_share", days), replicates=1).stock[0]
    inside = int(stock[7, IN_PROCEDURE])
    assert_share(int(stock[8, MOVED_ON] - stock[7, MOVED_ON]), inside, 0.42, finds=0.03)


def test_captivity_ends_in_the_shares_of_the_rates() -> None:
    ends = captives(driven=6, admitted=4, taken_home=5, let_back=5)
    out = simulate(CROWD, ALL_MET, TURN_BACK, ends, {"choice.rest_days": 30}, replicates=1)
    sums, stock = totals(out), out.stock[0, -1]
    admitted, home = int(sums["rescued"]), int(stock[STATES.index("returned_home")])
    driven, held = int(sums["driven_attempts"]), int(stock[STATES.index("captive")])
    let_back = int(sums["turned_back"]) - held - driven - admitted - home
    assert_shares([driven, admitted, home, let_back], [0.3, 0.2, 0.25, 0.25], finds=0.03)


def test_beyond_the_places_a_share_leaves_within_days() -> None:
    """There is room for nobody: who leaves is through within days, the others stay for years."""
    full = {
        **everywhere("procedure.{}.places", 0),
        "inland.unhoused_leave_share": 0.4,
        "inland.stay_days_mean": 0,
    }
    sums, stock = totals(out := simulate(CROWD, ALL_MET, full, replicates=1)), out.stock[0, -1]
    yesterday = int(out.daily[0, :-1, :, METRIC_NAMES.index("apprehended")].sum())
    assert_share(int(stock[MOVED_ON]), yesterday, 0.4, finds=0.03)
    assert sums["apprehended"] > yesterday


def test_who_gets_wet_is_as_cold_as_somebody_who_is_out_for_longer() -> None:
    """At 20 degrees below the threshold; lakes and rivers are some of the way."""
    cold: Sets = {"harm.temperature_month_degc": [-10] * 12, "harm.hypothermia_per_degree_hour": 0.002}
    sums, soaked = (totals(simulate(CROWD, cold, {"harm.wet_factor": wet}, replicates=1)) for wet in (1, 3))
    hours, in_water = sums["attempt_person_hours"], sums["wet_attempt_person_hours"]
    assert 0 < in_water < hours / 2
    assert sums["hypothermia"] == pytest.approx(0.002 * 20 * hours, rel=1e-12)
    assert soaked["hypothermia"] == pytest.approx(0.002 * 20 * (hours + 2 * in_water), rel=1e-12)


# Those who got in unstopped

LANDED_IN_TIME: Sets = {INFLOW: [{"from": "2021-06-01", "value": 100}, {"from": "2021-06-05", "value": 0}]}


@pytest.mark.parametrize(("share", "state"), [(0, MOVED_ON), (1, IN_PROCEDURE)])
def test_all_who_got_in_move_on_or_are_found_the_next_day(share: int, state: int) -> None:
    sets: Sets = {
        "inland.stay_days_mean": 0,
        "inland.found_share": share,
        "inflow.protection_share": 1,
    }
    out = simulate(FAMILIES, LANDED_IN_TIME, sets)
    sums, landed = totals(out), out.stock[:, -1].sum()
    assert sums["moved_onward"] == (1 - share) * landed
    assert sums["apprehended_inland"] == sums["claims_lodged_border"] == share * landed
    left = out.stock[:, 1:, list({state, MOVED_ON})].sum(axis=2)  # a few procedures end in ten days
    assert (left == out.stock[:, :-1].sum(axis=2)).all()  # whoever had landed the day before
    assert out.people[:, 2].sum() == landed > 0  # got in, wherever they are now
    assert sums["apprehended"] == sums["record_apprehended"] == 0


def test_whoever_is_found_inland_is_in_reception_and_leaves_it_as_others_do() -> None:
    sets: Sets = {
        "inland.stay_days_mean": 0,
        "inland.found_share": 1,
        **everywhere("procedure.{}.dwell_days_mean", 0),
        **everywhere("procedure.{}.returned_share", 1),
        **everywhere("cost.{}.reception_eur_per_day", 1),
        "cost.return_grant_eur": 1,
    }
    out = simulate(FAMILIES, LANDED_IN_TIME, sets)
    landed = out.stock[:, -1].sum()
    assert (out.stock[:, -1, RETURNED_HOME] == out.stock[:, -1].sum(axis=1)).all()
    assert totals(out)["return_grants_eur"] == totals(out)["reception_eur"] == landed > 0


# Missions in Minsk

ALL_CLAIM: Sets = {"inflow.protection_share": 1}


def mission(country: str, places: object, reach: float = 1) -> Sets:
    """Let a country's mission take so many claims a day, and let people reach it."""
    return {
        f"claims.{country}.mission_places_per_day": places,
        f"claims.{country}.mission_reach_probability": reach,
    }


def test_everybody_whose_claim_the_mission_takes_never_goes_to_the_border() -> None:
    out = simulate(FAMILIES, ALL_CLAIM, mission("LV", 10_000))
    sums, landed = totals(out), out.stock[:, -1].sum()
    assert sums["claims_lodged_mission"] == of_country(out, "claims_lodged_mission", LV).sum() == landed > 0
    assert sums["attempts"] == sums["claims_not_examined"] == sums["claims_lodged_crossing_point"] == 0
    assert out.stock[:, -1, [IN_PROCEDURE, MOVED_ON]].sum() == landed


def test_who_seeks_no_protection_does_not_go_to_a_mission() -> None:
    sums = totals(simulate(FAMILIES, mission("LT", 10_000)))
    assert sums["claims_lodged_mission"] == sums["claims_not_examined"] == 0 < sums["attempts"]


def test_a_full_mission_refuses_and_people_go_on_to_the_border() -> None:
    out = simulate(ALL_CLAIM, mission("PL", 5), {INFLOW: 300})
    assert (of_country(out, "claims_lodged_mission", PL) == 5).all()
    assert totals(out)["claims_not_examined"] == totals(out)["attempts"] > 0


def test_where_asylum_is_suspended_a_mission_hears_the_vulnerable_alone() -> None:
    half: Sets = {"inflow.vulnerable_share": 0.5, "policy.LT": "asylum_suspended"}
    out = simulate(FAMILIES, ALL_CLAIM, mission("LT", 10_000), half)
    sums, landed = totals(out), out.stock[:, -1].sum()
    assert sums["claims_lodged_mission"] + sums["claims_not_examined"] == landed
    assert 0 < sums["claims_lodged_mission"] < landed


def test_three_missions_share_out_those_who_reach_one() -> None:
    quarters = [mission(country, 10_000, 1 / 4) for country in COUNTRIES]
    out = simulate(ALL_CLAIM, *quarters, {INFLOW: 300}, replicates=8)
    lodged = out.daily.sum(axis=(0, 1))[:, METRIC_NAMES.index("claims_lodged_mission")]
    landed = out.stock[:, -1].sum()
    assert_shares([*lodged.astype(int).tolist(), int(landed - lodged.sum())], [1 / 4] * 4, finds=0.03)


def test_missions_that_more_reach_than_there_are_people_are_refused() -> None:
    with pytest.raises(BadInput, match="mission_reach_probability"):
        plain_world(mission("LT", 1, 0.6), mission("PL", 1, 0.6))
