"""Where the lives of the same families part: the first entry of two logs that differs, and its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.model.engine.traced import FLIGHT, MORNING, Entry
from bordersim.model.records import NO_ONE
from bordersim.model.rows import empty
from bordersim.words.codes import (
    ALARM,
    ARRIVE,
    DEAD,
    ENTERED,
    IN_PROCEDURE,
    MEET,
    RELEASE,
    RETURNED_HOME,
    SET_OUT,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.model.engine.traced import Traced
    from bordersim.model.rows import Rows

    Ints = NDArray[np.int64]
    Truths = NDArray[np.bool_]

# What a family lives through; the others in its group are company.
LIVED = (
    *(
        "time_h",
        "next_h",
        "line_h",
        "dead",
        "attempt",
        "segment",
        "returns",
        "stretch",
        "event",
        "next_event",
    ),
    *("was", "now", "presenting", "breached", "detected", "turned_round", "captive"),
)
# Kinds of first difference, each the first that holds of those in order.
KINDS = (
    *("flight", "procedure", "stay", "arrival", "mission", "company", "place", "segment", "presents", "host"),
    *("crossing_point", "barrier", "law", "patrol", "harm", "after_return", "noticed", "wait"),
)
NOTHING = 255  # the event of an entry that is not there


class Log(NamedTuple):
    """The log of a run, family by family in order of their keys."""

    entries: Rows[Entry]
    keys: NDArray[np.uint64]
    starts: Ints
    counts: Ints

    @classmethod
    def of(cls, traced: Traced) -> Log:
        """Order the log of a run by family, each in order of time."""
        entries = traced.log[np.argsort(traced.log["key"], kind="stable")]
        keys, starts, counts = np.unique(entries["key"], return_index=True, return_counts=True)
        return cls(entries, keys, starts, counts)

    def of_family(self, key: int) -> Rows[Entry]:
        """Return what happened to a family; nothing where it never reached the border zone."""
        at = int(np.searchsorted(self.keys, np.uint64(key)))
        if at == len(self.keys) or self.keys[at] != key:
            return empty(Entry, 0)
        return self.entries[np.arange(self.starts[at], self.starts[at] + self.counts[at])]


class Lives(NamedTuple):
    """Families that came as far as the border zone under A or B, in order of their keys."""

    keys: NDArray[np.uint64]
    kind: Ints  # of the first difference, by its place in KINDS; NO_ONE where there is none
    parted: Ints  # entries before the first difference
    time_h: NDArray[np.float64]  # of the first difference; infinity where there is none
    ends: Ints  # [families, 2]: the last state under A and B; DEAD where somebody died; EN_ROUTE: never came
    returns: Ints  # [families, 2]
    captive_h: NDArray[np.float64]  # [families, 2]


def lives_of(a: Log, b: Log) -> Lives:
    """Pair the families of two logs."""
    keys = np.union1d(a.keys, b.keys)
    parted = _first_differences(a, b, keys)
    one, other = (_entries_at(log, keys, parted) for log in (a, b))
    gone = (one["event"] == NOTHING) & (other["event"] == NOTHING)
    kind = np.where(gone, NO_ONE, _kinds(one, other))
    times = (np.where(each["event"] == NOTHING, np.inf, each["time_h"]) for each in (one, other))
    lasts = [_lasts(log, keys) for log in (a, b)]
    ends = np.stack([np.where(each["dead"] > 0, DEAD, each["now"]) for each in lasts], axis=1)
    returns = np.stack([each["returns"] for each in lasts], axis=1).astype(np.int64)
    waits = np.stack([_captive_h(log, keys) for log in (a, b)], axis=1)
    return Lives(keys, kind, parted, np.minimum(*times), ends.astype(np.int64), returns, waits)


def _first_differences(a: Log, b: Log, keys: NDArray[np.uint64]) -> Ints:
    """Return after how many entries the logs of each family differ, or both end."""
    (first_a, n_a), (first_b, n_b) = (_spans(log, keys) for log in (a, b))
    both = np.minimum(n_a, n_b)
    family = np.repeat(np.arange(len(keys)), both)
    within = np.arange(len(family)) - np.repeat(both.cumsum() - both, both)
    one, other = a.entries[first_a[family] + within], b.entries[first_b[family] + within]
    differs = np.zeros(len(family), np.bool_)
    for name in LIVED:
        differs |= one[name] != other[name]
    parted = both.copy()
    families, firsts = np.unique(family[differs], return_index=True)
    parted[families] = within[differs][firsts]
    return parted


def _spans(log: Log, keys: NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Return the first entry of each family and how many it has: 0 where it is not in the log."""
    at = np.minimum(np.searchsorted(log.keys, keys), max(len(log.keys) - 1, 0))
    if not len(log.keys):
        return np.zeros_like(at), np.zeros_like(at)
    return log.starts[at], np.where(log.keys[at] == keys, log.counts[at], 0)


