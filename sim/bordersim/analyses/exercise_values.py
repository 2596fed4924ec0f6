"""Single values of an exercise: what is allowed, and an error with file, line and key."""

from __future__ import annotations

from datetime import date

from bordersim.errors import BadInput
from bordersim.inputs.metadata import is_number
from bordersim.inputs.nodes import Node
from bordersim.inputs.schema.dated import FIRST_DAY, LAST_DAY
from bordersim.inputs.yaml_source import place, shown

LARGEST = 1e300  # beyond it a whole number is no float


def day_of(node: Node, key: str) -> date:
    """Read a day that can be simulated."""
    if type(node.value) is not date:
        raise _refusal(node, key, f"expects a date like 2021-08-03, is {shown(node.value)}")
    if not FIRST_DAY <= node.value <= LAST_DAY:
        raise _refusal(node, key, f"must be between {FIRST_DAY} and {LAST_DAY}, is {node.value}")
    return node.value


def whole_in(given: dict[str, Node], key: str, default: int, least: int, most: int) -> int:
    """Read a whole number."""
    if key not in given:
        return default
    value = given[key].value
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise _refusal(given[key], key, f"expects a whole number from {least} to {most}, is {shown(value)}")
    return value


def number_in(given: dict[str, Node], key: str, default: float, most: float) -> float:
    """Read a number above 0."""
    if key not in given:
        return default
    value = given[key].value
    if not is_number(value) or not 0 < value <= most:  # type: ignore[operator]
        raise _refusal(given[key], key, f"expects a number above 0 and at most {most:g}, is {shown(value)}")
    return float(value)  # type: ignore[arg-type]


def end_of(node: Node, key: str) -> float:
    """Read an end of a range."""
    value = node.value
    if not is_number(value) or not -LARGEST <= value <= LARGEST:  # type: ignore[operator]
        raise _refusal(node, key, f"expects a number, is {shown(value)}")
    return value  # type: ignore[return-value]


def _refusal(node: Node, key: str, why: str) -> BadInput:
    """Return an error about a value."""
    return BadInput(f"{place(node.origin, key)}: {why}")
