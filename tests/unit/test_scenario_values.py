"""A loaded scenario with other values: in all respects what loading it with `--set` gives, only sooner."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from bordersim.errors import BadInput
from bordersim.inputs import Scenario, load_scenario

STEPS = [{"from": "2021-05-01", "value": 10}, {"from": "2021-08-01", "value": 500}]
VALUES: list[dict[str, object]] = [
    {},
    {"choice.chance_weight": 7.5},
    {"choice.chance_weight": "7.5", "guards.LT.officers": 1000},
    {"guards.LT.officers": np.float64(712.0), "choice.attraction_factor.Švenčionys": 0.5},
    {"guards.LT.soldiers": 40, "policy.LT": "admit_and_screen"},
    {"guards.LT.soldiers": STEPS, "run.seed": 7},
    {"period.end": "2021-11-30"},
    {"period.end": "2021-06-30"},  # before a date in a file that is named
    {"guards.LT.soldiers": [{"from": "2023-09-01", "value": 10}]},
    {"guards.LT.officers.add": 200, "guards.LT.soldiers.times": 2},
]
REFUSED_AS_DRAW = "land.segment_length_km"
LISTS = {
    "choice.hour_factor",
    "choice.month_factor",
    "harm.temperature_month_degc",
    "harm.temperature_hour_degc",
}
BAD: list[dict[str, object]] = [
    {"choice.chance_wieght": 7},
    {"choice.chance_weight": "many"},
    {"choice.chance_weight": float("nan")},
    {"inflow.vulnerable_share": 1.5},
    {"choice": 3},
    {"guards.LT.soldiers": [{"from": "2021-09-01", "value": 10}, {"from": "2021-08-01", "value": 5}]},
    {"guards.LT.soldiers": [{"from": "2203-09-01", "value": 10}]},
    {"period.end": "2021-04-30"},
]


def slowly(values: Mapping[str, object]) -> Scenario:
    return load_scenario(["no_turn_back_2021", "double_staffing_2021"], values)


@pytest.mark.parametrize("values", VALUES)
def test_it_is_the_scenario_that_the_loader_gives(values: dict[str, object]) -> None:
    quick = slowly({}).with_values(values)
    slow = slowly(values)
    assert quick.digest == slow.digest
    assert quick.origins == slow.origins
    assert quick.parameters == slow.parameters
    assert quick == slow
    assert quick.resolved_yaml(origins=True) == slow.resolved_yaml(origins=True)


@pytest.mark.parametrize("values", BAD)
def test_it_refuses_with_the_words_of_the_loader(values: dict[str, object]) -> None:
    with pytest.raises(BadInput) as slow:
        slowly(values)
    with pytest.raises(BadInput) as quick:
        slowly({}).with_values(values)
    assert str(quick.value) == str(slow.value)


def test_every_number_can_be_set_to_both_ends_of_its_range() -> None:
    """Once the schema refused two ends; and through both ways, for no key may be read otherwise by one."""
    base = load_scenario(["history_2021"])
    ends = {key: (p.low, p.high) for key, p in base.parameters.items() if p.low is not None}
    assert len(ends) > 150
    for end in (0, 1):
        values = {key: ends[key][end] for key in sorted(ends.keys() - LISTS - {REFUSED_AS_DRAW})}
        quick = base.with_values(values)
        assert {key: quick.parameters[key].value for key in values} == values
        assert quick.digest == load_scenario(["history_2021"], values).digest
    for end in ends[REFUSED_AS_DRAW]:
        load_scenario(["history_2021"], {REFUSED_AS_DRAW: end})


def test_the_scenario_itself_stays_as_it_was() -> None:
    base = load_scenario(["history_2021"])
    digest = base.digest
    changed = base.with_values({"choice.chance_weight": 7.5}).with_values({"respond.handling_h": 1})
    assert (
        changed.digest
        == load_scenario(["history_2021"], {"respond.handling_h": 1, "choice.chance_weight": 7.5}).digest
    )
    assert load_scenario(["history_2021"]).digest == digest == base.digest
    assert base.config.choice.chance_weight == 10
