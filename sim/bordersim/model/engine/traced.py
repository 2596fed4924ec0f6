"""A run with a log of what happens to each family.

The calls are those of `loop`, in the same order, and only reads are added: so its counts are those of the
untraced run, to the bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.model.compiling.compiled import compiled, entrance
from bordersim.model.engine.calendar import wake_next
from bordersim.model.engine.counting import alive
from bordersim.model.engine.day import end_day, start_day
from bordersim.model.engine.flights import fly_home
from bordersim.model.engine.histories import Keys, take_key
from bordersim.model.engine.loop import act
from bordersim.model.engine.replicate import BlockOutput, finished, state_of_key
from bordersim.model.records import NO_ONE, Family, State
from bordersim.model.rows import F64, I16, I32, I64, U8, U32, Key, Record, empty
from bordersim.model.world import Arrays
from bordersim.words.codes import BORDER_ZONE, CAPTIVE, EN_ROUTE, EVENTS

if TYPE_CHECKING:
    from bordersim.model.rows import Rows

# What is noted beside the events of groups: what a morning brings, and a flight home before it.
MORNING, FLIGHT = len(EVENTS), len(EVENTS) + 1
ENTRIES_A_FAMILY = 16  # room to begin with


class Entry(Record):
    """What happened to a family at one moment, and how things stood afterwards."""

    key: Key  # of the family
    time_h: F64
    next_h: F64  # when its group wakes next; 0 where it has left its group
    line_h: F64
    step: I64  # events of all groups before this one
    family: I32
    group: I32
    people: I32  # in its group
    dead: I32  # of the family
    attempt: I32
    segment: I32
    returns: U32
    stretch: I16
    event: U8
    next_event: U8
    was: U8
    now: U8
    presenting: U8
    breached: U8
    detected: U8
    turned_round: U8
    captive: U8


class Track(Record):
    """How far a trace has come, and before which event of a group it stops."""

    entries: I64
    steps: I64
    stop: I64


class Trace(NamedTuple):
    """The log, the states of families as last noted, and how far it has come."""

    log: Rows[Entry]
    before: np.ndarray  # uint8[families]
    track: Rows[Track]


class Traced(NamedTuple):
    """The counts of a run, its families at the end, and what happened to them in order of time."""

    output: BlockOutput
    families: Rows[Family]
    log: Rows[Entry]


@compiled
def in_a_group(state: int) -> bool:
    """Return whether a family in this state acts with its group."""
    return state in (EN_ROUTE, BORDER_ZONE, CAPTIVE)


@compiled
def note(
    state: State, log: Rows[Entry], track: Rows[Track], f: int, event: int, was: int, time_h: float
) -> None:
    """Write an entry about family `f`, if there is still room; count it in any case."""
    n, family = track[0].entries, state.families[f]
    track[0].entries += 1
    if n >= log.shape[0]:
        return
    entry, group = log[n], state.groups[family.group]
    entry.key, entry.family, entry.time_h, entry.event = family.key, f, time_h, event
    entry.was, entry.now, entry.dead = was, family.state, family.people - alive(state, f)
    entry.step, entry.returns = track[0].steps, state.persons[family.first_person].returns
    if event >= MORNING:
        return
    entry.group, entry.people, entry.attempt = family.group, group.people, group.attempt
    entry.stretch, entry.segment, entry.line_h = group.stretch, group.segment, group.line_h
    entry.presenting, entry.breached, entry.detected = group.presenting, group.breached, group.detected
    entry.turned_round, entry.captive = group.turned_round, group.captive
    if in_a_group(family.state):
        entry.next_h, entry.next_event = group.time_h, group.event


@compiled
def note_moves(
    world: Arrays, state: State, log: Rows[Entry], before: np.ndarray, track: Rows[Track], event: int
) -> None:
    """Note every family whose state is no longer as last noted."""
    start_h = world.calendar[state.clock[0].day].start_h
    for f in range(before.shape[0]):
        if state.families[f].state != before[f]:
            note(state, log, track, f, event, before[f], start_h)
            before[f] = state.families[f].state


@compiled
def act_noted(
    world: Arrays, state: State, g: int, log: Rows[Entry], before: np.ndarray, track: Rows[Track]
) -> None:
    """Run the event of a group, then note it for each family that was in the group."""
    event, families = state.groups[g].event, state.groups[g].families
    act(world, state, g)
    for f in range(g, g + families):
        if in_a_group(before[f]):
            note(state, log, track, f, event, before[f], state.clock[0].now_h)
            before[f] = state.families[f].state
    track[0].steps += 1


@entrance
def traced_days(
    world: Arrays, state: State, until_day: int, log: Rows[Entry], before: np.ndarray, track: Rows[Track]
) -> None:
    """Run the days up to the start of `until_day` as `run_days` does, or up to the event to stop before."""
    clock = state.clock[0]
    while clock.day < until_day:
        note_moves(world, state, log, before, track, FLIGHT)
        start_day(world, state)
        note_moves(world, state, log, before, track, MORNING)
        end_h = world.calendar[clock.day].end_h
        g = wake_next(state, end_h)
        while g != NO_ONE:
            if state.groups[g].people > 0:
                if track[0].steps == track[0].stop:
                    return
                act_noted(world, state, g, log, before, track)
            g = wake_next(state, end_h)
        end_day(world, state)
        clock.day += 1


def traced(world: Arrays, keys: Keys, which: str) -> Traced:
    """Return the counts of a history or replicate, and the log of all its families."""
    state = state_of_key(world, np.uint64(keys.first))
    trace = _new_trace(state, ENTRIES_A_FAMILY * len(state.families), NO_ONE)
    _live(world, keys, state, trace)
    if trace.track[0].entries > len(trace.log):
        state = state_of_key(world, np.uint64(keys.first))
        trace = _new_trace(state, int(trace.track[0].entries), NO_ONE)
        _live(world, keys, state, trace)
    written = trace.log[np.arange(int(trace.track[0].entries))]
    return Traced(finished(world, state, which), state.families, written)


def stopped_before(world: Arrays, keys: Keys, step: int) -> State:
    """Return the state in which a group has just woken for event number `step` and not yet acted."""
    state = state_of_key(world, np.uint64(keys.first))
    _live(world, keys, state, _new_trace(state, 0, step))
    return state


def _new_trace(state: State, room: int, stop: int) -> Trace:
    """Return a trace of which nothing is written yet."""
    track = empty(Track, 1)
    track["stop"] = stop
    return Trace(empty(Entry, room), state.families["state"].copy(), track)


def _live(world: Arrays, keys: Keys, state: State, trace: Trace) -> None:
    """Let a run pass to its end, or to the event to stop before, with the keys of its days."""
    end = len(world.calendar)
    for day, key in keys.changes:
        if day < end:
            _advance(world, state, day, trace)
            if _has_stopped(trace):
                return
            take_key(state, key)
    _advance(world, state, end, trace)


def _advance(world: Arrays, state: State, until_day: int, trace: Trace) -> None:
    """Go on to the start of a day as `advance` does; flights leave before the day."""
    today = int(state.clock[0].day)
    for days_on in np.flatnonzero(world.calendar["seats_home"][today:until_day]).tolist():
        traced_days(world, state, today + days_on, *trace)
        if _has_stopped(trace):
            return
        fly_home(world, state)
    traced_days(world, state, until_day, *trace)


def _has_stopped(trace: Trace) -> bool:
    """Return whether the event to stop before has come."""
    return bool(trace.track[0].steps == trace.track[0].stop)
