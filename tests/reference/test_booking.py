"""What counts come to after the run is what was booked, event by event, while it ran."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from drawn_worlds import draws
from plain_land import Country
from plain_model import PlainModel
from test_agreement import engine_counts

from bordersim.inputs.schema import Config
from bordersim.inputs.schema.dated import AnyStep
from bordersim.results.valuation.formulas import valued
from bordersim.results.valuation.rates import Rates
from bordersim.words.codes import COUNTRIES
from bordersim.words.valued import VALUED_NAMES

LONG = 45
RUNS = ((10, 1), (10, 2), (LONG, 2), (LONG, 6))
CLAIMS = ("claims_lodged_border", "claims_lodged_crossing_point", "claims_lodged_mission")


def holds(steps: tuple[AnyStep, ...], model: PlainModel) -> float:
    """Return the value of a dated list on the day of a model."""
    today = model.world.derived.first_day + model.day
    first = steps[0].from_
    return float([step.value for step in steps if (step.from_ - first).days <= today][-1])


def booked(config: Config, country: Country, event: str, amount: float) -> Iterator[tuple[str, float]]:
    """Yield what one event costs or risks, and under which name."""
    name = COUNTRIES[country.code]
    cost, law, harm = config.cost[name], config.law[name], config.harm
    voiced = holds(law.claim_voiced_probability, country.model)
    force = holds(law.force_probability, country.model)
    by_event = {
        "procedure_person_days": {"reception_eur": cost.reception_eur_per_day},
        "returned_after_procedure": {"return_grants_eur": config.cost.return_grant_eur},
        "barrier_damages": {"repair_eur": cost.repair_eur},
        "overtime_hours": {"overtime_eur": cost.overtime_eur_per_h},
        "captive_person_days": {"aid_eur": cost.aid_eur_per_captive_day},
        **{claim: {"aid_eur": cost.legal_aid_eur_per_claim} for claim in CLAIMS},
        "claims_not_accepted": {"claims_not_examined": 1.0},
        "seekers_pushed_back": {"claims_not_examined": voiced, "non_refoulement_risk": voiced},
        "vulnerable_pushed_back": {"non_refoulement_risk": 1.0},
        "vulnerable_seekers_pushed_back": {"non_refoulement_risk": -voiced},
        "pushed_back_after_line": {"force_incidents": force},
        "attempts": {"injuries": harm.injury_probability.none},
        "attempts_at_wire": {"injuries": harm.injury_probability.wire - harm.injury_probability.none},
        "attempts_at_fence": {"injuries": harm.injury_probability.fence - harm.injury_probability.none},
        "captive_freezing_person_days": {"frostbite": harm.frostbite_probability_per_captive_freezing_day},
        "deaths": {"record_deaths": config.record.deaths_found_share[name]},
    }
    yield from ((what, each * amount) for what, each in by_event.get(event, {}).items())


def books_of(days: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> np.ndarray:
    """Run the plain model and book every event at once: valued metric, day, border."""
    config = draws(days).scenario(seed).config
    books = np.zeros((len(VALUED_NAMES), days, len(COUNTRIES)))
    plain_count = Country.count

    def count(country: Country, event: str, amount: float) -> None:
        plain_count(country, event, amount)
        for name, worth in booked(config, country, event, amount):
            books[VALUED_NAMES.index(name), country.model.day, country.code] += worth

    monkeypatch.setattr(Country, "count", count)
    PlainModel(draws(days).world(seed), seed, 0).run()
    return books


@pytest.mark.parametrize(("days", "seed"), RUNS)
def test_what_counts_come_to_is_what_was_booked_as_it_happened(
    days: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = Rates(draws(days).scenario(seed).config)
    counts = np.moveaxis(engine_counts(draws(days).world(seed), seed, 0).daily, -1, 0)
    after, during = valued(counts, rates), books_of(days, seed, monkeypatch)
    fixed = {"barrier_eur", "surveillance_eur", "guards_eur", "hypothermia"}  # by no event of people
    compared = [i for i, name in enumerate(VALUED_NAMES) if name not in fixed]
    assert np.allclose(after[compared], during[compared], rtol=1e-9, atol=1e-9)
    assert days < LONG or during[compared].any(axis=(1, 2)).all()
