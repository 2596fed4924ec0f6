"""Of which kind a value is, what has no value, and what became of keys there were."""

from __future__ import annotations

import pytest
from worlds import STRETCHES, plain_world

from bordersim.errors import BadInput
from bordersim.geo.places import load_stations
from bordersim.inputs import load_scenario
from bordersim.inputs.finding import parameters
from bordersim.inputs.layers import leaves
from bordersim.inputs.schema.kinds import COUNTING, DATA, PARAMETER, VALUATION, WHAT_IF, kind_of
from bordersim.report.answer import by_kind

OWN = "claims.LT.reach_probability"


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("guards.LT.officers", DATA),
        ("guards.PL.frontex", DATA),
        ("build.LV.fence_km", DATA),
        ("policy.PL", DATA),
        ("inflow.origins.no_such.flights_per_week", DATA),
        ("inflow.origins.no_such.cross_share", PARAMETER),
        ("claims.LT.open_points", DATA),
        (OWN, PARAMETER),
        ("procedure.LT.places", DATA),
        ("procedure.LT.admitted_share", PARAMETER),
        ("harm.temperature_month_degc", DATA),
        ("harm.temperature_hour_degc", VALUATION),
        ("cost.LT.fence_eur_per_km", VALUATION),
        ("run.seed", DATA),
        ("patrols.crew_size", PARAMETER),
        ("patrols.overtime_above_share", COUNTING),
        ("record.missed_day_probability", COUNTING),
        ("record.deaths_found_share.LT", VALUATION),
        ("host.prevention_probability", WHAT_IF),
        ("choice.country_factor.LV", WHAT_IF),
    ],
)
def test_a_value_is_of_the_kind_its_field_or_section_says(key: str, kind: str) -> None:
    assert kind_of(key) == kind


def test_every_value_is_counted_once_under_its_kind() -> None:
    scenario = load_scenario(["history_2021"])
    found = [parameter.key for values in by_kind(scenario).values() for parameter in values]
    assert sorted(found) == sorted(scenario.parameters)


def test_no_parameter_is_fixed_by_its_own_range() -> None:
    """What is 1 or 0 by definition is no value; input data may be known for certain."""
    facts = {key: node.facts for key, node in leaves(parameters().values)}
    fixed = {key for key, each in facts.items() if each and each.low is not None and each.low == each.high}
    assert not [key for key in fixed if kind_of(key) == PARAMETER]


@pytest.mark.parametrize(
    ("key", "became"),
    [
        ("inflow.origins.damascus.load_share", "it is now called 'inflow.load_share'"),
        ("inflow.origins.via_russia.protection_share", "it is now called 'inflow.protection_share'"),
        ("host.steering_lag_days", "it is now called 'learn.lag_days'"),
        ("harm.death_probability_per_attempt.lake", "now called 'harm.death_probability_per_attempt.wet'"),
        (
            "harm.death_probability_per_attempt.unknown",
            "now called 'harm.death_probability_per_attempt.land'",
        ),
        ("choice.attraction_factor.G. Žagunis", "it is now called 'choice.attraction_factor.Šalčininkai'"),
        ("choice.country_factor.LT", "it is 1 by definition, the others are beside it: LV, PL"),
        ("choice.water_effort_factor.unknown", "it is 1 by definition"),
        ("detect.alarm_probability.none", "it is 0 by definition, the others are beside it: wire, fence"),
    ],
)
def test_a_former_key_is_refused_with_what_became_of_it(key: str, became: str) -> None:
    with pytest.raises(BadInput, match="unknown key") as refused:
        load_scenario(["history_2021"], {key: 0.5})
    assert became in str(refused.value)
    with pytest.raises(BadInput) as unknown:
        load_scenario(["history_2021"]).explain(key)
    assert became in str(unknown.value)


def test_a_key_that_is_left_out_may_be_given() -> None:
    usual = load_scenario(["history_2021"])
    with pytest.raises(BadInput, match="it is left out here, and may be given"):
        usual.explain("guards.PL.frontex")
    given = load_scenario(["history_2021"], {"guards.PL.frontex": 20})
    assert given.config.guards.PL.frontex[0].value == 20
    assert usual.config.guards.PL.frontex[0].value == 0


def test_a_dated_list_begins_with_what_holds_where_the_key_is_left_out() -> None:
    later = [{"from": "2021-09-01", "value": 20}]
    steps = load_scenario(["history_2021"], {"guards.PL.frontex": later}).config.guards.PL.frontex
    assert [step.value for step in steps] == [0, 20]
    with pytest.raises(BadInput, match="has no value yet to which add and times could refer"):
        load_scenario(["history_2021"], {"guards.PL.frontex.add": 20})


def test_a_border_keeps_the_chance_of_all_until_its_own_begins() -> None:
    own = [{"from": "2021-06-03", "value": 0.5}]
    sets = {"claims.reach_probability": 0.25, "claims.*.points": 1, "claims.*.open_points": 1, OWN: own}
    reach = plain_world(sets).arrays.law["claim_reach_probability"]
    assert reach[:3, 0].tolist() == [0.25, 0.25, 0.5]
    assert (reach[:, 1:] == 0.25).all()


def test_stations_draw_as_their_district_does() -> None:
    drawn = plain_world({"choice.attraction_factor.Varėna": 3}).arrays.stretches["attraction_factor"]
    district = {station.name: station.district for station in load_stations()}
    expected = [3 if district[name] == "Varėna" else 1 for name in STRETCHES]
    assert drawn[: len(STRETCHES)].tolist() == expected
