"""Scenarios with everything known about their values, to JSON and back, for workers and `resume`.

Text and numbers alone, no pickle: a run folder may come from somebody else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from unicodedata import category

from bordersim.errors import BadInput
from bordersim.inputs.metadata import CONFIDENCES, is_number, with_facts_apart
from bordersim.inputs.nodes import Facts, Node
from bordersim.results.store.manifest import plain_json
from bordersim.results.store.names import SCENARIOS

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.results.store.place import Place

TEXTS = ("name", "title", "question")


def scenarios_json(scenarios: Sequence[Scenario]) -> str:
    """Write scenarios."""
    return json.dumps([_packed_scenario(scenario) for scenario in scenarios], separators=(",", ":"))


def read_scenarios(place: Place) -> tuple[Scenario, ...]:
    """Read the scenarios of a run.

    Raises
    ------
    BadInput
        If the file is not as `scenarios_json` writes it, or holds a value that no scenario may have.
    """
    where = f"{place}/{SCENARIOS}"
    try:
        return tuple(scenarios_of(plain_json(place.read(SCENARIOS), where)))
    except (BadInput, OSError, RecursionError, TypeError, ValueError) as error:
        said = str(error).removeprefix(f"{where}: ")
        raise BadInput(f"{where}: what is to be run cannot be read: {said}") from None


def scenarios_of(packed: object) -> list[Scenario]:
    """Return the scenarios; each has the digest it had."""
    if not isinstance(packed, list) or not packed:
        raise ValueError("expects a list of scenarios")
    return [_scenario(each) for each in packed]


def _scenario(packed: object) -> Scenario:
    """Return a scenario, after the same checks as on loading."""
    from bordersim.inputs import Scenario
    from bordersim.inputs.complaints import validated

    if not isinstance(packed, dict) or packed.keys() != {*TEXTS, "tree"}:
        raise ValueError(f"expects a scenario with {', '.join(TEXTS)} and tree")
    texts = {name: packed[name] for name in TEXTS}
    if not all(isinstance(text, str) and _is_text(text) for text in texts.values()):
        raise ValueError(f"expects texts without control characters as {', '.join(TEXTS)}")
    tree = with_facts_apart(_node(packed["tree"]), complete=False)
    return Scenario(**texts, config=validated(tree), tree=tree)


def _is_text(text: str) -> bool:
    """Return whether a text has no control characters and no lone surrogates."""
    return not any(category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in text)


def _packed_scenario(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as plain data."""
    texts = {name: getattr(scenario, name) for name in TEXTS}
    return {**texts, "tree": _packed(scenario.tree)}


def _packed(node: Node) -> list[Any]:
    """Return a node as kind, value, origin and, if there are any, facts."""
    facts = [_packed_facts(node.facts)] if node.facts else []
    return [*_packed_value(node.value), node.origin, *facts]


def _packed_facts(facts: Facts) -> list[Any]:
    """Return unit, low, high, confidence and source."""
    return [facts.unit, facts.low, facts.high, facts.confidence, facts.source]


def _packed_value(value: object) -> tuple[str, object]:
    """Return the kind of a value and the value."""
    if isinstance(value, dict):
        return "map", {key: _packed(child) for key, child in value.items()}
    if isinstance(value, list):
        return "list", [_packed(item) for item in value]
    return ("date", value.isoformat()) if isinstance(value, date) else ("value", value)


def _node(packed: object) -> Node:
    """Return the node."""
    match packed:
        case [str(kind), value, str(origin)]:
            return Node(_value(kind, value), origin)
        case [str(kind), value, str(origin), [*facts]]:
            return Node(_value(kind, value), origin, _facts(facts))
    raise ValueError("expects kind, value and origin of a node")


def _value(kind: str, value: object) -> object:
    """Return the value of a node."""
    match kind, value:
        case "map", dict():
            return {key: _node(child) for key, child in value.items()}
        case "list", list():
            return [_node(item) for item in value]
        case "date", str():
            return date.fromisoformat(value)
        case "value", str() | bool() | int() | float() | None:
            return value
    raise ValueError(f"expects a value of the kind {kind[:10]!r}, is of another")


def _facts(facts: list[Any]) -> Facts:
    """Return the facts of a value."""
    unit, low, high, confidence, source = facts
    texts = all(each is None or isinstance(each, str) for each in (unit, source))
    numbers = all(each is None or is_number(each) for each in (low, high))
    if not (texts and numbers and confidence in (None, *CONFIDENCES)):
        raise ValueError("expects unit, low, high, confidence and source of a value")
    return Facts(unit, low, high, confidence, source)
