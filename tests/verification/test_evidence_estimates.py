"""Filters estimate the evidence without bias, wherever they draw values from."""

from __future__ import annotations

import numpy as np
from small_study import study, window

from bordersim.analyses.assimilation.filters import Leg, filtered
from bordersim.analyses.assimilation.particles import begun
from bordersim.analyses.assimilation.proposals import Proposal
from bordersim.analyses.assimilation.study import Study
from bordersim.validation.evidence import log_likelihood

WINDOWS = (window(0, 3, 25), window(2, 5, 30, "PL", "attempts"), window(6, 8, 60, "LT", "attempts"))
WIDE, FILTERS = 0.7, 40


def first_leg(small: Study, seed: int, proposal: Proposal | None = None) -> Leg:
    """Return a first leg over all days."""
    return Leg(seed, 24, 8, 0, small.days, proposal or Proposal(len(small.ranges)))


def test_the_evidence_is_estimated_without_bias() -> None:
    """The mean over filters is that of plain runs from the prior: within 4 standard errors."""
    small = study(*WINDOWS, discrepancy=WIDE)
    filters = np.exp([filtered(small, first_leg(small, seed)).log_evidence for seed in range(FILTERS)])
    plain = np.exp([probability_of_a_run(small, number) for number in range(1000)])
    error = np.sqrt(filters.var() / len(filters) + plain.var() / len(plain))
    assert abs(filters.mean() - plain.mean()) < 4 * error
    assert error < 0.3 * plain.mean(), "too noisy to tell anything"


def probability_of_a_run(small: Study, number: int) -> float:
    """Return how probable the record is given one run from the prior."""
    shares = np.random.default_rng([7, number]).uniform(size=len(small.ranges))
    daily = small.state(begun(77, number, shares), small.days)[1].daily
    return float(sum(log_likelihood(np.array(w.counted(daily)), w, small.discrepancy) for w in small.windows))


def test_a_proposal_changes_nothing_of_the_evidence() -> None:
    """Weights make up for where values are drawn: within 4 standard errors."""
    small = study(*WINDOWS, discrepancy=WIDE)
    lopsided = Proposal(2, np.array([[4.0, 2.0], [2.0, 4.0]]))
    plain = np.exp([filtered(small, first_leg(small, seed)).log_evidence for seed in range(FILTERS)])
    other = [filtered(small, first_leg(small, seed, lopsided)) for seed in range(100, 100 + FILTERS)]
    tilted = np.exp([each.log_evidence for each in other])
    assert abs(plain.mean() - tilted.mean()) < 4 * np.sqrt((plain.var() + tilted.var()) / FILTERS)
