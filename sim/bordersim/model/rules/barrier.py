"""What a barrier does to a crossing: time, failure, alarm; and the order in which it is built."""

from __future__ import annotations

import math

from bordersim.model.compiling.compiled import compiled
from bordersim.model.rules.elementary import log
from bordersim.model.rules.hazards import exponential


@compiled
def time_to_line_h(approach_h: float, terrain_h: float, barrier_h: float) -> float:
    """Return the time [h] from the last cover to the line: approach, plus what terrain and barrier add."""
    return approach_h + terrain_h + barrier_h


@compiled
def time_to_clear_h(line_h: float, clear_h: float) -> float:
    """Return the time [h] from the last cover until out of the guards' zone."""
    return line_h + clear_h


@compiled
def building_turn(draw: float, weight_per_km: float) -> float:
    """Return a segment's place in the building order, lowest first: the riskiest tend to come first.

    ``log(exponential) - log(weight)``, so that the chance to be next is proportional to the weight. The
    published order is only "the riskiest 100 km first" (July 2021); the rest is drawn. A segment without
    weight is never built on.
    """
    if weight_per_km <= 0.0:
        return math.inf
    return log(exponential(draw, 1.0)) - log(weight_per_km)
