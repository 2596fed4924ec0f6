"""Policies by date: what a lever is on the days from first to last, laid over what it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.inputs.layers import VALUE_KEYS, plain, within
from bordersim.inputs.metadata import is_dated_list
from bordersim.inputs.schema.dated import FIRST_DAY

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.report.app.lever import Change

DAY = timedelta(1)
KM, REGIME, VALUE = "km", "regime", "value"


class Entry(NamedTuple):
    """A value from a day on; of kilometres a point, between which they grow or fall evenly."""

    day: date
    value: Any


def changed(scenario: Scenario, key: str, changes: Sequence[Change]) -> list[dict[str, object]]:
    """Return the entries by date of one key from the first that differs on, as YAML has them.

    Later changes lie over earlier ones. Entries after the last day simulated are left out.
    """
    name, entries = _entries(scenario, key)
    for change in changes:
        entries = _laid_over(entries, change, grows=name == KM)
    first, end = min(each.first for each in changes) - DAY, scenario.config.period.end
    if name == KM:
        entries = [*(each for each in entries if each.day < end), Entry(end, _km_on(entries, end))]
    kept = [each for each in entries if first <= each.day <= end]
    return [{"from": each.day, name: each.value} for each in kept]


def _entries(scenario: Scenario, key: str) -> tuple[str, list[Entry]]:
    """Return the word under which entries of a key have their value, and its entries."""
    node = within(scenario.tree, key)
    assert node is not None
    held: Any = plain(node)
    if not is_dated_list(node):
        return _value_key(key), [Entry(FIRST_DAY, held)] if held != () else []
    name = next(each for each in VALUE_KEYS if each in held[0])
    return name, [Entry(each["from"], each[name]) for each in held]


def _value_key(key: str) -> str:
    """Return the word for a value that has no dates yet."""
    if key.startswith("policy."):
        return REGIME
    return KM if key.startswith("build.") else VALUE


def _laid_over(entries: list[Entry], change: Change, grows: bool) -> list[Entry]:
    """Return entries with another value from the first day of a change to its last."""
    before = [each for each in entries if each.day < change.first]
    after = [each for each in entries if each.day > change.last + DAY]
    held = _km_on if grows else _step_on
    there = [Entry(change.first, change.value), Entry(change.last + DAY, held(entries, change.last + DAY))]
    if not grows:
        return [*before, *there, *after]
    eve = change.first - DAY
    until = [each for each in before if each.day < eve]
    if before:  # without, there are none before the first
        until.append(Entry(eve, _km_on(entries, eve)))
    return [*until, there[0], *_till(change), there[1], *after]


def _till(change: Change) -> list[Entry]:
    """Return the last day of a change as a point of its own, unless it is the first as well."""
    return [Entry(change.last, change.value)] if change.last > change.first else []


def _step_on(entries: Sequence[Entry], day: date) -> Any:
    """Return the value that holds on a day."""
    return next(each.value for each in reversed(entries) if each.day <= day)


def _km_on(entries: Sequence[Entry], day: date) -> float:
    """Return the kilometres of a day [km]: none before the first point, constant after the last."""
    days = [each.day.toordinal() for each in entries]
    km = [float(each.value) for each in entries]
    return float(np.interp(day.toordinal(), days, km, left=0.0)) if entries else 0.0
