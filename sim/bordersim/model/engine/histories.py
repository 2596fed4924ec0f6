"""One history: a run whose key changes on some days, so that what happened until then is the same.

Every draw is keyed, so a run that draws from another key from a day on is as exact and as repeatable as one
that does not. With values it is a history; the same keys under another policy give the same people, the same
luck and the same mind of the host state.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bordersim.model.engine.loop import advance
from bordersim.model.engine.replicate import BlockOutput, finished, state_of_key
from bordersim.model.randomness import replicate_key
from bordersim.model.records import State
from bordersim.model.world import Arrays

Change = tuple[int, int]


class Keys(NamedTuple):
    """What a history draws from: a first key, and on which days [day of the run] it becomes another one."""

    first: int
    changes: tuple[Change, ...] = ()

    @classmethod
    def of_replicate(cls, seed: int, replicate: int) -> Keys:
        """Return the keys of a replicate, which never change."""
        return cls(int(replicate_key(seed, replicate)))

    def changed(self, day: int, key: int) -> Keys:
        """Return the same up to a day, and another key from then on."""
        return Keys(self.first, (*self.changes, (day, key)))


def replayed(world: Arrays, keys: Keys, until_day: int) -> State:
    """Return the state at the start of `until_day`; changes after it are left for later."""
    state = state_of_key(world, np.uint64(keys.first))
    for day, key in keys.changes:
        if day <= until_day:
            advance(world, state, day)
            take_key(state, key)
    advance(world, state, until_day)
    return state


def take_key(state: State, key: int) -> None:
    """Draw from another key from now on."""
    state.clock["key"] = np.uint64(key)


def simulate_history(world: Arrays, keys: Keys) -> BlockOutput:
    """Simulate a history to its end and return its counts, without the replicate axis."""
    state = replayed(world, keys, len(world.calendar))
    return finished(world, state, f"history {keys.first:016x}")