def _entries_at(log: Log, keys: NDArray[np.uint64], number: Ints) -> Rows[Entry]:
    """Return one entry of each family; where there are no more, one that says that nothing happened."""
    starts, counts = _spans(log, keys)
    found, there = empty(Entry, len(keys)), number < counts
    found[there] = log.entries[(starts + number)[there]]
    found["event"][~there] = NOTHING
    return found


def _lasts(log: Log, keys: NDArray[np.uint64]) -> Rows[Entry]:
    """Return the last entry of each family."""
    _, counts = _spans(log, keys)
    return _entries_at(log, keys, counts - 1)


def _captive_h(log: Log, keys: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return how long each family was between the lines [h], as far as it was let go."""
    released = log.entries["event"] == RELEASE
    entries = log.entries[released]
    before = log.entries["time_h"][np.flatnonzero(released) - 1]
    at = np.searchsorted(keys, entries["key"])
    waited: NDArray[np.float64] = np.bincount(at, entries["time_h"] - before, len(keys)).astype(np.float64)
    return waited


def _kinds(a: Rows[Entry], b: Rows[Entry]) -> Ints:
    """Return of what kind the difference between entries is: the first kind that holds, by its place."""
    event, same_moment = a["event"], (a["event"] == b["event"]) & (a["time_h"] == b["time_h"])
    tries = np.isin(event, (SET_OUT, RELEASE)) & ~_other(a, b, "attempt")
    morning = _either(a, b, "event", MORNING)
    holds = (
        ("flight", _either(a, b, "event", FLIGHT)),
        ("procedure", morning & _either(a, b, "was", IN_PROCEDURE)),
        ("stay", morning & _either(a, b, "was", ENTERED)),
        ("arrival", _either(a, b, "event", NOTHING) | (_either(a, b, "event", ARRIVE) & ~same_moment)),
        ("wait", ~same_moment),
        ("mission", (event == ARRIVE) & _other(a, b, "now")),
        ("company", (event == SET_OUT) & _other(a, b, "attempt")),
        ("place", tries & _other(a, b, "stretch")),
        ("segment", tries & _other(a, b, "segment")),
        ("presents", tries & _other(a, b, "presenting")),
        ("host", tries & _is_stopped(a, b)),
        ("crossing_point", (event == SET_OUT) & _other(a, b, "now")),
        ("barrier", tries & (_other(a, b, "breached") | _other(a, b, "line_h"))),
        ("law", (event == MEET) & (_other(a, b, "returns") | _one_taken_in(a, b))),
        ("patrol", event == ALARM),
        ("harm", _other(a, b, "dead")),
        ("noticed", tries & (event == SET_OUT)),
        ("after_return", np.isin(event, (MEET, RELEASE))),
        ("wait", np.ones(len(a), np.bool_)),
    )
    first = np.argmax(np.stack([held for _, held in holds]), axis=0)
    places: Ints = np.array([KINDS.index(kind) for kind, _ in holds])[first]
    return places


def _other(a: Rows[Entry], b: Rows[Entry], name: str) -> Any:
    """Return where a field is another one."""
    return a[name] != b[name]


def _either(a: Rows[Entry], b: Rows[Entry], name: str, value: int) -> Any:
    """Return where a field has a value in one of two entries."""
    return (a[name] == value) | (b[name] == value)


def _one_taken_in(a: Rows[Entry], b: Rows[Entry]) -> Any:
    """Return where a family is taken in under one of A and B alone."""
    return (a["now"] == IN_PROCEDURE) != (b["now"] == IN_PROCEDURE)


def _is_stopped(a: Rows[Entry], b: Rows[Entry]) -> Any:
    """Return where the host state stops or sends home under one of A and B alone."""
    one, other = ((each["next_event"] == SET_OUT) | (each["now"] == RETURNED_HOME) for each in (a, b))
    return one != other
