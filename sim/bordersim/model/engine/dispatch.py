"""Which patrol can be somewhere first, without looking at all of them.

The patrols of a stretch move at one speed, so the order of their phases never changes. The nearest idle
one is next to one of the two phases at which a patrol passes the place: on its way there or on its way back.
Busy ones are on a separate list.
"""

from __future__ import annotations

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.randomness import uniform
from bordersim.model.records import NO_ONE, State
from bordersim.model.rules.guards import passing_phases, patrol_position_km, response_time_h
from bordersim.model.world import Arrays

# Far more than rounding does to a time of arrival [h].
ROUNDING_H = 1e-6


@compiled
def arrival_h(world: Arrays, state: State, g: int, j: int, wait_h: float) -> float:
    """Return when patrol `j` could be with group `g`: once free, `wait_h` from now, from where it then is."""
    now, patrol, params = state.clock[0].now_h, state.patrols[j], world.params[0]
    beat = world.stretches[state.groups[g].stretch]
    position = patrol_position_km(
        now + wait_h, patrol.phase, beat.from_km, beat.length_km, params.patrols.speed_km_per_h
    )
    drive_km = abs(position - world.segments[state.groups[g].segment].position_km)
    delay_h, speed = params.respond.dispatch_delay_h, params.respond.speed_km_per_h
    return now + response_time_h(wait_h, delay_h, drive_km, speed)


@compiled
def first_to_come(world: Arrays, state: State, g: int) -> int:
    """Return the patrol on shift that can be with group `g` first; ties are drawn."""
    beat, place = world.stretches[state.groups[g].stretch], world.segments[state.groups[g].segment]
    there, back = passing_phases(
        *(state.clock[0].now_h, place.position_km, beat.from_km, beat.length_km),
        world.params[0].patrols.speed_km_per_h,
    )
    best, soonest = first_of_busy(world, state, g)
    for phase in (there, back):
        j = first_after(world, state, g, phase)
        best, soonest = first_of_idle(world, state, g, j, 1, best, soonest)
        best, soonest = first_of_idle(world, state, g, j - 1, -1, best, soonest)
    return best


@compiled
def first_of_busy(world: Arrays, state: State, g: int) -> tuple[int, float]:
    """Return the first to arrive of those still busy, and when; remove the others from the list."""
    stretch = state.stretches[state.groups[g].stretch]
    first = world.stretches[state.groups[g].stretch].first_patrol
    best, soonest, still = NO_ONE, np.inf, 0
    for i in range(first, first + stretch.busy):
        j = state.busy[i]
        wait_h = state.patrols[j].busy_until_h - state.clock[0].now_h
        if wait_h > 0.0:
            state.busy[first + still] = j
            still += 1
            if state.patrols[j].number < stretch.crews:
                best, soonest = sooner(state, g, j, arrival_h(world, state, g, j, wait_h), best, soonest)
    stretch.busy = still
    return best, soonest


@compiled
def first_after(world: Arrays, state: State, g: int, phase: float) -> int:
    """Return the first patrol of the stretch of a group with that phase or a later one: guess, then step."""
    beat = world.stretches[state.groups[g].stretch]
    first, last = beat.first_patrol, beat.first_patrol + beat.patrols
    j = first + int(phase * beat.patrols)
    while j > first and state.patrols[j - 1].phase >= phase:
        j -= 1
    while j < last and state.patrols[j].phase < phase:
        j += 1
    return j


@compiled
def first_of_idle(
    world: Arrays, state: State, g: int, j: int, step: int, best: int, soonest: float
) -> tuple[int, float]:
    """Return the first to arrive of the best so far and the idle ones from `j` on, in one direction.

    The farther round, the later: the first that is later than the best so far ends the search.
    """
    beat = world.stretches[state.groups[g].stretch]
    crews = state.stretches[state.groups[g].stretch].crews
    first, slots = beat.first_patrol, beat.patrols
    for _ in range(slots):
        j = first if j == first + slots else first + slots - 1 if j < first else j
        patrol = state.patrols[j]
        if patrol.number < crews and patrol.busy_until_h <= state.clock[0].now_h:
            arrival = arrival_h(world, state, g, j, 0.0)
            if arrival > soonest + ROUNDING_H:
                break
            best, soonest = sooner(state, g, j, arrival, best, soonest)
        j += step
    return best, soonest


@compiled
def sooner(state: State, g: int, j: int, arrival: float, best: int, soonest: float) -> tuple[int, float]:
    """Return the better of patrol `j` and the best so far, and when it arrives."""
    if best == NO_ONE or arrival < soonest or (arrival == soonest and wins_tie(state, g, j, best)):
        return j, arrival
    return best, soonest


@compiled
def wins_tie(state: State, g: int, j: int, other: int) -> bool:
    """Return whether patrol `j` goes rather than `other`, by a draw keyed to the patrols and the group."""
    key, salt = state.clock[0].key ^ state.groups[g].key, state.groups[g].attempt
    lot = uniform(key, state.patrols[j].key, chance.PATROL_TIE, salt)
    return lot < uniform(key, state.patrols[other].key, chance.PATROL_TIE, salt)
