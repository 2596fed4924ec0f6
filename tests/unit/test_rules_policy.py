"""What the law makes of an interception: every case, one by one."""

from __future__ import annotations

from itertools import product

import pytest

from sim.rules.policy import interception_outcome, is_pushback
from sim.state import (
    ADMIT_AND_SCREEN,
    APPREHENDED,
    ENTRY_PREVENTED,
    OUTCOMES,
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
}


def test_every_case_is_listed() -> None:
    regimes, flags = (ADMIT_AND_SCREEN, TURN_BACK), (True, False)
    assert set(CASES) == set(product(regimes, flags, flags, flags))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_interception_ends_by_the_law_of_the_day(case: tuple[int, bool, bool, bool]) -> None:
    assert interception_outcome(*case) == CASES[case]


@pytest.mark.parametrize("outcome", range(len(OUTCOMES)))
def test_pushback_is_being_kept_out_or_sent_back_unscreened_and_nothing_else(outcome: int) -> None:
    assert is_pushback(outcome, False) == (outcome in (ENTRY_PREVENTED, TURNED_BACK))
    assert not is_pushback(outcome, True)
