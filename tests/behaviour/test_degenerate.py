"""Worlds in which chance has nothing to decide: at the border the answer is known exactly."""

from __future__ import annotations

import pytest
from worlds import (
    ALL_DETECTED_AT_THE_LINE,
    ALL_MET,
    ALL_PRESENT,
    FAMILIES,
    FIXED_BELIEFS,
    HELD,
    INFLOW,
    LT_ONLY,
    MANY_GUARDS,
    TURN_BACK,
    Sets,
    all_in,
    at_the_end,
    of_country,
    simulate,
    totals,
    written_out,
)

from bordersim.geo.places import load_stations
from bordersim.words.codes import BORDER_ZONE, COUNTRIES, ENTERED, LT, PL
from bordersim.words.metrics import METRIC_NAMES

ALL_SEEK_PROTECTION: Sets = {"inflow.protection_share": 1}
ALL_VULNERABLE: Sets = {"inflow.vulnerable_share": 1}


def practice(key: str, value: object) -> Sets:
    """Set a practice of the law in all countries."""
    return {f"law.{country}.{key}": value for country in COUNTRIES}


def all_taken_in(*sets: Sets) -> bool:
    """Return whether everybody is in a procedure or through with one."""
    found = at_the_end(*sets)
    return found["in_procedure"] + found["moved_on"] == sum(found.values()) > found["moved_on"]


def test_without_inflow_nothing_happens_but_patrols() -> None:
    out = simulate(MANY_GUARDS, {INFLOW: 0})
    counted = {name for name, total in totals(out).items() if total != 0}
    assert counted == {"patrol_hours"}
    assert not out.stock.any()
    assert not out.people.any()
    assert not out.segments.any()


def test_without_guards_and_cameras_everybody_enters_unseen() -> None:
    sums = totals(simulate(FAMILIES))
    assert sums["attempts"] == sums["undetected_entry"] > 0
    assert all_in(ENTERED, FAMILIES)


@pytest.mark.parametrize("presenting", [{}, ALL_PRESENT], ids=["evading", "presenting"])
def test_without_patrols_nobody_is_intercepted_however_well_seen(presenting: Sets) -> None:
    sums = totals(simulate(FAMILIES, ALL_DETECTED_AT_THE_LINE, TURN_BACK, presenting))
    assert sums["attempts"] == sums["detected"] == sums["got_away"] > 0
    assert sums["responses"] == sums["turned_back"] == sums["apprehended"] == sums["entry_prevented"] == 0


def test_with_all_detected_at_the_line_and_patrols_in_time_nobody_enters() -> None:
    sums = totals(simulate(FAMILIES, ALL_MET))
    assert sums["attempts"] == sums["detected"] == sums["apprehended"] > 0
    assert sums["got_away"] == sums["undetected_entry"] == 0


def test_patrols_that_come_too_late_meet_nobody() -> None:
    late: Sets = {"cross.clear_h": 2, "respond.dispatch_delay_h": 2}
    sums = totals(simulate(FAMILIES, ALL_MET, late))
    assert sums["attempts"] == sums["detected"] == sums["got_away"] > 0
    assert sums["responses"] > 0


def test_met_before_the_line_who_evades_is_kept_out_and_nobody_enters() -> None:
    watched: Sets = {
        **MANY_GUARDS,
        "detect.surveillance_rate_per_h": 1000,
        "cross.approach_h": 24,
        "cross.clear_h": 24,
    }
    for regime in ({}, TURN_BACK):
        sums = totals(simulate(FAMILIES, watched, regime))
        met = sums["entry_prevented"]
        assert met == sums["pushed_back_before_line"] > 0
        assert sums["apprehended"] == sums["turned_back"] == sums["got_away"] == sums["undetected_entry"] == 0
        assert sums["pushed_back_after_line"] == 0


def test_under_admit_and_screen_who_presents_themself_is_apprehended_and_screened() -> None:
    sums = totals(simulate(FAMILIES, ALL_MET, ALL_PRESENT, ALL_SEEK_PROTECTION))
    assert sums["attempts"] == sums["detected"] == sums["apprehended"] == sums["claims_lodged_border"] > 0
    assert (
        sums["pushed_back_after_line"] == sums["pushed_back_before_line"] == sums["claims_not_examined"] == 0
    )
    assert sums["humanitarian_admissions"] == sums["force_incidents"] == sums["non_refoulement_risk"] == 0
    assert all_taken_in(FAMILIES, ALL_MET, ALL_PRESENT, ALL_SEEK_PROTECTION)


def test_who_seeks_no_protection_is_apprehended_and_lodges_no_claim() -> None:
    sums = totals(simulate(FAMILIES, ALL_MET, ALL_PRESENT))
    assert sums["apprehended"] == sums["attempts"] > 0
    assert sums["claims_lodged_border"] == 0


def test_who_presents_themself_waits_for_a_patrol_that_takes_its_time() -> None:
    """Who evades would long be gone; who presents themself is met all the same."""
    slow: Sets = {**MANY_GUARDS, "cross.clear_h": 0.25, "respond.dispatch_delay_h": 4}
    waiting = totals(simulate(slow, ALL_PRESENT))
    evading = totals(simulate(slow, ALL_DETECTED_AT_THE_LINE))
    assert waiting["attempts"] == waiting["apprehended"] > 0
    assert evading["attempts"] == evading["got_away"] > 0


def test_a_barrier_nobody_breaches_lets_nobody_in_and_everybody_withdraws() -> None:
    sums = totals(simulate(FAMILIES, HELD))
    assert sums["attempts"] == sums["withdrawn"] > 0
    assert all_in(BORDER_ZONE, FAMILIES, HELD)


