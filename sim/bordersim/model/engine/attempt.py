"""One attempt: set out, be detected or not, be met or get clear. One short function per event."""

from __future__ import annotations

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.engine.aftermath import (
    die,
    get_in,
    leave_group,
    member_number,
    push_back,
    retry,
    take_in,
)
from bordersim.model.engine.calendar import put_to_sleep
from bordersim.model.engine.captivity import send_back, try_again
from bordersim.model.engine.choice import choose_place, claim_at_crossing_point, split_group
from bordersim.model.engine.counting import alive, count, country_of, end_attempt, move
from bordersim.model.engine.missions import claim_at_mission
from bordersim.model.engine.patrols import send_patrol
from bordersim.model.randomness import luck, luck_at
from bordersim.model.records import State
from bordersim.model.rules.barrier import time_to_clear_h, time_to_line_h
from bordersim.model.rules.guards import passes_per_h, patrol_detection_rate_per_h
from bordersim.model.rules.hazards import waiting_time_h
from bordersim.model.rules.policy import interception_outcome, is_pushback, regime_in_practice
from bordersim.model.world import Arrays
from bordersim.words import metrics as m
from bordersim.words.codes import (
    ADMIT_AND_SCREEN,
    ALARM,
    APPREHENDED,
    BORDER_ZONE,
    CLEAR,
    DIED,
    FENCE,
    GOT_AWAY,
    LAKE,
    MEET,
    NO_BARRIER,
    RETURNED_HOME,
    RIVER,
    SWAMP,
    TURNED_BACK,
    UNDETECTED_ENTRY,
    WIRE,
    WITHDRAWN,
)


@compiled
def arrive(world: Arrays, state: State, g: int) -> None:
    """Bring a group from Minsk to the border zone, except those whose claim a mission accepts."""
    group = state.groups[g]
    for f in range(g, g + group.families):
        move(state, f, BORDER_ZONE)
    claim_at_mission(world, state, g)
    if state.groups[g].people > 0:
        retry(world, state, g, chance.FIRST_WAIT)


@compiled
def set_out(world: Arrays, state: State, g: int) -> None:
    """Choose a place and try to cross there."""
    split_group(world, state, g)
    state.groups[g].attempt += 1
    choose_place(world, state, g)
    if not state.groups[g].captive:
        if stopped_by_host(world, state, g):
            return
        claim_at_crossing_point(world, state, g)
    if state.groups[g].people > 0:
        cross(world, state, g)


@compiled
def stopped_by_host(world: Arrays, state: State, g: int) -> bool:
    """Return whether Belarus stops the group from trying; some families it sends home for good."""
    group, params = state.groups[g], world.params[0]
    host = world.calendar[state.clock[0].day]
    stopped = luck(state, group, chance.STOPPED_BY_HOST)
    if stopped >= host.prevention_probability:
        return False
    count(state, country_of(world, group), m.STOPPED_BY_HOST, group.people)
    for f in range(g, g + group.families):
        family = state.families[f]
        home = luck_at(state, family, chance.SENT_HOME_BY_HOST, group.attempt)
        if family.state == BORDER_ZONE and home < params.host.prevented_home_probability:
            leave_group(state, g, f, RETURNED_HOME)
    if group.people > 0:
        retry(world, state, g, chance.RETRY_WAIT)
    return True


@compiled
def barrier_at(world: Arrays, state: State, segment: int) -> int:
    """Return the barrier at a segment today."""
    day, built = state.clock[0].day, state.segments[segment]
    standing = world.law[day, world.segments[segment].country]
    if standing.fence_km >= built.fence_needs_km:
        return NO_BARRIER if day < built.mended_day else FENCE
    return WIRE if standing.wire_km >= built.wire_needs_km else NO_BARRIER


