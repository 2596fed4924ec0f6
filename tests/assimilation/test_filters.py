"""Filters estimate the evidence without bias and keep histories that can be lived again."""

from __future__ import annotations

import numpy as np
from small_study import study, window

from bordersim.analyses.assimilation.filters import Filtered, Leg, filtered
from bordersim.analyses.assimilation.particles import Particle, begun
from bordersim.analyses.assimilation.proposals import Proposal
from bordersim.analyses.assimilation.study import History, Study

WINDOWS = (window(0, 3, 25), window(2, 5, 30, "PL", "attempts"), window(6, 8, 60, "LT", "attempts"))


def first_leg(small: Study, seed: int, particles: int = 24, **more: object) -> Leg:
    """Return a first leg over all days."""
    told = {"proposal": Proposal(len(small.ranges)), **more}
    return Leg(seed, particles, 8, 0, small.days, **told)  # type: ignore[arg-type]


def counts_of(small: Study, history: History) -> np.ndarray:
    """Return what a history that is lived again counts in each window."""
    daily = small.state(history, small.days)[1].daily
    return np.array([window.counted(daily) for window in small.windows])


def test_a_branch_lives_as_its_history_says() -> None:
    """Copied half way, with a key of its own from then on: day by day what it is when it is lived again."""
    small = study()
    stem = Particle.new(small, begun(5, 0, np.array([0.3, 0.8])), 0)
    stem.advance(4)
    branch = stem.branch(3)
    for particle in (stem, branch):
        particle.advance(small.days)
        assert np.array_equal(particle.state.daily, small.state(particle.history, small.days)[1].daily)
    assert not np.array_equal(stem.state.daily, branch.state.daily)


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
        assert np.array_equal(counts_of(small, history), counts_of(small, history))


def test_a_later_leg_goes_on_from_its_parents() -> None:
    small = study(*WINDOWS)
    early = filtered(small, Leg(1, 24, 8, 0, 6, Proposal(2)))
    late = filtered(small, Leg(2, 16, 8, 6, small.days, None, tuple(early.histories)))
    assert set(late.predicted) == {2}
    known = {history.shares for history in early.histories}
    for history in late.histories:
        assert history.shares in known
        assert max(day for day, _ in history.keys.changes) >= 6
    assert counts_of(small, late.histories[0]).shape == (3,)


def test_what_was_expected_of_a_window_did_not_know_it() -> None:
    """The first window is expected as plain runs have it: the same particles whatever is published later."""
    one, other = (study(window(0, 3, value), *WINDOWS[1:]) for value in (25, 500))
    found: list[Filtered] = [filtered(each, first_leg(each, 1)) for each in (one, other)]
    assert found[0].predicted[0] == found[1].predicted[0]
    assert found[0].predicted[1] != found[1].predicted[1]
