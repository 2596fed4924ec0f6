"""What harms people: the crossing itself, the barrier, cold between the lines."""

from __future__ import annotations

from bordersim.model.compiling.compiled import compiled
from bordersim.model.rules.elementary import exp, log
from bordersim.model.rules.hazards import probability_from_rate


@compiled
def probability_over_days(probability_per_day: float, days: float) -> float:
    """Return the chance [0-1] of an event over `days` [day] at the same chance each day."""
    if probability_per_day <= 0.0 or days <= 0.0:
        return 0.0
    if probability_per_day >= 1.0:
        return 1.0
    return 1.0 - exp(days * log(1.0 - probability_per_day))


@compiled
def degree_hours(threshold_degc: float, temperature_degc: float, hours: float) -> float:
    """Return the cold somebody is exposed to [degC h]: degrees below a threshold times hours."""
    return max(threshold_degc - temperature_degc, 0.0) * hours


@compiled
def hypothermia_probability(degree_hours: float, per_degree_hour: float, wet_factor: float) -> float:
    """Return the chance [0-1] of hypothermia: a rate by degree-hours of cold, raised when wet."""
    return probability_from_rate(per_degree_hour * wet_factor, degree_hours)


@compiled
def is_freezing(temperature_degc: float) -> bool:
    """Return whether a day counts as freezing: its mean temperature [degC] is below zero."""
    return temperature_degc < 0.0
