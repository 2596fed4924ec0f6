"""How long captives wait between the lines, and what ends the wait."""

from __future__ import annotations

from math import inf, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.rules.captivity import captivity_ends, wait_days
from bordersim.words.codes import ADMITTED_FROM_CAPTIVITY, DRIVEN_FORWARD, LET_BACK_AT_LAST, TAKEN_HOME

rate = st.integers(0, 96).map(lambda n: n / 4)
draw = st.integers(1, 2**10 - 1).map(lambda n: n / 2**10)


def test_a_wait_is_exponential_with_the_sum_of_the_rates() -> None:
    assert wait_days(0.5, 1.0, 0.5, 0.25, 0.25) == -log(0.5) / 2
    assert wait_days(0.25, 0.0, 0.0, 1.0, 0.0) == -log(0.25)


def test_where_nothing_happens_captives_wait_for_ever() -> None:
    assert wait_days(0.5, 0.0, 0.0, 0.0, 0.0) == inf


@pytest.mark.parametrize(
    ("luck", "end"),
    [
        *((0.49, DRIVEN_FORWARD), (0.5, ADMITTED_FROM_CAPTIVITY), (0.74, ADMITTED_FROM_CAPTIVITY)),
        *((0.75, TAKEN_HOME), (0.87, TAKEN_HOME), (0.875, LET_BACK_AT_LAST), (0.999, LET_BACK_AT_LAST)),
    ],
)
def test_each_end_has_the_share_of_its_rate(luck: float, end: int) -> None:
    assert captivity_ends(luck, 2.0, 1.0, 0.5, 0.5) == end


@given(draw, rate, rate, rate, rate)
def test_what_never_happens_ends_no_wait(
    luck: float, driven: float, admitted: float, home: float, back: float
) -> None:
    rates = driven, admitted, home, back
    if sum(rates) > 0:
        end = captivity_ends(luck, *rates)
        assert rates[[DRIVEN_FORWARD, ADMITTED_FROM_CAPTIVITY, TAKEN_HOME, LET_BACK_AT_LAST].index(end)] > 0
