"""Codes of countries, states, outcomes, regimes, terrains, barriers and events, in the order of their words.

Plain integers, so that compiled code can use them as indexes.
"""

from __future__ import annotations

COUNTRIES = ("LT", "LV", "PL")
LT, LV, PL = range(3)

# Where a person is: always in exactly one of these.
STATES = (
    "en_route",
    "border_zone",
    "stranded",
    "in_procedure",
    "entered",
    "admitted",
    "moved_on",
    "returned_home",
    "stayed",
    "dead",
)
(
    EN_ROUTE,
    BORDER_ZONE,
    STRANDED,
    IN_PROCEDURE,
    ENTERED,
    ADMITTED,
    MOVED_ON,
    RETURNED_HOME,
    STAYED,
    DEAD,
) = range(len(STATES))

# How one attempt by one person ends: exactly one of these.
OUTCOMES = (
    "withdrawn",
    "undetected_entry",
    "got_away",
    "entry_prevented",
    "turned_back",
    "apprehended",
    "died",
)
(
    WITHDRAWN,
    UNDETECTED_ENTRY,
    GOT_AWAY,
    ENTRY_PREVENTED,
    TURNED_BACK,
    APPREHENDED,
    DIED,
) = range(len(OUTCOMES))

REGIMES = ("admit_and_screen", "turn_back", "asylum_suspended")
ADMIT_AND_SCREEN, TURN_BACK, ASYLUM_SUSPENDED = range(len(REGIMES))

TERRAINS = ("unknown", "land", "river", "lake", "swamp")
UNKNOWN, LAND, RIVER, LAKE, SWAMP = range(len(TERRAINS))

BARRIERS = ("none", "wire", "fence")
NO_BARRIER, WIRE, FENCE = range(len(BARRIERS))

EVADES, PRESENTS = range(2)

# What a sleeping group will do when its time comes.
EVENTS = ("arrive", "set_out", "alarm", "meet", "clear", "release")
ARRIVE, SET_OUT, ALARM, MEET, CLEAR, RELEASE = range(len(EVENTS))
