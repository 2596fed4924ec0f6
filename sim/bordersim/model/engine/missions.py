"""Claims at missions (embassies) in Minsk, before leaving for the border."""

from __future__ import annotations

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.engine.aftermath import take_in
from bordersim.model.engine.counting import alive, count
from bordersim.model.randomness import luck_once
from bordersim.model.records import State
from bordersim.model.rules.policy import mission_reached, takes_claim
from bordersim.model.world import Arrays
from bordersim.words import metrics as m
from bordersim.words.codes import LT, LV, PL


@compiled
def claim_at_mission(world: Arrays, state: State, g: int) -> None:
    """Let families that seek protection claim it at a mission in Minsk, if one is open and reached."""
    day = state.clock[0].day
    lithuanian = world.law[day, LT].mission_reach_probability
    latvian = world.law[day, LV].mission_reach_probability
    polish = world.law[day, PL].mission_reach_probability
    if lithuanian + latvian + polish <= 0.0:
        return
    for f in range(g, g + state.groups[g].families):
        family = state.families[f]
        draw = luck_once(state, family, chance.MISSION_REACHED)
        country = mission_reached(draw, lithuanian, latvian, polish)
        if family.seeks_protection and country >= 0:
            ask(world, state, g, f, country)


@compiled
def ask(world: Arrays, state: State, g: int, f: int, country: int) -> None:
    """Let the mission of `country` accept the claim of family `f`, or refuse it by law or if it is full."""
    day, people = state.clock[0].day, alive(state, f)
    law, taken = world.law[day, country], state.daily[day, country, m.CLAIMS_LODGED_MISSION]
    heard = takes_claim(law.regime, state.families[f].vulnerable == 1)
    if heard and taken + people <= law.mission_places_per_day:
        take_in(world, state, g, f, country, m.CLAIMS_LODGED_MISSION)
    else:
        count(state, country, m.CLAIMS_NOT_ACCEPTED, people)
