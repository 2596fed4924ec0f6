"""What is put down once a day, when all of it is known: overtime, aid."""

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
    give_aid(world, state)


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


@register_jitable
def give_aid(world: Arrays, state: State) -> None:
    """Pay legal help for the claims of the day, and aid to those stranded at midnight."""
    for c in range(3):
        row, country = state.daily[state.clock[0]["day"], c], world.country[c]
        claims = row[m.CLAIMS_LODGED_BORDER] + row[m.CLAIMS_LODGED_CROSSING_POINT]
        claims += row[m.CLAIMS_LODGED_MISSION]
        legal = claims * country["legal_aid_eur_per_claim"]
        count(state, c, m.AID_EUR, legal + state.borders[c]["stranded"] * country["aid_eur_per_stranded_day"])
