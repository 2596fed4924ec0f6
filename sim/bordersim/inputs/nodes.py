"""Values with their file and line."""

from __future__ import annotations

from dataclasses import dataclass

SET = "--set"

ADD, TIMES = RELATIVE = ("add", "times")  # what stands in place of a value where it is relative to the base
MOST_DIGITS = 100  # of a number; one of 309 is beyond every float


@dataclass(frozen=True, slots=True)
class Facts:
    """Unit, range, confidence and source of a value."""

    unit: str | None = None
    low: float | None = None
    high: float | None = None
    confidence: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its origin: a mapping, a list or a scalar."""

    value: object
    origin: str
    facts: Facts | None = None

    def mapping(self) -> dict[str, Node]:
        """Return the children by key; empty unless this is a mapping."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> list[Node]:
        """Return the items; empty unless this is a list."""
        return self.value if isinstance(self.value, list) else []


def at(label: str, line: int) -> str:
    """Return the origin of a line."""
    return label if label == SET else f"{label}:{line}"
