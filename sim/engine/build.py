"""Where the kilometres built so far stand: a drawn order per replicate, the published total by date."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import randomness as chance
from sim.randomness import uniform
from sim.rules.barrier import building_turn
from sim.rules.compiled import compiled, entrance
from sim.state import LAKE, NEVER, RIVER, State
from sim.world import Arrays

WATERS, OTHER_LAND = range(2)


@compiled
def leave_open(
    world: Arrays, turns: np.ndarray, lots: np.ndarray, order: np.ndarray, country: int, open_km: float
) -> None:
    """Leave the kilometres of one country that stay without a fence, in the order of their lots."""
    for i in order:
        if open_km <= 0.0 or lots[i] == np.inf:
            return
        if world.segments[i]["country"] == country and turns[i] < np.inf:
            turns[i] = np.inf
            open_km -= world.segments[i]["length_km"]


@compiled
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
            state.barrier_changes[day, world.segments[i]["stretch"]] = True


@compiled
def built_km(world: Arrays, day: int, country: int, kind: int) -> float:
    """Return the kilometres of wire (0), fence (1) or surveillance (2) standing on a day."""
    law = world.law[day, country]
    if kind == 0:
        return law["wire_km"]
    return law["fence_km"] if kind == 1 else law["surveillance_km"]


class Lots(NamedTuple):
    """What is drawn for each segment."""

    draws: np.ndarray  # float64[segments]
    turns: np.ndarray  # float64[segments]: the lower, the sooner it is built on
    open: np.ndarray  # float64[2, segments]: the lower, the sooner it stays open, at waters and elsewhere


def no_lots(segments: int) -> Lots:
    """Return place for the lots of so many segments."""
    return Lots(np.empty(segments), np.empty(segments), np.empty((2, segments)))


def set_barriers(world: Arrays, state: State, lots: Lots) -> None:
    """Set the day on which each segment gets wire, fence, surveillance."""
    first = np.argsort(lots.draws)
    order = first[np.argsort(lots.turns[first], kind="stable")]
    build(world, state, lots.turns, order, lots.open, np.argsort(lots.open, axis=1))


@compiled
def draw_lots(world: Arrays, state: State, draws: np.ndarray, turns: np.ndarray, lots: np.ndarray) -> None:
    """Draw each segment's turn to be built on, and its lots for staying without a fence (bogs come first)."""
    for i in range(turns.shape[0]):
        segment = world.segments[i]
        draws[i] = uniform(state.clock[0]["key"], segment["key"], chance.BUILD_ORDER, 0)
        spread = world.country[segment["country"]]["order_spread"]
        turns[i] = building_turn(draws[i], segment["weight"] / segment["length_km"], spread)
        wet = segment["terrain"] == RIVER or segment["terrain"] == LAKE or segment["water_share"] > 0.5
        lot = uniform(state.clock[0]["key"], segment["key"], chance.UNFENCED, 0)
        lot -= 1.0 if segment["swamp"] else 0.0
        lots[WATERS, i] = lot if wet else np.inf
        lots[OTHER_LAND, i] = lot if segment["swamp"] or not wet else np.inf


@entrance
def build(
    world: Arrays,
    state: State,
    turns: np.ndarray,
    order: np.ndarray,
    lots: np.ndarray,
    lot_order: np.ndarray,
) -> None:
    """Build in turn: surveillance everywhere, wire and fence but where it stays open."""
    for i in range(turns.shape[0]):
        segment = state.segments[i]
        segment["wire_day"] = segment["fence_day"] = segment["watched_day"] = NEVER
    state.barrier_changes[0] = True
    for c in range(3):
        country = world.country[c]
        finish(world, state, turns, order, c, 2)
        leave_open(world, turns, lots[WATERS], lot_order[WATERS], c, country["unfenced_water_km"])
        leave_open(world, turns, lots[OTHER_LAND], lot_order[OTHER_LAND], c, country["unfenced_swamp_km"])
        finish(world, state, turns, order, c, 0)
        finish(world, state, turns, order, c, 1)
