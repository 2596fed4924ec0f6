"""One history: a run whose key changes on some days, so that what happened until then is the same.

Every draw is keyed, so a run that draws from another key from a day on is as exact and as repeatable as one
that does not. With values it is a history; the same keys under another policy give the same people, the same
luck and the same mind of the host state.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.model.engine.loop import advance
from bordersim.model.engine.replicate import BlockOutput, finished, state_of_key
from bordersim.model.randomness import replicate_key
from bordersim.model.records import State
from bordersim.model.world import Arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

Change = tuple[int, int]
HEX, SHOWN = 16, 40


class Keys(NamedTuple):
    """What a history draws from: a first key, and on which days [day of the run] it becomes another one."""

    first: int
    changes: tuple[Change, ...] = ()

    @classmethod
    def of_replicate(cls, seed: int, replicate: int) -> Keys:
        """Return the keys of a replicate, which never change."""
        return cls(int(replicate_key(seed, replicate)))

    @classmethod
    def read(cls, text: str) -> Keys:
        """Read what `text` wrote.

        Raises
        ------
        ValueError
            If it is nothing of the kind.
        """
        first, *changes = text.split()
        pairs = [each.split(":") for each in changes]
        read = cls(int(first, HEX), tuple((int(day), int(key, HEX)) for day, key in pairs))
        if str(read) != text:
            raise ValueError(f"'{text[:SHOWN]}' is no history")
        return read

    def __str__(self) -> str:
        """Write it in a line: the first key in hex, then each day with the key from then on."""
        return " ".join([f"{self.first:016x}", *(f"{day}:{key:016x}" for day, key in self.changes)])

    def on(self, day: int) -> int:
        """Return the key of a day."""
        return next((key for since, key in reversed(self.changes) if since <= day), self.first)

    def other_between(self, first: int, end: int, key: int) -> Keys:
        """Return the same but for the days from `first` up to `end`, which draw from another key."""
        kept = [change for change in self.changes if not first <= change[0] <= end]
        changes = sorted([*kept, (first, key), (end, self.on(end))])
        begins = self.first if first > 0 else key
        return Keys(begins, _that_change(begins, changes))

    def changed(self, day: int, key: int) -> Keys:
        """Return the same up to a day, and another key from then on."""
        kept = tuple(change for change in self.changes if change[0] < day)
        return Keys(self.first, (*kept, (day, key))) if day > 0 else Keys(key)


def _that_change(key: int, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Leave out changes on the first day and those to the key there already is."""
    kept: list[Change] = []
    for day, other in changes:
        if day > 0 and other != key:
            kept.append((day, other))
            key = other
    return tuple(kept)


def lived(world: Arrays, keys: Keys, stops: Sequence[int]) -> Iterator[State]:
    """Yield the state, which then goes on, at the start of each of some days in order.

    A key that changes on such a day has not changed yet; changes after the last of them are left out.
    """
    state, coming = state_of_key(world, np.uint64(keys.first)), deque(keys.changes)
    for stop in stops:
        while coming and coming[0][0] < stop:
            day, key = coming.popleft()
            advance(world, state, day)
            take_key(state, key)
        advance(world, state, stop)
        yield state


def replayed(world: Arrays, keys: Keys, until_day: int) -> State:
    """Return the state at the start of `until_day`, with the key of that day; later changes are left out."""
    (state,) = lived(world, keys, [until_day])
    take_key(state, keys.on(until_day))
    return state


def copied(state: State) -> State:
    """Return a copy; as bytes, since numpy copies records field by field, several times as slowly."""
    return State(*(_copied(each) for each in state))


def _copied(array: Any) -> Any:
    """Copy an array."""
    plain = array.reshape(-1).view(np.ndarray).view(np.uint8).copy()
    return plain.view(array.dtype).reshape(array.shape).view(type(array))


def take_key(state: State, key: int) -> None:
    """Draw from another key from now on."""
    state.clock["key"] = np.uint64(key)


def steering_of(world: Arrays, keys: Keys) -> NDArray[np.float64]:
    """Return how much the host state steers to each border in a history: float64[days, 3].

    It is laid out and closed to writing as the tables of a world are: numba would compile anew for another.
    """
    steered = np.array(replayed(world, keys, len(world.calendar)).border_news["steering"])
    steered.flags.writeable = False
    return steered


def simulate_history(world: Arrays, keys: Keys) -> BlockOutput:
    """Simulate a history to its end and return its counts, as those of a block of one replicate."""
    state = replayed(world, keys, len(world.calendar))
    counts = finished(world, state, f"history {keys.first:016x}")
    return BlockOutput(*(each[np.newaxis] for each in counts))
