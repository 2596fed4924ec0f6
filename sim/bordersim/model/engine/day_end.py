"""End-of-day accounts: overtime, late figures."""

from __future__ import annotations

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.engine.counting import count
from bordersim.model.randomness import uniform
from bordersim.model.records import State
from bordersim.model.rules.guards import overtime_h
from bordersim.model.world import Arrays
from bordersim.words import metrics as m


@compiled
def work_overtime(world: Arrays, state: State) -> None:
    """Count the overtime that groups caused."""
    params, day = world.params[0], state.clock[0].day
    hours = world.calendar[day].end_h - world.calendar[day].start_h
    for s in range(state.stretches.shape[0]):
        stretch, c = state.stretches[s], world.stretches[s].country
        taken_h = state.stretch_counts[s, m.STRETCH_BUSY_HOURS]
        if taken_h == stretch.busy_before_h:
            continue
        share, size = params.patrols.overtime_above_share, params.patrols.crew_size
        extra = overtime_h(taken_h - stretch.busy_before_h, stretch.crews * hours, share, size)
        stretch.busy_before_h = taken_h
        count(state, c, m.OVERTIME_HOURS, extra)


@compiled
def report_late(world: Arrays, state: State) -> None:
    """Where the record missed yesterday, add its complete figures to today's."""
    day, key = state.clock[0].day, state.clock[0].key
    for c in range(3):
        missed = uniform(key, np.uint64(c), chance.MISSED_DAY, world.derived[0].first_day + day - 1)
        if day > 0 and missed < world.params[0].record.missed_day_probability:
            late, today = state.daily[day - 1, c], state.daily[day, c]
            for metric in (m.RECORD_ATTEMPTS, m.RECORD_TURNED_BACK, m.RECORD_APPREHENDED):
                today[metric] += late[metric]
                late[metric] = 0.0
