"""What answers say of how often their ranges hold what is true, and how that is worked out."""

from __future__ import annotations

import numpy as np

from bordersim.results.tested import Tested as Found
from bordersim.results.tested import found_on_borders, sentences
from docs.make_evidence import Found as Effects
from docs.make_evidence import times

MOST_OF_A_NOTE = 200


def found(held: int, times: float = 1.0) -> Found:
    """Return what was found of one effect on forty borders."""
    return Found("attempts", "attempts", "LT", 40, held, 32, 40, times)


def test_right_ranges_are_said_to_be_right_and_no_more() -> None:
    said, rest = sentences([found(35)])
    assert said.endswith("the true effect in 35 (attempts); 36 are due, below 32 fails")
    assert rest == "ranges of all other differences, and of other policies and years, are untested"


def test_narrow_ranges_are_said_to_be_narrow_and_by_how_much() -> None:
    held, narrow = sentences([found(35), found(28, 1.36)._replace(figure="entries")])
    assert "in 35 (attempts), 28 (entries); 36 are" in held
    assert narrow.endswith("stretched, times 1.4 (entries); others are untested")


def test_without_a_test_nothing_is_said_and_what_is_said_fits_a_manifest() -> None:
    assert sentences(()) == []
    assert found_on_borders()
    worst = [found(28, 1.36)._replace(figure=each.figure) for each in found_on_borders()]
    for there in (found_on_borders(), worst):
        assert all(len(each) <= MOST_OF_A_NOTE for each in sentences(there))


def test_ends_that_far_from_the_median_hold_the_next_truth_in_nine_of_ten() -> None:
    """Ranges of half the width that is right: they have to be as wide twice, but for chance."""
    chance = np.random.default_rng(3)
    middles = chance.normal(size=400)
    drawn = (chance.normal(middle, 0.5, 1000) for middle in middles)
    halves = [Effects(np.quantile(each, np.linspace(0, 1, 101)), 1e9) for each in drawn]
    found = times(middles + chance.normal(size=400), halves)
    assert 1.8 < found < 2.2
    assert times(middles + chance.normal(size=400), [each._replace(worth=40.0) for each in halves]) < found
    assert times(middles, halves) == 1.0
