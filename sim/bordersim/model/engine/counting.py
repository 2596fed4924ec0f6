"""Counting what happened: by day, segment and stretch, and as news that others will hear."""

from __future__ import annotations

from bordersim.model.compiling.compiled import compiled
from bordersim.model.records import Group, State
from bordersim.model.world import Arrays
from bordersim.words import metrics as m
from bordersim.words.codes import (
    APPREHENDED,
    DIED,
    ENTRY_PREVENTED,
    GOT_AWAY,
    OUTCOMES,
    TURNED_BACK,
    UNDETECTED_ENTRY,
    WITHDRAWN,
)

# An end of an attempt is counted under its own name, but for the last, death, which is counted as such.
METRIC_OF = tuple(m.METRIC_NAMES.index(outcome) for outcome in OUTCOMES[:DIED])


@compiled
def country_of(world: Arrays, group: Group) -> int:
    """Return the country at whose border a group is."""
    return world.stretches[group.stretch].country


@compiled
def count(state: State, country: int, metric: int, amount: float) -> None:
    """Add `amount` to a metric of today."""
    state.daily[state.clock[0].day, country, metric] += amount


@compiled
def move(state: State, f: int, to: int) -> int:
    """Move the living of family `f` to the state `to`; return how many they are."""
    family = state.families[f]
    first, people, here = family.first_person, 0, family.state
    for p in range(first, first + family.people):
        if state.persons[p].state == here:
            state.persons[p].state = to
            people += 1
    family.state = to
    state.in_state[here] -= people
    state.in_state[to] += people
    return people


@compiled
def alive(state: State, f: int) -> int:
    """Return how many people of family `f` share its state, that is the living."""
    family, people = state.families[f], 0
    for p in range(family.first_person, family.first_person + family.people):
        people += state.persons[p].state == family.state
    return people


@compiled
def write_record(world: Arrays, state: State, country: int, outcome: int, people: int, seen: bool) -> None:
    """Add to the official record, whose day runs from morning to morning.

    People `seen` turning round by a patrol are recorded as prevented.
    """
    time_h = state.clock[0].now_h - world.params[0].record.day_starts_h
    if time_h < 0.0:
        return
    row = state.daily[world.hours[int(time_h)].day, country]
    if outcome == WITHDRAWN and seen:
        outcome = ENTRY_PREVENTED
    if outcome == APPREHENDED:
        row[m.RECORD_APPREHENDED] += people
        row[m.RECORD_ATTEMPTS] += people
    elif outcome in (ENTRY_PREVENTED, TURNED_BACK):
        row[m.RECORD_TURNED_BACK] += people
        row[m.RECORD_ATTEMPTS] += people
    elif outcome == WITHDRAWN:
        row[m.RECORD_ATTEMPTS] += people * world.params[0].record.withdrawn_seen_share[country]


@compiled
def tell(state: State, g: int, country: int, outcome: int, people: int) -> None:
    """Let the outcome become news: how guards treat those they meet, whether one can slip through.

    Of who waits for guards only those tell the latter who are driven to the line against their will.
    """
    group, day = state.groups[g], state.clock[0].day
    slipped = people if outcome in (UNDETECTED_ENTRY, GOT_AWAY) else 0
    admitted = people if outcome == APPREHENDED else 0
    border, stretch = state.border_news[day, country], state.stretch_news[day, group.stretch]
    border.got_in += slipped + admitted
    if admitted > 0 or outcome in (ENTRY_PREVENTED, TURNED_BACK):
        border.admitted += admitted
        border.met += people
    if group.captive or not group.presenting:
        stretch.slipped += slipped
        stretch.tried += people


@compiled
def end_attempt(world: Arrays, state: State, g: int, outcome: int, people: int) -> None:
    """Count the end of the attempt of `people` of group `g`, in ledgers, record and news."""
    country = country_of(world, state.groups[g])
    state.ended[outcome] += people
    if outcome != DIED:
        count(state, country, METRIC_OF[outcome], people)
    write_record(world, state, country, outcome, people, state.groups[g].turned_round == 1)
    tell(state, g, country, outcome, people)