def test_withdrawals_are_written_down_where_the_authority_sees_them() -> None:
    seen: Sets = {"record.withdrawn_seen_share.PL": 0.5}
    out = simulate(HELD, seen)
    assert (of_country(out, "record_attempts", PL) == of_country(out, "withdrawn", PL) / 2).all()
    assert of_country(out, "withdrawn", LT).sum() > 0
    assert of_country(out, "record_attempts", LT).sum() == 0


def test_under_turn_back_everybody_met_after_the_line_is_sent_back_unscreened() -> None:
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK))
    assert sums["attempts"] == sums["turned_back"] == sums["pushed_back_after_line"] > 0
    assert sums["apprehended"] == sums["claims_lodged_border"] == sums["vulnerable_pushed_back"] == 0
    assert sums["record_turned_back"] == sums["record_attempts"] == sums["turned_back"]


def test_who_would_present_themself_is_sent_back_too() -> None:
    present: Sets = {**ALL_PRESENT, **FIXED_BELIEFS}
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, present))
    assert sums["attempts"] == sums["turned_back"] > 0


def test_every_claim_voiced_under_turn_back_is_refused() -> None:
    voiced = practice("claim_voiced_probability", 1)
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, ALL_SEEK_PROTECTION, voiced))
    assert sums["claims_not_examined"] == sums["non_refoulement_risk"] == sums["turned_back"] > 0
    silent = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, ALL_SEEK_PROTECTION))
    assert silent["claims_not_examined"] == silent["non_refoulement_risk"] == 0


@pytest.mark.parametrize("probability", [0, 1])
def test_force_is_used_always_or_never(probability: int) -> None:
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, practice("force_probability", probability)))
    assert sums["force_incidents"] == probability * sums["turned_back"]


def test_where_all_are_vulnerable_and_recognised_nobody_is_pushed_back() -> None:
    recognised = practice("recognition_probability", 1)
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, ALL_VULNERABLE, recognised))
    assert sums["attempts"] == sums["apprehended"] == sums["humanitarian_admissions"] > 0
    assert (
        sums["pushed_back_after_line"]
        == sums["pushed_back_before_line"]
        == sums["vulnerable_pushed_back"]
        == 0
    )


def test_where_all_are_vulnerable_and_nobody_looks_every_pushback_is_of_vulnerable_people() -> None:
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, ALL_VULNERABLE))
    assert sums["vulnerable_pushed_back"] == sums["non_refoulement_risk"] == sums["turned_back"] > 0


def test_where_nobody_is_vulnerable_recognition_admits_nobody() -> None:
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, practice("recognition_probability", 1)))
    assert sums["humanitarian_admissions"] == sums["apprehended"] == 0


@pytest.mark.parametrize("country", range(3))
def test_a_country_that_alone_attracts_gets_everybody(country: int) -> None:
    alone = {name: int(code == country) for code, name in enumerate(COUNTRIES)}
    only = written_out(
        {"choice.attraction_factor.*": alone.pop("LT")},
        {f"choice.country_factor.{name}": factor for name, factor in alone.items()},
    )
    out = simulate(FAMILIES, only)
    assert of_country(out, "attempts", country).sum() == totals(out)["attempts"] > 0


@pytest.mark.parametrize("country", range(3))
def test_an_escort_leads_where_the_host_state_steers(country: int) -> None:
    steered: Sets = {
        "choice.escorted_share": 1,
        **{f"host.steering_initial.{name}": int(code == country) for code, name in enumerate(COUNTRIES)},
    }
    out = simulate(FAMILIES, steered)
    assert of_country(out, "attempts", country).sum() == totals(out)["attempts"] > 0


@pytest.mark.parametrize("district", ["Ignalina", "Vilnius", "Lazdijai"])
def test_a_district_that_alone_attracts_gets_everybody(district: str) -> None:
    only = written_out({"choice.attraction_factor.*": 0, f"choice.attraction_factor.{district}": 1})
    out = simulate(FAMILIES, LT_ONLY, only)
    places = [place for place, station in enumerate(load_stations()) if station.district == district]
    tried = out.stretches[:, places, 0].sum(axis=0)
    assert tried.sum() == totals(out)["attempts"]
    assert (tried > 0).all()


def test_a_far_stay_in_minsk_leaves_everybody_on_the_way() -> None:
    slow: Sets = {"inflow.minsk_days_min": 100, "inflow.minsk_days_mean": 100}
    out = simulate(FAMILIES, slow)
    assert out.stock[:, -1, 0].sum() == out.stock[:, -1].sum() > 0
    assert not out.people.any()


def test_a_stay_of_exactly_three_days_shifts_arrivals_by_three_days() -> None:
    stay: Sets = {"inflow.minsk_days_min": 3, "inflow.minsk_days_mean": 3}
    soon = simulate(FAMILIES).daily[..., METRIC_NAMES.index("attempts")].sum(axis=2)
    late = simulate(FAMILIES, stay).daily[..., METRIC_NAMES.index("attempts")].sum(axis=2)
    assert (late[:, 3:] == soon[:, :-3]).all()
    assert not late[:, :3].any()


def test_a_fence_along_the_whole_border_is_met_by_everybody_from_its_first_day() -> None:
    fenced: Sets = {
        **LT_ONLY,
        "build.LT.fence_km": [{"from": "2021-06-05", "km": 0}, {"from": "2021-06-06", "km": 1000}],
        "cross.breach_probability.fence": 0,
        "land.segment_length_km": 3,
    }
    out = simulate(FAMILIES, fenced)
    entered, withdrawn = of_country(out, "undetected_entry"), of_country(out, "withdrawn")
    assert not withdrawn[:, :5].any()
    assert not entered[:, 5:].any()
    assert entered[:, :5].sum() > 0
    assert withdrawn[:, 5:].sum() > 0
