"""Where a group goes: its size, its country, stretch and segment, or a crossing point."""

from __future__ import annotations

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.engine.aftermath import take_in
from bordersim.model.engine.calendar import put_to_sleep
from bordersim.model.engine.counting import alive, count, country_of
from bordersim.model.randomness import luck, luck_at
from bordersim.model.records import State
from bordersim.model.rules.hazards import geometric_count
from bordersim.model.rules.migrants import must_split, presents_itself
from bordersim.model.rules.policy import takes_claim
from bordersim.model.world import Arrays
from bordersim.words import metrics as m
from bordersim.words.codes import BORDER_ZONE, SET_OUT


@compiled
def pick(sums: np.ndarray, low: int, high: int, draw: float) -> int:
    """Return the first index in [low, high) whose cumulative sum exceeds the draw's share of the range.

    Where nothing in the range has any weight, all indexes are equally likely.
    """
    return pick_beyond(sums, low, high, sums[low - 1] if low > 0 else 0.0, draw)


@compiled
def pick_beyond(sums: np.ndarray, low: int, high: int, base: float, draw: float) -> int:
    """Return the same where sums begin at `base` before the range."""
    whole = sums[high - 1] - base
    if whole <= 0.0:
        return low + int(draw * (high - low))
    target = base + draw * whole
    last = high - 1
    while low < last:
        middle = (low + last) // 2
        if sums[middle] > target:
            last = middle
        else:
            low = middle + 1
    return low


@compiled
def split_group(world: Arrays, state: State, g: int) -> None:
    """Split a group too large for the day: the first families stay, the rest set out on their own."""
    group, day = state.groups[g], state.clock[0].day
    mean = world.calendar[day].group_size_mean
    if group.families < 2 or not must_split(group.people, mean):
        return
    draw = luck(state, group, chance.SPLIT)
    wanted, kept, f = geometric_count(draw, world.calendar[day].log_of_one_more), 0, g
    while f < g + group.families - 1 and kept < wanted:
        kept += alive(state, f) if state.families[f].state == BORDER_ZONE else 0
        f += 1
    if kept > 0 and kept < group.people:
        part(state, g, f, kept)


@compiled
def part(state: State, g: int, f: int, kept: int) -> None:
    """Split off a group from family `f` on; `kept` people stay in group `g`."""
    group, other = state.groups[g], state.groups[f]
    other.key = state.families[f].key
    other.families = g + group.families - f
    other.people = group.people - kept
    other.attempt, other.stretch = group.attempt, group.stretch
    other.pinned, other.captive = group.pinned, group.captive
    group.families, group.people = f - g, kept
    for each in range(f, f + other.families):
        state.families[each].group = f
    put_to_sleep(state, f, state.clock[0].now_h, SET_OUT)


@compiled
def choose_stretch(world: Arrays, state: State, g: int) -> int:
    """Return where a group goes: steered to the one stretch of the day or to a border, or its own choice."""
    group = state.groups[g]
    escorted = luck(state, group, chance.ESCORTED) < world.calendar[state.clock[0].day].escorted_share
    draw = luck(state, group, chance.STRETCH)
    if not escorted and not group.captive:
        country = own_country(world, state, g)
    elif luck(state, group, chance.FOLLOWS_FOCUS) < world.params[0].host.focus_share:
        country, draw = state.clock[0].focus, state.clock[0].focus_draw
    else:
        steered = luck(state, group, chance.STEERED_COUNTRY)
        country = pick(state.borders["steering_sum"], 0, 3, steered)
    low = world.country[country].first_stretch
    sums = state.choice_sums[state.families[g].presents, :, group.stretch]
    return pick(sums, low, low + world.country[country].stretches, draw)


@compiled
def own_country(world: Arrays, state: State, g: int) -> int:
    """Return the country a group chooses: by the pull of its stretches.

    Where none has any pull, all are equally likely.
    """
    first, second = pull_of_country(world, state, g, 0), pull_of_country(world, state, g, 1)
    whole = first + second + pull_of_country(world, state, g, 2)
    group = state.groups[g]
    draw = luck(state, group, chance.OWN_COUNTRY)
    if whole <= 0.0:
        return int(draw * world.country.shape[0])
    rest = draw * whole - first
    if rest < 0.0:
        return 0
    return 1 if rest - second < 0.0 else 2


@compiled
def pull_of_country(world: Arrays, state: State, g: int, c: int) -> float:
    """Return the pull of the stretches of a country together on group `g`."""
    sums = state.choice_sums[state.families[g].presents, :, state.groups[g].stretch]
    first, stretches = world.country[c].first_stretch, world.country[c].stretches
    before = sums[first - 1] if first > 0 else 0.0
    pull: float = sums[first + stretches - 1] - before
    return pull


@compiled
def choose_place(world: Arrays, state: State, g: int) -> None:
    """Choose stretch, segment and whether to wait for the guards.

    Captives are driven forward where they are held, unless the host state moves them.
    """
    group = state.groups[g]
    presents = state.families[g].presents
    if not group.pinned:
        group.stretch = choose_stretch(world, state, g)
    stretch = world.stretches[group.stretch]
    draw = luck(state, group, chance.SEGMENT)
    first = stretch.first_segment
    sums = state.segments["weight_sum"]
    group.segment = pick_beyond(sums, first, first + stretch.segments, 0.0, draw)
    admission = state.borders[stretch.country].admission
    passage = state.stretches[group.stretch].passage
    group.presenting = presents_itself(presents, admission, passage) or are_awaited(world, state, g)
    group.pinned = 0


@compiled
def are_awaited(world: Arrays, state: State, g: int) -> bool:
    """Return whether guards wait where a group is driven to the line: captives are expected there."""
    group = state.groups[g]
    met = luck(state, group, chance.CAPTIVES_MET) < world.params[0].host.captives_met_probability
    return group.captive == 1 and met


@compiled
def claim_at_crossing_point(world: Arrays, state: State, g: int) -> None:
    """Let families that seek protection claim it at a crossing point, if one is open and reached."""
    group, day = state.groups[g], state.clock[0].day
    country = country_of(world, group)
    reach = world.law[day, country].claim_reach_probability
    for f in range(g, g + group.families):
        family = state.families[f]
        if family.state != BORDER_ZONE or not family.seeks_protection:
            continue
        if luck_at(state, family, chance.CLAIM_REACHED, group.attempt) < reach:
            people, law = alive(state, f), world.law[day, country]
            taken = takes_claim(law.regime, family.vulnerable == 1)
            news = state.border_news[day, country]
            news.met += people
            if taken and people <= state.borders[country].places:
                state.borders[country].places -= people
                news.admitted += people
                take_in(world, state, g, f, country, m.CLAIMS_LODGED_CROSSING_POINT)
            else:
                count(state, country, m.CLAIMS_NOT_ACCEPTED, people)
