"""Filters estimate the evidence without bias and keep histories that can be lived again."""

from __future__ import annotations

import numpy as np
from small_study import study, window

from bordersim.analyses.assimilation.filters import Filtered, Leg, filtered
from bordersim.analyses.assimilation.particles import begun
from bordersim.analyses.assimilation.proposals import Proposal
from bordersim.analyses.assimilation.study import Study
from bordersim.validation.evidence import log_likelihood

WINDOWS = (window(0, 3, 25), window(2, 5, 30, "PL", "attempts"), window(6, 8, 60, "LT", "attempts"))
WIDE, FILTERS = 0.7, 25


def first_leg(small: Study, seed: int, particles: int = 24, **more: object) -> Leg:
    """Return a first leg over all days."""
    told = {"proposal": Proposal(len(small.ranges)), **more}
    return Leg(seed, particles, 8, 0, small.days, **told)  # type: ignore[arg-type]


def test_with_nothing_published_all_are_kept_alike() -> None:
    found = filtered(study(), first_leg(study(), 1))
    assert found.log_evidence == 0.0
    assert found.roots == 24
    assert len(set(found.histories)) == 8


def test_what_is_kept_can_be_lived_again_and_two_filters_share_nothing() -> None:
    small = study(*WINDOWS)
    one, again, other = (filtered(small, first_leg(small, seed)) for seed in (1, 1, 2))
    assert one == again
    assert not {h.keys.first for h in one.histories} & {h.keys.first for h in other.histories}
    assert any(history.keys.changes for history in one.histories), "nobody was drawn anew"
    for history in one.histories:
        counts = small.counts(small.state(history, small.days)[1].daily)
        assert np.array_equal(counts, small.counts(small.state(history, small.days)[1].daily))


def test_the_evidence_is_estimated_without_bias() -> None:
    """The mean over filters is that of plain runs from the prior: within 4 standard errors."""
    small = study(*WINDOWS, discrepancy=WIDE)
    filters = np.exp([filtered(small, first_leg(small, seed)).log_evidence for seed in range(FILTERS)])
    plain = np.exp([probability_of_a_run(small, number) for number in range(600)])
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
    other = [filtered(small, first_leg(small, seed, proposal=lopsided)) for seed in range(100, 100 + FILTERS)]
    tilted = np.exp([each.log_evidence for each in other])
    assert abs(plain.mean() - tilted.mean()) < 4 * np.sqrt((plain.var() + tilted.var()) / FILTERS)


def test_a_later_leg_goes_on_from_its_parents() -> None:
    small = study(*WINDOWS)
    early = filtered(small, Leg(1, 24, 8, 0, 6, Proposal(2)))
    late = filtered(small, Leg(2, 16, 8, 6, small.days, None, tuple(early.histories)))
    assert set(late.predicted) == {2}
    known = {history.shares for history in early.histories}
    for history in late.histories:
        assert history.shares in known
        assert max(day for day, _ in history.keys.changes) >= 6
    counts = small.counts(small.state(late.histories[0], small.days)[1].daily)
    assert counts.shape == (3,)


def test_what_was_expected_of_a_window_did_not_know_it() -> None:
    """The first window is expected as plain runs have it: the same particles whatever is published later."""
    one, other = (study(window(0, 3, value), *WINDOWS[1:]) for value in (25, 500))
    found: list[Filtered] = [filtered(each, first_leg(each, 1)) for each in (one, other)]
    assert found[0].predicted[0] == found[1].predicted[0]
    assert found[0].predicted[1] != found[1].predicted[1]
