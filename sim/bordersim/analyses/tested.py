"""How often ranges of histories hold what is true, on synthetic borders: what ``make evidence`` found."""

from __future__ import annotations

import csv
from typing import NamedTuple

from bordersim.shipped import shipped

FILE = "given/tested.csv"  # in the folder of scenarios


class Tested(NamedTuple):
    """What was found of one effect.

    Attributes
    ----------
    figure
        What a policy changes.
    borders, held
        How many synthetic borders there were, and in how many the 90 % range held the true effect.
    least, most
        In how many right ranges hold it, but for fewer than one false alarm in twenty.
    times
        How many times as far from the median the ends would have to be to hold it in nine of ten; at least 1.
    """

    figure: str
    borders: int
    held: int
    least: int
    most: int
    times: float


def found_on_borders() -> list[Tested]:
    """Read what was found; nothing where the test has not been made."""
    path = shipped("scenarios") / FILE
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [_read(row) for row in rows]


def _read(row: dict[str, str]) -> Tested:
    """Read one row."""
    borders, held, least, most = (int(row[name]) for name in ("borders", "held", "least", "most"))
    return Tested(row["figure"], borders, held, least, most, float(row["times"]))


def sentences(found: list[Tested]) -> list[str]:
    """Say how often the ranges held what is true, and what follows for whoever quotes one."""
    if not found:
        return []
    first, held = found[0], ", ".join(f"{each.figure} in {each.held}" for each in found)
    said = (
        f"tested on {first.borders} synthetic borders: 90 % ranges held the true effect of an order on"
        f" {held}; right ones do in {first.least} to {first.most}"
    )
    narrow = [f"{each.times:.1f} ({each.figure})" for each in found if each.held < each.least]
    if not narrow:
        return [said]
    return [said, f"ranges are too narrow: ends should be farther from the median, times {', '.join(narrow)}"]
