"""Flights home: a day's seats, filled in a drawn order by willing families that wait in the border zone."""

from __future__ import annotations

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled, entrance
from bordersim.model.engine.aftermath import leave_group
from bordersim.model.engine.counting import alive
from bordersim.model.randomness import luck_once, uniform
from bordersim.model.records import State
from bordersim.model.world import Arrays
from bordersim.words.codes import BORDER_ZONE, RETURNED_HOME, SET_OUT


@compiled
def would_fly(world: Arrays, state: State, f: int) -> bool:
    """Return whether family `f` waits for its next try and would rather go home."""
    family = state.families[f]
    if family.state != BORDER_ZONE or state.groups[family.group].event != SET_OUT:
        return False
    willing = luck_once(state, family, chance.WILLING_TO_FLY_HOME)
    return willing < world.params[0].return_home.willing_share


def fly_home(world: Arrays, state: State) -> None:
    """Fill the seats of the day that is about to begin."""
    families, turns = np.empty(len(state.families), np.int64), np.empty(len(state.families))
    volunteers = call_volunteers(world, state, families, turns)
    board(world, state, families[np.argsort(turns[:volunteers])])


@entrance
def call_volunteers(world: Arrays, state: State, families: np.ndarray, turns: np.ndarray) -> int:
    """List the families willing to fly with a drawn order; return how many."""
    date, volunteers = world.derived[0].first_day + state.clock[0].day, 0
    for f in range(state.families.shape[0]):
        if would_fly(world, state, f):
            families[volunteers] = f
            key = state.families[f].key
            turns[volunteers] = uniform(state.clock[0].key, key, chance.FLIGHT_ORDER, date)
            volunteers += 1
    return volunteers


@entrance
def board(world: Arrays, state: State, families: np.ndarray) -> None:
    """Let families leave in order as long as there are seats for the whole family."""
    seats = world.calendar[state.clock[0].day].seats_home
    for f in families:
        if alive(state, f) <= seats:
            seats -= leave_group(state, state.families[f].group, f, RETURNED_HOME)
