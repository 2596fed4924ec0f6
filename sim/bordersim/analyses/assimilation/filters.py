"""One particle filter over one leg of days: histories side by side, weighed at the end of each window.

Where few carry the weight they are drawn anew by it; the first copy of each goes on with its key, the others
take keys of their own from that day on (bootstrap filter, Gordon, Salmond & Smith 1993).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.analyses.assimilation.particles import Particle, begun
from bordersim.analyses.assimilation.proposals import Proposal, effective, log_mean, normed, systematic
from bordersim.analyses.assimilation.study import History, Study
from bordersim.validation.evidence import Window, log_likelihood

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FILTER_STREAM = 0xF117E4  # keeps the chance of a filter apart from all other
RESAMPLE_BELOW = 0.5  # of the particles, when so few are effective


@dataclass(frozen=True)
class Leg:
    """What one filter is told.

    Parameters
    ----------
    seed
        What all of its chance is made from; no two filters have the same.
    particles, kept
        Histories side by side, and how many of them are kept.
    first, end
        The leg: first day, and the day after its last [day of the run].
    proposal
        Where the values of the first leg are drawn from.
    parents
        Of a later leg: the histories that it goes on from, all of the same weight.
    unseen
        Windows that it is not shown: what its histories count in them is written down at the end.
    """

    seed: int
    particles: int
    kept: int
    first: int
    end: int
    proposal: Proposal | None = None
    parents: tuple[History, ...] = ()
    unseen: tuple[Window, ...] = ()


class Filtered(NamedTuple):
    """What one filter found.

    Attributes
    ----------
    log_evidence
        How probable the windows of the leg are, estimated: the logarithm.
    histories
        Those kept, all of the same weight.
    predicted
        For each window what was expected before it was looked at: some counts, all of the same weight.
    roots
        How many of the particles at the beginning have offspring at the end.
    unseen
        What the histories kept count in each window that the filter was not shown.
    """

    log_evidence: float
    histories: list[History]
    predicted: dict[int, list[float]]
    roots: int
    unseen: Sequence[list[float]] = ()


def filtered(study: Study, leg: Leg) -> Filtered:
    """Run a filter over a leg."""
    chance = np.random.default_rng([FILTER_STREAM, leg.seed])
    particles, logs = _at_the_start(study, leg, chance)
    run = _Run(study, leg, chance, particles, logs)
    for day in sorted({window.settled(leg.end) for window in run.due}):
        run.live_until(day)
        run.weigh([window for window in run.due if window.settled(leg.end) == day])
        run.draw_anew()
    run.live_until(leg.end)
    return run.result()


def _at_the_start(study: Study, leg: Leg, chance: np.random.Generator) -> tuple[list[Particle], Floats]:
    """Return the particles before the leg, and the logarithms of their weights."""
    if leg.proposal is not None:
        shares, logs = leg.proposal.draw(leg.particles, chance)
        new = [begun(leg.seed, number, row) for number, row in enumerate(shares)]
        return [Particle.new(study, history, i) for i, history in enumerate(new)], logs
    even = np.full(len(leg.parents), 1.0 / len(leg.parents))
    taken = systematic(even, leg.particles, chance).tolist()
    return _offspring(study, leg, taken), np.zeros(leg.particles)


def _offspring(study: Study, leg: Leg, taken: Sequence[int]) -> list[Particle]:
    """Run each parent once up to the leg; all that come from it get keys of their own."""
    particles: list[Particle] = []
    for parent in dict.fromkeys(taken):
        again = Particle.again(study, leg.parents[parent], leg.first, parent)
        numbers = range(len(particles), len(particles) + taken.count(parent))
        particles += [again.branch(leg.seed + number) for number in numbers]
    return particles


class _Run:
    """A filter under way."""

    def __init__(
        self,
        study: Study,
        leg: Leg,
        chance: np.random.Generator,
        particles: list[Particle],
        logs: Floats,
    ) -> None:
        self.study, self.leg, self.chance = study, leg, chance
        self.particles, self.logs = particles, logs
        self.due = [window for window in study.windows if leg.first <= window.last < leg.end]
        self.log_evidence = 0.0
        self.predicted: dict[int, list[float]] = {}

    def live_until(self, day: int) -> None:
        """Let all live on up to the start of a day."""
        for particle in self.particles:
            particle.advance(day)

    def weigh(self, windows: Sequence[Window]) -> None:
        """Weigh all by windows that end today, after writing down what was expected of them."""
        counts = [np.array([each.count(window) for each in self.particles]) for window in windows]
        expected = systematic(normed(self.logs), self.leg.kept, self.chance)
        for window, counted in zip(windows, counts, strict=True):
            self.predicted[self.study.windows.index(window)] = counted[expected].tolist()
            self.logs = self.logs + log_likelihood(counted, window, self.study.discrepancy)

    def draw_anew(self) -> None:
        """Draw particles by weight where few carry it."""
        weights = normed(self.logs)
        if effective(weights) >= RESAMPLE_BELOW * len(weights):
            return
        self.log_evidence += log_mean(self.logs)
        picked = systematic(weights, len(weights), self.chance).tolist()
        self.particles = _copies(self.particles, picked)
        self.logs = np.zeros(len(picked))

    def result(self) -> Filtered:
        """Return what was found."""
        picked = systematic(normed(self.logs), self.leg.kept, self.chance)
        roots = {particle.root for particle in self.particles}
        kept = [self.particles[i] for i in picked]
        histories = [particle.history for particle in kept]
        unseen = [[particle.count(window) for particle in kept] for window in self.leg.unseen]
        evidence = self.log_evidence + log_mean(self.logs)
        return Filtered(evidence, histories, self.predicted, len(roots), unseen)


def _copies(particles: Sequence[Particle], picked: Sequence[int]) -> list[Particle]:
    """Return those picked: the first of each as it is, the others with keys of their own."""
    before = (number > 0 and picked[number - 1] == i for number, i in enumerate(picked))
    pairs = enumerate(zip(picked, before, strict=True))
    return [particles[i].branch(number) if again else particles[i] for number, (i, again) in pairs]
