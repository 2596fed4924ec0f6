"""The engine: it reads the world, calls the rules, and is the only code that writes state.

``loop`` names the events and calls one short function for each: ``attempt`` (set out, alarm, meet, get
clear), ``aftermath`` (procedure, return, stranding, retry), ``choice``,
``patrols``, ``dispatch`` (who comes first), ``day``, ``build``.
"""

from __future__ import annotations

from bordersim.model.compiling import handing  # noqa: F401 - before anything is compiled
from bordersim.model.engine.replicate import BlockOutput, ConservationError, new_state, simulate_block

__all__ = ["BlockOutput", "ConservationError", "new_state", "simulate_block"]
