"""World and state are handed over without being held: once, no array of any replicate was ever freed."""

from __future__ import annotations

import gc
import weakref

from worlds import FAMILIES, plain_world

from bordersim.model.engine import new_state
from bordersim.model.engine.loop import advance


def test_the_arrays_of_a_replicate_are_freed_with_it() -> None:
    world = plain_world(FAMILIES).arrays
    state = new_state(world, 1, 0)
    advance(world, state, len(world.calendar))
    held = [weakref.ref(array) for array in (*state, *world)]
    del state, world
    gc.collect()
    assert not [array for array in held if array() is not None]
