"""Who arrives when, with whom: drawn before any policy acts, the same in every scenario.

The groups of one origin and day are the points of a unit-rate Poisson process, numbered 0, 1, 2... A
scenario with a rate of 7 groups takes the points below 7, one with a rate of 9 takes the same and those
up to 9: the superset is the same everywhere, and "decides to come" is a group's place in it. Where more
or fewer come than planned, candidates are drawn up to the most there can be and thinned on the day. A group
adds one family after another until its drawn number of people is reached.
"""

from __future__ import annotations

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled, entrance
from bordersim.model.randomness import family_key, luck_once, uniform
from bordersim.model.records import NO_ONE, State
from bordersim.model.rules.hazards import exponential, geometric_count
from bordersim.model.rules.migrants import days_in_minsk
from bordersim.model.world import Arrays
from bordersim.words.codes import ARRIVE, EN_ROUTE, EVADES, PRESENTS

HOURS_PER_DAY = 24.0


@compiled
def family_size(world: Arrays, key: np.uint64, family: np.uint64) -> int:
    """Return the number of people in a family."""
    derived = world.derived[0]
    size = geometric_count(uniform(key, family, chance.FAMILY_SIZE, 0), derived.log_of_one_more)
    return min(size, derived.max_family)


@compiled
def key_of(world: Arrays, origin: int, day: int, group: int, number: int) -> np.uint64:
    """Return the key of family `number` of a group; that of number 0 is the group's own."""
    derived = world.derived[0]
    of_day = group * derived.max_families + number
    return family_key(world.origins[origin].code, derived.first_day + day, of_day)


@compiled
def comes(world: Arrays, key: np.uint64, origin: int, day: int, group: int, gone: float) -> float:
    """Return the time of the next group in the unit-rate process, given the process time so far, `gone`."""
    draw = uniform(key, key_of(world, origin, day, group, 0), chance.ARRIVAL_GAP, 0)
    return gone + exponential(draw, 1.0)


@compiled
def candidates(world: Arrays, origin: int, day: int) -> float:
    """Return below which place in the unit-rate process groups are drawn; who lands is settled on the day."""
    planned: float = world.inflow[day, origin]
    return planned * world.derived[0].most_inflow_factor


@compiled
def wanted_people(world: Arrays, key: np.uint64, group: np.uint64, day: int) -> int:
    """Return the number of people a group waits for before it leaves."""
    draw = uniform(key, group, chance.GROUP_SIZE, 0)
    wanted = geometric_count(draw, world.calendar[day].log_of_one_more)
    return min(wanted, world.derived[0].max_families)


@entrance
def count_arrivals(world: Arrays, key: np.uint64) -> tuple[int, int]:
    """Return how many families and people could arrive, to size the arrays."""
    families, people = 0, 0
    for day in range(world.inflow.shape[0]):
        for origin in range(world.inflow.shape[1]):
            group, gone = 0, comes(world, key, origin, day, 0, 0.0)
            while gone < candidates(world, origin, day):
                wanted = wanted_people(world, key, key_of(world, origin, day, group, 0), day)
                number = 0
                while wanted > 0:
                    size = family_size(world, key, key_of(world, origin, day, group, number))
                    wanted, number = wanted - size, number + 1
                    families, people = families + 1, people + size
                group += 1
                gone = comes(world, key, origin, day, group, gone)
    return families, people


@compiled
def draw_family(
    world: Arrays, state: State, f: int, person: int, origin: int, day: int, presents: bool
) -> int:
    """Fill one family that lands on a day, and its people; return the index after its last person."""
    key, family = state.clock[0].key, state.families[f]
    family.first_person = person
    family.people = family_size(world, key, family.key)
    family.origin, family.state, family.next_ending = origin, EN_ROUTE, NO_ONE
    family.presents = PRESENTS if presents else EVADES
    vulnerable = luck_once(state, family, chance.VULNERABLE)
    family.vulnerable = vulnerable < world.params[0].inflow.vulnerable_share
    seeks = luck_once(state, family, chance.SEEKS_PROTECTION)
    family.seeks_protection = seeks < world.calendar[day].protection_share
    for member in range(family.people):
        state.persons[person + member].state = EN_ROUTE
    return person + family.people


@compiled
def open_group(world: Arrays, state: State, f: int, day: int) -> None:
    """Start a group at family `f`, which landed at noon of `day`, and set when it reaches the border."""
    group, params = state.groups[f], world.params[0]
    group.key = state.families[f].key
    group.stretch = world.stretches.shape[0]
    draw = luck_once(state, group, chance.MINSK_DAYS)
    days = days_in_minsk(draw, params.inflow.minsk_days_min, params.inflow.minsk_days_mean)
    group.time_h = world.calendar[day].start_h + HOURS_PER_DAY * (0.5 + days)
    group.event = ARRIVE


@compiled
def draw_group(world: Arrays, state: State, f: int, person: int, origin: int, day: int, number: int) -> int:
    """Fill a group of an origin and day, from family `f` on; return the index after its last family."""
    key, own, g = state.clock[0].key, key_of(world, origin, day, number, 0), f
    state.families[g].key = own
    open_group(world, state, g, day)
    presents = uniform(key, own, chance.PRESENTS_THEMSELF, 0) < world.params[0].inflow.presents_share
    wanted = wanted_people(world, key, own, day)
    while wanted > 0:
        state.families[f].key = key_of(world, origin, day, number, f - g)
        state.families[f].group = g
        after = draw_family(world, state, f, person, origin, day, presents)
        wanted, person, f = wanted - (after - person), after, f + 1
    state.groups[g].families = f - g
    state.groups[g].people = person - state.families[g].first_person
    return f


@compiled
def draw_arrivals(world: Arrays, state: State) -> None:
    """Fill persons, families and groups in order of day, origin and number."""
    f, person, key = 0, 0, state.clock[0].key
    for day in range(world.inflow.shape[0]):
        state.days[day].first_family = f
        for origin in range(world.inflow.shape[1]):
            number, gone = 0, comes(world, key, origin, day, 0, 0.0)
            while gone < candidates(world, origin, day):
                g = f
                f = draw_group(world, state, g, person, origin, day, number)
                person += state.groups[g].people
                number += 1
                gone = comes(world, key, origin, day, number, gone)
        state.days[day].landed = person
