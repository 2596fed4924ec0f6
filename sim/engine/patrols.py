"""Patrols are scarce: they are handed out one alarm after another, in order of time."""

from __future__ import annotations

import numpy as np
from numba import njit

from sim import outcomes as m
from sim import randomness as chance
from sim.engine.ledger import count
from sim.randomness import uniform
from sim.rules.compiled import compiled
from sim.rules.guards import handling_time_h, patrol_position_km, response_time_h, turns_round
from sim.state import NO_ONE, State
from sim.world import Arrays


@njit(cache=True, nogil=True, forceinline=True, _nrt=False)
def draw_patrols(world: Arrays, state: State) -> None:
    """Draw what distinguishes patrols: where each is in its round, which stretch gets the odd crew."""
    for stretch in range(world.stretches.shape[0]):
        row = world.stretches[stretch]
        state.stretches[stretch]["rounding"] = uniform(
            state.clock[0]["key"], row["key"], chance.PATROL_ROUNDING, 0
        )
        for i in range(row["patrols"]):
            patrol = state.patrols[row["first_patrol"] + i]
            patrol["key"] = row["key"] + np.uint64(i)
            patrol["phase"] = uniform(state.clock[0]["key"], patrol["key"], chance.PATROL_PHASE, 0)


@compiled
def arrival_h(world: Arrays, state: State, j: int, stretch: int, place_km: float) -> float:
    """Return when patrol `j` could be at `place_km`: after what it is busy with, from where it then is."""
    now, patrol, params = state.clock[0]["now_h"], state.patrols[j], world.params[0]
    wait = max(patrol["busy_until_h"] - now, 0.0)
    beat = world.stretches[stretch]
    position = patrol_position_km(
        now + wait, patrol["phase"], beat["from_km"], beat["length_km"], params["patrol_speed_km_per_h"]
    )
    return now + response_time_h(
        wait, params["dispatch_delay_h"], abs(position - place_km), params["response_speed_km_per_h"]
    )


@compiled
def first_to_come(world: Arrays, state: State, g: int) -> int:
    """Return the patrol on shift that can be with group `g` first; equal ones draw lots."""
    group, best, soonest = state.groups[g], NO_ONE, np.inf
    stretch = group["stretch"]
    place_km = world.segments[group["segment"]]["position_km"]
    first = world.stretches[stretch]["first_patrol"]
    for j in range(first, first + state.stretches[stretch]["crews"]):
        arrival = arrival_h(world, state, j, stretch, place_km)
        if best == NO_ONE or arrival < soonest or (arrival == soonest and wins_tie(state, g, j, best)):
            best, soonest = j, arrival
    return best


@compiled
def wins_tie(state: State, g: int, j: int, other: int) -> bool:
    """Return whether patrol `j` goes rather than `other`, by a draw keyed to the patrols and the group."""
    key, salt = state.clock[0]["key"] ^ state.groups[g]["key"], state.groups[g]["attempt"]
    lot = uniform(key, state.patrols[j]["key"], chance.PATROL_TIE, salt)
    return lot < uniform(key, state.patrols[other]["key"], chance.PATROL_TIE, salt)


@compiled
def all_busy(world: Arrays, state: State, stretch: int) -> bool:
    """Return whether every patrol on shift of a stretch is busy."""
    first = world.stretches[stretch]["first_patrol"]
    for j in range(first, first + state.stretches[stretch]["crews"]):
        if state.patrols[j]["busy_until_h"] <= state.clock[0]["now_h"]:
            return False
    return True


@compiled
def send_patrol(world: Arrays, state: State, g: int, waits: bool) -> float:
    """Send the first patrol that can come and return when it arrives [h]; infinity if there is none.

    It is busy with a group that it meets, not with one that is gone or turns round when it sees it.
    """
    group, now, params = state.groups[g], state.clock[0]["now_h"], world.params[0]
    stretch, j = group["stretch"], first_to_come(world, state, g)
    country = world.stretches[stretch]["country"]
    if j == NO_ONE:
        return np.inf
    arrival = arrival_h(world, state, j, stretch, world.segments[group["segment"]]["position_km"])
    start = max(state.patrols[j]["busy_until_h"], now)
    if not waits:
        draw = uniform(state.clock[0]["key"], group["key"], chance.TURNED_ROUND, group["attempt"])
        group["turned_round"] = turns_round(draw, params["turn_round_probability"], arrival, group["line_h"])
    met = waits or (arrival < group["end_h"] and not group["turned_round"])
    per_person_h = world.law[state.clock[0]["day"], country]["handling_per_person_h"]
    handling = handling_time_h(params["handling_h"], per_person_h, group["people"])
    busy_until = arrival + (handling if met else 0.0)
    count(state, country, m.RESPONSES, 1)
    count(state, country, m.RESPONSE_HOURS, arrival - now)
    count(state, country, m.SATURATED_RESPONSES, all_busy(world, state, stretch))
    count(state, country, m.PATROL_BUSY_HOURS, busy_until - start)
    state.stretch_counts[stretch, m.STRETCH_RESPONSES] += 1
    state.stretch_counts[stretch, m.STRETCH_BUSY_HOURS] += busy_until - start
    state.patrols[j]["busy_until_h"] = busy_until
    return arrival
