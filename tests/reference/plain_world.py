"""The world as plain Python: the numbers the engine is given, as named values in lists."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from bordersim.words.codes import BARRIERS

if TYPE_CHECKING:
    import numpy as np

    from bordersim.model.world import Arrays


def rows(array: np.ndarray) -> list[SimpleNamespace]:
    """Return the rows of a table, each with its columns as attributes."""
    names = array.dtype.names
    assert names is not None
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in array.tolist()]


class PlainWorld:
    """Border and days, as lists of rows."""

    def __init__(self, arrays: Arrays) -> None:
        self.params = rows(arrays.params)[0]
        self.countries = rows(arrays.country)
        self.stretches = rows(arrays.stretches)
        self.segments = rows(arrays.segments)
        self.terrains = rows(arrays.terrain)
        self.barriers = dict(zip(BARRIERS, rows(arrays.barrier), strict=True))
        self.origins = rows(arrays.origins)
        self.calendar = rows(arrays.calendar)
        self.law = [rows(day) for day in arrays.law]
        self.on_shift: list[list[float]] = arrays.on_shift.tolist()
        self.inflow: list[list[float]] = arrays.inflow.tolist()
        self.nearness: list[list[float]] = arrays.nearness.T.tolist()
        self.hazard: list[float] = arrays.hours["hazard"].tolist()
        self.temperature_degc: list[float] = arrays.hours["temperature_degc"].tolist()
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
