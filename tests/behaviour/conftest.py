"""The worlds in which everything happens, run once for all tests of a file."""

from __future__ import annotations

import pytest
from lively import WORLDS
from worlds import plain_world, run_to_end

from bordersim.model.engine import BlockOutput, simulate_block
from bordersim.model.records import State
from bordersim.model.world import World


@pytest.fixture(scope="module", params=WORLDS)
def world(request: pytest.FixtureRequest) -> World:
    return plain_world(WORLDS[request.param])


@pytest.fixture(scope="module")
def out(world: World) -> BlockOutput:
    return simulate_block(world, 1, 0, 6)


@pytest.fixture(scope="module")
def state(world: World) -> State:
    return run_to_end(world)
