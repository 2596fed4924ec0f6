"""What happens once a day: shifts, building, news and belief, ends of procedures, counts at midnight."""

from __future__ import annotations

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.engine.attempt import barrier_at
from bordersim.model.engine.choice import pick
from bordersim.model.engine.counting import count
from bordersim.model.engine.day_end import report_late, work_overtime
from bordersim.model.engine.drift import drift
from bordersim.model.engine.patrols import work_off
from bordersim.model.engine.reception import end_procedures, end_restrictions
from bordersim.model.randomness import uniform
from bordersim.model.records import State
from bordersim.model.rules.drifting import weight_with_mind
from bordersim.model.rules.exposure import is_freezing
from bordersim.model.rules.guards import crews_here, whole_crews
from bordersim.model.rules.learning import (
    admits_after_news,
    admits_next_day,
    belief,
    believed_admission,
    onward_price_eur,
    remembered,
    steering_weight,
)
from bordersim.model.rules.migrants import believed_chance, pull, utility
from bordersim.model.world import Arrays
from bordersim.words import metrics as m


@compiled
def start_day(world: Arrays, state: State) -> None:
    """Open the day: everything that follows from the date, and from yesterday's news."""
    drift(world, state)
    notice(world, state)
    change_shift(world, state)
    for s in range(state.stretches.shape[0]):
        if state.barrier_changes[state.clock[0].day, s]:
            weigh_segments(world, state, s)
    hear_news(world, state)
    steer(world, state)
    form_beliefs(world, state)
    weigh_stretches(world, state)
    end_procedures(world, state)
    end_restrictions(world, state)


@compiled
def change_shift(world: Arrays, state: State) -> None:
    """Assign the day's crews and open the crossing points."""
    day = state.clock[0].day
    hours = world.calendar[day].end_h - world.calendar[day].start_h
    for country in range(3):
        assign_crews(world, state, country, hours)
        state.borders[country].places = int(world.law[day, country].claim_places_per_day)


@compiled
def assign_crews(world: Arrays, state: State, c: int, hours: float) -> None:
    """Spread a country's crews over its stretches: by length, and by recent detections."""
    day, country = state.clock[0].day, world.country[c]
    first, last = country.first_stretch, country.first_stretch + country.stretches
    crews, noticed = 0.0, 0.0
    for s in range(first, last):
        crews += world.on_shift[day, s]
        noticed += state.stretches[s].noticed
    moved = world.params[0].patrols.reallocation_share if noticed > 0.0 else 0.0
    for s in range(first, last):
        stretch = state.stretches[s]
        here = world.on_shift[day, s]
        if moved > 0.0:
            share = stretch.noticed / noticed
            here = crews_here(crews, world.stretches[s].share, share, moved)
        stretch.crews = whole_crews(here, stretch.rounding)
        count(state, c, m.PATROL_HOURS, stretch.crews * hours)
        stretch.shift_h += stretch.crews * hours
        work_off(state, s, c)


@compiled
def weigh_segments(world: Arrays, state: State, s: int) -> None:
    """Sum up the pull of each segment of a stretch after a barrier there has changed."""
    first, total = world.stretches[s].first_segment, 0.0
    for i in range(first, first + world.stretches[s].segments):
        effort = world.params[0].choice.barrier_effort_factor[barrier_at(world, state, i)]
        total += world.segments[i].weight * effort
        state.segments[i].weight_sum = total
    state.stretches[s].weight = total


@compiled
def hear_news(world: Arrays, state: State) -> None:
    """Let what happened some days ago become known, and older things fade."""
    heard = state.clock[0].day - int(world.params[0].learn.lag_days)
    known = heard >= 0
    keep_passage = world.derived[0].passage_forgetting
    for s in range(state.stretches.shape[0]):
        stretch, told = state.stretches[s], state.stretch_news[max(heard, 0), s]
        stretch.slipped = remembered(stretch.slipped, keep_passage, told.slipped if known else 0.0)
        stretch.tried = remembered(stretch.tried, keep_passage, told.tried if known else 0.0)
    for c in range(3):
        hear_of_border(world, state, c, heard)


@compiled
def hear_of_border(world: Arrays, state: State, c: int, heard: int) -> None:
    """Let the news of a border move what people believe it does, and how well the way on is trodden."""
    border, learn, choice = state.borders[c], world.params[0].learn, world.params[0].choice
    if state.clock[0].day == 0:
        border.admits, border.passed = learn.admits_at_first[c], choice.passed_at_first_people[c]
        return
    border.admits = admits_next_day(border.admits, learn.regime_change_per_day)
    news = state.border_news[max(heard, 0), c]
    border.passed = remembered(border.passed, world.derived[0].route_forgetting, news.passed * (heard >= 0))
    if heard >= 0 and news.met > 0.0:
        border.admits = admits_after_news(
            *(border.admits, news.admitted, news.met - news.admitted),
            *(learn.admitted_where_admitting, learn.admitted_where_turning_back, learn.news_weight),
        )


