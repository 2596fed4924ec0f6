"""Where the kilometres built so far stand: a drawn order per replicate, the published total by date."""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.extending import register_jitable

from sim import randomness as chance
from sim.randomness import uniform
from sim.rules.barrier import building_turn
from sim.state import LAKE, NEVER, RIVER, State
from sim.world import Arrays


@register_jitable
def leave_open(world: Arrays, state: State, turns: np.ndarray, country: int, swamp: bool) -> None:
    """Draw the segments that stay without a fence, among waters or among land (bogs for certain first)."""
    row = world.country[country]
    open_km = row["unfenced_swamp_km"] if swamp else row["unfenced_water_km"]
    lots = np.full(turns.shape[0], np.inf)
    for i in range(turns.shape[0]):
        segment = world.segments[i]
        wet = segment["terrain"] == RIVER or segment["terrain"] == LAKE or segment["water_share"] > 0.5
        free = turns[i] < np.inf
        if free and segment["country"] == country and (segment["swamp"] or not wet if swamp else wet):
            lot = uniform(state.clock[0]["key"], segment["key"], chance.UNFENCED, 0)
            lots[i] = lot - 1.0 if segment["swamp"] else lot
    for i in np.argsort(lots):
        if open_km <= 0.0 or lots[i] == np.inf:
            return
        turns[i] = np.inf
        open_km -= world.segments[i]["length_km"]


@register_jitable
def finish(
    world: Arrays, state: State, turns: np.ndarray, order: np.ndarray, country: int, kind: int
) -> None:
    """Finish the segments of one country in their turn, as the kilometres by date allow."""
    day, total, days = 0, 0.0, world.law.shape[0]
    for i in order:
        if world.segments[i]["country"] == country and turns[i] < np.inf:
            total += world.segments[i]["length_km"]
            while day < days and built_km(world, day, country, kind) < total:
                day += 1
            if day == days:
                return
            if kind == 0:
                state.segments[i]["wire_day"] = day
            elif kind == 1:
                state.segments[i]["fence_day"] = day
            else:
                state.segments[i]["watched_day"] = day
            state.days[day]["barrier_changes"] = 1


@register_jitable
def built_km(world: Arrays, day: int, country: int, kind: int) -> float:
    """Return the kilometres of wire (0), fence (1) or surveillance (2) standing on a day."""
    law = world.law[day, country]
    if kind == 0:
        return law["wire_km"]
    return law["fence_km"] if kind == 1 else law["surveillance_km"]


@njit(cache=True, nogil=True, forceinline=True)
def draw_barriers(world: Arrays, state: State) -> None:
    """Draw the order of building and set the day on which each segment gets wire, fence, surveillance."""
    state.segments["wire_day"][:] = NEVER
    state.segments["fence_day"][:] = NEVER
    state.segments["watched_day"][:] = NEVER
    state.days[0]["barrier_changes"] = 1
    turns = np.empty(world.segments.shape[0])
    draws = np.empty(world.segments.shape[0])
    for i in range(turns.shape[0]):
        segment = world.segments[i]
        draw = uniform(state.clock[0]["key"], segment["key"], chance.BUILD_ORDER, 0)
        spread = world.country[segment["country"]]["order_spread"]
        turns[i] = building_turn(draw, segment["weight"] / segment["length_km"], spread)
        draws[i] = draw
    lots = np.argsort(draws)
    order = lots[np.argsort(turns[lots], kind="mergesort")]
    for country in range(3):
        finish(world, state, turns, order, country, 2)
    for country in range(3):
        leave_open(world, state, turns, country, False)
        leave_open(world, state, turns, country, True)
        finish(world, state, turns, order, country, 0)
        finish(world, state, turns, order, country, 1)
