"""A scenario as it was known on a day: values of that day or later, by date, are not in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bordersim.inputs.layers import entry_date, leaves, plain
from bordersim.inputs.metadata import is_dated_list
from bordersim.inputs.nodes import Node

if TYPE_CHECKING:
    from bordersim.inputs.scenario import Scenario


def as_known_on(scenario: Scenario, day: date) -> Scenario:
    """Return a scenario in which the last value before a day holds from that day on.

    Kilometres of barriers that were planned and flights that were announced are left out as well.
    """
    return scenario.with_values(dict(_cut(scenario.tree, day)))


def _cut(tree: Node, day: date) -> list[tuple[str, Any]]:
    """Return the dated lists that go on after a day, up to it."""
    dated = [(key, node) for key, node in leaves(tree) if is_dated_list(node)]
    return [(key, _before(node, day)) for key, node in dated if entry_date(node.items()[-1]) >= day]


def _before(node: Node, day: date) -> list[Any]:
    """Return the entries before a day as plain values."""
    kept = [entry for entry in node.items() if entry_date(entry) < day]
    found: Any = plain(Node(kept, node.origin))
    return list(found)
