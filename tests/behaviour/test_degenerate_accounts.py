"""Worlds in which chance has nothing to decide: what is put down at the end of each day."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import (
    ALL_DETECTED_AT_THE_LINE,
    ALL_MET,
    CROWD,
    FAMILIES,
    LT_ONLY,
    NOT_LET_BACK,
    TURN_BACK,
    Sets,
    of_country,
    simulate,
    totals,
    written_out,
)

from bordersim.words.codes import COUNTRIES, LT
from bordersim.words.metrics import METRIC_NAMES

RECORDED = [METRIC_NAMES.index(f"record_{name}") for name in ("attempts", "turned_back", "apprehended")]

# Overtime

FEW_GUARDS: Sets = {
    **ALL_DETECTED_AT_THE_LINE,
    **LT_ONLY,
    "guards.LT.officers": 40,
    "respond.handling_h": 3,
    "cross.clear_h": 48,
}


def test_where_no_time_of_a_shift_is_meant_for_groups_all_they_take_is_overtime() -> None:
    """Crews are pairs, and both of a pair stay on."""
    out = simulate(FAMILIES, FEW_GUARDS, {"patrols.overtime_above_share": 0, "patrols.crew_size": 2})
    extra, busy = (of_country(out, name) for name in ("overtime_hours", "patrol_busy_hours"))
    assert np.allclose(extra, 2 * busy, rtol=1e-12)
    assert (extra[:, -1] > 0).all()


def test_quiet_shifts_need_no_overtime() -> None:
    sums = totals(simulate(FAMILIES, FEW_GUARDS, {"respond.handling_h": 0, "cost.LT.overtime_eur_per_h": 9}))
    assert sums["patrol_busy_hours"] > 0
    assert sums["overtime_hours"] == sums["overtime_eur"] == 0


def test_a_crowd_makes_overtime_which_is_paid_by_the_hour() -> None:
    paid = {f"cost.{country}.overtime_eur_per_h": 20 for country in COUNTRIES}
    share: Sets = {"patrols.overtime_above_share": 0.5}
    out = simulate(FAMILIES, FEW_GUARDS, CROWD, share, paid)
    extra, busy, shift = (
        of_country(out, name, LT) for name in ("overtime_hours", "patrol_busy_hours", "patrol_hours")
    )
    assert np.allclose(of_country(out, "overtime_eur", LT), 20 * extra, rtol=1e-12)
    assert (extra >= (busy - 0.5 * shift) * (1 - 1e-12)).all()  # a quiet station does not help a busy one
    assert (extra <= busy * (1 + 1e-12)).all()
    assert (extra[:, 1:] > 0).all()


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_overtime_falls_with_the_share_of_a_shift_meant_for_groups(share: float) -> None:
    low, high = (
        totals(simulate(FAMILIES, FEW_GUARDS, CROWD, {"patrols.overtime_above_share": each}))
        for each in (share, 2 * share)
    )
    assert low["overtime_hours"] > high["overtime_hours"] > 0
    assert low["patrol_busy_hours"] == high["patrol_busy_hours"]


# Aid


def test_aid_is_legal_help_by_claim_and_a_sum_for_each_day_of_captivity() -> None:
    prices: Sets = {
        **{f"cost.{country}.legal_aid_eur_per_claim": 160 for country in COUNTRIES},
        **{f"cost.{country}.aid_eur_per_captive_day": 10 for country in COUNTRIES},
    }
    worlds = {
        "held": (TURN_BACK, NOT_LET_BACK),
        "claiming": ({"inflow.protection_share": 1},),
    }
    for name, sets in worlds.items():
        out = simulate(FAMILIES, ALL_MET, prices, *sets)
        sums = totals(out)
        claims, days = sums["claims_lodged_border"], sums["captive_person_days"]
        assert (claims > 0) == (name == "claiming")
        assert (days > 0) == (name == "held")
        assert sums["aid_eur"] == 160 * claims + 10 * days


# The record


def missing(probability: float) -> Sets:
    """Let the record of all countries miss a day with some probability."""
    return {"record.missed_day_probability": probability}


def test_a_record_that_misses_every_day_has_all_in_its_last() -> None:
    every, none = (simulate(FAMILIES, ALL_MET, missing(p)).daily[..., RECORDED] for p in (1, 0))
    assert not every[:, :-1].any()
    assert (every[:, -1] == none.sum(axis=1)).all()
    assert none.sum() > 0


def test_a_missed_day_is_empty_and_the_next_one_has_both() -> None:
    sets: Sets = {**FAMILIES, **ALL_MET, **CROWD}
    missed, whole = (simulate(sets, missing(p)).daily[..., RECORDED] for p in (0.3, 0))
    assert (whole > 0).any(axis=-1).all()
    empty = ~missed.any(axis=-1)
    assert 0 < empty.sum() < empty.size / 2
    waiting = np.zeros_like(whole[:, 0])
    for day in range(whole.shape[1]):
        due = waiting + whole[:, day]
        assert (missed[:, day] == np.where(empty[:, day, :, None], 0, due)).all()
        waiting = due - missed[:, day]
    assert not waiting.any()  # the last day is never late


def test_a_missed_day_is_missed_in_the_record_alone() -> None:
    one, other = (simulate(FAMILIES, ALL_MET, missing(p)).daily for p in (0.5, 0))
    others = [index for index in range(len(METRIC_NAMES)) if index not in RECORDED]
    assert (one[..., others] == other[..., others]).all()


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_deaths_are_documented_with_the_share_found(share: float) -> None:
    deadly: Sets = {
        **written_out({"harm.death_probability_per_attempt.*": 1}),
        **{f"record.deaths_found_share.{country}": share for country in COUNTRIES},
    }
    sums = totals(simulate(FAMILIES, deadly, CROWD))
    assert sums["record_deaths"] == pytest.approx(share * sums["deaths"], rel=1e-12)
    assert sums["deaths"] > 1000
