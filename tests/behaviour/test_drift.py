"""The host state's own mind and how many come wander by themselves; 0 switches each off."""

from __future__ import annotations

import numpy as np
import pytest
from moved_numbers import read_only
from scipy.stats import kstest
from worlds import INFLOW, plain_world

from bordersim.model.engine import new_state
from bordersim.model.engine.histories import Keys, lived
from bordersim.model.engine.loop import advance
from bordersim.model.engine.wanderings import inflow_factors, minds
from bordersim.model.records import State
from bordersim.model.rules.drifting import inflow_factor
from bordersim.model.world import Arrays
from bordersim.words.codes import EN_ROUTE

DRIFTING = {"inflow.drift_sd": 0.7, "inflow.drift_memory_days": 5, "inflow.drift_most_factor": 3}
MINDED = {"host.mind_sd": 1.5, "host.mind_memory_days": 8}
IN_MINSK = {INFLOW: 40, "inflow.minsk_days_min": 90, "inflow.minsk_days_mean": 90}
RUNS = 400
KEYS = [Keys.of_replicate(1, number) for number in range(RUNS)]
FALSE_ALARM = 1e-4  # of each test on draws; they are fixed, so it alarms always or never


def day_by_day(world: Arrays, replicate: int = 0) -> list[State]:
    """Run a replicate and keep its state after each day."""
    state, seen = new_state(world, 1, replicate), []
    for day in range(len(world.calendar)):
        advance(world, state, day + 1)
        seen.append(State(*(each.copy() for each in state)))
    return seen


def landing(state: State) -> np.ndarray:
    """Return the keys of the groups that somebody is left of."""
    return np.sort(state.groups["key"][state.groups["people"] > 0])


@pytest.mark.parametrize("replicate", range(4))
def test_those_who_come_are_those_of_a_world_in_which_so_many_are_planned(replicate: int) -> None:
    """The factor of each day as a plan, with no drift: the same groups, bit for bit."""
    world = plain_world(DRIFTING, IN_MINSK).arrays
    days = day_by_day(world, replicate)
    factors = np.array([inflow_factor(state.clock[0].inflow_drift, 0.7, 3.0) for state in days])
    planned = plain_world(IN_MINSK).arrays
    as_planned = new_state(read_only(planned._replace(inflow=world.inflow * factors[:, None])), 1, replicate)
    assert factors.std() > 0
    assert landing(days[-1]).tolist() == landing(as_planned).tolist()


def test_both_can_be_read_out_without_running_anything() -> None:
    """A history whose key changes twice: day by day what the engine had."""
    world = plain_world(DRIFTING, MINDED, {INFLOW: 5}).arrays
    keys = Keys.of_replicate(1, 0).changed(3, 17).changed(6, 2**64 - 3)
    days = range(1, len(world.calendar) + 1)
    seen = [(s.borders["mind"].tolist(), s.clock[0].inflow_drift) for s in lived(world, keys, days)]
    assert minds(world, keys).tolist() == [each for each, _ in seen]
    assert inflow_factors(world, keys).tolist() == [inflow_factor(drift, 0.7, 3.0) for _, drift in seen]


def test_who_stays_away_is_nowhere() -> None:
    world = plain_world(DRIFTING, {INFLOW: 40}).arrays
    last = day_by_day(world)[-1]
    away = last.clock[0].stayed_away
    assert away > 0
    assert last.stock[-1].sum() == last.days[-2].landed - away
    assert (last.persons["state"] == EN_ROUTE).sum() == last.stock[-1, EN_ROUTE] + away


def test_both_stand_still_when_switched_off() -> None:
    last = day_by_day(plain_world({"inflow.drift_sd": 0, "host.mind_sd": 0, INFLOW: 40}).arrays)[-1]
    assert not last.borders["mind"].any()
    assert last.clock[0].inflow_drift == last.clock[0].stayed_away == 0


def test_the_spread_is_the_same_on_the_first_day_and_the_last() -> None:
    """Kolmogorov-Smirnov against the normal distribution of the given spread."""
    world = plain_world(DRIFTING, MINDED, {"inflow.drift_most_factor": 20}).arrays
    seen = np.array([minds(world, keys) for keys in KEYS])
    drifts = np.log([inflow_factors(world, keys) for keys in KEYS]) + 0.7**2 / 2
    for day in (0, -1):
        assert kstest(drifts[:, day] / 0.7, "norm").pvalue > FALSE_ALARM
        for border in range(3):
            assert kstest(seen[:, day, border] / 1.5, "norm").pvalue > FALSE_ALARM


def test_tomorrow_is_as_like_today_as_the_memory_says() -> None:
    """The correlation of neighbouring days is exp(-1/memory); the error spreads by (1 - r^2) / sqrt(n)."""
    world = plain_world(MINDED).arrays
    today, tomorrow = np.array([minds(world, keys)[:2] for keys in KEYS]).transpose(1, 0, 2).reshape(2, -1)
    r = np.exp(-1 / 8)
    assert abs(np.corrcoef(today, tomorrow)[0, 1] - r) < 4 * (1 - r**2) / np.sqrt(len(today))


def test_borders_have_minds_of_their_own() -> None:
    world = plain_world(MINDED).arrays
    off_diagonal = np.corrcoef(np.array([minds(world, keys)[0] for keys in KEYS]).T)[np.triu_indices(3, 1)]
    assert (np.abs(off_diagonal) < 4 / np.sqrt(RUNS)).all()
