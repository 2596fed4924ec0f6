"""From hazards to probabilities and waiting times: the only conversions in the project."""

from __future__ import annotations

import math

from bordersim.model.compiling.compiled import compiled
from bordersim.model.rules.elementary import log


@compiled
def exponential(draw: float, mean: float) -> float:
    """Return an exponential quantity of `mean` [its unit] from a uniform `draw` (0-1)."""
    return -log(draw) * mean


@compiled
def waiting_time_h(draw: float, rate_per_h: float, never_h: float) -> float:
    """Return the time [h] to the first event at `rate_per_h` [1/h], at most `never_h` [h]."""
    if rate_per_h <= 0.0:
        return never_h
    return min(-log(draw) / rate_per_h, never_h)


@compiled
def log_of_one_more(mean: float) -> float:
    """Return the log of the chance 1 - 1/mean that one more follows, for counts of that `mean` [count]."""
    return log(1.0 - 1.0 / mean) if mean > 1.0 else -math.inf


@compiled
def geometric_count(draw: float, log_of_one_more: float) -> int:
    """Return a count of 1, 2, 3... from a uniform `draw` (0-1).

    Each further one follows with the same chance, whose log is given (geometric distribution).
    """
    return 1 + int(log(draw) / log_of_one_more)
