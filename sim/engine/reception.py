"""How procedures end: in their time, or on the day restrictions end."""

from __future__ import annotations

from numba.extending import register_jitable

from sim import outcomes as m
from sim import randomness as chance
from sim.engine.ledger import count, move
from sim.randomness import uniform
from sim.rules.reception import end_of_procedure
from sim.state import IN_PROCEDURE, MOVED_ON, NO_ONE, RETURNED_HOME, State
from sim.world import Arrays


@register_jitable
def end_procedures(world: Arrays, state: State) -> None:
    """End the procedures that are due: admitted, returned home, or moved on."""
    f = state.days[state.clock[0]["day"]]["first_ending"]
    while f != NO_ONE:
        family = state.families[f]
        country = world.country[family["country"]]
        draw = uniform(state.clock[0]["key"], family["key"], chance.DECISION, 0)
        to = end_of_procedure(draw, country["admitted_share"], country["returned_share"])
        if family["state"] == IN_PROCEDURE:
            leave_procedure(world, state, f, to)
        f = family["next_ending"]


@register_jitable
def leave_procedure(world: Arrays, state: State, f: int, to: int) -> None:
    """Let a family leave the procedure; who goes home gets the grant."""
    c = state.families[f]["country"]
    people = move(state, f, to)
    state.borders[c]["in_procedure"] -= people
    if to == RETURNED_HOME:
        count(state, c, m.RETURN_GRANTS_EUR, people * world.country[c]["return_grant_eur"])


@register_jitable
def end_restrictions(world: Arrays, state: State) -> None:
    """On the day restrictions end, let many of those in the procedure move on."""
    day = state.clock[0]["day"]
    if not world.calendar[day]["releases"]:
        return
    for f in range(state.families.shape[0]):
        family = state.families[f]
        if family["state"] == IN_PROCEDURE:
            share = world.law[day, family["country"]]["onward_share"]
            key = state.clock[0]["key"]
            if (
                uniform(key, family["key"], chance.RELEASED_ONWARD, world.params[0]["first_day"] + day)
                < share
            ):
                leave_procedure(world, state, f, MOVED_ON)
