"""What kills people between the lines: days of frost."""

from __future__ import annotations

from bordersim.model.compiling.compiled import compiled
from bordersim.model.rules.elementary import exp, log


@compiled
def probability_over_days(probability_per_day: float, days: float) -> float:
    """Return the chance [0-1] of an event over `days` [day] at the same chance each day."""
    if probability_per_day <= 0.0 or days <= 0.0:
        return 0.0
    if probability_per_day >= 1.0:
        return 1.0
    return 1.0 - exp(days * log(1.0 - probability_per_day))


@compiled
def is_freezing(temperature_degc: float) -> bool:
    """Return whether a day counts as freezing: its mean temperature [degC] is below zero."""
    return temperature_degc < 0.0
