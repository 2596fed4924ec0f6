"""Who arrives when, with whom: drawn before any policy acts, the same in every scenario.

The families of one origin and day are the points of a unit-rate Poisson process, numbered 0, 1, 2...
A scenario with a rate of 7 families takes the points below 7, one with a rate of 9 takes the same and
those up to 9: the superset is the same everywhere, and "decides to come" is a family's place in it.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.extending import register_jitable

from sim import randomness as chance
from sim.randomness import family_key, uniform
from sim.rules.hazards import exponential, geometric_count
from sim.rules.migrants import days_in_minsk
from sim.state import ADULT, ARRIVE, EN_ROUTE, EVADES, MINOR, NO_ONE, PRESENTS, State
from sim.world import Arrays

HOURS_PER_DAY = 24.0


@register_jitable
def family_size(world: Arrays, key: np.uint64, family: np.uint64) -> int:
    """Return the number of people in a family."""
    params = world.params[0]
    size = geometric_count(uniform(key, family, chance.FAMILY_SIZE, 0), params["family_size_mean"])
    return min(size, params["max_family"])


@register_jitable
def comes(world: Arrays, key: np.uint64, origin: int, day: int, number: int, gone: float) -> float:
    """Return where the next family stands in the unit-rate process, having come to `gone`."""
    family = family_key(world.origins[origin]["code"], world.params[0]["first_day"] + day, number)
    return gone + exponential(uniform(key, family, chance.ARRIVAL_GAP, 0), 1.0)


@njit(cache=True, nogil=True, forceinline=True, _nrt=False)
def count_arrivals(world: Arrays, key: np.uint64) -> tuple[int, int]:
    """Return how many families and people arrive, so that arrays can be made to measure."""
    families, people = 0, 0
    for day in range(world.inflow.shape[0]):
        for origin in range(world.inflow.shape[1]):
            number, gone = 0, comes(world, key, origin, day, 0, 0.0)
            while gone < world.inflow[day, origin]:
                code = world.origins[origin]["code"]
                family = family_key(code, world.params[0]["first_day"] + day, number)
                families, people = families + 1, people + family_size(world, key, family)
                number += 1
                gone = comes(world, key, origin, day, number, gone)
    return families, people


@register_jitable
def draw_family(world: Arrays, state: State, f: int, person: int, origin: int, presents: bool) -> int:
    """Fill one family and its people; return the index after its last person."""
    key, family = state.clock[0]["key"], state.families[f]
    family["first_person"] = person
    family["people"] = family_size(world, key, family["key"])
    family["origin"], family["state"], family["next_ending"] = origin, EN_ROUTE, NO_ONE
    family["presents"] = PRESENTS if presents else EVADES
    vulnerable = uniform(key, family["key"], chance.VULNERABLE, 0)
    family["vulnerable"] = vulnerable < world.params[0]["vulnerable_share"]
    seeks = uniform(key, family["key"], chance.SEEKS_PROTECTION, 0)
    family["seeks_protection"] = seeks < world.origins[origin]["protection_share"]
    for member in range(family["people"]):
        minor = uniform(key, family["key"], chance.AGE_CLASS, member)
        is_minor = member > 0 and minor < world.params[0]["minor_probability"]
        state.persons[person + member]["age_class"] = MINOR if is_minor else ADULT
        state.persons[person + member]["state"] = EN_ROUTE
    return person + family["people"]


@register_jitable
def open_group(world: Arrays, state: State, f: int, day: int) -> None:
    """Start a group at family `f`, which landed at noon of `day`, and say when it gets to the border."""
    group, params = state.groups[f], world.params[0]
    group["key"] = state.families[f]["key"]
    group["stretch"] = world.stretches.shape[0]
    draw = uniform(state.clock[0]["key"], group["key"], chance.MINSK_DAYS, 0)
    days = days_in_minsk(draw, params["minsk_days_min"], params["minsk_days_mean"])
    group["time_h"] = world.calendar[day]["start_h"] + HOURS_PER_DAY * (0.5 + days)
    group["event"] = ARRIVE


@njit(cache=True, nogil=True, forceinline=True, _nrt=False)
def draw_arrivals(world: Arrays, state: State) -> None:
    """Fill persons, families and groups in order of day, origin and number."""
    f, person, key = 0, 0, state.clock[0]["key"]
    for day in range(world.inflow.shape[0]):
        for origin in range(world.inflow.shape[1]):
            absolute, code = world.params[0]["first_day"] + day, world.origins[origin]["code"]
            number, group, room, cluster = 0, f, 0, 0
            gone, presents = comes(world, key, origin, day, 0, 0.0), False
            while gone < world.inflow[day, origin]:
                state.families[f]["key"] = family_key(code, absolute, number)
                if room <= 0:
                    together = family_key(code, absolute, cluster)
                    size = uniform(key, together, chance.GROUP_SIZE, 0)
                    room = geometric_count(size, world.calendar[day]["group_size_mean"])
                    willing = uniform(key, together, chance.PRESENTS_THEMSELF, 0)
                    presents = willing < world.params[0]["presents_share"]
                    group, cluster = f, cluster + 1
                    open_group(world, state, f, day)
                state.families[f]["group"] = group
                person = draw_family(world, state, f, person, origin, presents)
                state.groups[group]["families"] += 1
                state.groups[group]["people"] += state.families[f]["people"]
                room -= state.families[f]["people"]
                f, number = f + 1, number + 1
                gone = comes(world, key, origin, day, number, gone)
        state.days[day]["landed"] = person
