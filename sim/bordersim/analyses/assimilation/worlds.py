"""Worlds that differ in a few values: only the tables that some of these values reach are worked out anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.analyses.designs import draw_at
from bordersim.inputs.layers import parts
from bordersim.inputs.schema.base import Section
from bordersim.inputs.schema.dated import FIRST_DAY
from bordersim.model.world import build_arrays, build_world

if TYPE_CHECKING:
    from bordersim.analyses.ranges import Range
    from bordersim.inputs import Scenario
    from bordersim.inputs.schema import Config
    from bordersim.model.world import Arrays, World

LOOKED_AT = (0.0, 0.37, 1.0)  # places in a range at which it is seen which tables a value reaches


class Worlds:
    """The worlds of one scenario with values at shares of their ranges.

    Parameters
    ----------
    scenario, ranges
        Each value that varies is one value on all days.

    Raises
    ------
    BadInput
        If the lowest of all values, or the highest, do not go together.
    """

    def __init__(self, scenario: Scenario, ranges: Sequence[Range]) -> None:
        self.ranges = ranges
        for ends in (0.0, 1.0):  # values that do not go together are refused before anything runs
            scenario.with_values(draw_at(ranges, [ends] * len(ranges)))
        middle = scenario.with_values(draw_at(ranges, [0.5] * len(ranges)))
        self.config: Config = middle.config
        self._paths = {each.key: parts(middle.tree, each.key) or () for each in ranges}
        self.plain: World = build_world(middle)
        self.reached = frozenset(self._reached(middle))

    def at(self, shares: Sequence[float]) -> Arrays:
        """Return the world with values at shares of their ranges."""
        config = self.config
        for key, value in draw_at(self.ranges, shares).items():
            config = with_value(config, self._paths[key], value)
        return build_arrays(config, self.plain.segments, self.plain.arrays, self.reached)

    def _reached(self, middle: Scenario) -> set[str]:
        """Return the tables that some of the values reach."""
        reached: set[str] = set()
        for each in self.ranges:
            for share in LOOKED_AT:
                arrays = build_world(middle.with_values({each.key: each.at(share)})).arrays
                reached |= differing(arrays, self.plain.arrays)
        return reached


def differing(one: Arrays, other: Arrays) -> set[str]:
    """Return the names of the tables that differ between two worlds."""
    return {name for name in one._fields if not np.array_equal(getattr(one, name), getattr(other, name))}


def with_value(held: Any, path: Sequence[str], value: object) -> Any:
    """Return a section, a mapping or a dated list with another value, not checked, at the end of a path.

    Much faster than a scenario with other values.
    """
    if not path:
        return _as_before(held, value)
    name, *rest = path
    if isinstance(held, Section):
        return held.model_copy(update={name: with_value(getattr(held, name), rest, value)})
    return {**held, name: with_value(held[name], rest, value)}


def _as_before(held: Any, value: object) -> Any:
    """Return a value in the place of another: on all days where there were values by date."""
    if not isinstance(held, tuple):
        return type(held)(value)
    first = held[0]
    return (first.model_copy(update={"from_": FIRST_DAY, "value": type(first.value)(value)}),)
