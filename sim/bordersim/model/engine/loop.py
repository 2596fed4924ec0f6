"""The loop: open the day, wake the groups due in it one by one, close the day."""

from __future__ import annotations

import numpy as np

from bordersim.model.compiling.compiled import compiled, entrance
from bordersim.model.engine.attempt import arrive, get_clear, meet, raise_alarm, set_out
from bordersim.model.engine.calendar import put_to_sleep, wake_next
from bordersim.model.engine.captivity import release
from bordersim.model.engine.day import end_day, start_day
from bordersim.model.engine.flights import fly_home
from bordersim.model.records import NO_ONE, State
from bordersim.model.world import Arrays
from bordersim.words import metrics as m
from bordersim.words.codes import (
    ALARM,
    ARRIVE,
    CLEAR,
    EN_ROUTE,
    ENTERED,
    EVENTS,
    MEET,
    RELEASE,
    SET_OUT,
    STATES,
)

TRYING = np.isin(np.arange(len(EVENTS)), (ALARM, MEET, CLEAR))


@compiled
def act(world: Arrays, state: State, g: int) -> None:
    """Run the event that the group has just woken for."""
    event = state.groups[g].event
    if event == ARRIVE:
        arrive(world, state, g)
    elif event == ALARM:
        raise_alarm(world, state, g)
    elif event == MEET:
        meet(world, state, g)
    elif event == CLEAR:
        get_clear(world, state, g)
    elif event == SET_OUT or (event == RELEASE and release(world, state, g)):
        set_out(world, state, g)


@compiled
def queue_arrivals(state: State) -> None:
    """Let every group sleep until it reaches the border zone."""
    for g in range(state.groups.shape[0]):
        if state.groups[g].families > 0:
            put_to_sleep(state, g, state.groups[g].time_h, ARRIVE)


def advance(world: Arrays, state: State, until_day: int) -> None:
    """Advance one replicate up to the start of `until_day` [day of the run]; flights leave before the day."""
    today = int(state.clock[0].day)
    for days_on in np.flatnonzero(world.calendar["seats_home"][today:until_day]).tolist():
        run_days(world, state, today + days_on)
        fly_home(world, state)
    run_days(world, state, until_day)


@entrance
def run_days(world: Arrays, state: State, until_day: int) -> None:
    """Run the days up to the start of `until_day`."""
    clock = state.clock[0]
    while clock.day < until_day:
        start_day(world, state)
        end_h = world.calendar[clock.day].end_h
        g = wake_next(state, end_h)
        while g != NO_ONE:
            if state.groups[g].people > 0:
                act(world, state, g)
            g = wake_next(state, end_h)
        end_day(world, state)
        clock.day += 1


def people_adding_up(state: State) -> bool:
    """Return whether everybody is in exactly one state and every attempt ended once or is in progress."""
    recount = np.bincount(state.persons["state"], minlength=len(STATES))
    under_way = int(state.groups["people"][TRYING[state.groups["event"]]].sum())
    attempts = state.daily[:, :, m.ATTEMPTS].sum()
    return bool((recount == state.in_state).all() and attempts == state.ended.sum() + under_way)


def count_people(state: State) -> np.ndarray:
    """Count people rather than attempts: arrived, attempted, entered, admitted, pushed back."""
    persons, totals = state.persons, np.zeros(len(m.PEOPLE_METRICS))
    entered = (persons["entered_unstopped"] > 0) | (persons["state"] == ENTERED)
    totals[m.PEOPLE_ARRIVED] = np.count_nonzero(persons["state"] != EN_ROUTE)
    totals[m.PEOPLE_ATTEMPTED] = np.count_nonzero(persons["attempts"])
    totals[m.PEOPLE_ENTERED_UNSTOPPED] = np.count_nonzero(entered)
    totals[m.PEOPLE_ADMITTED_TO_PROCEDURE] = np.count_nonzero(persons["admitted_to_procedure"])
    totals[m.PEOPLE_PUSHED_BACK] = np.count_nonzero(persons["returns"])
    return totals
