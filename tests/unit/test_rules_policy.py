"""What the law makes of an interception: every case, one by one."""

from __future__ import annotations

from itertools import product

import pytest

from bordersim.model.rules.policy import (
    interception_outcome,
    is_pushback,
    mission_reached,
    reach_probability,
    takes_claim,
)
from bordersim.words.codes import (
    ADMIT_AND_SCREEN,
    APPREHENDED,
    ASYLUM_SUSPENDED,
    ENTRY_PREVENTED,
    OUTCOMES,
    REGIMES,
    TURN_BACK,
    TURNED_BACK,
)

BEFORE, AFTER = True, False
EVADES, PRESENTS = False, True
RECOGNISED, NOT = True, False

CASES = {
    (ADMIT_AND_SCREEN, BEFORE, EVADES, NOT): ENTRY_PREVENTED,
    (ADMIT_AND_SCREEN, BEFORE, EVADES, RECOGNISED): ENTRY_PREVENTED,
    (ADMIT_AND_SCREEN, BEFORE, PRESENTS, NOT): APPREHENDED,
    (ADMIT_AND_SCREEN, BEFORE, PRESENTS, RECOGNISED): APPREHENDED,
    (ADMIT_AND_SCREEN, AFTER, EVADES, NOT): APPREHENDED,
    (ADMIT_AND_SCREEN, AFTER, EVADES, RECOGNISED): APPREHENDED,
    (ADMIT_AND_SCREEN, AFTER, PRESENTS, NOT): APPREHENDED,
    (ADMIT_AND_SCREEN, AFTER, PRESENTS, RECOGNISED): APPREHENDED,
    (TURN_BACK, BEFORE, EVADES, NOT): ENTRY_PREVENTED,
    (TURN_BACK, BEFORE, EVADES, RECOGNISED): APPREHENDED,
    (TURN_BACK, BEFORE, PRESENTS, NOT): ENTRY_PREVENTED,
    (TURN_BACK, BEFORE, PRESENTS, RECOGNISED): APPREHENDED,
    (TURN_BACK, AFTER, EVADES, NOT): TURNED_BACK,
    (TURN_BACK, AFTER, EVADES, RECOGNISED): APPREHENDED,
    (TURN_BACK, AFTER, PRESENTS, NOT): TURNED_BACK,
    (TURN_BACK, AFTER, PRESENTS, RECOGNISED): APPREHENDED,
    (ASYLUM_SUSPENDED, BEFORE, EVADES, NOT): ENTRY_PREVENTED,
    (ASYLUM_SUSPENDED, BEFORE, EVADES, RECOGNISED): APPREHENDED,
    (ASYLUM_SUSPENDED, BEFORE, PRESENTS, NOT): ENTRY_PREVENTED,
    (ASYLUM_SUSPENDED, BEFORE, PRESENTS, RECOGNISED): APPREHENDED,
    (ASYLUM_SUSPENDED, AFTER, EVADES, NOT): TURNED_BACK,
    (ASYLUM_SUSPENDED, AFTER, EVADES, RECOGNISED): APPREHENDED,
    (ASYLUM_SUSPENDED, AFTER, PRESENTS, NOT): TURNED_BACK,
    (ASYLUM_SUSPENDED, AFTER, PRESENTS, RECOGNISED): APPREHENDED,
}


def test_every_case_is_listed() -> None:
    flags = (True, False)
    assert set(CASES) == set(product(range(len(REGIMES)), flags, flags, flags))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_interception_ends_by_the_law_of_the_day(case: tuple[int, bool, bool, bool]) -> None:
    assert interception_outcome(*case) == CASES[case]


@pytest.mark.parametrize("outcome", range(len(OUTCOMES)))
def test_pushback_is_being_kept_out_or_sent_back_unscreened_and_nothing_else(outcome: int) -> None:
    assert is_pushback(outcome, False) == (outcome in (ENTRY_PREVENTED, TURNED_BACK))
    assert not is_pushback(outcome, True)


@pytest.mark.parametrize(
    ("regime", "vulnerable", "taken"),
    [
        (ADMIT_AND_SCREEN, False, True),
        (ADMIT_AND_SCREEN, True, True),
        (TURN_BACK, False, True),
        (TURN_BACK, True, True),
        (ASYLUM_SUSPENDED, False, False),
        (ASYLUM_SUSPENDED, True, True),
    ],
)
def test_only_where_asylum_is_suspended_a_claim_is_not_taken(
    regime: int, vulnerable: bool, taken: bool
) -> None:
    assert takes_claim(regime, vulnerable) == taken


@pytest.mark.parametrize(
    ("open_points", "points", "expected"), [(0, 4, 0), (1, 4, 0.125), (2, 4, 0.25), (4, 4, 0.5), (1, 1, 0.5)]
)
def test_half_the_points_open_is_half_the_chance_to_reach_one(
    open_points: float, points: float, expected: float
) -> None:
    assert reach_probability(0.5, open_points, points) == expected


@pytest.mark.parametrize(
    ("draw", "expected"), [(0.1, 0), (0.24, 0), (0.25, 1), (0.49, 1), (0.5, 2), (0.74, 2), (0.75, -1)]
)
def test_the_three_missions_share_the_draw_out(draw: float, expected: int) -> None:
    assert mission_reached(draw, 0.25, 0.25, 0.25) == expected


def test_a_mission_without_reach_is_never_reached() -> None:
    assert mission_reached(0.001, 0.0, 1.0, 0.0) == 1
    assert mission_reached(0.001, 0.0, 0.0, 0.0) == -1
