"""The engine: it reads the world, calls the rules, and is the only code that writes state.

``loop`` names the events and calls one short function for each: ``attempt`` (set out, alarm, meet, get
clear), ``aftermath`` (procedure, return, retry), ``captivity``, ``choice``,
``patrols``, ``dispatch`` (who comes first), ``day``, ``build``.
"""

from __future__ import annotations

from bordersim.model.compiling.handing import hand_over
from bordersim.model.engine.histories import Keys, simulate_history, steering_of
from bordersim.model.engine.replicate import BlockOutput, ConservationError, new_state, simulate_block
from bordersim.model.records import State
from bordersim.model.world import Arrays

__all__ = [
    "BlockOutput",
    "ConservationError",
    "Keys",
    "new_state",
    "simulate_block",
    "simulate_history",
    "steering_of",
]


hand_over(State, Arrays)  # before anything is compiled
