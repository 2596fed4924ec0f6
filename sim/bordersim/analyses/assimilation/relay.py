"""From the first day to the last in legs: filters find histories, chains move them.

Each leg goes on from all histories of the one before. Its filters are independent of each other; they
estimate one and the same evidence, so what they differ by is mostly noise and their weights are flattened.
Chains then change the values of a history and the luck of any of its days, early ones too, and each change is
left or taken by the whole record so far, so that later years do not leave one ancestor for the first
(resample-move, Gilks & Berzuini 2001).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from bordersim.analyses.assimilation.chains import Walk, Walked
from bordersim.analyses.assimilation.filters import Filtered, Leg
from bordersim.analyses.assimilation.proposals import Proposal, effective, log_mean, normed, systematic
from bordersim.analyses.assimilation.study import History, Study

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.analyses.assimilation.exercise import Exercise

    Floats = NDArray[np.float64]

FLATTENED = 0.1  # power of the evidence by which filters are weighed: the higher, the fewer ancestors
RELAY_STREAM = 0x4E1A
SEEDS_OF_A_STAGE, STAGES_OF_A_LEG, STAGES = 10_000, 100, 1_000_000

Work = tuple[str, Study, Leg | Walk]
StudyOf = Callable[[date], Study]
Doing = Callable[[Sequence[Work]], list[Filtered | Walked]]


class Stage(NamedTuple):
    """What the filters of one round found."""

    leg: int
    round: int
    filters: list[Filtered]

    @property
    def logs(self) -> Floats:
        """The logarithm of the evidence that each filter estimated."""
        return np.array([each.log_evidence for each in self.filters])

    @property
    def pool(self) -> list[History]:
        """What all of them kept."""
        return [history for each in self.filters for history in each.histories]

    @property
    def weights(self) -> Floats:
        """The weight of each history of the pool: that of its filter, flattened."""
        shares = normed(FLATTENED * self.logs)
        kept = [len(each.histories) for each in self.filters]
        return np.repeat(shares / kept, kept)

    def row(self) -> dict[str, object]:
        """Return the findings as a row of a table."""
        logs = self.logs
        return {
            "leg": self.leg,
            "round": self.round,
            "filters": len(self.filters),
            "log_evidence": log_mean(logs),
            "sd": float(logs.std()),
            "effective_filters": effective(normed(logs)),
            "roots_of_a_filter": float(np.mean([each.roots for each in self.filters])),
            "sets": len({history.shares for history in self.pool}),
        }


@dataclass(frozen=True)
class Reached:
    """The posterior at the end of a leg.

    Parameters
    ----------
    starts
        The history that each chain began at, and `histories` where it ended; all of the same weight.
    half_way
        Where each was in the middle: how far they still moved says whether they had forgotten their start.
    """

    leg: int
    end: date
    study: Study
    stages: list[Stage]
    starts: list[History]
    half_way: list[History]
    histories: list[History]
    tried: Counter[str]
    taken: Counter[str]


def relay(exercise: Exercise, do: Doing, study_of: StudyOf | None = None) -> Iterator[Reached]:
    """Go from leg to leg and yield the posterior at the end of each.

    Parameters
    ----------
    do
        Does independent pieces of work, anywhere and in any order, and returns what they found in theirs.
    study_of
        What is conditioned on what up to a day; None takes the published record.
    """
    parents: list[History] = []
    for leg, end in enumerate(exercise.ends):
        study = (study_of or exercise.study)(end)
        stages = _filter(exercise, study, leg, parents, do)
        reached = _walk(exercise, study, leg, stages, do)
        parents = reached.histories
        yield reached


def _filter(exercise: Exercise, study: Study, leg: int, parents: Sequence[History], do: Doing) -> list[Stage]:
    """Run the rounds of filters of a leg; in the first each teaches the next where to draw values from."""
    stages: list[Stage] = []
    proposal = Proposal(len(study.ranges))
    for number, (filters, particles) in enumerate(exercise.rounds if not parents else exercise.rounds[-1:]):
        seed = seed_of(exercise, leg, number)
        first = study.days_before(exercise.ends[leg - 1]) if parents else 0
        told = None if parents else proposal
        days, kept = (first, study.days), exercise.kept
        works = [Leg(seed + i, particles, kept, *days, told, tuple(parents)) for i in range(filters)]
        names = (f"leg{leg:02d}-filters{number}-{i:04d}" for i in range(filters))
        found = do([(name, study, work) for name, work in zip(names, works, strict=True)])
        stages.append(Stage(leg, number, cast("list[Filtered]", found)))
        proposal = Proposal.fitted(np.array([h.shares for h in stages[-1].pool]), stages[-1].weights)
    return stages


def _walk(exercise: Exercise, study: Study, leg: int, stages: list[Stage], do: Doing) -> Reached:
    """Let chains start from what the last filters found, and learn from each other after each sweep."""
    last = stages[-1]
    chance = np.random.default_rng([RELAY_STREAM, exercise.seed, leg])
    starts = [last.pool[i] for i in systematic(last.weights, exercise.histories, chance)]
    others = _different(last.pool)
    tried, taken, here, seen = Counter[str](), Counter[str](), starts, [starts]
    for sweep in range(exercise.sweeps):
        seed = seed_of(exercise, leg, len(exercise.rounds) + sweep)
        works = [Walk(seed + i, exercise.steps, history, others) for i, history in enumerate(here)]
        names = (f"leg{leg:02d}-chains{sweep}-{i:04d}" for i in range(len(works)))
        walks = cast("list[Walked]", do([(name, study, w) for name, w in zip(names, works, strict=True)]))
        here = [walk.history for walk in walks]
        others = _different(here)
        seen.append(here)
        for walk in walks:
            tried, taken = tried + walk.tried, taken + walk.taken
    half_way = seen[exercise.sweeps // 2]
    return Reached(leg, exercise.ends[leg], study, stages, starts, half_way, here, tried, taken)


def seed_of(exercise: Exercise, leg: int, stage: int) -> int:
    """Return the first of the seeds of a stage of a leg; no two have the same."""
    return (exercise.seed * STAGES + leg * STAGES_OF_A_LEG + stage) * SEEDS_OF_A_STAGE


def _different(histories: Sequence[History]) -> tuple[tuple[float, ...], ...]:
    """Return the different sets of values of histories, in order; at least two, if need be one twice."""
    sets = tuple(dict.fromkeys(history.shares for history in histories))
    return sets if len(sets) > 1 else sets * 2
