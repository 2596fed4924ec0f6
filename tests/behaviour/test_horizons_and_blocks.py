"""What must not change a day: a longer horizon, the block it is made in, a policy that acts later."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from lively import LIVELY, WORLDS
from worlds import (
    ALL_PRESENT,
    INFLOW,
    ONE_STATION,
    Sets,
    plain_world,
)

from bordersim.inputs import load_scenario
from bordersim.model.engine import BlockOutput, simulate_block
from bordersim.model.world import World, build_world
from bordersim.words.metrics import METRIC_NAMES

RECORD = [METRIC_NAMES.index(name) for name in METRIC_NAMES if name.startswith("record_")]


def _days(sets: Sets, end: str) -> BlockOutput:
    return simulate_block(plain_world(sets, {"period.end": end}), 1, 0, 3)


@pytest.mark.parametrize("name", WORLDS)
def test_a_longer_horizon_leaves_earlier_days_untouched(name: str) -> None:
    """But for the record of the last day, which may be reported a day late."""
    short, long = _days(WORLDS[name], "2021-06-10"), _days(WORLDS[name], "2021-06-17")
    assert (long.daily[:, :9] == short.daily[:, :9]).all()
    happened = [index for index in range(len(METRIC_NAMES)) if index not in RECORD]
    assert (long.daily[:, 9][..., happened] == short.daily[:, 9][..., happened]).all()
    assert (long.stock[:, :10] == short.stock).all()


def test_a_longer_horizon_leaves_those_waiting_for_a_patrol_waiting() -> None:
    """One crew, twelve hours a group: whoever waits past the horizon has not got away by then, as once."""
    queue: Sets = {
        **ONE_STATION,
        **ALL_PRESENT,
        INFLOW: 30,
        "guards.LT.officers": 18,
        "respond.handling_h": 12,
    }
    short, long = _days(queue, "2021-06-05"), _days(queue, "2021-06-30")
    assert (long.daily[:, :5] == short.daily).all()


def test_only_the_record_of_the_last_day_waits_for_the_next_morning() -> None:
    sets: Sets = {**LIVELY, "record.day_starts_h": 6}
    short, long = _days(sets, "2021-06-10"), _days(sets, "2021-06-17")
    differs = (long.daily[:, :10] != short.daily).any(axis=(0, 2))
    assert set(np.flatnonzero(differs.any(axis=0)).tolist()) <= set(RECORD)
    assert set(np.flatnonzero(differs.any(axis=1)).tolist()) <= {9}


def test_history_is_untouched_by_a_longer_horizon() -> None:
    ends = ("2021-08-05", "2021-08-20")
    short, long = (
        _shipped("history_2021", {"period.start": "2021-07-20", "period.end": end}) for end in ends
    )
    last = short.daily.shape[1] - 1
    assert (long.daily[:, :last] == short.daily[:, :last]).all()
    assert (long.stock[:, : last + 1] == short.stock).all()


def _shipped(name: str, sets: Sets, replicates: int = 3) -> BlockOutput:
    return simulate_block(build_world(load_scenario([name], sets)), 1, 0, replicates)


def test_a_replicate_is_the_same_alone_and_in_any_block(world: World) -> None:
    out = simulate_block(world, 1, 0, 6)
    alone = [simulate_block(world, 1, replicate, 1) for replicate in range(6)]
    backwards = [simulate_block(world, 1, first, 2) for first in (4, 2, 0)]
    for field, whole in zip(out._fields, out, strict=True):
        assert (np.concatenate([getattr(one, field) for one in alone]) == whole).all()
        assert (np.concatenate([getattr(two, field) for two in reversed(backwards)]) == whole).all()


def test_another_seed_or_replicate_is_another_course(world: World) -> None:
    blocks = [simulate_block(world, seed, 0, 6) for seed in (1, 2)]
    courses = {replicate.tobytes() for block in blocks for replicate in block.daily}
    assert len(courses) == 12


def test_days_are_identical_before_the_order_of_3_august_and_not_after() -> None:
    period: Sets = {"period.start": "2021-07-10", "period.end": "2021-08-12"}
    without, history = _shipped("no_turn_back_2021", period, 10), _shipped("history_2021", period, 10)
    third = (date(2021, 8, 3) - date(2021, 7, 10)).days
    # The record of 2 August ends on the morning of the 3rd.
    others = [index for index in range(len(METRIC_NAMES)) if index not in RECORD]
    assert (without.daily[:, :third][..., others] == history.daily[:, :third][..., others]).all()
    assert (without.daily[:, : third - 1] == history.daily[:, : third - 1]).all()
    assert (without.stock[:, :third] == history.stock[:, :third]).all()
    assert (without.daily[:, third:] != history.daily[:, third:]).any(axis=(1, 2, 3)).all()


@pytest.mark.parametrize("day", [2, 5, 8])
def test_nothing_differs_before_a_policy_acts(day: int) -> None:
    """Regime, guards, practice and fence change on one day; the days before it are the same to the bit."""
    steps = {"from": f"2021-06-{day + 1:02}"}
    acts: Sets = {
        "policy.LV": [{"from": "2020-01-01", "regime": "admit_and_screen"}, {**steps, "regime": "turn_back"}],
        "guards.PL.officers": [{"from": "2020-01-01", "value": 100}, {**steps, "value": 900}],
        "law.PL.force_probability": [{"from": "2020-01-01", "value": 0.5}, {**steps, "value": 1}],
        "host.prevention_probability": [{"from": "2020-01-01", "value": 0.1}, {**steps, "value": 0.9}],
    }
    before, after = (simulate_block(plain_world(LIVELY, sets), 1, 0, 4) for sets in ({}, acts))
    assert (before.daily[:, :day] == after.daily[:, :day]).all()
    assert (before.daily[:, day:] != after.daily[:, day:]).any(axis=(1, 2, 3)).all()
