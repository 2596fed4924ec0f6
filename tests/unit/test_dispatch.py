"""The search for the first patrol to come finds whom a look at all of them would find."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from bordersim.model.compiling.compiled import entrance
from bordersim.model.engine.dispatch import arrival_h, first_to_come
from bordersim.model.engine.patrols import all_busy, bind
from bordersim.model.engine.replicate import new_state
from bordersim.model.records import NO_ONE, State
from bordersim.model.world import Arrays
from tests.worlds import plain_world

OFFICERS = {"guards.LT.officers": 1500}
TRIES = 400
Flags, Floats = NDArray[np.bool_], NDArray[np.float64]


def somewhere(world: Arrays, state: State, rng: np.random.Generator, crews_share: float) -> None:
    """Put group 0 anywhere at any time, with so many of the patrols on shift."""
    state.clock[0]["now_h"] = rng.uniform(0, 24 * len(world.calendar))
    stretch = int(rng.integers(len(world.stretches)))
    beat = world.stretches[stretch]
    state.groups[0]["stretch"] = stretch
    state.groups[0]["segment"] = beat["first_segment"] + rng.integers(beat["segments"])
    state.stretches["busy"], state.patrols["busy_until_h"] = 0, 0.0
    state.stretches[stretch]["crews"] = int(crews_share * beat["patrols"])


def keep_busy(world: Arrays, state: State, rng: np.random.Generator, share: float) -> None:
    """Bind a share of the stretch's patrols until some time soon, or until just now."""
    slots = world.stretches[state.groups[0]["stretch"]]["patrols"]
    bind_some(world, state, rng.random(slots) < share, rng.choice([0.0, 0.01, 0.1, 1.0], slots))


@entrance
def bind_some(world: Arrays, state: State, chosen: Flags, wait_h: Floats) -> None:
    """Bind the chosen patrols of the stretch of group 0, each for so long."""
    stretch = state.groups[0].stretch
    first = world.stretches[stretch].first_patrol
    for i in range(len(chosen)):
        if chosen[i]:
            state.patrols[first + i].busy_until_h = 0.0
            bind(world, state, stretch, first + i, state.clock[0].now_h + wait_h[i])


@entrance
def first_of_all(world: Arrays, state: State) -> int:
    """Look at every patrol on shift in the stretch of group 0, and return the first that can be there."""
    beat, crews = world.stretches[state.groups[0].stretch], state.stretches[state.groups[0].stretch].crews
    best, soonest = NO_ONE, np.inf
    for j in range(beat.first_patrol, beat.first_patrol + beat.patrols):
        wait_h = max(state.patrols[j].busy_until_h - state.clock[0].now_h, 0.0)
        arrival = arrival_h(world, state, 0, j, wait_h)
        if state.patrols[j].number < crews and arrival < soonest:
            best, soonest = j, arrival
    return best


@entrance
def found(world: Arrays, state: State) -> int:
    """Search as the engine does, for group 0."""
    return first_to_come(world, state, 0)


def on_shift(world: Arrays, state: State) -> list[int]:
    """List the patrols on shift in the stretch of group 0."""
    stretch = int(state.groups[0]["stretch"])
    beat, crews = world.stretches[stretch], state.stretches[stretch]["crews"]
    slots = range(beat["first_patrol"], beat["first_patrol"] + beat["patrols"])
    return [j for j in slots if state.patrols[j]["number"] < crews]


@pytest.mark.parametrize("crews_share", [0.0, 0.2, 1.0])
@pytest.mark.parametrize("busy_share", [0.0, 0.3, 1.0])
def test_nobody_comes_sooner_than_the_first_to_come(crews_share: float, busy_share: float) -> None:
    world, rng = plain_world(OFFICERS).arrays, np.random.default_rng(1)
    state = new_state(world, 1, 0)
    assert world.stretches["patrols"].max() > 20
    for _ in range(TRIES):
        somewhere(world, state, rng, crews_share)
        keep_busy(world, state, rng, busy_share)
        first = first_of_all(world, state)
        assert found(world, state) == first
        assert (first == NO_ONE) == (not on_shift(world, state))


def test_the_list_of_the_busy_forgets_who_has_done() -> None:
    world, rng = plain_world(OFFICERS).arrays, np.random.default_rng(1)
    state = new_state(world, 1, 0)
    somewhere(world, state, rng, 1.0)
    keep_busy(world, state, rng, 1.0)
    stretch, now = int(state.groups[0]["stretch"]), state.clock[0]["now_h"]
    still = sum(state.patrols[j]["busy_until_h"] > now for j in on_shift(world, state))
    first_to_come(world, state, 0)
    assert 0 < state.stretches[stretch]["busy"] == still
    assert all_busy(world, state, stretch) == (still == state.stretches[stretch]["crews"])


def test_patrols_of_a_stretch_lie_in_the_order_of_their_phases() -> None:
    world = plain_world(OFFICERS).arrays
    patrols = new_state(world, 1, 0).patrols
    for beat in world.stretches:
        own = patrols[beat["first_patrol"] : beat["first_patrol"] + beat["patrols"]]
        assert (np.diff(own["phase"]) > 0).all()
        assert sorted(own["number"]) == list(range(beat["patrols"]))
        assert (own["key"] == beat["key"] + own["number"].astype(np.uint64)).all()
