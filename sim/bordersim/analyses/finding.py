"""The value of a parameter at which the mean of a figure reaches a target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bordersim.errors import BadInput
from bordersim.inputs.arguments import number
from bordersim.inputs.metadata import is_number
from bordersim.results.paired import Interval, mean_interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario

    Floats = NDArray[np.float64]

STEPS = 1000  # a value is found to this part of its range, whole numbers to the nearest


@dataclass(frozen=True)
class Found:
    """The value at which a figure's mean reaches a target, with its range.

    Attributes
    ----------
    key
        Key of the parameter.
    value
        Where the mean of the figure over the replicates is the target [unit of the parameter].
    low, high
        The range: all values about it at which the target lies within the 95 % interval of that mean. The
        ends of the search where it goes on to there. Random variation alone, no other parameter.
    reached
        Mean of the figure at `value` [unit of the figure]; near the target where only whole numbers go.
    runs
        At how many values the model was run.
    """

    key: str
    value: float
    low: float
    high: float
    reached: float
    runs: int


class UnreachableTarget(BadInput):
    """A target that the figure has at no value between the ends; the message has its means there."""


@dataclass
class Search:
    """A search between two values; each is run once.

    Parameters
    ----------
    key
        The parameter.
    at
        Run the model at a value, and return the figure by replicate.
    target
        What the mean is to be.
    low, high
        Where it is searched.
    is_whole
        Whether only whole numbers are allowed.
    """

    key: str
    at: Callable[[float], Floats]
    target: float
    low: float
    high: float
    is_whole: bool

    def __post_init__(self) -> None:
        """Begin with nothing known."""
        self._known: dict[float, Interval] = {}

    def found(self, what: str) -> Found:
        """Search; raise `UnreachableTarget` if the means at both ends lie on one side of the target."""
        ends = [self._minus_target("mean", end) for end in (self.low, self.high)]
        if ends[0] * ends[1] > 0:
            means = [f"{self.mean(end):,.4g} at {end:g}" for end in (self.low, self.high)]
            raise UnreachableTarget(
                f"{self.key}: {what} does not reach {self.target:,.4g} between them: its mean is"
                f" {means[0]} and {means[1]}"
            )
        value = self._shown(self._root("mean", self.low, self.high))
        down, up = self._end(self.low, value), self._end(self.high, value)
        return Found(self.key, value, down, up, self.mean(value), len(self._known))

    def mean(self, value: float) -> float:
        """Return the mean at a value."""
        return self._interval(value).mean

    def _interval(self, value: float) -> Interval:
        """Return mean and interval at a value, each run once."""
        value = self._shown(value)
        if value not in self._known:
            self._known[value] = mean_interval(self.at(value))
        return self._known[value]

    def _shown(self, value: float) -> float:
        """Return a value the parameter takes."""
        return round(value) if self.is_whole else value

    def _minus_target(self, name: str, value: float) -> float:
        """Return how far the mean or an end of its interval is above the target."""
        above: float = getattr(self._interval(value), name) - self.target
        return above

    def _end(self, end: float, value: float) -> float:
        """Return where between a found value and an end of the search the interval leaves the target."""
        here = self._interval(end)
        if here.low <= self.target <= here.high:
            return end
        leaves = "low" if here.low > self.target else "high"
        if self._minus_target(leaves, value) * self._minus_target(leaves, end) > 0:
            return value  # a step of whole numbers passes over the target
        return self._shown(self._root(leaves, *sorted((end, value))))

    def _root(self, name: str, low: float, high: float) -> float:
        """Return where the mean or an end of its interval is the target."""
        from scipy.optimize import brentq

        if low == high:
            return low
        nearest = 1 / 2 if self.is_whole else (self.high - self.low) / STEPS
        return float(brentq(lambda value: self._minus_target(name, value), low, high, xtol=nearest))


def search_for(
    key: str,
    scenario: Scenario,
    at: Callable[[float], Floats],
    target: float,
    between: tuple[float, float] | None,
) -> Search:
    """Return a search over the stated range of a parameter, or between two values.

    Raises
    ------
    BadInput
        If the parameter is no number, or there is no range to search.
    """
    about = scenario.explain(key)
    value = about.entries[-1].value if about.entries else about.value
    if not is_number(value):
        raise BadInput(f"{key}: is no number, so no value of it can be searched for")
    if between is None and (about.low is None or about.high is None):
        raise BadInput(f"{key}: has no stated range; give between=(low, high)")
    low, high = (number("between", end) for end in between or (about.low, about.high))
    if not low < high:
        raise BadInput(f"{key}: between {low:g} and {high:g} is no range")
    return Search(key, at, target, low, high, _takes_whole_numbers(scenario, key, low))


def _takes_whole_numbers(scenario: Scenario, key: str, low: float) -> bool:
    """Return whether the parameter takes whole numbers only; refuse an end that it does not take at all."""
    scenario.with_values({key: int(low) if low == int(low) else low})
    try:
        scenario.with_values({key: int(low) + 1 / 2})
    except BadInput:
        return True
    return False
