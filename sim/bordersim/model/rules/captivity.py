"""Captivity between the lines: how long people wait there, and how each wait ends.

Whoever is turned back and not let back is held by the host state and driven forward again. Four things can
happen to captives, each at a constant rate a day; what comes first ends the wait (competing exponentials).
"""

from __future__ import annotations

import math

from bordersim.model.compiling.compiled import compiled
from bordersim.model.rules.elementary import log
from bordersim.words.codes import ADMITTED_FROM_CAPTIVITY, DRIVEN_FORWARD, LET_BACK_AT_LAST, TAKEN_HOME


@compiled
def wait_days(
    draw: float,
    driven_per_day: float,
    admitted_per_day: float,
    taken_home_per_day: float,
    let_back_per_day: float,
) -> float:
    """Return the days until the next thing happens to captives: -log(draw) over the sum of the rates [1/d].

    Testimonies from Latvia: driven to the line about once a day, in the extreme 150 times in three months.
    """
    rate = driven_per_day + admitted_per_day + taken_home_per_day + let_back_per_day
    return -log(draw) / rate if rate > 0.0 else math.inf


@compiled
def captivity_ends(
    draw: float,
    driven_per_day: float,
    admitted_per_day: float,
    taken_home_per_day: float,
    let_back_per_day: float,
) -> int:
    """Return what ends a wait, each thing with the share of its rate in the sum of the rates [1/d]."""
    rest = draw * (driven_per_day + admitted_per_day + taken_home_per_day + let_back_per_day)
    if rest < driven_per_day:
        return DRIVEN_FORWARD
    if rest < driven_per_day + admitted_per_day:
        return ADMITTED_FROM_CAPTIVITY
    if rest < driven_per_day + admitted_per_day + taken_home_per_day:
        return TAKEN_HOME
    return LET_BACK_AT_LAST
