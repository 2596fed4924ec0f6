"""The outcome of an interception by the law of a country and day. Pushback is derived here, never chosen."""

from __future__ import annotations

from bordersim.model.compiling.compiled import compiled
from bordersim.words.codes import (
    ADMIT_AND_SCREEN,
    APPREHENDED,
    ASYLUM_SUSPENDED,
    ENTRY_PREVENTED,
    TURN_BACK,
    TURNED_BACK,
)


@compiled
def interception_outcome(regime: int, before_line: bool, presents: bool, recognised: bool) -> int:
    """Return the outcome of an attempt that a patrol met in time.

    Admit and screen: people across the line, or who present themselves before it, are apprehended, that
    is admitted to the procedure; who evades and is met before the line is prevented. Turn back, and asylum
    suspended: recognised vulnerable people are admitted, everybody else is prevented before the line and
    turned back after it.
    """
    if regime == ADMIT_AND_SCREEN:
        return APPREHENDED if presents or not before_line else ENTRY_PREVENTED
    if recognised:
        return APPREHENDED
    return ENTRY_PREVENTED if before_line else TURNED_BACK


@compiled
def regime_in_practice(regime: int, draw: float, informal_turn_back_probability: float) -> int:
    """Return what guards do with a group they meet: what the law says, or a turn-back that it knows not.

    Before its decree of 20 August 2021 Poland turned people back with no rule that said so (M.K. v Poland).
    """
    if regime == ADMIT_AND_SCREEN and draw < informal_turn_back_probability:
        return TURN_BACK
    return regime


@compiled
def takes_claim(regime: int, vulnerable: bool) -> bool:
    """Return whether a crossing point accepts a claim; if asylum is suspended, only from the vulnerable."""
    return regime != ASYLUM_SUSPENDED or vulnerable


@compiled
def reach_probability(all_open_probability: float, open_points: float, points: float) -> float:
    """Return the chance [0-1] to reach a crossing point when only `open_points` of `points` are open."""
    return all_open_probability * open_points / points


@compiled
def mission_reached(draw: float, lt_probability: float, lv_probability: float, pl_probability: float) -> int:
    """Return which mission in Minsk a family reaches: 0 Lithuania's, 1 Latvia's, 2 Poland's, -1 none.

    It reaches one at most; the chances [0-1] divide the draw, so no country comes before another.
    """
    if draw < lt_probability:
        return 0
    if draw < lt_probability + lv_probability:
        return 1
    return 2 if draw < lt_probability + lv_probability + pl_probability else -1


@compiled
def is_pushback(outcome: int, screened: bool) -> bool:
    """Return whether an outcome is a pushback: kept out or returned by guards with no screening."""
    return outcome in (ENTRY_PREVENTED, TURNED_BACK) and not screened
