"""Prices and rates: which values they are, that nothing that happens hangs on them, and what they come to."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from drawn_worlds import draws
from test_agreement import engine_counts
from worlds import Sets, plain_scenario, plain_world

from bordersim.inputs import Scenario, load_scenario
from bordersim.inputs.schema.kinds import is_valuation
from bordersim.results.ledgers import COST
from bordersim.results.valuation.formulas import FORMULAS, valued
from bordersim.results.valuation.rates import Rates
from bordersim.words.codes import LT, LV
from bordersim.words.metrics import METRIC_NAMES
from bordersim.words.valued import DAILY, VALUED, VALUED_NAMES

SHORT, LONG = 10, 45  # days of drawn worlds
SEEDS = (2, 7)
BESIDE = {"cost.claimed_damage_eur", "cost.counter_mobility_eur"}  # shown beside the costs, never added
MOST_DECIDING = 300  # values: the aim is fewer


@cache
def counted(seed: int) -> np.ndarray:
    """Return what the engine counts in a drawn world: metric, day, border."""
    return np.moveaxis(engine_counts(draws(LONG).world(seed), seed, 0).daily, -1, 0)


@cache
def scenario(seed: int) -> Scenario:
    """Return the scenario of a drawn world."""
    return draws(LONG).scenario(seed)


def is_free(key: str) -> bool:
    """Return whether a price or a rate may be another one."""
    parameter = draws(LONG).history.parameters[key]
    return parameter.low is not None and parameter.low < (parameter.high or 0)


PRICES = [key for key in draws(LONG).history.parameters if is_valuation(key)]


def test_which_values_are_prices_and_rates_is_said_in_the_schema() -> None:
    assert {key.partition(".")[0] for key in PRICES} == {"cost", "harm", "law", "record"}
    assert all(is_valuation(key) for key in draws(LONG).history.parameters if key.startswith("cost."))
    assert not is_valuation("record.missed_day_probability")
    assert not is_valuation("harm.temperature_month_degc")
    assert not is_valuation("inflow.origins.no_such.people_per_day")


def test_most_values_decide_what_happens_and_fifty_only_what_it_comes_to() -> None:
    keys = load_scenario(["history_2021"]).parameters
    deciding = [key for key in keys if not is_valuation(key)]
    print(f"{len(deciding)} values decide what happens, {len(PRICES)} value it")
    assert len(PRICES) == 50
    assert len(deciding) < MOST_DECIDING


@pytest.mark.parametrize("seed", SEEDS)
def test_the_engine_is_given_nothing_that_hangs_on_a_price(seed: int) -> None:
    made = draws(SHORT)
    other = {key: value for key, value in made.at_other_ends(seed).items() if is_valuation(key)}
    here, there = made.world(seed), made.world_of({**made.drawn(seed), **other})
    assert len(other) == len(PRICES)
    for name, one, another in zip(here.arrays._fields, here.arrays, there.arrays, strict=True):
        assert one.tobytes() == another.tobytes(), name


def test_every_price_and_rate_moves_what_counts_come_to() -> None:
    counts = np.random.default_rng(1).integers(1, 99, (len(METRIC_NAMES), LONG, 3)).astype(np.float64)
    here, ends = scenario(SEEDS[0]), draws(LONG).at_other_ends(SEEDS[0])
    usual = valued(counts, Rates(here.config))
    moved = {key: Rates(here.with_values({key: ends[key]}).config) for key in PRICES if is_free(key)}
    idle = {key for key, rates in moved.items() if (valued(counts, rates) == usual).all()}
    assert idle == BESIDE


def test_each_valued_metric_has_one_formula_and_money_is_nothing_else() -> None:
    assert list(FORMULAS) == list(VALUED_NAMES)
    assert len({metric.name for metric in DAILY}) == len(DAILY)
    assert {metric.name for metric in VALUED if metric.unit == "EUR"} == set(COST.formula)


def test_what_decides_nothing_is_never_negative_and_is_there_every_day() -> None:
    for seed in SEEDS:
        made = valued(counted(seed), Rates(scenario(seed).config))
        assert made.shape == (len(VALUED), LONG, 3)
        assert np.isfinite(made).all()
        assert (made >= 0).all()


# Building

GUARDS: Sets = {"guards.LT.officers": 960, "guards.LT.soldiers": 1024, "guards.LT.frontex": 32}


def test_kilometres_are_paid_on_the_day_they_are_built() -> None:
    built: Sets = {
        "build.LT.wire_km": [{"from": "2021-06-02", "km": 0}, {"from": "2021-06-06", "km": 16}],
        "build.LT.fence_km": [{"from": "2021-06-04", "km": 0}, {"from": "2021-06-06", "km": 8}],
        "cost.LT.wire_eur_per_km": 10,
        "cost.LT.fence_eur_per_km": 1000,
    }
    rates = Rates(plain_scenario(built).config)
    assert rates.barrier_eur[:, LT].tolist() == [0, 0, 40, 40, 4040, 4040, 0, 0, 0, 0]


def test_what_stands_on_the_first_day_is_paid_then_as_far_as_it_is_beyond_the_record() -> None:
    """Once, cameras along the whole border came free, and a scenario with them saved EUR 14 million."""
    prices: Sets = {"cost.LT.surveillance_eur_per_km": 1000, "cost.LV.surveillance_eur_per_km": 1}
    paid = Rates(plain_scenario(prices).config).surveillance_eur
    assert paid[0].tolist() == [1000 * (679 - 258), 174 - 30, 0]
    assert not paid[1:].any()


@pytest.mark.parametrize("name", ["history_2021", "history_2022", "history_2023", "history_2025"])
def test_the_record_pays_nothing_for_what_stood_when_it_begins(name: str) -> None:
    rates = Rates(load_scenario([name]).config)
    assert not rates.barrier_eur[0].any()
    assert not rates.surveillance_eur[0].any()


def test_who_has_less_than_the_record_earns_nothing() -> None:
    less = Rates(load_scenario(["no_barrier_2023"]).config)
    assert (less.barrier_eur >= 0).all()
    assert not less.barrier_eur[:, LT].any()


def test_full_surveillance_pays_for_its_cameras_and_the_record_for_its_own() -> None:
    full, record = (
        Rates(load_scenario([name]).config).surveillance_eur[:, LT].sum()
        for name in ("full_surveillance_2021", "history_2021")
    )
    price = load_scenario(["history_2021"]).config.cost.LT.surveillance_eur_per_km
    assert full == pytest.approx((678.9 - 258) * price, rel=1e-3)
    assert 0 < record < full


# Pay and cold


def test_pay_is_per_guard_and_day_and_borrowed_officers_are_paid_by_others() -> None:
    paid: Sets = {**GUARDS, "cost.LT.officer_eur_per_day": 100, "cost.LT.soldier_eur_per_day": 50}
    for borrowed in (0, 16):
        rates = Rates(plain_scenario(paid, {"guards.LT.borrowed": borrowed}).config)
        assert (rates.guards_eur[:, LT] == (960 + 32) * 100 + 1024 * 50).all()


def test_cold_is_the_mean_of_the_hours_at_which_people_set_out() -> None:
    """Ten at noon and minus ten at midnight, below a threshold of ten: twenty degrees at midnight alone."""
    hourly = [-10] * 12 + [10] * 12
    for at_night, cold in ((1, 10), (0, 0), (3, 15)):
        sets: Sets = {
            "harm.cold_below_degc": 10,
            "harm.temperature_month_degc": [0] * 12,
            "harm.temperature_hour_degc": hourly,
            "choice.hour_factor": [at_night] * 12 + [1] * 12,
        }
        assert Rates(plain_scenario(sets).config).cold_degc[:, 0].tolist() == [cold] * 10


def test_a_month_has_its_own_cold() -> None:
    sets: Sets = {
        "period.start": "2021-05-31",
        "period.end": "2021-06-01",
        "harm.temperature_month_degc": list(range(12)),
    }
    assert Rates(plain_scenario(sets).config).cold_degc[:, 0].tolist() == [6, 5]


def test_rates_by_date_hold_from_their_date() -> None:
    dated = [{"from": "2020-01-01", "value": 0.25}, {"from": "2021-06-04", "value": 0.75}]
    rates = Rates(plain_scenario({"law.LV.force_probability": dated}).config)
    assert rates.force_probability[:, LV].tolist() == [0.25] * 3 + [0.75] * 7
    assert not rates.force_probability[:, LT].any()
    assert plain_world().days == len(rates.force_probability)


def test_one_of_each_count_comes_to_its_price() -> None:
    """Every formula by hand, on a day with one of everything."""
    sets: Sets = {
        "period.end": "2021-06-01",
        "cost.LT.reception_eur_per_day": 30,
        "cost.LT.repair_eur": 3000,
        "cost.LT.overtime_eur_per_h": 18,
        "cost.LT.legal_aid_eur_per_claim": 160,
        "cost.LT.aid_eur_per_captive_day": 10,
        "cost.return_grant_eur": 1000,
        "harm.injury_probability.none": 0.5,
        "harm.injury_probability.wire": 0.25,
        "harm.injury_probability.fence": 0.125,
        "harm.frostbite_probability_per_captive_freezing_day": 0.5,
        "harm.hypothermia_per_degree_hour": 0.5,
        "harm.temperature_month_degc": [6] * 12,
        "harm.wet_factor": 3,
        "law.LT.force_probability": 0.25,
        "law.LT.claim_voiced_probability": 0.5,
        "record.deaths_found_share.LT": 0.75,
    }
    ones = np.ones((len(METRIC_NAMES), 1, 3))
    ones[METRIC_NAMES.index("attempts")] = 3  # of which one at wire and one at a fence
    ones[METRIC_NAMES.index("vulnerable_seekers_pushed_back")] = 0
    made = dict(zip(VALUED_NAMES, valued(ones, Rates(plain_scenario(sets).config))[:, 0, LT], strict=True))
    assert made == {
        "claims_not_examined": 1 + 0.5,
        "non_refoulement_risk": 1 + 0.5,
        "injuries": 0.5 + 0.25 + 0.125,
        "hypothermia": 3 * 4 * 0.5,
        "frostbite": 0.5,
        "force_incidents": 0.25,
        "barrier_eur": 0,
        "surveillance_eur": 0,
        "guards_eur": 0,
        "reception_eur": 30,
        "return_grants_eur": 1000,
        "repair_eur": 3000,
        "aid_eur": 3 * 160 + 10,
        "overtime_eur": 18,
        "record_deaths": 0.75,
    }
