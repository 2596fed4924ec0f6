"""Patrols are scarce: they are assigned to one alarm after another, in order of time."""

from __future__ import annotations

import math

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.engine.counting import count
from bordersim.model.engine.dispatch import arrival_h, first_to_come
from bordersim.model.randomness import luck, luck_once
from bordersim.model.records import NO_ONE, State
from bordersim.model.rules.guards import handling_time_h, turns_round
from bordersim.model.world import Arrays
from bordersim.words import metrics as m


def line_up(world: Arrays, state: State) -> None:
    """Order the patrols of each stretch by their phases."""
    stretch = np.repeat(np.arange(len(world.stretches)), world.stretches["patrols"])
    state.patrols[:] = state.patrols[np.lexsort((state.patrols["phase"], stretch))]


@compiled
def draw_patrols(world: Arrays, state: State) -> None:
    """Draw where each patrol is in its round, and which stretch gets the odd crew."""
    for stretch in range(world.stretches.shape[0]):
        row = world.stretches[stretch]
        state.stretches[stretch].rounding = luck_once(state, row, chance.PATROL_ROUNDING)
        for i in range(row.patrols):
            patrol = state.patrols[row.first_patrol + i]
            patrol.key, patrol.number = row.key + np.uint64(i), i
            patrol.phase = luck_once(state, patrol, chance.PATROL_PHASE)


@compiled
def all_busy(world: Arrays, state: State, stretch: int) -> bool:
    """Return whether every patrol on shift of a stretch is busy."""
    first, crews, busy = world.stretches[stretch].first_patrol, state.stretches[stretch].crews, 0
    for i in range(first, first + state.stretches[stretch].busy):
        busy += state.patrols[state.busy[i]].number < crews
    return busy == crews


@compiled
def bind(world: Arrays, state: State, stretch: int, j: int, until_h: float) -> None:
    """Let patrol `j` be busy until some time, on the list of busy patrols."""
    if state.patrols[j].busy_until_h <= state.clock[0].now_h:
        state.busy[world.stretches[stretch].first_patrol + state.stretches[stretch].busy] = j
        state.stretches[stretch].busy += 1
    state.patrols[j].busy_until_h = until_h


@compiled
def take_hours(state: State, stretch: int, country: int, hours: float) -> None:
    """Count crew hours that groups take of a stretch, up to the hours its crews have had on shift.

    The rest is owed: it is counted once there are hours for it, and never if the run ends before. Only
    whole hours are assigned, so that rounding never adds any.
    """
    left_h = math.floor(
        state.stretches[stretch].shift_h - state.stretch_counts[stretch, m.STRETCH_BUSY_HOURS]
    )
    taken_h = min(hours, max(left_h, 0.0))
    state.stretches[stretch].owed_h += hours - taken_h
    count(state, country, m.PATROL_BUSY_HOURS, taken_h)
    state.stretch_counts[stretch, m.STRETCH_BUSY_HOURS] += taken_h


@compiled
def work_off(state: State, stretch: int, country: int) -> None:
    """Count hours that are still owed, now that new ones are there."""
    owed_h = state.stretches[stretch].owed_h
    if owed_h > 0.0:
        state.stretches[stretch].owed_h = 0.0
        take_hours(state, stretch, country, owed_h)


@compiled
def send_patrol(world: Arrays, state: State, g: int, waits: bool) -> float:
    """Send the first available patrol and return when it arrives [h]; infinity if there is none.

    Who waits for guards is met in the end. A patrol is busy with a group that it meets, not with one that is
    gone or turns round when it sees it.
    """
    group, now, params = state.groups[g], state.clock[0].now_h, world.params[0]
    stretch, j = group.stretch, first_to_come(world, state, g)
    country = world.stretches[stretch].country
    fails = luck(state, group, chance.RESPONSE_FAILS) < params.respond.fails_probability
    if j == NO_ONE or (fails and not waits):
        return np.inf
    start = max(state.patrols[j].busy_until_h, now)
    arrival = arrival_h(world, state, g, j, max(state.patrols[j].busy_until_h - now, 0.0))
    if not waits:
        draw = luck(state, group, chance.TURNED_ROUND)
        group.turned_round = turns_round(draw, params.respond.turn_round_probability, arrival, group.line_h)
    met = waits or (arrival < group.end_h and not group.turned_round)
    per_person_h = world.law[state.clock[0].day, country].handling_per_person_h
    handling = handling_time_h(params.respond.handling_h, per_person_h, group.people)
    busy_until = arrival + (handling if met else 0.0)
    count(state, country, m.RESPONSES, 1)
    count(state, country, m.RESPONSE_HOURS, arrival - now)
    count(state, country, m.SATURATED_RESPONSES, all_busy(world, state, stretch))
    take_hours(state, stretch, country, busy_until - start)
    state.stretch_counts[stretch, m.STRETCH_RESPONSES] += 1
    bind(world, state, stretch, j, busy_until)
    return arrival
