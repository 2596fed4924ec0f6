"""Readings of a comparison: copies of its scenarios with fresh luck, or a host state that steers as it did.

A copy has the values of its scenario in every history. With fresh luck it draws, as the reference then does
too, from another key from the day on which the policies part. A host state that does what it did steers, day
by day, as in the same history of what happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.analyses.fresh import fresh_from
from bordersim.errors import BadInput
from bordersim.model.world import build_world
from bordersim.results.draws import LEFT, OTHER_LUCK, STEERED_AS_IN, Draw, values_of
from bordersim.results.readings import FRESH_LUCK, HOST_AS_IT_WAS, READINGS, named

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.model.world import Arrays

BY_DAY = ("calendar", "law", "on_shift", "inflow")
FOLLOWING = ("stretches",)  # slots of patrols, as many as the days of on_shift want


def with_readings(
    scenarios: Sequence[Scenario], draws: Sequence[Draw], happened: str
) -> tuple[list[Scenario], list[Draw]]:
    """Return the scenarios and their readings, and the histories that tell each what to draw from.

    Parameters
    ----------
    scenarios
        The reference, and those compared with it.
    draws
        Histories, each with the keys it draws from.
    happened
        The name of the scenario of what happened.

    Raises
    ------
    BadInput
        If what happened is not among the scenarios.
    """
    first, *others = scenarios
    names = [each.name for each in scenarios]
    if happened not in names:
        raise BadInput(f"--readings: {happened} must be compared: the host state steers in it as it did")
    day = min(parting_day(first, each, draws[0]) for each in others)
    followers = [each for each in scenarios if each.name != happened]
    copied = [(each, FRESH_LUCK) for each in scenarios] + [(each, HOST_AS_IT_WAS) for each in followers]
    copies = [replace(each, name=named(each.name, reading)) for each, reading in copied]
    return [*scenarios, *copies], [_told(draw, names, happened, day) for draw in draws]


def parting_day(reference: Scenario, scenario: Scenario, draw: Draw) -> int:
    """Return the first day of the run on which what decides what happens differs: 0 where it always does."""
    one, other = (_world(each, draw) for each in (reference, scenario))
    always = set(one._fields) - {*BY_DAY, *FOLLOWING}
    if not all(np.array_equal(getattr(one, name), getattr(other, name)) for name in always):
        return 0
    return min(_first_difference(getattr(one, name), getattr(other, name)) for name in BY_DAY)


def _world(scenario: Scenario, draw: Draw) -> Arrays:
    """Build the world of a history in a scenario."""
    return build_world(scenario.with_values(values_of(draw, scenario.name))).arrays


def _first_difference(one: Any, other: Any) -> int:
    """Return the first day on which two tables by day differ; the number of days where none does."""
    differs = np.asarray(one != other).reshape(len(one), -1).any(axis=1)
    return int(differs.argmax()) if differs.any() else len(one)


def _told(draw: Draw, names: Sequence[str], happened: str, day: int) -> Draw:
    """Return a history that also says what each reading draws from and keeps."""
    fresh, left = fresh_from(draw, day, FRESH_LUCK), dict(_left(draw))
    copied = {named(name, reading): left[name] for name in names if name in left for reading in READINGS}
    told = {
        **draw,
        OTHER_LUCK: {named(name, FRESH_LUCK): fresh for name in names},
        STEERED_AS_IN: {named(name, HOST_AS_IT_WAS): happened for name in names if name != happened},
    }
    return {**told, LEFT: {**left, **copied}} if left else told


def _left(draw: Draw) -> Iterator[tuple[str, list[str]]]:
    """Yield the keys that a history leaves as they are in a scenario."""
    left: Any = draw.get(LEFT, {})
    yield from left.items()
