"""How a procedure, or a stay after an unstopped entry, ends."""

from __future__ import annotations

from bordersim.model.compiling.compiled import compiled
from bordersim.words.codes import ADMITTED, IN_PROCEDURE, MOVED_ON, RETURNED_HOME


@compiled
def end_of_procedure(draw: float, admitted_share: float, returned_share: float) -> int:
    """Return the state after the procedure: admitted, returned home, or (the rest) moved on."""
    if draw < admitted_share:
        return ADMITTED
    return RETURNED_HOME if draw < admitted_share + returned_share else MOVED_ON


@compiled
def is_unhoused(draw: float, beyond_places: float, leave_share: float) -> bool:
    """Return whether a family for whom reception has no place leaves it rather than wait in tents.

    `beyond_places` is by how many people it would be over its places with them [people].
    """
    return beyond_places > 0.0 and draw < leave_share


@compiled
def end_of_stay(draw: float, found_share: float) -> int:
    """Return the state after a stay following an unstopped entry: found and admitted, or moved on."""
    return IN_PROCEDURE if draw < found_share else MOVED_ON


@compiled
def gives_up(draw: float, after_return_probability: float) -> bool:
    """Return whether a family stops trying after being sent back once more."""
    return draw < after_return_probability
