"""The worlds in which everything happens, run once for all tests of a file."""

from __future__ import annotations

import pytest
from lively import WORLDS
from worlds import Sets, plain_world, run_to_end, simulate

from bordersim.model.engine import BlockOutput
from bordersim.model.records import State
from bordersim.model.world import World


@pytest.fixture(scope="module", params=WORLDS)
def sets(request: pytest.FixtureRequest) -> Sets:
    return WORLDS[request.param]


@pytest.fixture(scope="module")
def world(sets: Sets) -> World:
    return plain_world(sets)


@pytest.fixture(scope="module")
def out(sets: Sets) -> BlockOutput:
    return simulate(sets, replicates=6)


@pytest.fixture(scope="module")
def state(world: World) -> State:
    return run_to_end(world)
