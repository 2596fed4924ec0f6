"""What follows an attempt: the procedure, return, captivity, another try, giving up, death."""

from __future__ import annotations

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.engine.calendar import put_to_sleep, ready_at_h
from bordersim.model.engine.counting import alive, count, move
from bordersim.model.randomness import luck, luck_at, luck_once
from bordersim.model.records import NO_ONE, State
from bordersim.model.rules.hazards import exponential
from bordersim.model.rules.migrants import readiness
from bordersim.model.rules.reception import gives_up, is_unhoused
from bordersim.model.world import Arrays
from bordersim.words import metrics as m
from bordersim.words.codes import (
    BORDER_ZONE,
    DEAD,
    ENTERED,
    IN_PROCEDURE,
    RETURNED_HOME,
    SET_OUT,
    STAYED,
    TURNED_BACK,
)

HOURS_PER_DAY = 24.0


@compiled
def retry(world: Arrays, state: State, g: int, decision: int) -> None:
    """Sleep until the next try: rest after a failed one, then wait for night, weather and courage."""
    group, params, start = state.groups[g], world.params[0], state.clock[0].now_h
    mean = params.choice.first_try_days_mean
    if decision == chance.RETRY_WAIT:
        mean = params.choice.retry_days_mean
        start += params.choice.rest_days * HOURS_PER_DAY
    wait = readiness(luck(state, group, decision), mean)
    put_to_sleep(state, g, ready_at_h(world, start, wait), SET_OUT)


@compiled
def member_number(world: Arrays, state: State, g: int, f: int, p: int) -> int:
    """Return the number of a draw that concerns one member of a family in one attempt."""
    member = p - state.families[f].first_person
    return state.groups[g].attempt * world.derived[0].max_family + member


@compiled
def die(state: State, g: int, p: int, country: int) -> None:
    """Let one person die."""
    state.in_state[state.persons[p].state] -= 1
    state.in_state[DEAD] += 1
    state.persons[p].state = DEAD
    state.groups[g].people -= 1
    count(state, country, m.DEATHS, 1)


@compiled
def leave_group(state: State, g: int, f: int, to: int) -> int:
    """Move family `f` from its group to a state outside the border zone; return how many they are."""
    people = move(state, f, to)
    state.groups[g].people -= people
    return people


@compiled
def take_in(world: Arrays, state: State, g: int, f: int, country: int, metric: int) -> None:
    """Admit family `f` of group `g` to the procedure of `country`; `metric` is where it claims."""
    state.groups[g].people -= begin_procedure(world, state, f, country, metric, state.clock[0].now_h)


@compiled
def begin_procedure(world: Arrays, state: State, f: int, country: int, metric: int, from_h: float) -> int:
    """Begin the procedure of family `f` at `from_h` [h]; return how many they are."""
    people, family = move(state, f, IN_PROCEDURE), state.families[f]
    law, housed = world.law[state.clock[0].day, country], state.borders[country].in_procedure
    family.country = country
    family.unhoused = is_unhoused(
        luck_once(state, family, chance.UNHOUSED),
        housed + people - law.places,
        world.params[0].inland.unhoused_leave_share,
    )
    state.borders[country].in_procedure += people
    for p in range(family.first_person, family.first_person + family.people):
        state.persons[p].admitted_to_procedure |= state.persons[p].state == IN_PROCEDURE
    if family.seeks_protection:
        count(state, country, metric, people)
    mean = world.params[0].inland.stay_days_mean if family.unhoused else law.dwell_days_mean
    days = exponential(luck_once(state, family, chance.DWELL), mean)
    end_at(world, state, f, from_h + HOURS_PER_DAY * days)
    return people


@compiled
def end_at(world: Arrays, state: State, f: int, end_h: float) -> None:
    """Let the procedure or the stay of family `f` end on the day of `end_h` [h], tomorrow at the earliest."""
    if end_h < world.calendar[-1].end_h:
        day = state.days[max(world.hours[int(end_h)].day, state.clock[0].day + 1)]
        state.families[f].next_ending, day.first_ending = day.first_ending, f


@compiled
def get_in(world: Arrays, state: State, g: int, country: int) -> None:
    """Let group `g` enter and stay in `country` until it is found or moves on, listed by one family."""
    group, first = state.groups[g], NO_ONE
    for f in range(g, g + group.families):
        if state.families[f].state == BORDER_ZONE:
            move(state, f, ENTERED)
            state.families[f].country = country
            first = f if first == NO_ONE else first
    group.people = 0
    draw = luck(state, group, chance.STAY)
    days = exponential(draw, world.params[0].inland.stay_days_mean)
    end_at(world, state, first, state.clock[0].now_h + HOURS_PER_DAY * days)


@compiled
def push_back(world: Arrays, state: State, g: int, f: int, country: int, outcome: int) -> None:
    """Count a pushback: of whom, and earlier ones; perhaps the family gives up."""
    family, people = state.families[f], alive(state, f)
    after_line = outcome == TURNED_BACK
    count(state, country, m.PUSHED_BACK_AFTER_LINE if after_line else m.PUSHED_BACK_BEFORE_LINE, people)
    if family.vulnerable:
        count(state, country, m.VULNERABLE_PUSHED_BACK, people)
    if family.seeks_protection:
        count(state, country, m.SEEKERS_PUSHED_BACK, people)
        count(state, country, m.VULNERABLE_SEEKERS_PUSHED_BACK, people * family.vulnerable)
    for p in range(family.first_person, family.first_person + family.people):
        if state.persons[p].state == BORDER_ZONE:
            count(state, country, m.REPEAT_RETURNS, state.persons[p].returns > 0)
            state.persons[p].returns += 1
    discourage(world, state, g, f)


@compiled
def discourage(world: Arrays, state: State, g: int, f: int) -> None:
    """Draw whether a family gives up for good after another pushback, if it is free to."""
    family, params = state.families[f], world.params[0]
    if state.groups[g].captive:
        return
    draw = luck_at(state, family, chance.GIVES_UP, state.groups[g].attempt)
    if gives_up(draw, params.return_home.after_return_probability):
        stays = luck_once(state, family, chance.STAYS) < params.return_home.stays_share
        leave_group(state, g, f, STAYED if stays else RETURNED_HOME)
