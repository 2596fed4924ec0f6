"""The worlds of histories, built once; under other values only the tables that these reach are made anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from bordersim.analyses.assimilation.worlds import differing, with_value
from bordersim.inputs.layers import parts
from bordersim.model.engine import Keys
from bordersim.model.world import build_arrays, build_world
from bordersim.results.draws import luck_of, values_of

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.inputs.schema import Config
    from bordersim.model.world import Arrays
    from bordersim.report.app.lever import Lever
    from bordersim.results.draws import Draw


class HistoryWorlds:
    """The worlds of the histories of a scenario.

    Parameters
    ----------
    scenario
        The scenario without values of histories.
    draws
        The histories.
    kept
        How many worlds stay in memory, the first ones.
    """

    def __init__(self, scenario: Scenario, draws: Sequence[Draw], kept: int) -> None:
        self.scenario, self.draws, self.kept = scenario, draws, kept
        self.segments = build_world(scenario).segments
        self._plain: dict[int, Arrays] = {}
        self._seen: dict[str, frozenset[str]] = {}

    def keys(self, number: int) -> Keys:
        """Return what a history draws from."""
        return Keys.read(luck_of(self.draws[number], self.scenario.name))

    def plain(self, number: int) -> Arrays:
        """Return the world of a history without other values."""
        if number in self._plain:
            return self._plain[number]
        world = build_arrays(self.config(number, self.scenario.config, ()), self.segments)
        if number < self.kept:
            self._plain[number] = _sharing(world, self._plain.get(0, world))
        return world

    def reached(self, scenario: Scenario, levers: Mapping[str, Lever]) -> frozenset[str]:
        """Return the tables that differ under a scenario, and those that its levers reach at all."""
        if not levers:
            return frozenset()
        config = self.config(0, scenario.config, levers)
        there = differing(build_arrays(config, self.segments), self.plain(0))
        return frozenset(there).union(*(self._reached_by(lever) for lever in levers.values()))

    def under(self, number: int, config: Config, reached: frozenset[str]) -> Arrays:
        """Return the world of a history under a configuration that reaches some tables."""
        if not reached:
            return self.plain(number)
        return build_arrays(config, self.segments, self.plain(number), reached)

    def _reached_by(self, lever: Lever) -> frozenset[str]:
        """Return the tables that a lever reaches, seen at the ends of its range on all days."""
        if lever.key not in self._seen:
            ends = lever.words or (lever.low, lever.high)
            self._seen[lever.key] = frozenset().union(*(self._tables(lever.key, end) for end in ends))
        return self._seen[lever.key]

    def _tables(self, key: str, value: object) -> set[str]:
        """Return the tables that differ where a key has one value on all days."""
        config = self.config(0, self.scenario.config, ())
        other = with_value(config, self._path(key), value)
        return differing(build_arrays(other, self.segments), self.plain(0))

    def config(self, number: int, config: Config, left: Collection[str]) -> Config:
        """Return a configuration with the values of a history, but for keys that are left as they are."""
        for key, value in values_of(self.draws[number], self.scenario.name).items():
            if key not in left:
                config = with_value(config, self._path(key), value)
        return config

    def _path(self, key: str) -> tuple[str, ...]:
        """Return the parts of a key."""
        return parts(self.scenario.tree, key) or ()


def _sharing(world: Arrays, like: Arrays) -> Arrays:
    """Return a world that holds the tables it has in common with another once."""
    own = differing(world, like)
    return like._replace(**{name: getattr(world, name) for name in own})
