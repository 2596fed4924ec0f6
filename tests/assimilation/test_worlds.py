"""Worlds that differ in some values are, table by table, those that the scenario would give."""

from __future__ import annotations

import numpy as np
import pytest

from bordersim.analyses.assimilation.worlds import Worlds
from bordersim.analyses.designs import draw_at
from bordersim.analyses.groups import parse_vary
from bordersim.analyses.ranges import Range, range_of_parameter
from bordersim.errors import BadInput
from bordersim.inputs import load_scenario
from bordersim.model.world import build_world

WEEK = {"period.end": "2021-05-07"}
# By country, whole numbers, by date, of an origin, of the inflow, of guards, of the land's pull.
OWN_RANGES = [
    "detect.visibility_factor.PL",
    "choice.rest_days",
    "cross.clear_h",
    "host.focus_days",
    "host.mind_sd",
    "inflow.drift_sd",
    "inflow.drift_most_factor",
    "inflow.family_size_mean",
    "inflow.load_share",
    "choice.distance_cost_per_km",
    "choice.town_distance_scale_km",
    "choice.attraction_factor.Vilnius",
    "patrols.reallocation_share",
    "learn.lag_days",
]
DATED = ["choice.escorted_share=0.2:0.9", "guards.LT.officers=500:900"]


def ranges() -> list[Range]:
    scenario = load_scenario(["history_2021"], WEEK)
    own = [range_of_parameter([scenario], key) for key in OWN_RANGES if key in scenario.parameters]
    return [*own, *parse_vary(DATED, [scenario])]


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    return Worlds(load_scenario(["history_2021"], WEEK), ranges())


@pytest.mark.parametrize("seed", range(12))
def test_every_table_is_that_of_the_scenario_with_the_same_values(worlds: Worlds, seed: int) -> None:
    scenario = load_scenario(["history_2021"], WEEK)
    shares = np.random.default_rng(seed).uniform(size=len(worlds.ranges))
    expected = build_world(scenario.with_values(draw_at(worlds.ranges, shares.tolist()))).arrays
    found = worlds.at(shares.tolist())
    assert [
        name for name in found._fields if not np.array_equal(getattr(found, name), getattr(expected, name))
    ] == []


def test_tables_that_no_value_reaches_are_shared(worlds: Worlds) -> None:
    assert "hours" not in worlds.reached
    assert worlds.at([0.1] * len(worlds.ranges)).hours is worlds.plain.arrays.hours
    assert {"params", "inflow", "on_shift", "nearness", "segments"} <= worlds.reached


def test_values_that_do_not_go_together_are_refused_at_once() -> None:
    impossible = [Range("choice.rest_days", 0.0, 1.0), Range("choice.retry_days_mean", 0.0, 1.0)]
    with pytest.raises(BadInput, match="retry_days_mean"):
        Worlds(load_scenario(["history_2021"], WEEK), impossible)
