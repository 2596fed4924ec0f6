"""What is measured of each change of a scenario, and of all of them."""

from __future__ import annotations

ALONE, LOST, OTHERS = "alone", "lost when left out", "with the others"
ALL_CHANGES, TOGETHER, SUM, INTERACTION = "all changes", "together", "sum of each alone", "interaction"
OF_A_CHANGE = (ALONE, LOST, OTHERS)
OF_ALL = (TOGETHER, SUM, INTERACTION)
RANGES = {True: "median and 90 % range of the histories", False: "mean and 95 % interval of the mean"}
COLUMNS = ("metric", "country", "unit", "change", "measure", "value", "low", "high", "replicates")
WAY_COLUMNS = ("change", "country", "step", "unit", "reference", "value", "low", "high", "replicates")
EUR, MILLION_EUR, EUR_PER_MILLION = "EUR", "EUR million", 1e6


def scale(unit: str) -> tuple[float, str]:
    """Return what a figure is divided by when it is shown, and the unit it then has."""
    return (EUR_PER_MILLION, MILLION_EUR) if unit == EUR else (1.0, unit)