@compiled
def cross(world: Arrays, state: State, g: int) -> None:
    """Compute when the group reaches the line, gets clear and is detected; sleep until the first of these."""
    group, now, params = state.groups[g], state.clock[0].now_h, world.params[0]
    standing = barrier_at(world, state, group.segment)
    terrain = world.segments[group.segment].terrain
    added_h = world.terrain[terrain].added_line_h
    line = time_to_line_h(params.cross.approach_h, added_h, world.barrier[standing].added_line_h)
    breach = luck(state, group, chance.BREACH)
    group.breached = breach < params.cross.breach_probability[standing]
    group.through_fence = group.breached and standing == FENCE
    end = time_to_clear_h(line, params.cross.clear_h) if group.breached else line
    seen = noticed_after_h(world, state, g, line, end, params.detect.alarm_probability[standing])
    group.line_h, group.end_h, group.detected = now + line, now + end, seen <= end
    count_attempts(world, state, g, standing)
    risk_death(world, state, g, params.harm.death_probability_per_attempt[terrain])
    count(state, country_of(world, group), m.ATTEMPT_PERSON_HOURS, group.people * end)
    if terrain in (RIVER, LAKE, SWAMP):
        count(state, country_of(world, group), m.WET_ATTEMPT_PERSON_HOURS, group.people * end)
    if group.people == 0:
        return
    if seen <= end:
        put_to_sleep(state, g, now + seen, ALARM)
    else:
        put_to_sleep(state, g, now + end, CLEAR)


@compiled
def damage_fence(world: Arrays, state: State, g: int) -> None:
    """Draw whether a group that has passed an intact fence leaves a hole, open until it is mended."""
    group, day = state.groups[g], state.clock[0].day
    if not group.through_fence or barrier_at(world, state, group.segment) != FENCE:
        return
    c = country_of(world, group)
    draw = luck(state, group, chance.DAMAGE)
    if draw < world.params[0].barrier.damage_probability:
        mended, last = day + world.params[0].barrier.repair_days, world.calendar.shape[0]
        state.segments[group.segment].mended_day = mended
        state.barrier_changes[day + 1, group.stretch] = True
        state.barrier_changes[min(mended, last), group.stretch] = True
        count(state, c, m.BARRIER_DAMAGES, 1)


@compiled
def noticed_after_h(
    world: Arrays, state: State, g: int, line_h: float, end_h: float, alarm_probability: float
) -> float:
    """Return when the group is detected [h after setting out], beyond `end_h` if it is not."""
    group, params = state.groups[g], world.params[0]
    stretch = world.stretches[group.stretch]
    needs_km = state.segments[group.segment].surveillance_needs_km
    watched = world.law[state.clock[0].day, stretch.country].surveillance_km >= needs_km
    watched = watched and cameras_work(world, state, group.segment)
    crews = state.stretches[group.stretch].crews
    visibility = world.params[0].detect.visibility_factor[stretch.country]
    rate = patrol_detection_rate_per_h(
        passes_per_h(crews, params.patrols.speed_km_per_h, stretch.length_km),
        params.detect.patrol_pass_probability * visibility,
        params.detect.patrol_rate_max_per_h * visibility,
    )
    if watched:
        rate += params.detect.surveillance_rate_per_h
    seen = waiting_time_h(luck(state, group, chance.DETECTION), rate, np.inf)
    alarm = luck(state, group, chance.ALARM_AT_BARRIER) < alarm_probability
    shown = group.presenting and group.breached
    return min(seen, line_h) if alarm or shown else seen


@compiled
def cameras_work(world: Arrays, state: State, segment: int) -> bool:
    """Return whether the cameras of a segment see anything today: no outage, no fog, no blind ground."""
    day = world.derived[0].first_day + state.clock[0].day
    draw = luck_at(state, world.segments[segment], chance.CAMERAS_WORK, day)
    return draw < world.params[0].detect.surveillance_working_share


@compiled
def count_attempts(world: Arrays, state: State, g: int, standing: int) -> None:
    """Count the attempts of the living, by the barrier that stands there too."""
    group = state.groups[g]
    country, people = country_of(world, group), group.people
    count(state, country, m.ATTEMPTS, people)
    count(state, country, m.DRIVEN_ATTEMPTS, people * group.captive)
    if standing == WIRE:
        count(state, country, m.ATTEMPTS_AT_WIRE, people)
    elif standing == FENCE:
        count(state, country, m.ATTEMPTS_AT_FENCE, people)
    state.segment_counts[group.segment, m.SEGMENT_ATTEMPTS] += people
    state.stretch_counts[group.stretch, m.STRETCH_ATTEMPTS] += people


