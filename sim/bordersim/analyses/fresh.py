"""Fresh luck: a history that from a day on draws from a key that nothing else draws from."""

from __future__ import annotations

from bordersim.model.engine import Keys
from bordersim.results.draws import LUCK, Draw
from bordersim.results.store.folder import hash_of

DIGITS = 16  # of a hash in hex: 64 bits


def fresh_from(draw: Draw, day: int, what_for: str, *more: object) -> str:
    """Return the keys of a history up to a day of the run, then one made of its own and of what it is for."""
    key = int(hash_of([what_for, draw[LUCK], *more])[:DIGITS], 16)
    return str(Keys.read(str(draw[LUCK])).changed(day, key))
