"""Codes of countries, states, outcomes, regimes, terrains, barriers and events, in the order of their words.

Plain integers, so that compiled code can use them as indexes.
"""

from __future__ import annotations

from bordersim.words.numbered import Numbered

_country = Numbered(str)
LT = _country("LT")
LV = _country("LV")
PL = _country("PL")
COUNTRIES = _country.all

# Where a person is: always in exactly one of these.
_state = Numbered(str)
EN_ROUTE = _state("en_route")
BORDER_ZONE = _state("border_zone")
CAPTIVE = _state("captive")
IN_PROCEDURE = _state("in_procedure")
ENTERED = _state("entered")
ADMITTED = _state("admitted")
MOVED_ON = _state("moved_on")
RETURNED_HOME = _state("returned_home")
STAYED = _state("stayed")
DEAD = _state("dead")
STATES = _state.all

# How one attempt by one person ends: exactly one of these.
_outcome = Numbered(str)
WITHDRAWN = _outcome("withdrawn")
UNDETECTED_ENTRY = _outcome("undetected_entry")
GOT_AWAY = _outcome("got_away")
ENTRY_PREVENTED = _outcome("entry_prevented")
TURNED_BACK = _outcome("turned_back")
APPREHENDED = _outcome("apprehended")
DIED = _outcome("died")
OUTCOMES = _outcome.all

_regime = Numbered(str)
ADMIT_AND_SCREEN = _regime("admit_and_screen")
TURN_BACK = _regime("turn_back")
ASYLUM_SUSPENDED = _regime("asylum_suspended")
REGIMES = _regime.all

_terrain = Numbered(str)
UNKNOWN = _terrain("unknown")
LAND = _terrain("land")
RIVER = _terrain("river")
LAKE = _terrain("lake")
SWAMP = _terrain("swamp")
TERRAINS = _terrain.all

_barrier = Numbered(str)
NO_BARRIER = _barrier("none")
WIRE = _barrier("wire")
FENCE = _barrier("fence")
BARRIERS = _barrier.all

EVADES, PRESENTS = range(2)

# What a sleeping group will do when its time comes.
_event = Numbered(str)
ARRIVE = _event("arrive")
SET_OUT = _event("set_out")
ALARM = _event("alarm")
MEET = _event("meet")
CLEAR = _event("clear")
RELEASE = _event("release")
EVENTS = _event.all

# What ends a wait between the lines.
_end = Numbered(str)
DRIVEN_FORWARD = _end("driven_forward")
ADMITTED_FROM_CAPTIVITY = _end("admitted")
TAKEN_HOME = _end("taken_home")
LET_BACK_AT_LAST = _end("let_back")
