"""What a barrier does to a crossing, and in which order it is built."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.rules.barrier import building_turn, time_to_clear_h, time_to_line_h
from bordersim.model.rules.elementary import log

exact = st.integers(0, 2**14).map(lambda n: n / 64)
draw = st.integers(1, 2**20 - 1).map(lambda n: n / 2**20)
weight = st.integers(1, 2**16).map(lambda n: n / 64)


def test_terrain_and_barrier_add_to_the_approach() -> None:
    assert time_to_line_h(0.5, 0.0, 0.0) == 0.5
    assert time_to_line_h(0.5, 0.25, 0.0) == 0.75
    assert time_to_line_h(0.5, 0.0, 0.375) == 0.875
    assert time_to_line_h(0.5, 0.25, 0.375) == 1.125


def test_who_is_across_still_has_to_get_clear() -> None:
    assert time_to_clear_h(0.75, 3.0) == 3.75


@given(exact, exact, exact, exact)
def test_what_delays_the_line_delays_the_end(
    approach: float, terrain: float, barrier: float, clear: float
) -> None:
    line = time_to_line_h(approach, terrain, barrier)
    assert time_to_clear_h(line, clear) - line == clear
    assert line >= approach


@given(draw, weight, weight)
def test_with_equal_draws_the_riskiest_comes_first(draw: float, one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    assert building_turn(draw, high) <= building_turn(draw, low)


@given(draw, weight)
def test_it_is_a_race_of_exponentials(draw: float, weight: float) -> None:
    assert building_turn(draw, weight) == log(-log(draw)) - log(weight)


@given(draw)
def test_where_nobody_goes_the_turn_never_comes(draw: float) -> None:
    assert building_turn(draw, 0.0) == math.inf


@given(draw, draw, weight)
def test_with_equal_weights_the_draw_decides(one: float, other: float, weight: float) -> None:
    low, high = min(one, other), max(one, other)
    assert building_turn(high, weight) <= building_turn(low, weight)
