"""Worlds in which chance has nothing to decide: being led, own failures, what is seen, turning round."""

from __future__ import annotations

import pytest
from chance import assert_share
from worlds import (
    ALL_MET,
    ALL_PRESENT,
    CROWD,
    FAMILIES,
    ONE_DAY,
    TURN_BACK,
    Sets,
    simulate,
    totals,
    written_out,
)

from bordersim.words.codes import LT
from bordersim.words.metrics import STRETCH_ATTEMPTS

ALL_LED: Sets = {"choice.escorted_share": 1, "host.focus_share": 1}
# Noticed at once, and so slow to the line that every patrol is there before.
ALL_SEEN_COMING: Sets = {
    "detect.surveillance_rate_per_h": 1000,
    **{f"build.{country}.surveillance_km": 1000 for country in ("LT", "LV", "PL")},
    **{f"guards.{country}.officers": 3000 for country in ("LT", "LV", "PL")},
    "cross.approach_h": 24,
}


def test_all_who_are_led_go_to_one_place_a_day() -> None:
    out = simulate(ONE_DAY, CROWD, ALL_LED, replicates=600)
    tried = out.stretches[:, :, STRETCH_ATTEMPTS] > 0
    assert (tried.sum(axis=1) == 1).all()
    lithuania = out.daily[:, 0, LT, 0] > 0
    assert_share(int(lithuania.sum()), len(lithuania), 1 / 3, finds=0.15)


def test_a_place_holds_for_a_spell_of_days() -> None:
    def most_places(focus_days: int) -> int:
        spell: Sets = {"period.end": "2021-06-02", "host.focus_days": focus_days}
        tried = simulate(CROWD, ALL_LED, spell, replicates=40).stretches[:, :, STRETCH_ATTEMPTS] > 0
        return int(tried.sum(axis=1).max())

    assert (most_places(1), most_places(365)) == (2, 1)


def test_who_is_led_nowhere_is_spread_over_all_places() -> None:
    out = simulate(ONE_DAY, CROWD, {"choice.escorted_share": 1, "host.focus_share": 0}, replicates=1)
    assert (out.stretches[0, :, STRETCH_ATTEMPTS] > 0).all()


def test_where_no_camera_works_none_sees_anybody() -> None:
    seeing: Sets = {"detect.surveillance_rate_per_h": 1000}
    for share in (0, 1):
        sums = totals(simulate(FAMILIES, seeing, {"detect.surveillance_working_share": share}))
        assert sums["detected"] == share * sums["attempts"]
        assert sums["attempts"] > 0


def test_where_every_response_fails_all_get_away() -> None:
    sums = totals(simulate(FAMILIES, ALL_MET, {"respond.fails_probability": 1}))
    assert sums["responses"] == sums["patrol_busy_hours"] == 0
    assert sums["got_away"] > 0
    assert sums["apprehended"] == 0


@pytest.mark.parametrize("informal", [0, 1])
def test_where_people_are_turned_back_with_no_rule_that_says_so_nobody_is_taken_in(informal: int) -> None:
    practice: Sets = written_out({"law.*.informal_turn_back_probability": informal})
    sums = totals(simulate(FAMILIES, ALL_MET, practice))
    assert (sums["turned_back"] > 0) == (informal == 1)
    assert (sums["apprehended"] > 0) == (informal == 0)


def test_all_who_see_a_patrol_in_time_turn_round_and_nobody_returns_them() -> None:
    turning: Sets = {"respond.turn_round_probability": 1, "respond.handling_h": 5}
    sums = totals(simulate(FAMILIES, ALL_SEEN_COMING, TURN_BACK, turning))
    assert sums["turned_round"] == sums["withdrawn"] == sums["record_turned_back"] > 0
    assert sums["entry_prevented"] == sums["turned_back"] == sums["pushed_back_before_line"] == 0
    assert 0 < sums["patrol_busy_hours"] <= sums["response_hours"]  # the drive alone
    met = totals(
        simulate(FAMILIES, ALL_SEEN_COMING, TURN_BACK, turning, {"respond.turn_round_probability": 0})
    )
    assert met["entry_prevented"] == met["pushed_back_before_line"] > 0
    assert met["turned_round"] == 0


def test_who_is_across_the_line_or_waits_for_the_guards_does_not_turn_round() -> None:
    turning: Sets = {"respond.turn_round_probability": 1}
    across = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, turning))
    assert across["turned_back"] == across["attempts"] > 0
    waiting = totals(simulate(FAMILIES, ALL_SEEN_COMING, ALL_PRESENT, turning))
    assert waiting["apprehended"] == waiting["attempts"] > 0


def test_registration_takes_time_only_where_people_are_admitted() -> None:
    registration: Sets = {"respond.registration_per_person_h": 0.5}
    for regime, more_h in (({}, 0.5), (TURN_BACK, 0.0)):
        without, with_it = (
            totals(simulate(FAMILIES, ALL_MET, regime, ONE_DAY, sets)) for sets in ({}, registration)
        )
        handled = with_it["patrol_busy_hours"] - without["patrol_busy_hours"]
        assert handled == pytest.approx(more_h * with_it["attempts"], abs=1e-6)