@compiled
def notice(world: Arrays, state: State) -> None:
    """Update what the guards remember of detections up to yesterday."""
    day, keep = state.clock[0].day, world.derived[0].noticed_forgetting
    for s in range(state.stretches.shape[0]):
        seen = state.stretch_news[day - 1, s].noticed if day > 0 else 0.0
        state.stretches[s].noticed = remembered(state.stretches[s].noticed, keep, seen)


@compiled
def steer(world: Arrays, state: State) -> None:
    """Let Belarus steer: by its initial weights, and from a given date on to where people recently got in.

    To this response its own inclination, which varies at random, is added.
    """
    day = state.clock[0].day
    seen, total = day - int(world.params[0].learn.lag_days), 0.0
    for c in range(3):
        border = state.borders[c]
        news = state.border_news[seen, c].got_in if seen >= 0 else 0.0
        border.got_in = remembered(border.got_in, world.derived[0].steering_forgetting, news)
        weight = steering_today(world, state, c)
        state.border_news[day, c].steering = weight
        total += weight
        border.steering_sum = total
    focus(world, state)


@compiled
def steering_today(world: Arrays, state: State, c: int) -> float:
    """Return how much Belarus steers to a border: what is given, as it set out to, or what it answers."""
    host, border, day = world.params[0].host, state.borders[c], state.clock[0].day
    if world.steered[day, c] >= 0.0:
        given: float = world.steered[day, c]
        return given
    if not world.calendar[day].steering_responds:
        return host.steering_initial[c]
    return weight_with_mind(steering_weight(border.got_in, host.steering_floor_people), border.mind)


@compiled
def focus(world: Arrays, state: State) -> None:
    """Let Belarus choose the one border, and the draw of the one stretch there, for a period of days."""
    clock, params = state.clock[0], world.params[0]
    spell = np.uint64((world.derived[0].first_day + clock.day) // params.host.focus_days)
    draw = uniform(clock.key, spell, chance.FOCUS, 0)
    clock.focus = pick(state.borders["steering_sum"], 0, 3, draw)
    clock.focus_draw = uniform(clock.key, spell, chance.FOCUS_STRETCH, 0)


@compiled
def form_beliefs(world: Arrays, state: State) -> None:
    """Form the public belief of the day: a stretch's shrinks to its country's, and that to the prior."""
    params, day, best = world.params[0], state.clock[0].day, 0.0
    for c in range(3):
        country, border = world.country[c], state.borders[c]
        first, last = country.first_stretch, country.first_stretch + country.stretches
        border.admission = believed_admission(
            border.admits, params.learn.admitted_where_admitting, params.learn.admitted_where_turning_back
        )
        slipped, tried = 0.0, 0.0
        for s in range(first, last):
            slipped += state.stretches[s].slipped
            tried += state.stretches[s].tried
        common = belief(params.learn.prior_passage, params.learn.passage_prior_people, slipped, tried)
        for s in range(first, last):
            stretch = state.stretches[s]
            prior, slipped, tried = params.learn.stretch_prior_people, stretch.slipped, stretch.tried
            stretch.passage = belief(common, prior, slipped, tried)
        best = max(best, border.admission, common)
    state.days[day].best_chance = best


@compiled
def utility_of(world: Arrays, state: State, s: int, presents: int, passage: float) -> float:
    """Return the utility of a stretch for people who evade (0) or present themselves (1)."""
    params, country = world.params[0], world.stretches[s].country
    return utility(
        believed_chance(presents, state.borders[country].admission, passage),
        params.choice.chance_weight,
        onward_price_eur(
            *(params.choice.onward_eur[country], params.choice.new_route_eur),
            *(state.borders[country].passed, params.choice.new_route_half_people),
        ),
        world.derived[0].price_weight_per_eur,
    )


@compiled
def weigh_stretches(world: Arrays, state: State) -> None:
    """Sum up the pull of each stretch from each place, for people who evade and who present themselves."""
    stretches = state.stretches
    for presents in range(2):
        for s in range(stretches.shape[0]):
            weight = stretches[s].weight * world.stretches[s].attraction_factor
            attraction = weight * pull(utility_of(world, state, s, presents, stretches[s].passage))
            for place in range(stretches.shape[0] + 1):
                before = state.choice_sums[presents, s - 1, place] if s > 0 else 0.0
                state.choice_sums[presents, s, place] = before + attraction * world.nearness[s, place]


@compiled
def end_day(world: Arrays, state: State) -> None:
    """Close the day: count who is where at midnight, and what is known only then."""
    day = state.clock[0].day
    for place in range(state.in_state.shape[0]):
        state.stock[day, place] = state.in_state[place]
    state.stock[day, 0] -= state.persons.shape[0] - state.days[day].landed + state.clock[0].stayed_away
    for country in range(3):
        border = state.borders[country]
        count(state, country, m.CAPTIVE_PERSON_DAYS, border.captive)
        if is_freezing(world.calendar[day].temperature_degc):
            count(state, country, m.CAPTIVE_FREEZING_PERSON_DAYS, border.captive)
        beyond = max(border.in_procedure - world.law[day, country].places, 0.0)
        count(state, country, m.RECEPTION_OVERFLOW, beyond)
        count(state, country, m.PROCEDURE_PERSON_DAYS, border.in_procedure)
    work_overtime(world, state)
    report_late(world, state)
