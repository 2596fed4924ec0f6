"""Facts about values in a file: unit, low, high, confidence, source; checked and separated."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from bordersim.errors import BadInput
from bordersim.inputs.nearest import did_you_mean
from bordersim.inputs.nodes import ADD, RELATIVE, Facts, Node
from bordersim.inputs.yaml_source import place, refuse_unknown, shown, word_of

# From the strongest to the weakest.
CONFIDENCES = ("official", "published", "calibrated", "assumed")
FACT_KEYS = ("value", *RELATIVE, "unit", "low", "high", "confidence", "source")
VALUE_KEYS = ("value", *RELATIVE)  # a value has one of them
NUMBER_KEYS = ("low", "high")
ENTRY_FACT_KEYS = ("source", "confidence")


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to the value of the base: a number added to it, or a factor."""

    word: str
    amount: float

    def of(self, value: float) -> float:
        """Return the changed value."""
        return value + self.amount if self.word == ADD else value * self.amount

    def said(self, origin: str) -> dict[str, Node]:
        """Return it as it stands in an entry of a dated list."""
        return {self.word: Node(self.amount, origin)}

    def __str__(self) -> str:
        if self.word != ADD:
            return f"times {self.amount:g}"
        return f"{'minus' if self.amount < 0 else 'plus'} {abs(self.amount):g}"


def change_in(entry: Node) -> Change | None:
    """Return the change that a value or an entry of a dated list asks for, None if it has a plain value."""
    given = entry.mapping()
    word = next((word for word in RELATIVE if word in given), None)
    return Change(word, given[word].value) if word else None  # type: ignore[arg-type]


def is_dated_list(node: Node) -> bool:
    """Return whether this is a list of entries with dates."""
    return isinstance(node.value, list) and any(isinstance(item.value, dict) for item in node.value)


def with_facts_apart(node: Node, complete: bool, path: str = "") -> Node:
    """Return the tree with every ``{value: ..., unit: ...}`` replaced by its value and its facts.

    `complete` requires all facts of every value, as in parameters.yaml.
    """
    children = node.mapping()
    if path and any(key in children for key in FACT_KEYS):
        return _valued(node, complete, path)
    if isinstance(node.value, dict):
        inner = {
            key: with_facts_apart(child, complete, f"{path}.{key}".lstrip("."))
            for key, child in children.items()
        }
        return Node(inner, node.origin)
    if complete:
        raise BadInput(f"{place(node.origin, path)}: expects {{value, unit, low, high, confidence, source}}")
    _check_entries(node, path)
    return node


def _valued(node: Node, complete: bool, path: str) -> Node:
    children = node.mapping()
    for key, child in children.items():
        if key not in FACT_KEYS:
            raise BadInput(
                f"{place(child.origin, f'{path}.{key}')}: unknown key{did_you_mean(key, FACT_KEYS)}"
            )
    facts = _facts(children, path)
    _check_one_value(node, path, needed=True)
    if not complete and (change := change_in(node)):
        return Node(change, children[change.word].origin, facts)
    value = children.get("value")
    if value is None:
        raise BadInput(f"{place(node.origin, path)}: lacks 'value'")
    _check_entries(value, path)
    _check_complete(node, value, facts, path, complete)
    _check_range(value, facts, path)
    return Node(value.value, value.origin, facts)


def _facts(children: dict[str, Node], path: str) -> Facts:
    for key in NUMBER_KEYS:
        if key in children and not is_number(children[key].value):
            given = shown(children[key].value)
            raise BadInput(f"{place(children[key].origin, f'{path}.{key}')}: expects a number, is {given}")
    for key in ("unit", "source"):
        if key in children:
            word_of(children[key], f"{path}.{key}")
    if "confidence" in children:
        _check_confidence(children["confidence"], f"{path}.confidence")
    said = {key: child.value for key, child in children.items() if key not in VALUE_KEYS}
    return Facts(**said)  # type: ignore[arg-type]


def _check_one_value(node: Node, path: str, needed: bool = False) -> None:
    """Refuse several of value, add and times, and a change that is no number."""
    given = node.mapping()
    found = [key for key in VALUE_KEYS if key in given]
    if needed and not found:
        raise BadInput(f"{place(node.origin, path)}: lacks 'value'")
    if len(found) > 1:
        both = " and ".join(found)
        raise BadInput(f"{place(given[found[1]].origin, path)}: has {both}; give one of them")
    for word in RELATIVE:
        if word in given and not is_number(given[word].value):
            is_what = shown(given[word].value)
            raise BadInput(f"{place(given[word].origin, f'{path}.{word}')}: expects a number, is {is_what}")


def _check_complete(node: Node, value: Node, facts: Facts, path: str, complete: bool) -> None:
    if not complete:
        return
    needed = ["unit", "confidence", "source", *(NUMBER_KEYS if is_number(value.value) else ())]
    lacking = [key for key in needed if getattr(facts, key) is None]
    if lacking:
        raise BadInput(f"{place(node.origin, path)}: lacks '{lacking[0]}'")


def _check_range(value: Node, facts: Facts, path: str) -> None:
    """A value, or each number of a list, lies between its low and its high."""
    for item in value.items() or [value]:
        if not is_number(item.value):
            continue
        low = item.value if facts.low is None else facts.low
        high = item.value if facts.high is None else facts.high
        if not low <= item.value <= high:  # type: ignore[operator]
            raise BadInput(
                f"{place(item.origin, path)}: {item.value} is not between low {low} and high {high}"
            )


def _check_entries(node: Node, path: str) -> None:
    """Each entry of a dated list has a date, the dates ascend, source and confidence are well formed."""
    if not is_dated_list(node):
        return
    last: date | None = None
    for entry in node.items():
        day = _entry_date(entry, path)
        same_day_is_fine = "seats" in entry.mapping()
        if last and (day < last or (day == last and not same_day_is_fine)):
            raise BadInput(
                f"{place(entry.origin, path)}: {day} does not come after {last}; dates must ascend"
            )
        last = day
        _check_entry_facts(entry, path)


def _check_entry_facts(entry: Node, path: str) -> None:
    children = entry.mapping()
    _check_one_value(entry, path)
    if change_in(entry):
        refuse_unknown(children, ("from", *RELATIVE, *ENTRY_FACT_KEYS), f"{path}.")
    if "source" in children:
        word_of(children["source"], f"{path}.source")
    if "confidence" in children:
        _check_confidence(children["confidence"], f"{path}.confidence")


def _entry_date(entry: Node, path: str) -> date:
    children = entry.mapping()
    if "from" not in children:
        raise BadInput(f"{place(entry.origin, path)}: lacks 'from', the date the entry holds from")
    day = children["from"].value
    if type(day) is not date:
        where = place(children["from"].origin, f"{path}.from")
        raise BadInput(f"{where}: expects a date like 2021-08-03, is {shown(day)}")
    return day


def _check_confidence(node: Node, path: str) -> None:
    if node.value not in CONFIDENCES:
        raise BadInput(
            f"{place(node.origin, path)}: must be one of {', '.join(CONFIDENCES)}, is {shown(node.value)}"
        )


def is_number(value: object) -> bool:
    """Return whether this is a finite number (a bool is not)."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
