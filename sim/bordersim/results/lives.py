"""Histories lived again: the world and the keys of one, and what it had by week at each stretch.

A history is exact, so what a run did not keep is found by living it again; only few are needed for a mean,
and nothing but their names has to be stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from bordersim.geo.places import load_stretches
from bordersim.results.draws import luck_of, steered_as_in, values_of
from bordersim.results.spans import Spans, weeks_of
from bordersim.words.metrics import STRETCH_ATTEMPTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario
    from bordersim.model.engine import Keys
    from bordersim.model.world import Arrays
    from bordersim.results.draws import Draw

    Floats = NDArray[np.float64]

T = TypeVar("T")


def keys_of(history: Draw, scenario: str) -> Keys:
    """Return what a history draws from in a scenario."""
    from bordersim.model.engine import Keys

    return Keys.read(luck_of(history, scenario))


def as_lived(scenario: Scenario, history: Draw) -> Scenario:
    """Return a scenario with the values of a history on top."""
    return scenario.with_values(values_of(history, scenario.name))


def steered_world(scenario: Scenario, history: Draw, scenarios: Sequence[Scenario]) -> Arrays:
    """Build the world of a scenario `as_lived`, steered as in another of them where the history says so."""
    from bordersim.model.engine import steering_of
    from bordersim.model.world import build_world

    world = build_world(scenario).arrays
    if leader := steered_as_in(history, scenario.name):
        led = next(each for each in scenarios if each.name == leader)
        return world._replace(
            steered=steering_of(build_world(as_lived(led, history)).arrays, keys_of(history, leader))
        )
    return world


def attempts_by_week(scenario: Scenario, histories: Sequence[Draw], scenarios: Sequence[Scenario]) -> Floats:
    """Return the mean number of attempts a day by week and stretch; the last week may be shorter.

    Parameters
    ----------
    scenario
        Under which the histories are lived again.
    histories
        Their values and keys.
    scenarios
        All scenarios of the run, one of which may steer another.
    """
    if not histories:
        return np.zeros((0, len(load_stretches())))
    worlds = (steered_world(as_lived(scenario, history), history, scenarios) for history in histories)
    period = scenario.config.period
    weeks = weeks_of(period.start, period.days)
    total = sum(
        _weeks(world, keys_of(each, scenario.name), weeks)
        for world, each in zip(worlds, histories, strict=True)
    )
    mean: Floats = np.asarray(total, dtype=np.float64) / len(histories)
    return mean


def _weeks(world: Arrays, keys: Keys, weeks: Spans) -> Floats:
    """Return the attempts a day of one history by week."""
    by_week: Floats = attempts_between(world, keys, weeks.ends) / np.array(weeks.lengths)[:, None]
    return by_week


def attempts_between(world: Arrays, keys: Keys, ends: Sequence[int]) -> Floats:
    """Live through a history; return its attempts by stretch between one of some days and the next."""
    from bordersim.model.engine.histories import lived

    counted = [state.stretch_counts[:, STRETCH_ATTEMPTS].copy() for state in lived(world, keys, ends)]
    between: Floats = np.diff(counted, axis=0, prepend=np.zeros((1, len(world.stretches))))
    return between


def evenly(all_of_them: Sequence[T], most: int) -> list[T]:
    """Choose some of several things, evenly spread, at most so many."""
    total = len(all_of_them)
    count = min(most, total)
    return [all_of_them[i * total // count] for i in range(count)]
