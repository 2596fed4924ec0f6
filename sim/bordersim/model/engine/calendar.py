"""The calendar queue: groups sleep until something can happen to them, and are woken in order of time.

Time is cut into buckets, about as many as there are groups; a bucket is a linked list that holds a few. Until
its time comes it is in no order, so that nobody in it is looked at; then it is sorted by merging. So putting
to sleep costs the same for any number, and waking as many steps as their number has digits, also where
all wake at one instant.
"""

from __future__ import annotations

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.randomness import luck
from bordersim.model.records import NO_ONE, State
from bordersim.model.world import Arrays


@compiled
def wakes_before(state: State, a: int, b: int) -> bool:
    """Return whether group `a` wakes before `b`: by time, at the same instant by a keyed draw."""
    one, other = state.groups[a], state.groups[b]
    if one.time_h != other.time_h:
        return one.time_h < other.time_h
    lot = luck(state, one, chance.TIE)
    return lot < luck(state, other, chance.TIE)


@compiled
def put_to_sleep(state: State, g: int, time_h: float, event: int) -> None:
    """Let group `g` sleep until `time_h`; beyond the horizon it is never woken."""
    group = state.groups[g]
    group.time_h, group.event = time_h, event
    place = time_h / state.clock[0].bucket_h
    if place >= state.queue.shape[0]:
        return
    bucket = int(place)
    if bucket == state.clock[0].sorted_bucket:
        put_in_line(state, g, bucket)
    else:
        group.next, state.queue[bucket] = state.queue[bucket], g


@compiled
def put_in_line(state: State, g: int, bucket: int) -> None:
    """Put group `g` among those of the bucket that is in order."""
    before, after = NO_ONE, state.queue[bucket]
    while after != NO_ONE and wakes_before(state, after, g):
        before, after = after, state.groups[after].next
    state.groups[g].next = after
    if before == NO_ONE:
        state.queue[bucket] = g
    else:
        state.groups[before].next = g


@compiled
def merged(state: State, a: int, b: int) -> int:
    """Merge two lists in order, neither empty; return the first of both."""
    if wakes_before(state, b, a):
        a, b = b, a
    first, last, a = a, a, int(state.groups[a].next)
    while a != NO_ONE and b != NO_ONE:
        if wakes_before(state, b, a):
            a, b = b, a
        state.groups[last].next, last = a, a
        a = int(state.groups[a].next)
    state.groups[last].next = b if a == NO_ONE else a
    return first


@compiled
def in_order(state: State, rest: int) -> int:
    """Sort a list; return its first. Lists of 1, 2, 4... wait in `sorted` until one of their length comes."""
    top = 0
    while rest != NO_ONE:
        one, rest, digit = rest, int(state.groups[rest].next), 0
        state.groups[one].next = NO_ONE
        while state.sorted[digit] != NO_ONE:
            one = merged(state, int(state.sorted[digit]), one)
            state.sorted[digit], digit = NO_ONE, digit + 1
        state.sorted[digit], top = one, max(top, digit)
    first = NO_ONE
    for digit in range(top + 1):
        waiting = int(state.sorted[digit])
        if waiting != NO_ONE:
            first = waiting if first == NO_ONE else merged(state, waiting, first)
            state.sorted[digit] = NO_ONE
    return first


@compiled
def wake_next(state: State, until_h: float) -> int:
    """Remove the next group due before `until_h` [h] from the calendar and return it, or NO_ONE."""
    clock = state.clock[0]
    while clock.bucket < state.queue.shape[0]:
        g = int(state.queue[clock.bucket])
        if g != NO_ONE:
            if clock.sorted_bucket != clock.bucket:
                clock.sorted_bucket = clock.bucket
                if state.groups[g].next != NO_ONE:
                    g = in_order(state, g)
                    state.queue[clock.bucket] = g
            if state.groups[g].time_h >= until_h:
                return NO_ONE
            state.queue[clock.bucket] = state.groups[g].next
            clock.now_h = state.groups[g].time_h
            return g
        if (clock.bucket + 1) * clock.bucket_h >= until_h:
            return NO_ONE
        clock.bucket += 1
    return NO_ONE


@compiled
def ready_at_h(world: Arrays, from_h: float, readiness_days: float) -> float:
    """Return the time [h] by which `readiness_days` of ordinary hazard have passed since `from_h` [h].

    Exact inversion of the hazard by hour and month, which is constant within an hour.
    """
    hazard = world.hours["hazard"]
    hour = int(from_h)
    if hour >= hazard.shape[0] - 1:
        return np.inf
    level = hazard[hour] + (from_h - hour) * (hazard[hour + 1] - hazard[hour]) + readiness_days
    low, high = hour, hazard.shape[0] - 1
    if level >= hazard[high]:
        return np.inf
    while high - low > 1:
        middle = (low + high) // 2
        if hazard[middle] <= level:
            low = middle
        else:
            high = middle
    into_h = (level - hazard[low]) / (hazard[low + 1] - hazard[low])
    return max(low + float(into_h), from_h)
