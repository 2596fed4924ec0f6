"""The records of a run that change: one kind of row per kind of entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.model.rows import F64, I16, I32, I64, U8, U32, Key, Record

if TYPE_CHECKING:
    from bordersim.model.rows import Rows


class Person(Record):
    """One person; families are runs of persons, groups are runs of families."""

    state: U8
    entered_unstopped: U8
    admitted_to_procedure: U8
    attempts: U32
    returns: U32


class Family(Record):
    """A family, which never splits."""

    key: Key
    first_person: I32
    people: I32
    group: I32
    next_ending: I32
    origin: U8
    unhoused: U8  # admitted beyond the places of reception
    vulnerable: U8
    seeks_protection: U8
    presents: U8
    state: U8
    country: U8


class Group(Record):
    """A group: in the slot of its first family, whose key it has; it sleeps until `time_h`."""

    key: Key
    time_h: F64
    line_h: F64
    end_h: F64
    since_h: F64  # since when it is held between the lines
    next: I32
    families: I32
    people: I32
    attempt: I32
    stretch: I16
    segment: I32
    event: U8
    presenting: U8
    breached: U8
    through_fence: U8
    detected: U8
    pinned: U8  # to the stretch where it is
    captive: U8  # held between the lines
    turned_round: U8  # at the sight of a patrol


class Patrol(Record):
    """A patrol; those of a stretch are in the order of their phases and go on shift by `number`."""

    key: Key
    phase: F64
    busy_until_h: F64
    number: I64


class Clock(Record):
    """The time, and where Belarus steers."""

    key: Key  # what draws are made from today
    first_key: Key  # what all was drawn from that is settled before the first day
    now_h: F64
    bucket_h: F64
    day: I64
    bucket: I64
    sorted_bucket: I64  # the one that is in order
    focus: I64  # country to which the host state leads many today
    focus_draw: F64  # which draws the stretch there
    inflow_drift: F64  # logarithm of how many come over how many are planned
    stayed_away: I64  # candidates who landed on no day up to today


class Day(Record):
    """A day of the run."""

    landed: I64  # people landed up to and including the day
    first_family: I32  # first of those who could land that day
    first_ending: I32  # first family whose procedure ends that day
    best_chance: F64  # believed chance of getting in where it is best


class Stretch(Record):
    """What changes at a stretch, and the belief about it."""

    crews: I64  # whole crews on shift today
    busy: I64  # patrols on the list of those who are busy
    rounding: F64  # the draw that rounds them
    weight: F64
    passage: F64  # believed chance to slip through
    slipped: F64  # remembered people who slipped through
    tried: F64  # remembered people who tried to
    noticed: F64  # remembered people noticed here
    shift_h: F64  # crew hours on shift up to and including today
    owed_h: F64  # crew hours that groups want and nobody has worked yet
    busy_before_h: F64  # crew hours that groups have taken up to yesterday


class Border(Record):
    """What changes at a border, and the belief about it."""

    admits: F64  # believed probability that this border admits people rather than turning them back
    admission: F64  # believed chance to be admitted when met
    passed: F64  # remembered people who went on from here: how well the way is trodden
    got_in: F64  # people whom the host state saw get in
    mind: F64  # logarithm of how much more the host state steers here than success alone would say
    steering_sum: F64  # cumulative steering of the host state
    captive: I64  # people held between the lines
    in_procedure: I64
    places: I64  # claims that crossing points can still take today


class Segment(Record):
    """The barrier at a segment."""

    wire_needs_km: F64  # kilometres of the country that must stand for it to be wired
    fence_needs_km: F64
    surveillance_needs_km: F64
    mended_day: I32  # day on which the last hole in the fence is mended
    weight_sum: F64  # cumulative weight within its stretch


class StretchNews(Record):
    """What happened at a stretch on one day."""

    slipped: F64
    tried: F64
    noticed: F64


class BorderNews(Record):
    """What happened at a border on one day."""

    admitted: F64
    met: F64
    got_in: F64
    passed: F64  # on, to another country
    steering: F64  # weight that the host state gave the border


NO_ONE = -1  # the end of a linked list


class State(NamedTuple):
    """Everything that changes in one replicate. Arrays only; the engine writes them, nobody else."""

    clock: Rows[Clock]  # [1]
    persons: Rows[Person]  # [people]
    families: Rows[Family]  # [families]
    groups: Rows[Group]  # [families]
    patrols: Rows[Patrol]  # [patrol slots]
    busy: np.ndarray  # int32[patrol slots]: busy patrols, those of a stretch from its first slot on
    queue: np.ndarray  # int32[buckets]: first group of each bucket of the calendar
    sorted: np.ndarray  # int32[digits of a number]: lists in order, while a bucket is sorted
    days: Rows[Day]  # [days + 1]
    barrier_changes: np.ndarray  # bool[days + 1, stretches]: a barrier there is another from that day on
    stretches: Rows[Stretch]  # [stretches]
    borders: Rows[Border]  # [3]
    segments: Rows[Segment]  # [segments]
    choice_sums: np.ndarray  # float64[2, stretches, stretches + 1]: cumulative, by cohort, from a place
    stretch_news: Rows[StretchNews]  # [days, stretches]: what happened
    border_news: Rows[BorderNews]  # [days, 3]
    in_state: np.ndarray  # int64[states]: people
    ended: np.ndarray  # int64[outcomes]: attempts ended so far
    daily: np.ndarray  # float64[days, 3, metrics]
    stock: np.ndarray  # int32[days, states]
    segment_counts: np.ndarray  # int32[segments, segment metrics]
    stretch_counts: np.ndarray  # float64[stretches, stretch metrics]
