"""Where the kilometres of barrier are: a drawn order per replicate, the published total by date."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled, entrance
from bordersim.model.randomness import luck_once
from bordersim.model.records import State
from bordersim.model.rules.barrier import building_turn
from bordersim.model.world import Arrays
from bordersim.words.codes import LAKE, RIVER

WATERS, OTHER_LAND = range(2)


@compiled
def leave_open(
    world: Arrays, turns: np.ndarray, lots: np.ndarray, order: np.ndarray, country: int, open_km: float
) -> None:
    """Choose the kilometres of one country that stay without a fence, in a drawn order."""
    for i in order:
        if open_km <= 0.0 or lots[i] == np.inf:
            return
        if world.segments[i].country == country and turns[i] < np.inf:
            turns[i] = np.inf
            open_km -= world.segments[i].length_km


@compiled
def finish(
    world: Arrays, state: State, turns: np.ndarray, order: np.ndarray, country: int, kind: int
) -> None:
    """Build the segments of one country in their order; where kilometres fall, the last built goes first."""
    total = 0.0
    for i in order:
        if world.segments[i].country == country and turns[i] < np.inf:
            total += world.segments[i].length_km
            if kind == 0:
                state.segments[i].wire_needs_km = total
            elif kind == 1:
                state.segments[i].fence_needs_km = total
            else:
                state.segments[i].surveillance_needs_km = total
    mark_changes(world, state, order, country, kind)


@compiled
def mark_changes(world: Arrays, state: State, order: np.ndarray, country: int, kind: int) -> None:
    """Mark the days on which something is built or removed at a stretch of one country.

    A position moves up and down the order, in which the country's built segments come first.
    """
    place = 0
    for day in range(world.law.shape[0]):
        km = built_km(world, day, country, kind)
        while place < order.shape[0] and needs_km(world, state, order[place], country, kind, 0.0) <= km:
            mark(world, state, order[place], country, day)
            place += 1
        while place > 0 and needs_km(world, state, order[place - 1], country, kind, np.inf) > km:
            place -= 1
            mark(world, state, order[place], country, day)


@compiled
def mark(world: Arrays, state: State, i: int, country: int, day: int) -> None:
    """Mark a day for the stretch of segment `i`, if that is in the country."""
    if world.segments[i].country == country:
        state.barrier_changes[day, world.segments[i].stretch] = True


@compiled
def built_km(world: Arrays, day: int, country: int, kind: int) -> float:
    """Return the kilometres of wire (0), fence (1) or surveillance (2) standing on a day."""
    law = world.law[day, country]
    if kind == 0:
        return law.wire_km
    return law.fence_km if kind == 1 else law.surveillance_km


@compiled
def needs_km(world: Arrays, state: State, i: int, country: int, kind: int, elsewhere: float) -> float:
    """Return the total kilometres at which a segment has wire (0), fence (1) or surveillance (2).

    `elsewhere` is the value for those of another country and those that stay open.
    """
    segment = state.segments[i]
    needs = segment.surveillance_needs_km
    if kind == 0:
        needs = segment.wire_needs_km
    elif kind == 1:
        needs = segment.fence_needs_km
    return needs if world.segments[i].country == country and needs < np.inf else elsewhere


class Lots(NamedTuple):
    """What is drawn for each segment."""

    draws: np.ndarray  # float64[segments]
    turns: np.ndarray  # float64[segments]: the lower, the sooner it is built on
    open: np.ndarray  # float64[2, segments]: the lower, the sooner it stays open, at waters and elsewhere


def no_lots(segments: int) -> Lots:
    """Return empty arrays for the random building order."""
    return Lots(np.empty(segments), np.empty(segments), np.empty((2, segments)))


def set_barriers(world: Arrays, state: State, lots: Lots) -> None:
    """Set the total kilometres at which each segment has wire, fence, surveillance."""
    first = np.argsort(lots.draws)
    order = first[np.argsort(lots.turns[first], kind="stable")]
    build(world, state, lots.turns, order, lots.open, np.argsort(lots.open, axis=1))


@compiled
def draw_lots(world: Arrays, state: State, draws: np.ndarray, turns: np.ndarray, lots: np.ndarray) -> None:
    """Draw each segment's place in the building order, and in the order of staying unfenced (bogs first)."""
    for i in range(turns.shape[0]):
        segment = world.segments[i]
        draws[i] = luck_once(state, segment, chance.BUILD_ORDER)
        turns[i] = building_turn(draws[i], segment.weight / segment.length_km)
        wet = segment.terrain == RIVER or segment.terrain == LAKE or segment.water_share > 0.5
        lot = luck_once(state, segment, chance.UNFENCED)
        lot -= 1.0 if segment.swamp else 0.0
        lots[WATERS, i] = lot if wet else np.inf
        lots[OTHER_LAND, i] = lot if segment.swamp or not wet else np.inf


@entrance
def build(
    world: Arrays,
    state: State,
    turns: np.ndarray,
    order: np.ndarray,
    lots: np.ndarray,
    lot_order: np.ndarray,
) -> None:
    """Build in order: surveillance everywhere, wire and fence except where it stays open."""
    for i in range(turns.shape[0]):
        segment = state.segments[i]
        segment.wire_needs_km = segment.fence_needs_km = segment.surveillance_needs_km = np.inf
    state.barrier_changes[0] = True
    for c in range(3):
        build = world.params[0].build[c]
        finish(world, state, turns, order, c, 2)
        leave_open(world, turns, lots[WATERS], lot_order[WATERS], c, build.unfenced_water_km)
        leave_open(world, turns, lots[OTHER_LAND], lot_order[OTHER_LAND], c, build.unfenced_swamp_km)
        finish(world, state, turns, order, c, 0)
        finish(world, state, turns, order, c, 1)
