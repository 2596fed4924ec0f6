"""Which change did it, as tables: what each contributes alone and with the others, and the way it works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.differences import numbers, same_in_both
from bordersim.report.sheets import Sheet
from bordersim.results.contributions import (
    ALL_CHANGES,
    INTERACTION,
    OF_A_CHANGE,
    OF_ALL,
    RANGES,
    SUM,
    TOGETHER,
    scale,
)
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    import pandas as pd

PERCENT, POINTS, SHARE = 100, "percentage points", "share"
STEPS_TOLD = 6
NO_STEP = "no step moves beyond its range"
NAMES = {TOGETHER: "all changes together", SUM: "sum of each change alone"}


def reading(is_given: bool, changes: int) -> str:
    """Return how the tables are to be read."""
    several = (
        " Lost when left out: all changes, minus all but this one. With the others: the second less the"
        " first, what the change does only because the others are there. Interaction: all changes together,"
        " minus the sum of each alone; where its range includes 0 they may simply add up. Medians need not"
        " add up."
    )
    return (
        f"Which change did it: every figure is a difference in the same run, with the same people and luck"
        f" ({RANGES[is_given]}). Alone: the change without the others, minus the reference."
        f"{several if changes > 1 else ''} The time people spend at the line is not counted: it shows in who"
        " is noticed and who is reached in time. Who gives up unmet is among the attempts, so that a barrier"
        " can lower the share that guards stop and yet let fewer in. All steps at all borders:"
        " attribution_way.csv; contributions: attribution.csv."
    )


def attribution_sheets(table: pd.DataFrame, way: pd.DataFrame) -> Iterator[Sheet]:
    """Yield a table of contributions to each figure, or one of them all; then the way each change works."""
    changes = changes_in(table)
    if len(changes) == 1:
        yield _single(table, changes[0])
    else:
        yield from _each(table)
    yield _way_sheet(way, list(dict.fromkeys(table["country"])))


def changes_in(table: pd.DataFrame) -> list[str]:
    """Return the changes that were told apart."""
    return [str(name) for name in dict.fromkeys(table["change"]) if name != ALL_CHANGES]


def _single(table: pd.DataFrame, change: str) -> Sheet:
    """Return what the only change moves, all figures in one table."""
    rows: list[tuple[str, ...]] = [
        (row.metric, row.country, scale(row.unit)[1], _written(row))
        for row in _records(table)
        if row.measure == TOGETHER
    ]
    return Sheet(f"what the only change does: {change}", ("metric", "border", "unit", "difference"), rows)


def _each(table: pd.DataFrame) -> Iterator[Sheet]:
    """Yield what each change contributes, a table for each figure."""
    for (metric, country, unit), rows in table.groupby(["metric", "country", "unit"], sort=False):
        title = f"which change did it: {metric} {country} [{scale(str(unit))[1]}]"
        yield Sheet(title, ("change", *OF_A_CHANGE), _lines(rows), tuple(_idle(rows)))


def _lines(rows: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return a row for each change that moves it, then those of all; the interaction names its changes."""
    found = {(row.change, row.measure): row for row in _records(rows)}
    changes = changes_in(rows)
    names = {**NAMES, INTERACTION: f"interaction of {' x '.join(changes)}"}
    idle = _unmoved(rows)
    lines = [
        (name, *(_written(found[name, each]) for each in OF_A_CHANGE)) for name in changes if name not in idle
    ]
    return lines + [(names[each], _written(found[ALL_CHANGES, each]), "", "") for each in OF_ALL]


def _idle(rows: pd.DataFrame) -> Iterator[str]:
    """Yield which changes move nothing, in one line."""
    if idle := _unmoved(rows):
        yield f"move nothing here, alone or with the others: {', '.join(idle)}"


def _unmoved(rows: pd.DataFrame) -> list[str]:
    """Return the changes without which nothing differs in any run, neither alone nor with the others."""
    moved = {row.change for row in _records(rows) if not same_in_both(row.low, row.high)}
    return [name for name in changes_in(rows) if name not in moved]


def _records(rows: pd.DataFrame) -> list[Any]:
    """Return the rows, each with its columns as attributes."""
    return list(rows.itertuples(index=False))


def _written(row: Any) -> str:
    """Write a difference with its range."""
    divisor = scale(row.unit)[0]
    value, low, high = numbers(*(each / divisor for each in (row.value, row.low, row.high)))
    return f"{value} ({low} to {high})" if row.low == row.low else value


def _way_sheet(way: pd.DataFrame, shown: Sequence[str]) -> Sheet:
    """Return for each change what it alone moves: at its own border and at those of the figures."""
    lines: list[tuple[str, ...]] = [
        (f"{change}, at {country}", *told)
        for (change, country), rows in way.groupby(["change", "country"], sort=False)
        if country in _borders(str(change), shown)
        for told in _steps(rows)
    ]
    header = ("change alone, at a border", "step, in the order an attempt meets them", "unit", "difference")
    return Sheet("the way each change works", header, lines)


def _borders(change: str, shown: Sequence[str]) -> set[str]:
    """Return the borders at which the way of a change is told."""
    own = {each for each in change.split(".") if each in COUNTRIES}
    return own | {each for each in shown if each in COUNTRIES} or set(COUNTRIES)


def _steps(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Return the steps that move beyond their range, those that move most beside what they were."""
    moved = [row for row in _records(rows) if row.low * row.high > 0]
    most = sorted(moved, key=_size, reverse=True)[:STEPS_TOLD]
    return [_step(row) for row in moved if row in most] or [(NO_STEP, "", "")]


def _size(row: Any) -> float:
    """Return how large a move is beside what it moves."""
    return abs(float(row.value)) / row.reference if row.reference else float("inf")


def _step(row: Any) -> tuple[str, str, str]:
    """Write one step: how much more or fewer, with its range."""
    factor, unit = (PERCENT, POINTS) if row.unit.startswith(SHARE) else (1, row.unit)
    value, low, high = numbers(*(factor * each for each in (row.value, row.low, row.high)))
    return row.step, unit, f"{'+' if row.value > 0 else ''}{value} ({low} to {high})"
