"""Scenarios with all that is known of their values, to JSON and back: what a worker or `resume` reads.

Text and numbers alone, no pickle: a run folder may come from somebody else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import date
from typing import TYPE_CHECKING, Any

from sim.scenario.yaml_source import Facts, Node

if TYPE_CHECKING:
    from sim.scenario import Scenario


def scenarios_json(scenarios: Sequence[Scenario]) -> str:
    """Write scenarios."""
    return json.dumps([_packed_scenario(scenario) for scenario in scenarios], separators=(",", ":"))


def scenarios_of(text: str | bytes) -> list[Scenario]:
    """Read scenarios back; each has the digest it had."""
    from sim.scenario import Scenario
    from sim.scenario.complaints import validated

    read = [(known, _node(known.pop("tree"))) for known in json.loads(text)]
    return [Scenario(**known, config=validated(tree), tree=tree) for known, tree in read]


def _packed_scenario(scenario: Scenario) -> dict[str, Any]:
    """Give a scenario as plain data."""
    texts = {name: getattr(scenario, name) for name in ("name", "title", "question")}
    return {**texts, "tree": _packed(scenario.tree)}


def _packed(node: Node) -> list[Any]:
    """Give a node as kind, value, origin and, where there are any, facts."""
    facts = [list(astuple(node.facts))] if node.facts else []
    return [*_packed_value(node.value), node.origin, *facts]


def _packed_value(value: object) -> tuple[str, object]:
    """Give the kind of a value and the value."""
    if isinstance(value, dict):
        return "map", {key: _packed(child) for key, child in value.items()}
    if isinstance(value, list):
        return "list", [_packed(item) for item in value]
    return ("date", value.isoformat()) if isinstance(value, date) else ("value", value)


def _node(packed: Sequence[Any]) -> Node:
    """Make the node again."""
    kind, value, origin, *facts = packed
    made: object = value
    if kind == "map":
        made = {key: _node(child) for key, child in value.items()}
    elif kind == "list":
        made = [_node(item) for item in value]
    elif kind == "date":
        made = date.fromisoformat(value)
    return Node(made, origin, Facts(*facts[0]) if facts else None)
