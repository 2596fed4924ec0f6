"""The only source of randomness: every draw is a pure function of what it decides.

``uniform(key, entity, decision, attempt)`` hashes four numbers; there is no generator and no state. So
the same person has the same luck in every scenario, one guard more shifts nobody else's luck, and any
replicate can be made alone, in any order, on any number of workers, with the same bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
from numba import config, njit

from bordersim.model.compiling import kept  # noqa: F401 - says where compiled code is kept
from bordersim.model.compiling.compiled import compiled, entrance
from bordersim.words.numbered import Numbered

if TYPE_CHECKING:
    from bordersim.model.records import Group, State


class HasKey(Protocol):
    """A row with its own key for draws."""

    @property
    def key(self) -> np.uint64:
        """The key."""


# Every kind of decision has its own code, by its place in this list. A code belongs to one kind of entity, so
# that a person and a patrol with the same number never share a draw.
_decision = Numbered(str)
# families (keyed by origin, day and number)
FAMILY_SIZE = _decision("family_size")
FREE = _decision("free")  # a code no draw uses any more, as others below; they keep the rest in their places
VULNERABLE = _decision("vulnerable")
SEEKS_PROTECTION = _decision("seeks_protection")
GIVES_UP = _decision("gives_up")
STAYS = _decision("stays")
RECOGNISED = _decision("recognised")
FREE_1 = _decision("free_1")
CLAIM_REACHED = _decision("claim_reached")
FREE_2 = _decision("free_2")
FREE_3 = _decision("free_3")
DEATH = _decision("death")
DEATH_CAPTIVE = _decision("death_captive")
WILLING_TO_FLY_HOME = _decision("willing_to_fly_home")
FLIGHT_ORDER = _decision("flight_order")
DWELL = _decision("dwell")
DECISION = _decision("decision")
RELEASED_ONWARD = _decision("released_onward")
SENT_HOME_BY_HOST = _decision("sent_home_by_host")
FREE_4 = _decision("free_4")
FREE_5 = _decision("free_5")
# groups (keyed by their smallest family)
ARRIVAL_GAP = _decision("arrival_gap")
GROUP_SIZE = _decision("group_size")
PRESENTS_THEMSELF = _decision("presents")
MINSK_DAYS = _decision("minsk_days")
FIRST_WAIT = _decision("first_wait")
RETRY_WAIT = _decision("retry_wait")
SPLIT = _decision("split")
ESCORTED = _decision("escorted")
FOLLOWS_FOCUS = _decision("follows_focus")
STEERED_COUNTRY = _decision("steered_country")
OWN_COUNTRY = _decision("own_country")
STRETCH = _decision("stretch")
SEGMENT = _decision("segment")
BREACH = _decision("breach")
ALARM_AT_BARRIER = _decision("alarm")
DETECTION = _decision("detection")
TURNED_ROUND = _decision("turned_round")
LET_BACK = _decision("let_back")
CAPTIVITY_ENDS = _decision("captivity_ends")
CAPTIVE_WAIT = _decision("captive_wait")
CAPTIVES_MOVED = _decision("captives_moved")
STOPPED_BY_HOST = _decision("stopped_by_host")
PRACTICE = _decision("practice")
DAMAGE = _decision("damage")
RESPONSE_FAILS = _decision("response_fails")
TIE = _decision("tie")
# segments, stretches, patrols
BUILD_ORDER = _decision("build_order")
UNFENCED = _decision("unfenced")
PATROL_ROUNDING = _decision("patrol_rounding")
PATROL_PHASE = _decision("patrol_phase")
PATROL_TIE = _decision("patrol_tie")
# the host state (keyed by its spell of days)
FOCUS = _decision("focus")
FOCUS_STRETCH = _decision("focus_stretch")
# groups again: a code once given stays, so that a new rule changes nobody's luck in an old one
STAY = _decision("stay")
FOUND_INLAND = _decision("found_inland")
# families again
MISSION_REACHED = _decision("mission_reached")
FREE_6 = _decision("free_6")
# countries
MISSED_DAY = _decision("missed_day")
# the host state and the stream of people again (keyed by the day)
MIND = _decision("mind")
INFLOW_DRIFT = _decision("inflow_drift")
# segments again (keyed by the day)
CAMERAS_WORK = _decision("cameras_work")
# families again
UNHOUSED = _decision("unhoused")
# groups again
CAPTIVES_MET = _decision("captives_met")
DECISIONS = _decision.all

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


@entrance
def branched_key(key: np.uint64, day: int, number: int) -> np.uint64:
    """Return the key from which a run goes on another way from a day on, one for each number."""
    return mixed(mixed(np.uint64(key) ^ (np.uint64(day) * _DECISION)) + np.uint64(number) * _GOLDEN)


@njit
def uniform(key: np.uint64, entity: np.uint64, decision: int, attempt: int) -> float:
    """Return a number strictly between 0 and 1 that depends on nothing but the four arguments."""
    who = mixed(np.uint64(key) ^ (np.uint64(entity) * _ENTITY))
    what = np.uint64(decision + 1) * _DECISION + np.uint64(attempt) * _ATTEMPT
    return (np.float64(mixed(who + what) >> _S12) + 0.5) * _TWO_TO_MINUS_52


@njit
def family_key(origin: int, day: int, number: int) -> np.uint64:
    """Return the key of a family: code of its origin, absolute day of arrival, number on that day."""
    return (np.uint64(origin) << _ORIGIN_SHIFT) | (np.uint64(day) << _DAY_SHIFT) | np.uint64(number)


@compiled
def luck(state: State, group: Group, decision: int) -> float:
    """Return a group's draw for a decision in its present attempt."""
    return uniform(state.clock[0].key, group.key, decision, group.attempt)


@compiled
def luck_once(state: State, who: HasKey, decision: int) -> float:
    """Return a draw made once per person, family or patrol."""
    return uniform(state.clock[0].key, who.key, decision, 0)


@compiled
def luck_at(state: State, who: HasKey, decision: int, number: int) -> float:
    """Return a draw made several times per person, family or patrol: by attempt, member or day."""
    return uniform(state.clock[0].key, who.key, decision, number)
