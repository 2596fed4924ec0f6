"""The only source of chance: every draw is a pure function of what it decides.

``uniform(key, entity, decision, attempt)`` hashes four numbers; there is no generator and no state. So
the same person has the same luck in every scenario, one guard more shifts nobody else's luck, and any
replicate can be made alone, in any order, on any number of workers, with the same bits.
"""

from __future__ import annotations

import numpy as np
from numba import config, njit

from bordersim.model.compiling import kept  # noqa: F401 - says where compiled code is kept
from bordersim.model.compiling.compiled import entrance

# Every kind of decision has its own code. A code belongs to one kind of entity, so that a person and a
# patrol with the same number never share a draw.
DECISIONS = (
    # families (keyed by origin, day and number)
    "family_size",
    "free",  # a code no draw uses any more; it keeps all others in their places
    "vulnerable",
    "seeks_protection",
    "give_up",
    "stays",
    "recognised",
    "claim_voiced",
    "claim_reached",
    "force",
    "injury",
    "death",
    "death_stranded",
    "willing_to_fly_home",
    "flight_order",
    "dwell",
    "decision",
    "released_onward",
    "sent_home_by_host",
    "hypothermia",
    "frostbite",
    # groups (keyed by their smallest family)
    "arrival_gap",
    "group_size",
    "presents",
    "minsk_days",
    "first_wait",
    "retry_wait",
    "split",
    "escorted",
    "follows_focus",
    "steered_country",
    "own_country",
    "stretch",
    "segment",
    "breach",
    "alarm",
    "detection",
    "turned_round",
    "let_back",
    "pushed_forward",
    "push_wait",
    "released_forward",
    "stopped_by_host",
    "rescued",
    "damage",
    "stranded_days",
    "tie",
    # segments, stretches, patrols
    "build_order",
    "unfenced",
    "patrol_rounding",
    "patrol_phase",
    "patrol_tie",
    # the host state (keyed by its spell of days)
    "focus",
    "focus_stretch",
    # groups again: a code once given stays, so that a new rule changes nobody's luck in an old one
    "stay",
    "found_inland",
    # families again
    "mission_reached",
    "death_found",
    # countries
    "missed_day",
)
(
    FAMILY_SIZE,
    FREE,
    VULNERABLE,
    SEEKS_PROTECTION,
    GIVE_UP,
    STAYS,
    RECOGNISED,
    CLAIM_VOICED,
    CLAIM_REACHED,
    FORCE,
    INJURY,
    DEATH,
    DEATH_STRANDED,
    WILLING_TO_FLY_HOME,
    FLIGHT_ORDER,
    DWELL,
    DECISION,
    RELEASED_ONWARD,
    SENT_HOME_BY_HOST,
    HYPOTHERMIA,
    FROSTBITE,
    ARRIVAL_GAP,
    GROUP_SIZE,
    PRESENTS_THEMSELF,
    MINSK_DAYS,
    FIRST_WAIT,
    RETRY_WAIT,
    SPLIT,
    ESCORTED,
    FOLLOWS_FOCUS,
    STEERED_COUNTRY,
    OWN_COUNTRY,
    STRETCH,
    SEGMENT,
    BREACH,
    ALARM_AT_BARRIER,
    DETECTION,
    TURNED_ROUND,
    LET_BACK,
    PUSHED_FORWARD,
    PUSH_WAIT,
    RELEASED_FORWARD,
    STOPPED_BY_HOST,
    RESCUED,
    DAMAGE,
    STRANDED_DAYS,
    TIE,
    BUILD_ORDER,
    UNFENCED,
    PATROL_ROUNDING,
    PATROL_PHASE,
    PATROL_TIE,
    FOCUS,
    FOCUS_STRETCH,
    STAY,
    FOUND_INLAND,
    MISSION_REACHED,
    DEATH_FOUND,
    MISSED_DAY,
) = range(len(DECISIONS))

# Odd 64-bit constants: the golden ratio and the multipliers of a published avalanche mixer
# (Steele, Lea & Flood 2014, variant 13 of Stafford 2011).
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_ENTITY = np.uint64(0xD6E8FEB86659FD93)
_DECISION = np.uint64(0xA0761D6478BD642F)
_ATTEMPT = np.uint64(0xE7037ED1A0B428DB)
_S30, _S27, _S31, _S12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)
_ORIGIN_SHIFT, _DAY_SHIFT = np.uint64(48), np.uint64(32)
_TWO_TO_MINUS_52 = 2.0**-52

if config.DISABLE_JIT:  # uncompiled, wrapping round is meant and need not be announced
    np.seterr(over="ignore")


@njit
def mixed(value: np.uint64) -> np.uint64:
    """Return `value` with every bit depending on every other."""
    value = (value ^ (value >> _S30)) * _FIRST
    value = (value ^ (value >> _S27)) * _SECOND
    return value ^ (value >> _S31)


@entrance
def replicate_key(seed: int, replicate: int) -> np.uint64:
    """Return the key of one replicate; different seeds share no replicate."""
    return mixed(mixed(np.uint64(seed) * _GOLDEN + _FIRST) + np.uint64(replicate) * _GOLDEN)


@njit
def uniform(key: np.uint64, entity: np.uint64, decision: int, attempt: int) -> float:
    """Return a number strictly between 0 and 1 that depends on nothing but the four arguments."""
    who = mixed(np.uint64(key) ^ (np.uint64(entity) * _ENTITY))
    what = np.uint64(decision + 1) * _DECISION + np.uint64(attempt) * _ATTEMPT
    return (np.float64(mixed(who + what) >> _S12) + 0.5) * _TWO_TO_MINUS_52


@njit
def family_key(origin: int, day: int, number: int) -> np.uint64:
    """Return the identity of a family: code of its origin, absolute day of arrival, number of that day."""
    return (np.uint64(origin) << _ORIGIN_SHIFT) | (np.uint64(day) << _DAY_SHIFT) | np.uint64(number)
