"""A part of the days of finished runs: the same results, summed from its first day to its last.

Only what is counted by day is known of part of a run. Figures of people, and of places along the border, are
sums over a whole run and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from bordersim.errors import BadInput
from bordersim.results.store.blocks import COLUMNS
from bordersim.results.store.finished_block import Block

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.results.store.result import Result
    from bordersim.results.store.tables import Land

BY_DAY = ("daily", "stock")
LEFT_OUT = (
    "Left out, since they are known of whole runs alone: figures of people (people_..., and shares and"
    " returns per person), segments and stretches."
)


class Window(NamedTuple):
    """Days, both ends included."""

    first: date
    last: date

    def __str__(self) -> str:
        """Return both days."""
        return f"{self.first} to {self.last}"

    @classmethod
    def within(cls, first: date | None, last: date | None, start: date, end: date) -> Self:
        """Return the days asked for; an end that is not given is that of the run.

        Raises
        ------
        BadInput
            A day is outside the run, or the first one is after the last.
        """
        for name, day in (("--from", first), ("--to", last)):
            if day is not None and not start <= day <= end:
                raise BadInput(f"{name} {day}: is outside the run, which has {start} to {end}")
        found = cls(first or start, last or end)
        if found.first > found.last:
            raise BadInput(f"--from {found.first}: is after --to {found.last}")
        return found


def end_of(land: Land) -> date:
    """Return the last day of a run."""
    return land.start + timedelta(land.days - 1)


def part_of(result: Result, window: Window) -> Result:
    """Return a result as if it had the days of a window alone.

    Raises
    ------
    BadInput
        It kept sums over all of its days alone, as a sweep does.
    """
    land = result.land
    if (window.first, window.last) == (land.start, end_of(land)):
        return result
    if not result.keeps_days:
        raise BadInput(f"{result.name}: keeps sums over all of its days; it has no part to show")
    days = slice((window.first - land.start).days, (window.last - land.start).days + 1)
    blocks = tuple(_part_of(block, days) for block in result.blocks)
    shorter = replace(land, start=window.first, days=days.stop - days.start)
    return replace(result, land=shorter, blocks=blocks, is_part=True)


def _part_of(block: Block, days: slice) -> Block:
    """Return a block whose tables have some of the days."""

    def values(table: str, columns: Sequence[str] = ()) -> NDArray[Any]:
        if table in BY_DAY:
            return block.values(table, columns)[:, days]
        if table == "totals":
            summed: NDArray[Any] = block.values("daily", columns)[:, days].sum(axis=1)
            return summed
        if table == "people":  # nobody's attempts are kept by day
            return np.full((len(block.numbers), len(columns or COLUMNS[table])), np.nan)
        raise BadInput(f"{table}: is known of the whole run alone, not of some of its days")

    return replace(block, values=values)
