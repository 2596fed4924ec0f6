"""One particle: a history under way, with its world and its state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bordersim.analyses.assimilation.study import History, Study
from bordersim.model.engine.histories import Keys, copied, take_key
from bordersim.model.engine.loop import advance
from bordersim.model.engine.replicate import state_of_key
from bordersim.model.randomness import branched_key

if TYPE_CHECKING:
    from bordersim.model.records import State
    from bordersim.model.world import Arrays
    from bordersim.validation.evidence import Window


@dataclass(frozen=True, eq=False)
class Particle:
    """A history under way; its state changes, nothing else.

    Parameters
    ----------
    root
        The number of the particle of the same filter that it comes from.
    """

    history: History
    world: Arrays
    state: State
    root: int

    @classmethod
    def new(cls, study: Study, history: History, root: int) -> Particle:
        """Return one before its first day."""
        world = study.world(history.shares)
        return cls(history, world, state_of_key(world, np.uint64(history.keys.first)), root)

    @classmethod
    def again(cls, study: Study, history: History, day: int, root: int) -> Particle:
        """Return one that has lived through a history up to a day."""
        return cls(history, *study.state(history, day), root)

    def advance(self, until_day: int) -> None:
        """Live on up to the start of a day."""
        advance(self.world, self.state, until_day)

    def branch(self, number: int) -> Particle:
        """Return another one, alike up to today, that draws from a key of its own from now on."""
        clock = self.state.clock[0]
        day, key = int(clock.day), int(branched_key(clock.key, clock.day, number))
        state = copied(self.state)
        take_key(state, key)
        shares, keys = self.history
        return Particle(History(shares, keys.changed(day, key)), self.world, state, self.root)

    def count(self, window: Window) -> float:
        """Return what it has counted in a window [events]."""
        return window.counted(self.state.daily)


def begun(seed: int, number: int, shares: np.ndarray) -> History:
    """Return a history that has not begun: values, and a first key of its own."""
    return History(tuple(shares.tolist()), Keys.of_replicate(seed, number))
