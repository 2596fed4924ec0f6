"""The calendar queue wakes in order of time, at any number and also where all wake at the same instant."""

from __future__ import annotations

from math import log2

import numpy as np
import pytest
from worlds import plain_world

from bordersim.model import randomness as chance
from bordersim.model.engine import calendar
from bordersim.model.engine.calendar import put_to_sleep, wake_next
from bordersim.model.engine.replicate import new_state
from bordersim.model.randomness import luck
from bordersim.model.records import NO_ONE, State
from bordersim.words.codes import SET_OUT

GROUPS = 1000
NOBODY = {"inflow.origins.africa.people_per_day": GROUPS}


@pytest.fixture
def state() -> State:
    """Groups of which none sleeps."""
    state = new_state(plain_world(NOBODY).arrays, 1, 0)
    state.queue[:] = NO_ONE
    return state


def woken(state: State, until_h: float) -> list[int]:
    """Wake one after another."""
    found = []
    while (g := wake_next(state, until_h)) != NO_ONE:
        found.append(g)
    return found


def in_order(state: State, groups: range) -> list[int]:
    """Return groups in order of time, and of their draws where it is the same."""
    return sorted(groups, key=lambda g: (state.groups[g]["time_h"], luck(state, state.groups[g], chance.TIE)))


@pytest.mark.parametrize("instants", [1, 3, 10**9])
def test_all_wake_in_order_and_none_before_its_time(state: State, instants: int) -> None:
    groups, rng = range(min(GROUPS, len(state.groups))), np.random.default_rng(1)
    until_h = len(state.queue) * float(state.clock[0]["bucket_h"])
    for g in groups:
        put_to_sleep(state, g, until_h * int(rng.integers(instants)) / instants, SET_OUT)
    order = in_order(state, groups)
    early = woken(state, until_h / 2)
    assert all(state.groups[g]["time_h"] < until_h / 2 for g in early)
    assert early + woken(state, until_h) == order


def test_who_sleeps_again_wakes_again(state: State) -> None:
    for g in range(50):
        put_to_sleep(state, g, 1.0, SET_OUT)
    first = woken(state, 2.0)[:25]
    for g in first:
        put_to_sleep(state, g, 3.0, SET_OUT)
    assert woken(state, 4.0) == first


def test_a_crowd_at_one_instant_is_compared_a_few_times_each(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was compared with all who slept: a hundred thousand arrivals at one noon took minutes."""
    compared, groups = 0, min(GROUPS, len(state.groups))
    usual = calendar.wakes_before

    def counted(state: State, a: int, b: int) -> bool:
        nonlocal compared
        compared += 1
        return usual(state, a, b)

    monkeypatch.setattr(calendar, "wakes_before", counted)
    for g in range(groups):
        put_to_sleep(state, g, 1.0, SET_OUT)
    assert len(woken(state, 2.0)) == groups
    assert compared < 2 * groups * log2(groups)
