"""The worlds that are measured: real scenarios, and the same with more people, patrols, days or segments."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

from bordersim.inputs import Scenario, load_scenario
from bordersim.model.engine import new_state
from bordersim.model.world import World, build_world

SEED = 1


def world_of(name: str = "history_2021", **sets: object) -> World:
    """Return the world of a scenario; ``period__end`` stands for the key ``period.end``."""
    return build_world(load_scenario([name], {key.replace("__", "."): value for key, value in sets.items()}))


def with_people(world: World, people: float) -> World:
    """Return the world with about so many people landing, spread over days and origins as before."""
    factor = people / people_in(world)
    return replace(world, arrays=world.arrays._replace(inflow=world.arrays.inflow * factor))


def people_in(world: World) -> int:
    """Return how many people land in replicate 0."""
    return len(new_state(world.arrays, SEED, 0).persons)


def with_patrols(factor: float, **sets: object) -> World:
    """Return history_2021 with so many times the patrols: crews that much smaller, guards as many."""
    given = {key.replace("__", "."): value for key, value in sets.items()}
    config = load_scenario(["history_2021"], given).config
    size = config.patrols.crew_size / factor
    more = config.model_copy(update={"patrols": config.patrols.model_copy(update={"crew_size": size})})
    return build_world(cast(Scenario, SimpleNamespace(name="history_2021", config=more)))
