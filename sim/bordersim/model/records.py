"""The records of a run that change: one structured array per kind of entity.

A field is read as ``x["field"]``, which gives the same bits compiled and uncompiled.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

# Records. One row per person; families are runs of persons, groups are runs of families.
PERSON = np.dtype(
    [
        ("state", np.uint8),
        ("got_in", np.uint8),
        ("attempts", np.uint32),
        ("returns", np.uint32),
    ]
)
FAMILY = np.dtype(
    [
        ("key", np.uint64),
        ("first_person", np.int32),
        ("people", np.int32),
        ("group", np.int32),
        ("next_ending", np.int32),
        ("origin", np.uint8),
        ("vulnerable", np.uint8),
        ("seeks_protection", np.uint8),
        ("presents", np.uint8),
        ("state", np.uint8),
        ("country", np.uint8),
    ]
)
# A group lives in the slot of its smallest family, whose key is its own. It sleeps until `time_h`.
GROUP = np.dtype(
    [
        ("key", np.uint64),
        ("time_h", np.float64),
        ("line_h", np.float64),
        ("end_h", np.float64),
        ("since_h", np.float64),
        ("next", np.int32),
        ("families", np.int32),
        ("people", np.int32),
        ("attempt", np.int32),
        ("stretch", np.int16),
        ("segment", np.int32),
        ("event", np.uint8),
        ("presenting", np.uint8),
        ("breached", np.uint8),
        ("through_fence", np.uint8),
        ("detected", np.uint8),
        ("pinned", np.uint8),
        ("turned_round", np.uint8),  # at the sight of a patrol
    ]
)
# Those of a stretch lie in the order of their phases; `number` says in which order they go on shift.
PATROL = np.dtype(
    [("key", np.uint64), ("phase", np.float64), ("busy_until_h", np.float64), ("number", np.int64)]
)
CLOCK = np.dtype(
    [
        ("key", np.uint64),  # the replicate's key
        ("now_h", np.float64),
        ("bucket_h", np.float64),
        ("day", np.int64),
        ("bucket", np.int64),
        ("focus", np.int64),  # country to which the host state leads many today
        ("focus_draw", np.float64),  # which draws the stretch there
    ]
)
DAY = np.dtype(
    [
        ("landed", np.int64),  # people landed up to and including the day
        ("first_ending", np.int32),  # first family whose procedure ends that day
    ]
)
STRETCH = np.dtype(
    [
        ("crews", np.int64),  # whole crews on shift today
        ("busy", np.int64),  # patrols on the list of those who are busy
        ("rounding", np.float64),  # the draw that rounds them
        ("weight", np.float64),
        ("passage", np.float64),  # believed chance to slip through
        ("passage_near", np.float64),  # the same, believed by those who wait here
        ("slipped", np.float64),  # remembered people who slipped through
        ("tried", np.float64),  # remembered people who tried to
        ("noticed", np.float64),  # remembered people noticed here
        ("shift_h", np.float64),  # crew hours on shift up to and including today
        ("owed_h", np.float64),  # crew hours that groups want and nobody has worked yet
        ("busy_before_h", np.float64),  # crew hours that groups have taken up to yesterday
    ]
)
BORDER = np.dtype(
    [
        ("admission", np.float64),  # believed chance to be admitted when met
        ("admitted", np.float64),  # remembered people admitted
        ("met", np.float64),  # remembered people met by guards
        ("got_in", np.float64),  # people whom the host state saw get in
        ("steering_sum", np.float64),  # cumulative steering of the host state
        ("stranded", np.int64),
        ("in_procedure", np.int64),
        ("places", np.int64),  # claims that crossing points can still take today
    ]
)
SEGMENT = np.dtype(
    [
        ("wire_needs_km", np.float64),  # kilometres of the country that must stand for it to be wired
        ("fence_needs_km", np.float64),
        ("surveillance_needs_km", np.float64),
        ("mended_day", np.int32),  # day on which the last hole in the fence is mended
        ("weight_sum", np.float64),  # cumulative weight within its stretch
    ]
)
STRETCH_NEWS = np.dtype([("slipped", np.float64), ("tried", np.float64), ("noticed", np.float64)])
BORDER_NEWS = np.dtype([("admitted", np.float64), ("met", np.float64), ("got_in", np.float64)])

NO_ONE = -1  # the end of a linked list


class State(NamedTuple):
    """Everything that changes in one replicate. Arrays only; the engine writes them, nobody else."""

    clock: np.ndarray  # CLOCK[1]
    persons: np.ndarray  # PERSON[people]
    families: np.ndarray  # FAMILY[families]
    groups: np.ndarray  # GROUP[families]
    failures: np.ndarray  # int32[families, 3]: tries of a group that failed, by country
    patrols: np.ndarray  # PATROL[patrol slots]
    busy: np.ndarray  # int32[patrol slots]: busy patrols, those of a stretch from its first slot on
    queue: np.ndarray  # int32[buckets]: first group of each bucket of the calendar
    days: np.ndarray  # DAY[days + 1]
    barrier_changes: np.ndarray  # bool[days + 1, stretches]: a barrier there is another from that day on
    stretches: np.ndarray  # STRETCH[stretches]
    borders: np.ndarray  # BORDER[3]
    segments: np.ndarray  # SEGMENT[segments]
    choice_sums: np.ndarray  # float64[2, stretches, stretches + 1]: cumulative, by cohort, from a place
    stretch_news: np.ndarray  # STRETCH_NEWS[days, stretches]: what happened
    border_news: np.ndarray  # BORDER_NEWS[days, 3]
    in_state: np.ndarray  # int64[states]: people
    ended: np.ndarray  # int64[outcomes]: attempts ended so far
    daily: np.ndarray  # float64[days, 3, metrics]
    stock: np.ndarray  # int32[days, states]
    segment_counts: np.ndarray  # int32[segments, segment metrics]
    stretch_counts: np.ndarray  # float64[stretches, stretch metrics]
