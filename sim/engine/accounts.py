"""What is put down once a day, when all of it is known: overtime."""

from __future__ import annotations

from numba.extending import register_jitable

from sim import outcomes as m
from sim.engine.ledger import count
from sim.rules.guards import overtime_h
from sim.state import State
from sim.world import Arrays


@register_jitable
def close_accounts(world: Arrays, state: State) -> None:
    """Put down what can be known only when the day is over."""
    work_overtime(world, state)


@register_jitable
def work_overtime(world: Arrays, state: State) -> None:
    """Count the hours guards worked beyond their shifts because groups took so many, and their pay."""
    params, day = world.params[0], state.clock[0]["day"]
    hours = world.calendar[day]["end_h"] - world.calendar[day]["start_h"]
    for s in range(state.stretches.shape[0]):
        stretch, c = state.stretches[s], world.stretches[s]["country"]
        taken_h = state.stretch_counts[s, m.STRETCH_BUSY_HOURS]
        share, size = params["overtime_above_share"], params["crew_size"]
        extra = overtime_h(taken_h - stretch["busy_before_h"], stretch["crews"] * hours, share, size)
        stretch["busy_before_h"] = taken_h
        count(state, c, m.OVERTIME_HOURS, extra)
        count(state, c, m.OVERTIME_EUR, extra * world.country[c]["overtime_eur_per_h"])
