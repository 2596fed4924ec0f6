"""Worlds whose every number is drawn from its own range, from August 2021 on.

The range of a key is that from low to high in parameters.yaml, widened by what history.yaml has by date. A
key that is added there is drawn from then on; nobody has to think of a case for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from bordersim.inputs import Scenario, load_scenario
from bordersim.inputs.layers import parts
from bordersim.inputs.scenario import Parameter
from bordersim.inputs.schema.dated import FIRST_DAY
from bordersim.model.world import World, build_world
from bordersim.words.codes import REGIMES

START = date(2021, 8, 3)
SEATS = 60  # most seats of a flight home: a list of flights has no range
CUT = "land.segment_length_km"
NOT_DRAWN = ("period.start", "period.end", "run.seed")

Share = Callable[[], float]
Values = Mapping[str, object]


class Draws:
    """Drawn values of every key over so many days, and the worlds they make.

    Each key has luck of its own, so that a key that comes or goes leaves the others where they are.
    """

    def __init__(self, days: int) -> None:
        self.days, self.end = days, START + timedelta(days - 1)
        self.history = load_scenario(
            ["history_2021"], {"period.start": str(START), "period.end": str(self.end)}
        )
        self.keys = [key for key in self.history.parameters if key not in NOT_DRAWN]
        self.tree = self.history.config.model_dump(by_alias=True)

    def scenario(self, seed: int) -> Scenario:
        """Return the scenario of a seed: each number somewhere in its range."""
        return self.history.with_values(self.drawn(seed))

    def world(self, seed: int) -> World:
        """Return the world of a seed."""
        return build_world(self.scenario(seed))

    def world_of(self, values: Values) -> World:
        """Return the world with these values."""
        return build_world(self.history.with_values(values))

    def drawn(self, seed: int) -> Values:
        """Return a value of every key, each number somewhere in its range."""
        return self._values_at(lambda key: Random(f"{seed} {key}").random)

    def at_other_ends(self, seed: int) -> Values:
        """Return the same with each number at the end of its range that is farther away; the cut stays."""
        moved = self._values_at(lambda key: farther(Random(f"{seed} {key}").random))
        return {**moved, CUT: self.drawn(seed)[CUT]}

    def _values_at(self, share_of: Callable[[str], Share]) -> Values:
        """Return values that may stand together: nobody stays in Minsk for less than the shortest stay."""
        values = {key: self._value_at(key, share_of(key)) for key in self.keys}
        shortest, mean = "inflow.minsk_days_min", "inflow.minsk_days_mean"
        low, high = sorted(float(str(values[key])) for key in (shortest, mean))
        return {**values, shortest: low, mean: high}

    def _held(self, key: str) -> Any:
        """Return the value of a key as the schema holds it: whole or not, dated or not."""
        value: Any = self.tree
        for part in parts(self.history.tree, key) or ():
            value = value[part]
        return value

    def _value_at(self, key: str, share: Share) -> object:
        """Return a value of the kind that a key takes, each number at a share of its range."""
        value, parameter = self._held(key), self.history.parameters[key]
        if isinstance(value, date):
            return str(START + timedelta(int(share() * (self.days - 1))))
        if not isinstance(value, tuple):
            return round(at(parameter, share())) if isinstance(value, int) else at(parameter, share())
        if value and not isinstance(value[0], dict):
            return [at(parameter, share()) for _ in value]
        is_whole = bool(value) and isinstance(value[0].get("value"), int)
        return self._by_date(parameter, [share(), share()], is_whole)

    def _by_date(self, parameter: Parameter, shares: list[float], is_whole: bool) -> list[dict[str, object]]:
        """Return what changes within the days: regimes, flights, growing kilometres, or another number."""
        if parameter.unit == "regime":
            return self._steps("regime", [REGIMES[round(share * (len(REGIMES) - 1))] for share in shares])
        if parameter.low is None:
            return self._steps("seats", [int(share * SEATS) for share in shares])
        numbers = [at(parameter, share) for share in shares]
        if parameter.unit == "km":
            return _entries("km", (START, self.end), sorted(numbers))
        return self._steps("value", [round(number) for number in numbers] if is_whole else numbers)

    def _steps(self, word: str, values: list[Any]) -> list[dict[str, object]]:
        """Return what holds at first and what from the middle of the days on."""
        return _entries(word, (FIRST_DAY, START + timedelta(self.days // 2)), values)


def farther(share: Share) -> Share:
    """Return the end, 0 or 1, from which each share is farther away."""
    return lambda: float(share() < 0.5)


def _entries(word: str, dates: tuple[date, date], values: list[Any]) -> list[dict[str, object]]:
    """Return a dated list."""
    return [{"from": str(day), word: value} for day, value in zip(dates, values, strict=True)]


def at(parameter: Parameter, share: float) -> float:
    """Return the number at a share of a range."""
    low, high = range_of(parameter)
    return low + share * (high - low)


def range_of(parameter: Parameter) -> tuple[float, float]:
    """Return the ends of a range: low and high, and what history.yaml has by date."""
    assert parameter.low is not None, parameter.key
    assert parameter.high is not None, parameter.key
    dated = [float(str(entry.value)) for entry in parameter.entries]
    return min([parameter.low, *dated]), max([parameter.high, *dated])


@cache
def draws(days: int) -> Draws:
    """Return the draws over so many days."""
    return Draws(days)
