"""Chains come to every history as often as the record says."""

from __future__ import annotations

from math import inf, log, log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, kstest
from small_study import study, window

from bordersim.analyses.assimilation import chains
from bordersim.analyses.assimilation.chains import Walk, log_probability, walked
from bordersim.analyses.assimilation.changes import LUCK, VALUE, VALUES, Changes
from bordersim.analyses.assimilation.study import History, Study
from bordersim.model.engine.histories import Keys
from bordersim.model.world import Arrays
from bordersim.validation.evidence import log_likelihood

DAYS = 10
START = History((0.5, 0.5), Keys(1, ((3, 2), (6, 5))))
OTHERS = tuple(map(tuple, np.random.default_rng(0).uniform(size=(20, 2)).tolist()))
FALSE_ALARM = 1e-4
WINDOWS = (window(0, 4, 20), window(2, 7, 35, "PL", "attempts"), window(5, 7, 3, "LV"))


@given(st.integers(0, DAYS - 1), st.integers(1, DAYS), st.integers(2, 9))
def test_luck_of_some_days_leaves_the_others_as_they_were(first: int, length: int, key: int) -> None:
    before = Keys(1, ((3, 2), (6, 5)))
    after = before.other_between(first, min(first + length, DAYS), key)
    for day in range(DAYS):
        within = first <= day < first + length
        assert after.on(day) == (key if within else before.on(day))
    assert Keys.read(str(after)) == after


@given(st.integers(0, 10_000))
def test_a_change_changes_what_it_says(seed: int) -> None:
    kind, there = Changes(DAYS, OTHERS, np.random.default_rng(seed)).changed(START)
    moved = sum(a != b for a, b in zip(START.shares, there.shares, strict=True))
    assert all(0 <= share <= 1 for share in there.shares)
    assert moved == {VALUE: 1, VALUES: 2, LUCK: 0}[kind]
    assert (there.keys != START.keys) == (kind == LUCK)


def test_every_day_has_new_luck_as_often_as_any_other_at_the_ends_too() -> None:
    """Within five standard errors of the mean over days."""
    changes, hit = Changes(DAYS, OTHERS, np.random.default_rng(1)), np.zeros(DAYS)
    for _ in range(4000):
        keys = changes.luck(START).keys
        hit += [keys.on(day) != START.keys.on(day) for day in range(DAYS)]
    share = hit / 4000
    assert (np.abs(share - share.mean()) < 5 * np.sqrt(share.mean() / 4000)).all()


def ends_of(chains: int) -> np.ndarray:
    """Return the values at which chains end."""
    walks = (walked(study(), Walk(seed, 60, START, OTHERS)) for seed in range(chains))
    return np.array([each.history.shares for each in walks])


def test_with_nothing_published_values_are_anywhere_in_their_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "log_probability", lambda *_: 0.0)
    monkeypatch.setattr(Study, "world", lambda *_: None)
    ends = ends_of(600)
    for column in ends.T:
        assert kstest(column, "uniform").pvalue > FALSE_ALARM


def test_chains_come_to_values_as_often_as_they_are_probable(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the record a density that is known: Betas of the two values."""
    known = (2, 5), (6, 3)

    def log_density(_: Study, world: Arrays, history: History, least: float = -inf) -> float:
        pairs = zip(known, history.shares, strict=True)
        found = sum((a - 1) * log(share) + (b - 1) * log1p(-share) for (a, b), share in pairs)
        return found if found >= least else -inf

    monkeypatch.setattr(chains, "log_probability", log_density)
    monkeypatch.setattr(Study, "world", lambda *_: None)
    ends = ends_of(800)
    for column, each in zip(ends.T, known, strict=True):
        assert kstest(column, beta(*each).cdf).pvalue > FALSE_ALARM


def test_luck_too_comes_as_often_as_it_is_probable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that is three times as probable where the key of day 4 is even: three in four end there."""

    def log_odds(_: Study, world: Arrays, history: History, least: float = -inf) -> float:
        found = float(np.log(3.0)) * (history.keys.on(4) % 2 == 0)
        return found if found >= least else -inf

    monkeypatch.setattr(chains, "log_probability", log_odds)
    monkeypatch.setattr(Study, "world", lambda *_: None)
    runs = 800
    even = [
        walked(study(), Walk(seed, 60, START, OTHERS)).history.keys.on(4) % 2 == 0 for seed in range(runs)
    ]
    assert abs(np.mean(even) - 0.75) < 4 * np.sqrt(0.75 * 0.25 / runs)


def test_how_probable_the_record_is_adds_up_over_windows() -> None:
    small = study(*WINDOWS)
    world, state = small.state(START, small.days)
    each = [log_likelihood(np.array(w.counted(state.daily)), w, small.discrepancy) for w in small.windows]
    assert log_probability(small, world, START) == pytest.approx(float(np.sum(each)), rel=1e-12)


def test_it_stops_early_only_where_it_could_not_have_been_reached() -> None:
    small = study(*WINDOWS)
    most = sum(each.most(small.discrepancy) for each in small.windows)
    for number in range(20):
        history = History((number / 20, 0.5), Keys.of_replicate(1, number))
        world = small.world(history.shares)
        found = log_probability(small, world, history)
        assert log_probability(small, world, history, found) == found
        assert log_probability(small, world, history, found + 1e-9) in (found, -inf)
        assert log_probability(small, world, history, most + 1e-9) == -inf


def test_a_chain_is_the_same_each_time_and_another_seed_another() -> None:
    small = study(*WINDOWS)
    one, again, other = (walked(small, Walk(seed, 12, START, OTHERS)) for seed in (1, 1, 2))
    assert one == again != other
    assert sum(one.tried.values()) == 12