@compiled
def risk_death(world: Arrays, state: State, g: int, probability: float) -> None:
    """Let those die who do not survive the attempt."""
    group = state.groups[g]
    country = country_of(world, group)
    count(state, country, m.DEATHS_EXPECTED, group.people * probability)
    for f in range(g, g + group.families):
        family = state.families[f]
        if family.state == BORDER_ZONE:
            for p in range(family.first_person, family.first_person + family.people):
                if state.persons[p].state == BORDER_ZONE:
                    state.persons[p].attempts += 1
                    number = member_number(world, state, g, f, p)
                    if luck_at(state, family, chance.DEATH, number) < probability:
                        die(state, g, p, country)
                        state.ended[DIED] += 1


@compiled
def raise_alarm(world: Arrays, state: State, g: int) -> None:
    """Send the patrol that can be there first; it meets the group, or is too late."""
    group = state.groups[g]
    country = country_of(world, group)
    count(state, country, m.DETECTED, group.people)
    state.stretch_news[state.clock[0].day, group.stretch].noticed += group.people
    state.segment_counts[group.segment, m.SEGMENT_DETECTED] += group.people
    waits = group.presenting == 1 and group.breached == 1
    arrival = send_patrol(world, state, g, waits)
    if group.turned_round:
        put_to_sleep(state, g, arrival, CLEAR)
    elif arrival < group.end_h or (waits and arrival < np.inf):
        put_to_sleep(state, g, arrival, MEET)
    else:
        put_to_sleep(state, g, group.end_h, CLEAR)


@compiled
def meet(world: Arrays, state: State, g: int) -> None:
    """Apply the law of the day, family by family; those sent back may try again."""
    group, day = state.groups[g], state.clock[0].day
    country = country_of(world, group)
    law = world.law[day, country]
    before_line = state.clock[0].now_h < group.line_h
    draw = luck(state, group, chance.PRACTICE)
    regime = regime_in_practice(law.regime, draw, law.informal_turn_back_probability)
    state.segment_counts[group.segment, m.SEGMENT_INTERCEPTED] += group.people
    if not before_line:
        damage_fence(world, state, g)
    last = WITHDRAWN
    for f in range(g, g + group.families):
        if state.families[f].state == BORDER_ZONE:
            recognised = is_recognised(state, g, f, regime, law.recognition_probability)
            outcome = interception_outcome(regime, before_line, group.presenting == 1, recognised)
            end_attempt(world, state, g, outcome, alive(state, f))
            if outcome == APPREHENDED:
                count(state, country, m.HUMANITARIAN_ADMISSIONS, alive(state, f) * recognised)
                take_in(world, state, g, f, country, m.CLAIMS_LODGED_BORDER)
            elif is_pushback(outcome, False):
                push_back(world, state, g, f, country, outcome)
                last = outcome
    if group.people > 0:
        send_back(world, state, g, country, last == TURNED_BACK)


@compiled
def is_recognised(state: State, g: int, f: int, regime: int, probability: float) -> bool:
    """Return whether a vulnerable family is recognised as such, which moves the whole family."""
    if regime == ADMIT_AND_SCREEN or not state.families[f].vulnerable:
        return False
    family, attempt = state.families[f], state.groups[g].attempt
    return luck_at(state, family, chance.RECOGNISED, attempt) < probability


@compiled
def withdraw(world: Arrays, state: State, g: int) -> None:
    """Turn round without meeting guards; a group that only saw a patrol waits, others choose again."""
    group = state.groups[g]
    country = country_of(world, group)
    end_attempt(world, state, g, WITHDRAWN, group.people)
    count(state, country, m.TURNED_ROUND, group.people * group.turned_round)
    try_again(world, state, g, chance.FIRST_WAIT if group.turned_round else chance.RETRY_WAIT)
    group.turned_round = 0


@compiled
def get_clear(world: Arrays, state: State, g: int) -> None:
    """End an attempt that guards did not stop: entered, or turned round at a barrier or seeing a patrol."""
    group = state.groups[g]
    if group.turned_round or not group.breached:
        withdraw(world, state, g)
        return
    damage_fence(world, state, g)
    outcome = GOT_AWAY if group.detected else UNDETECTED_ENTRY
    end_attempt(world, state, g, outcome, group.people)
    state.stretch_counts[group.stretch, m.STRETCH_UNSTOPPED_ENTRIES] += group.people
    group.captive = 0
    get_in(world, state, g, country_of(world, group))
