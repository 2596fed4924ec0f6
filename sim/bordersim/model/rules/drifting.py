"""What wanders by itself: the host state's own mind, and how many come beyond what is planned.

Both are Ornstein-Uhlenbeck processes looked at once a day: they wander about 0 with a given spread, and
forget where they were with a given memory (Uhlenbeck & Ornstein 1930).
"""

from __future__ import annotations

import math

from bordersim.model.compiling.compiled import compiled
from bordersim.model.rules.elementary import exp


@compiled
def drifted(was: float, forgetting: float, sd: float, shock: float) -> float:
    """Return where a process stands today: what is left of yesterday's place, and a standard normal `shock`.

    was x forgetting + sd x sqrt(1 - forgetting^2) x shock, so that its spread is `sd` on every day; with
    `forgetting` 0 it starts anew.
    """
    return was * forgetting + sd * math.sqrt(1.0 - forgetting * forgetting) * shock


@compiled
def weight_with_mind(response: float, mind: float) -> float:
    """Return how much the host state steers to a border: what it answers to, times exp(its own mind)."""
    return response * exp(mind)


@compiled
def answer_to_chance(answer: float, gained: float) -> float:
    """Return how many come over how many are planned [factor] when the believed chance has changed.

    exp(answer x gained), where `gained` [-1 to 1] is what the best believed chance of getting in has gained
    over that of the first day, as it was known to those who decided to come.
    """
    return exp(answer * gained)


@compiled
def inflow_factor(drift: float, sd: float, most: float) -> float:
    """Return how many come over how many are planned [factor]: exp(drift - sd^2 / 2), at most `most`.

    The second term makes it 1 on average.
    """
    return min(exp(drift - sd * sd / 2.0), most)
