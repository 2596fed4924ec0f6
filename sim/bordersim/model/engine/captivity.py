"""Held between the lines: who is not let back is driven forward again and again, until it ends."""

from __future__ import annotations

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.engine.aftermath import die, leave_group, member_number, retry, take_in
from bordersim.model.engine.calendar import put_to_sleep
from bordersim.model.engine.counting import count, country_of, move
from bordersim.model.randomness import luck, luck_at
from bordersim.model.records import State
from bordersim.model.rules.captivity import captivity_ends, wait_days
from bordersim.model.rules.exposure import probability_over_days
from bordersim.model.world import Arrays
from bordersim.words import metrics as m
from bordersim.words.codes import (
    ADMITTED_FROM_CAPTIVITY,
    BORDER_ZONE,
    CAPTIVE,
    DRIVEN_FORWARD,
    RELEASE,
    RETURNED_HOME,
    TAKEN_HOME,
)

HOURS_PER_DAY = 24.0


@compiled
def send_back(world: Arrays, state: State, g: int, country: int, after_line: bool) -> None:
    """Return a group to the border zone, unless it is held there already or not let back now."""
    group, day = state.groups[g], state.clock[0].day
    let_back = luck(state, group, chance.LET_BACK) < world.law[day, country].let_back_probability
    group.captive |= after_line and not let_back
    try_again(world, state, g, chance.RETRY_WAIT)


@compiled
def try_again(world: Arrays, state: State, g: int, decision: int) -> None:
    """Wait for the next try: of its own will, or until it is driven forward."""
    if state.groups[g].captive:
        hold(world, state, g)
    else:
        retry(world, state, g, decision)


@compiled
def ends_per_day(world: Arrays, country: int) -> tuple[float, float, float, float]:
    """Return how often captives of a border are driven forward, admitted, taken home, let back [1/d]."""
    host = world.params[0].host
    return (
        host.captives_driven_per_day,
        host.captives_admitted_per_day[country],
        host.captives_taken_home_per_day,
        host.captives_let_back_per_day[country],
    )


@compiled
def hold(world: Arrays, state: State, g: int) -> None:
    """Hold a group between the lines until the next thing happens to it there."""
    group = state.groups[g]
    country = country_of(world, group)
    for f in range(g, g + group.families):
        if state.families[f].state == BORDER_ZONE:
            state.borders[country].captive += move(state, f, CAPTIVE)
    days = wait_days(luck(state, group, chance.CAPTIVE_WAIT), *ends_per_day(world, country))
    group.since_h = state.clock[0].now_h
    put_to_sleep(state, g, group.since_h + days * HOURS_PER_DAY, RELEASE)


@compiled
def release(world: Arrays, state: State, g: int) -> bool:
    """End a wait between the lines; return whether the survivors are driven forward."""
    group, host = state.groups[g], world.params[0].host
    country = country_of(world, group)
    freeze(world, state, g, country)
    for f in range(g, g + group.families):
        if state.families[f].state == CAPTIVE:
            state.borders[country].captive -= move(state, f, BORDER_ZONE)
    end = captivity_ends(luck(state, group, chance.CAPTIVITY_ENDS), *ends_per_day(world, country))
    moved = luck(state, group, chance.CAPTIVES_MOVED) < host.captives_moved_probability
    group.pinned = end == DRIVEN_FORWARD and not moved
    group.captive = end == DRIVEN_FORWARD
    if end != DRIVEN_FORWARD:
        let_go(world, state, g, country, end)
    return group.captive and group.people > 0


@compiled
def let_go(world: Arrays, state: State, g: int, country: int, end: int) -> None:
    """Let captives go where their captivity ends: into the procedure, home, or back to try again."""
    group = state.groups[g]
    if end == ADMITTED_FROM_CAPTIVITY:
        count(state, country, m.RESCUED, group.people)
        count(state, country, m.HUMANITARIAN_ADMISSIONS, group.people)
    for f in range(g, g + group.families):
        if state.families[f].state == BORDER_ZONE:
            if end == ADMITTED_FROM_CAPTIVITY:
                take_in(world, state, g, f, country, m.CLAIMS_LODGED_BORDER)
            elif end == TAKEN_HOME:
                leave_group(state, g, f, RETURNED_HOME)
    if group.people > 0:
        retry(world, state, g, chance.RETRY_WAIT)


@compiled
def freeze(world: Arrays, state: State, g: int, country: int) -> None:
    """Let captives who do not survive the freezing days of their wait die."""
    group, today = state.groups[g], state.clock[0].day
    began = world.hours[int(group.since_h)].day
    freezing = world.calendar[today].freezing_days - world.calendar[began].freezing_days
    if freezing == 0:
        return
    harm = world.params[0].harm
    probability = probability_over_days(harm.death_probability_per_captive_freezing_day, freezing)
    for f in range(g, g + group.families):
        if state.families[f].state == CAPTIVE:
            freeze_family(world, state, g, f, country, probability)


@compiled
def freeze_family(world: Arrays, state: State, g: int, f: int, country: int, probability: float) -> None:
    """Let those of a family die who do not survive."""
    family = state.families[f]
    for p in range(family.first_person, family.first_person + family.people):
        if state.persons[p].state == CAPTIVE:
            number = member_number(world, state, g, f, p)
            count(state, country, m.DEATHS_EXPECTED, probability)
            if luck_at(state, family, chance.DEATH_CAPTIVE, number) < probability:
                state.borders[country].captive -= 1
                die(state, g, p, country)
