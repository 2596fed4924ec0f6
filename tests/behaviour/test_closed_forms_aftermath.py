"""Worlds simple enough for a formula: what follows an attempt has the stated shares and times.

Draws are the same in every run of these tests, so they do not fail now and then: the stated false alarm
is the chance that a right model fails for a newly chosen seed. `finds` is the fault a sample can show.
"""

from __future__ import annotations

import math

import pytest
from chance import (
    assert_exponential,
    assert_law,
    assert_share,
    assert_shares,
    exponential_cdf,
)
from worlds import (
    ALL_MET,
    CROWD,
    DAY_H,
    FAMILIES,
    INFLOW,
    TRYING_AGAIN,
    TURN_BACK,
    Sets,
    after_a_day,
    asleep,
    captives,
    simulate,
    totals,
    written_out,
)

from bordersim.words.codes import COUNTRIES, IN_PROCEDURE, RELEASE, SET_OUT, STATES


def test_the_host_state_lets_back_or_holds() -> None:
    state = after_a_day(ALL_MET, TURN_BACK, written_out({"host.let_back_probability.*": 0.4}))
    held, back = len(asleep(state, RELEASE)), len(asleep(state, SET_OUT))
    assert_shares([back, held], [0.4, 0.6], finds=0.06)


def test_waits_between_the_lines_are_exponential_with_the_sum_of_the_rates() -> None:
    held = captives(driven=0.05, admitted=0.04, taken_home=0.08, let_back=0.03)
    waiting = asleep(after_a_day(ALL_MET, TURN_BACK, held), RELEASE)
    # Some may have ended on the first day; of the others each waits on beyond its midnight.
    days = (waiting["time_h"] - DAY_H) / DAY_H
    assert_exponential(days, 5.0, finds=0.08)
    assert_law(days, exponential_cdf(5.0), finds=0.05)


def test_frost_kills_by_the_midnights_that_are_counted() -> None:
    """A risk so small that it adds up: deaths expected are the risk times the person-days in the frost.

    Once the first midnight of a stay was counted but could kill nobody, and the last day could kill early.
    """
    risk = 2.0**-30
    frost: Sets = {
        "period.start": "2021-01-20",
        "period.end": "2021-03-20",
        "harm.temperature_month_degc": [-1] + [1] * 11,
        "harm.death_probability_per_captive_freezing_day": risk,
        **captives(let_back=0.5),
    }
    sums = totals(simulate(FAMILIES, ALL_MET, TURN_BACK, TRYING_AGAIN, frost))
    days = sums["captive_freezing_person_days"]
    assert days > 1000
    # Who is held on 31 January is long free by March; 1 - risk is rounded to 53 bits.
    assert abs(sums["deaths_expected"] / (risk * days) - 1) < 1e-6


def test_recognition_force_and_claims_have_their_shares() -> None:
    law: Sets = {
        f"law.{country}.{name}_probability": value
        for country in COUNTRIES
        for name, value in (("recognition", 0.25), ("force", 0.3), ("claim_voiced", 0.4))
    }
    traits: Sets = {"inflow.vulnerable_share": 0.5, "inflow.protection_share": 0.5}
    sums = totals(simulate(CROWD, ALL_MET, TURN_BACK, law, traits, replicates=1))
    met = int(sums["apprehended"] + sums["turned_back"])
    assert_share(int(sums["humanitarian_admissions"]), met, 0.5 * 0.25, finds=0.02)
    back = int(sums["turned_back"])
    assert sums["force_incidents"] == pytest.approx(0.3 * back, rel=1e-12)
    assert sums["claims_not_examined"] == pytest.approx(0.4 * sums["seekers_pushed_back"], rel=1e-12)
    assert_share(int(sums["seekers_pushed_back"]), back, 0.5, finds=0.02)
    vulnerable = 0.5 * 0.75 / (1 - 0.5 * 0.25)
    assert_share(int(sums["vulnerable_pushed_back"]), back, vulnerable, finds=0.02)
    seeking = int(sums["vulnerable_pushed_back"])
    assert_share(int(sums["vulnerable_seekers_pushed_back"]), seeking, 0.5, finds=0.03)
    others = sums["seekers_pushed_back"] - sums["vulnerable_seekers_pushed_back"]
    at_risk = sums["vulnerable_pushed_back"] + 0.4 * others
    assert sums["non_refoulement_risk"] == pytest.approx(at_risk, rel=1e-12)


def test_giving_up_and_staying_have_their_shares() -> None:
    giving_up: Sets = {"return_home.after_return_probability": 0.4, "return_home.stays_share": 0.25}
    out = simulate(CROWD, ALL_MET, TURN_BACK, giving_up, replicates=1)
    ended = dict(zip(STATES, out.stock[0, -1].tolist(), strict=True))
    gone = ended["returned_home"] + ended["stayed"]
    assert_share(gone, int(totals(out)["turned_back"]), 0.4, finds=0.02)
    assert_share(ended["stayed"], gone, 0.25, finds=0.04)


def test_injuries_and_deaths_have_their_shares_and_expectations() -> None:
    harmful = written_out({"harm.injury_probability.*": 0.1, "harm.death_probability_per_attempt.*": 0.05})
    sums = totals(simulate(CROWD, harmful, replicates=1))
    tried = int(sums["attempts"])
    assert_share(int(sums["deaths"]), tried, 0.05, finds=0.01)
    # A sum of thousands of equal terms, each rounded once.
    assert abs(sums["injuries"] - 0.1 * tried) < 1e-6
    assert abs(sums["deaths_expected"] - 0.05 * tried) < 1e-6


def test_procedures_last_exponentially_and_end_by_their_shares() -> None:
    """Claims are taken at noon at crossing points; who is still in at a midnight has outlasted it."""
    procedure: Sets = {
        **{f"claims.{country}.{key}": value for country in COUNTRIES
           for key, value in (("places_per_day", 10_000), ("reach_probability", 1))},
        **{f"procedure.{country}.{key}": value for country in COUNTRIES
           for key, value in (("dwell_days_mean", 4), ("admitted_share", 0.3), ("returned_share", 0.5))},
        "inflow.protection_share": 1,
        INFLOW: [{"from": "2021-06-01", "value": 9000}, {"from": "2021-06-02", "value": 0}],
    }  # fmt: skip
    stock = simulate(procedure, replicates=1).stock[0]
    taken = int(stock[-1].sum())
    for day in (1, 4, 9):
        assert_share(int(stock[day, IN_PROCEDURE]), taken, math.exp(-(day + 0.5) / 4), finds=0.03)
    ended = [int(stock[-1, STATES.index(name)]) for name in ("admitted", "returned_home", "moved_on")]
    assert_shares(ended, [0.3, 0.5, 0.2], finds=0.03)
