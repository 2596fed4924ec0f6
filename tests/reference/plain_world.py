"""The world as plain Python: the numbers the engine is given, as named values in lists."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from bordersim.model.world import Arrays


def rows(array: Any) -> list[SimpleNamespace]:
    """Return the rows of a table, each with its columns as attributes."""
    return [plain(row) for row in array]


def plain(value: Any) -> Any:
    """Return a record as a namespace, an array as a list, a number as a number."""
    if isinstance(value, np.void):
        return SimpleNamespace(**{name: plain(value[name]) for name in value.dtype.names or ()})
    if isinstance(value, np.ndarray):
        return [plain(each) for each in value]
    return value.item()


class PlainWorld:
    """Border and days, as lists of rows."""

    def __init__(self, arrays: Arrays) -> None:
        self.params = rows(arrays.params)[0]
        self.derived = rows(arrays.derived)[0]
        self.countries = rows(arrays.country)
        self.stretches = rows(arrays.stretches)
        self.segments = rows(arrays.segments)
        self.terrains = rows(arrays.terrain)
        self.barriers = rows(arrays.barrier)
        self.origins = rows(arrays.origins)
        self.calendar = rows(arrays.calendar)
        self.law = [rows(day) for day in arrays.law]
        self.on_shift: list[list[float]] = arrays.on_shift.tolist()
        self.inflow: list[list[float]] = arrays.inflow.tolist()
        self.steered: list[list[float]] = arrays.steered.tolist()
        self.nearness: list[list[float]] = arrays.nearness.T.tolist()
        self.hazard: list[float] = arrays.hours["hazard"].tolist()
        self.day_of_hour: list[int] = arrays.hours["day"].tolist()
        self.days = len(self.calendar)
        self.horizon_h: float = self.calendar[-1].end_h


def pick(sums: list[float], low: int, high: int, draw: float) -> int:
    """Return the first index from `low` to below `high` whose sum exceeds the draw's share of that range."""
    base = sums[low - 1] if low > 0 else 0.0
    if sums[high - 1] <= base:  # nothing weighs anything: all alike
        return low + int(draw * (high - low))
    target = base + draw * (sums[high - 1] - base)
    for index in range(low, high - 1):
        if sums[index] > target:
            return index
    return high - 1
