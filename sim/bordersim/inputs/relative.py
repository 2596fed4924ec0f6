"""Values given relative to those of the base, ``add: 200`` or ``times: 2``, turned into plain ones."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NoReturn

from bordersim.errors import BadInput
from bordersim.inputs.metadata import ENTRY_FACT_KEYS, Change, change_in, is_dated_list, is_number
from bordersim.inputs.nodes import Facts, Node
from bordersim.inputs.schema.dated import FIRST_DAY
from bordersim.inputs.schema.places import Form, form_at, is_known
from bordersim.inputs.yaml_source import place

Point = tuple[date, float]
LINEAR, EVENTS = "km", "seats"  # kilometres grow between dates, a flight is on its day alone
ONE_DAY = timedelta(days=1)
DIGITS = 12  # enough for every value, too few to show that 0.2 x 1.1 has no binary end


@dataclass(frozen=True, slots=True)
class Base:
    """The dated values of the base, and how its key is given."""

    points: Sequence[Point]
    form: Form

    @property
    def begins(self) -> date:
        """Return the first day it has a value: kilometres, if none, have one on all days."""
        return self.points[0][0] if self.points and self.form.value_key != LINEAR else FIRST_DAY

    def on(self, day: date) -> float | None:
        """Return the value of a day as the model takes it, None where there is none."""
        before = [point for point in self.points if point[0] <= day]
        after = [point for point in self.points if point[0] > day]
        if self.form.value_key != LINEAR:
            return before[-1][1] if before else None
        if not before:
            return 0
        return before[-1][1] if not after else _between(before[-1], after[0], day)


def is_relative(node: Node) -> bool:
    """Return whether this value, or an entry of it, is relative to that of the base."""
    if isinstance(node.value, Change):
        return True
    return is_dated_list(node) and any(change_in(entry) for entry in node.items())


def made_plain(base: Node, over: Node, keys: tuple[str, ...]) -> Node:
    """Return `over` with plain values: each relative one worked out from the base on its dates.

    Raises
    ------
    BadInput
        The base has no number there.
    """
    form, where = form_at(keys), place(over.origin, ".".join(keys))
    if not isinstance(over.value, Change):
        return Node([*_entries(_base_of(base, form, where), over.items(), where)], over.origin, over.facts)
    if form.value_key and isinstance(base.value, list):
        held = _base_of(base, form, where)
        entry = Node({"from": Node(held.begins, over.origin), **over.value.said(over.origin)}, over.origin)
        return Node([*_entries(held, [entry], where)], over.origin, over.facts)
    found = _changed_plainly(base, over.value, form, over.origin, where)
    facts = over.facts or Facts()
    worked_out = f"{base.value:g} {over.value}" if is_number(base.value) else None
    return Node(found, over.origin, replace(facts, source=facts.source or worked_out))


def refuse_without_base(node: Node, keys: tuple[str, ...] = ()) -> None:
    """Refuse a relative value that no scenario below has; a key that is unknown is told of as such later."""
    for name, child in node.mapping().items():
        refuse_without_base(child, (*keys, name))
    if is_relative(node) and is_known(keys):
        said = "has no value yet to which add and times could refer"
        raise BadInput(f"{place(node.origin, '.'.join(keys))}: {said}")


def _changed_plainly(base: Node, change: Change, form: Form, origin: str, where: str) -> object:
    """Change a number, or each number of a list."""
    if isinstance(base.value, list):
        return [Node(_changed_plainly(item, change, form, origin, where), origin) for item in base.items()]
    if not is_number(base.value):
        _refuse_no_number(where)
    return _made(change, base.value, form)  # type: ignore[arg-type]


def _base_of(base: Node, form: Form, where: str) -> Base:
    """Return the dated values of the base; the day before kilometres begin there are none."""
    if form.value_key is None:
        raise BadInput(f"{where}: does not change by date; give add or times without dates")
    points = _points(base, form, where)
    if form.value_key == LINEAR and points and points[0][0] > FIRST_DAY:
        points = [(points[0][0] - ONE_DAY, 0), *points]
    return Base(points, form)


def _points(base: Node, form: Form, where: str) -> list[Point]:
    """Return dates and values; a value without a date holds from the first day on."""
    assert form.value_key is not None
    held = [entry.mapping() for entry in base.items()]
    if not all(form.value_key in entry and "from" in entry for entry in held):
        _refuse_no_number(where)
    found = [(entry["from"].value, entry[form.value_key].value) for entry in held]
    points = found if isinstance(base.value, list) else [(FIRST_DAY, base.value)]
    if not all(is_number(value) for _, value in points):
        _refuse_no_number(where)
    return points  # type: ignore[return-value]


def _entries(base: Base, given: Sequence[Node], where: str) -> Iterator[Node]:
    """Yield the entries of a dated list: plain ones as they are, those of the base changed in between."""
    ends = [*(_from(entry) for entry in given[1:]), date.max]
    before = None
    for entry, end in zip(given, ends, strict=True):
        change = change_in(entry)
        if change is None:
            yield entry
        else:
            yield from _changed(base, entry, change, end, before, where)
        before = entry


def _changed(
    base: Base, entry: Node, change: Change, end: date, before: Node | None, where: str
) -> Iterator[Node]:
    """Yield the values of the base from the date of an entry until the next, each changed."""
    first = _from(entry)
    if base.form.value_key == LINEAR and first > FIRST_DAY:
        yield from _day_before(base, entry, before)
    points = [point for point in base.points if first <= point[0] < end]
    if base.form.value_key != EVENTS and (not points or points[0][0] > first):
        points = [(first, _held(base, first, where)), *points]
    for day, value in points:
        yield _entry(entry, day, _made(change, value, base.form), base.form, f"{value:g} {change}")


def _day_before(base: Base, entry: Node, before: Node | None) -> Iterator[Node]:
    """Yield what stands the day before, so that kilometres added on a day do not grow towards it."""
    day = _from(entry) - ONE_DAY
    if before is not None and _from(before) >= day:
        return
    change = change_in(before) if before is not None else None
    if before is not None and change is None:
        found = before.mapping()[LINEAR].value if LINEAR in before.mapping() else None
    else:
        value = base.on(day)
        found = value if change is None or value is None else _made(change, value, base.form)
    if is_number(found):
        yield _entry(entry, day, found, base.form, "the day before")  # type: ignore[arg-type]


def _held(base: Base, day: date, where: str) -> float:
    value = base.on(day)
    if value is None:
        raise BadInput(f"{where}: the base has no value on {day} to which add and times could refer")
    return value


def _entry(like: Node, day: date, value: float, form: Form, source: str) -> Node:
    """Return an entry with the facts of the one it was worked out from."""
    assert form.value_key is not None
    facts = {key: child for key, child in like.mapping().items() if key in ENTRY_FACT_KEYS}
    said = {"from": Node(day, like.origin), form.value_key: Node(value, like.origin)}
    return Node({**said, "source": Node(source, like.origin), **facts}, like.origin)


def _made(change: Change, value: float, form: Form) -> float:
    """Return the changed value; whole numbers are rounded to whole ones."""
    found = change.of(value)
    if form.is_whole and math.isfinite(found):
        return round(found)
    return found if isinstance(found, int) else float(f"{found:.{DIGITS}g}")


def _between(one: Point, other: Point, day: date) -> float:
    """Return the value of a day on the straight line between two."""
    share = (day - one[0]) / (other[0] - one[0])
    return float(f"{one[1] + share * (other[1] - one[1]):.{DIGITS}g}")


def _from(entry: Node) -> date:
    day = entry.mapping()["from"].value
    assert isinstance(day, date)
    return day


def _refuse_no_number(where: str) -> NoReturn:
    raise BadInput(f"{where}: the base has no number there; add and times change numbers only")
