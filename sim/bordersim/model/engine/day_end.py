"""End-of-day accounts: overtime, aid, late figures."""

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
def close_accounts(world: Arrays, state: State) -> None:
    """Book what is known only at the end of the day."""
    work_overtime(world, state)
    give_aid(world, state)
    report_late(world, state)


@compiled
def work_overtime(world: Arrays, state: State) -> None:
    """Count overtime that groups caused, and its pay."""
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
        count(state, c, m.OVERTIME_EUR, extra * world.params[0].cost[c].overtime_eur_per_h)


@compiled
def give_aid(world: Arrays, state: State) -> None:
    """Pay legal help for the claims of the day, and aid to captives at midnight."""
    for c in range(3):
        row, cost = state.daily[state.clock[0].day, c], world.params[0].cost[c]
        claims = row[m.CLAIMS_LODGED_BORDER] + row[m.CLAIMS_LODGED_CROSSING_POINT]
        claims += row[m.CLAIMS_LODGED_MISSION]
        legal = claims * cost.legal_aid_eur_per_claim
        count(state, c, m.AID_EUR, legal + state.borders[c].captive * cost.aid_eur_per_captive_day)


@compiled
def report_late(world: Arrays, state: State) -> None:
    """Where the record missed yesterday, add its complete figures to today's."""
    day, key = state.clock[0].day, state.clock[0].key
    for c in range(3):
        missed = uniform(key, np.uint64(c), chance.MISSED_DAY, world.derived[0].first_day + day - 1)
        if day > 0 and missed < world.params[0].record.missed_day_probability[c]:
            late, today = state.daily[day - 1, c], state.daily[day, c]
            for metric in (m.RECORD_ATTEMPTS, m.RECORD_TURNED_BACK, m.RECORD_APPREHENDED):
                today[metric] += late[metric]
                late[metric] = 0.0
