"""Moving a history among those that agree with the record: Metropolis-Hastings on values and keys.

Given its values and its keys a run is what it is, with no chance left. So how probable the record is given
a history can be worked out, and a chain of small changes, each taken or left by that, comes to every history
as often as the record says (Metropolis et al. 1953), wherever it started. Changes are of one value, of all
values a little, or of the luck of some days, whose keys are drawn anew while those before and after stay.
Every one is as likely as its reverse, and before the record all histories are alike.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from math import inf, log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.analyses.assimilation.changes import Changes
from bordersim.analyses.assimilation.study import History, Shares, Study
from bordersim.model.engine.histories import lived
from bordersim.validation.evidence import log_likelihood

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.model.world import Arrays

    Floats = NDArray[np.float64]

CHAIN_STREAM = 0xC4A1  # keeps the chance of a chain apart from all other


@dataclass(frozen=True)
class Walk:
    """What one chain is told.

    Parameters
    ----------
    seed, steps
        What its chance is made from, and how many changes it tries.
    start
        The history it starts from.
    others
        Sets of values whose differences say in which directions values go together.
    """

    seed: int
    steps: int
    start: History
    others: tuple[Shares, ...]


class Walked(NamedTuple):
    """Where a chain ended, and which changes were tried and taken on the way."""

    history: History
    tried: Counter[str]
    taken: Counter[str]


def log_probability(study: Study, world: Arrays, history: History, least: float = -inf) -> float:
    """Return how probable the record is given a history: the logarithm, but for a constant.

    It stops, and returns minus infinity, as soon as `least` cannot be reached any more.
    """
    ends = [(day, list(due)) for day, due in groupby(study.windows, lambda w: w.settled(study.days))]
    so_far, to_come = 0.0, study.most_to_come
    states = lived(world, history.keys, [stop for stop, _ in ends])
    for (_, due), state in zip(ends, states, strict=True):
        for window in due:
            counted = np.array(window.counted(state.daily))
            so_far += float(log_likelihood(counted, window, study.discrepancy))
        if so_far + to_come[due[-1]] < least:
            return -inf
    return so_far


def walked(study: Study, walk: Walk) -> Walked:
    """Take a chain from where it starts through all its steps."""
    chance = np.random.default_rng([CHAIN_STREAM, walk.seed])
    changes = Changes(study.days, walk.others, chance)
    here, world = walk.start, study.world(walk.start.shares)
    reached = log_probability(study, world, here)
    tried, taken = Counter[str](), Counter[str]()
    for _ in range(walk.steps):
        kind, there = changes.changed(here)
        least = reached + log(chance.uniform())
        other = world if there.shares == here.shares else study.world(there.shares)
        found = log_probability(study, other, there, least)
        tried[kind] += 1
        if found >= least:
            taken[kind] += 1
            here, world, reached = there, other, found
    return Walked(here, tried, taken)
