"""Draws: values on top of every scenario; a draw that carries luck is a history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Draw = Mapping[str, object]
NO_DRAW: tuple[Draw, ...] = ({},)
# Of a draw that is a history: the keys it draws from, as text; and, by the name of a scenario, the keys that
# it leaves as they are, what it draws from instead, and in which scenario the host state's steering is found.
LUCK, LEFT, OTHER_LUCK, STEERED_AS_IN = "luck", "left", "other_luck", "steered_as_in"
NO_VALUES = (LUCK, LEFT, OTHER_LUCK, STEERED_AS_IN)


def values_of(draw: Draw, scenario: str) -> dict[str, object]:
    """Return the values that a draw puts on top of a scenario."""
    left: Any = draw.get(LEFT, {})
    return {key: value for key, value in draw.items() if key not in (*NO_VALUES, *left.get(scenario, ()))}


def luck_of(draw: Draw, scenario: str) -> str:
    """Return what a history draws from in a scenario, as text."""
    others: Any = draw.get(OTHER_LUCK, {})
    return str(others.get(scenario, draw[LUCK]))


def steered_as_in(draw: Draw, scenario: str) -> str | None:
    """Return the scenario in which the host state steers as it does in this one; None if it is free here."""
    others: Any = draw.get(STEERED_AS_IN, {})
    found: str | None = others.get(scenario)
    return found
