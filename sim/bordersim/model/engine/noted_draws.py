"""Which draws decide an event and what they are held against, found by running the event as plain Python.

The functions of the engine are compiled from Python that runs as well, with the same bits. Here the only
source of chance hands out numbers that remember what they are compared with: nothing is worked out twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from bordersim.model import randomness
from bordersim.model.engine.day import start_day
from bordersim.model.engine.loop import act
from bordersim.model.records import State
from bordersim.model.world import Arrays

# What a group draws as one; its key is that of its first family, which draws all else for itself.
OF_GROUPS = frozenset(
    {
        *(
            "alarm",
            "breach",
            "captive_wait",
            "captives_met",
            "captives_moved",
            "captivity_ends",
            "damage",
            "detection",
        ),
        *("escorted", "first_wait", "follows_focus", "found_inland", "let_back", "own_country", "practice"),
        *("response_fails", "retry_wait", "segment", "split", "stay", "steered_country"),
        *("stopped_by_host", "stretch", "tie", "turned_round"),
    }
)
_one_at_a_time = Lock()


@dataclass
class Decision:
    """One draw: what it decides, its number, each bound it was held against and whether it lies below."""

    name: str
    draw: float
    held: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def outcome(self) -> tuple[bool, ...]:
        """On which side of each bound it lies."""
        return tuple(below for _, below in self.held)


class Draw(float):
    """A number that notes what it is compared with."""

    decision: Decision

    def __lt__(self, other: float) -> bool:
        return self._noted(other, float(self) < float(other))

    def __ge__(self, other: float) -> bool:
        return not self._noted(other, float(self) < float(other))

    def _noted(self, other: float, below: bool) -> bool:
        """Note a comparison."""
        self.decision.held.append((float(other), below))
        return below


def decisions_of_event(world: Arrays, state: State, g: int, f: int) -> list[Decision]:
    """Run the event that group `g` has woken for; return its draws and those of its family `f` in order.

    The state goes on; it is that of `traced.stopped_before`.
    """
    return _noted(lambda: act(world, state, g), state, f)


def decisions_of_morning(world: Arrays, state: State, f: int) -> list[Decision]:
    """Open a day; return the draws of family `f` and its group in order. The state goes on."""
    return _noted(lambda: start_day(world, state), state, f)


def _noted(event: Callable[[], None], state: State, f: int) -> list[Decision]:
    """Return the draws that a family and its group make in an event."""
    family = state.families[f]
    own, of_group = int(family.key), int(state.groups[family.group].key)
    with _one_at_a_time, _noting(own, of_group) as found:
        event()
    return found


@contextmanager
def _noting(own: int, of_group: int) -> Iterator[list[Decision]]:
    """Let plain Python draw numbers that are noted; compiled code has its own and goes on with it."""
    found: list[Decision] = []
    real = randomness.uniform

    def noting(key: np.uint64, entity: np.uint64, decision: int, attempt: int) -> float:
        value = real(key, entity, decision, attempt)
        name = randomness.DECISIONS[decision]
        if int(entity) != (of_group if name in OF_GROUPS else own):
            return value
        draw = Draw(value)
        draw.decision = Decision(name, value)
        found.append(draw.decision)
        return draw

    randomness.uniform = noting
    try:
        yield found
    finally:
        randomness.uniform = real
