"""What is conditioned on what: a scenario, values that vary, windows, how far off the model may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.analyses.assimilation.worlds import Worlds
from bordersim.analyses.designs import draw_at
from bordersim.model.engine.histories import Keys, replayed

if TYPE_CHECKING:
    from datetime import date

    from bordersim.analyses.ranges import Range
    from bordersim.inputs import Scenario
    from bordersim.model.records import State
    from bordersim.model.world import Arrays
    from bordersim.validation.evidence import Window

Shares = tuple[float, ...]  # where in its range each value lies


class History(NamedTuple):
    """Values, as shares of their ranges, and keys: all that a run hangs on beside the policy."""

    shares: Shares
    keys: Keys


@dataclass(frozen=True)
class Study:
    """A scenario and what is held against it.

    Parameters
    ----------
    scenario
        What happened, over all days of the study.
    ranges
        The values that vary, each evenly between its ends before anything is known.
    windows
        Published counts, in the order in which they become known.
    discrepancy
        How far off the model may be: a standard deviation of the logarithm of a count.
    """

    scenario: Scenario = field(repr=False)
    ranges: tuple[Range, ...]
    windows: tuple[Window, ...]
    discrepancy: float

    @cached_property
    def worlds(self) -> Worlds:
        """The worlds with values anywhere in their ranges."""
        return Worlds(self.scenario, self.ranges)

    @property
    def start(self) -> date:
        """The first day."""
        return self.scenario.config.period.start

    @property
    def days(self) -> int:
        """Days of the study [day]."""
        return self.scenario.config.period.days

    def days_before(self, last: date) -> int:
        """Return how many days there are up to a day, that one too [day]."""
        return (last - self.start).days + 1

    @cached_property
    def most_to_come(self) -> dict[Window, float]:
        """How probable, at most, the windows after each are: the logarithm, where a run counts just those."""
        most = [window.most(self.discrepancy) for window in self.windows]
        after = np.cumsum([0.0, *most[:0:-1]])[::-1].tolist()
        return dict(zip(self.windows, after, strict=False))

    def values(self, shares: Sequence[float]) -> dict[str, object]:
        """Return the values that lie at shares of their ranges."""
        return draw_at(self.ranges, shares)

    def world(self, shares: Sequence[float]) -> Arrays:
        """Return the world with values at shares of their ranges."""
        return self.worlds.at(shares)

    def state(self, history: History, until_day: int) -> tuple[Arrays, State]:
        """Run a history again; return its world and its state at the start of a day."""
        world = self.world(history.shares)
        return world, replayed(world, history.keys, until_day)
