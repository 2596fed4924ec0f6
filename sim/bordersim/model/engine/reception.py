"""How procedures and stays inland end: in their time, procedures also on the day restrictions end."""

from __future__ import annotations

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.engine.aftermath import begin_procedure
from bordersim.model.engine.counting import count, move
from bordersim.model.randomness import luck, luck_at, luck_once
from bordersim.model.records import NO_ONE, State
from bordersim.model.rules.reception import end_of_procedure, end_of_stay
from bordersim.model.world import Arrays
from bordersim.words import metrics as m
from bordersim.words.codes import ENTERED, IN_PROCEDURE, MOVED_ON, RETURNED_HOME


@compiled
def end_procedures(world: Arrays, state: State) -> None:
    """End the procedures and stays that are due: admitted, returned home, moved on; found, moved on."""
    f = state.days[state.clock[0].day].first_ending
    while f != NO_ONE:
        family = state.families[f]
        shares, following = world.params[0].procedure[family.country], family.next_ending
        if family.state == IN_PROCEDURE:
            draw = luck_once(state, family, chance.DECISION)
            to = end_of_procedure(draw, shares.admitted_share, shares.returned_share)
            leave_procedure(world, state, f, MOVED_ON if family.unhoused else to)
        elif family.state == ENTERED:
            end_stay(world, state, f)
        f = following


@compiled
def end_stay(world: Arrays, state: State, first: int) -> None:
    """Let a group that entered be found and admitted to the procedure, or move on to another country."""
    g = state.families[first].group
    group = state.groups[g]
    draw = luck(state, group, chance.FOUND_INLAND)
    to = end_of_stay(draw, world.params[0].inland.found_share)
    for f in range(first, g + group.families):
        if state.families[f].state == ENTERED:
            leave_stay(world, state, f, to)


@compiled
def leave_stay(world: Arrays, state: State, f: int, to: int) -> None:
    """Admit a family that entered to the procedure of the country it is in, or let it move on."""
    family, day = state.families[f], state.clock[0].day
    for p in range(family.first_person, family.first_person + family.people):
        state.persons[p].entered_unstopped |= state.persons[p].state == ENTERED
    if to == MOVED_ON:
        people = move(state, f, MOVED_ON)
        state.border_news[day, family.country].passed += people
        count(state, family.country, m.MOVED_ONWARD, people)
        return
    c, from_h = family.country, world.calendar[day].start_h
    people = begin_procedure(world, state, f, c, m.CLAIMS_LODGED_BORDER, from_h)
    count(state, c, m.APPREHENDED_INLAND, people)


@compiled
def leave_procedure(world: Arrays, state: State, f: int, to: int) -> None:
    """Let a family leave the procedure."""
    c = state.families[f].country
    people = move(state, f, to)
    state.borders[c].in_procedure -= people
    if to == MOVED_ON:
        state.border_news[state.clock[0].day, c].passed += people
    if to == RETURNED_HOME:
        count(state, c, m.RETURNED_AFTER_PROCEDURE, people)


@compiled
def end_restrictions(world: Arrays, state: State) -> None:
    """On the day restrictions end, let many of those in the procedure move on."""
    day = state.clock[0].day
    if not world.calendar[day].releases:
        return
    for f in range(state.families.shape[0]):
        family = state.families[f]
        if family.state == IN_PROCEDURE:
            share = world.law[day, family.country].onward_share
            if luck_at(state, family, chance.RELEASED_ONWARD, world.derived[0].first_day + day) < share:
                leave_procedure(world, state, f, MOVED_ON)
