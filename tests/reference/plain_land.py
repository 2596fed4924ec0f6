"""The border: segments, patrols, stretches with their stations, countries, and the host state."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import accumulate
from math import floor, inf
from typing import TYPE_CHECKING

import mesa
import numpy as np
from plain_drift import minds
from plain_world import pick

from bordersim.model import randomness as chance
from bordersim.model.rules.drifting import weight_with_mind
from bordersim.model.rules.guards import (
    crews_here,
    handling_time_h,
    overtime_h,
    patrol_position_km,
    response_time_h,
    turns_round,
    whole_crews,
)
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
from bordersim.words.codes import FENCE, NO_BARRIER, WIRE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import SimpleNamespace

    from plain_groups import MigrantGroup
    from plain_model import PlainModel


def sum_in_order(numbers: Iterable[float]) -> float:
    """Return a sum made from left to right; newer Pythons' own sum of numbers rounds otherwise."""
    total = 0.0
    for number in numbers:
        total += number
    return total


class Segment(mesa.Agent):
    """One barrier segment."""

    model: PlainModel

    def __init__(self, model: PlainModel, row: SimpleNamespace) -> None:
        super().__init__(model)
        self.row, self.key = row, np.uint64(row.key)
        self.terrain: int = row.terrain
        self.needs_km = {"wire": inf, "fence": inf, "surveillance": inf}  # in the country, to have it here
        self.mended_day = 0  # the fence has a hole until then
        self.attempts = self.detected = self.intercepted = 0

    @property
    def barrier(self) -> int:
        """What stands here today."""
        day = self.model.day
        if self.has("fence", day):
            return NO_BARRIER if day < self.mended_day else FENCE
        return WIRE if self.has("wire", day) else NO_BARRIER

    def has(self, kind: str, day: int) -> bool:
        """Return whether the kilometres that stand in the country on a day reach here."""
        standing_km = getattr(self.model.world.law[day][self.row.country], f"{kind}_km")
        return bool(standing_km >= self.needs_km[kind])

    @property
    def has_whole_fence(self) -> bool:
        """Whether a fence without a hole stands here today."""
        return self.barrier == FENCE

    @property
    def wired(self) -> bool:
        """Whether wire stood here yesterday."""
        return self.has("wire", self.model.day - 1)

    @property
    def fenced(self) -> bool:
        """Whether a fence stood here yesterday."""
        return self.has("fence", self.model.day - 1)

    @property
    def is_watched(self) -> bool:
        """Whether surveillance stands here today."""
        return self.has("surveillance", self.model.day)

    @property
    def has_working_cameras(self) -> bool:
        """Whether cameras, if there are any, see anything here today."""
        today = self.model.world.derived.first_day + self.model.day
        draw = self.model.draw(self.key, chance.CAMERAS_WORK, today)
        return draw < self.model.world.params.detect.surveillance_working_share

    @property
    def weight(self) -> float:
        """How much it draws attempts today."""
        effort = self.model.world.params.choice.barrier_effort_factor[self.barrier]
        return float(self.row.weight * effort)


class Patrol(mesa.Agent):
    """One crew, driving its stretch to and fro."""

    model: PlainModel

    def __init__(self, model: PlainModel, key: np.uint64, beat: SimpleNamespace) -> None:
        super().__init__(model)
        self.key, self.beat = key, beat
        self.phase = model.draw(key, chance.PATROL_PHASE)
        self.busy_until_h = 0.0

    def arrival_h(self, place_km: float) -> float:
        """When it could be at a place: after what it is busy with, from where it then is."""
        now, params = self.model.now_h, self.model.world.params
        wait = max(self.busy_until_h - now, 0.0)
        position = patrol_position_km(
            now + wait, self.phase, self.beat.from_km, self.beat.length_km, params.patrols.speed_km_per_h
        )
        away_km = abs(position - place_km)
        delay_h, speed = params.respond.dispatch_delay_h, params.respond.speed_km_per_h
        return now + response_time_h(wait, delay_h, away_km, speed)

    def lot(self, group: MigrantGroup) -> float:
        """Its lot in a tie about who goes to a group; the lowest goes."""
        return self.model.draw(self.key, chance.PATROL_TIE, group.attempt, other=group.key)


class Stretch(mesa.Agent):
    """The segments of one station, its patrols, and what is believed about slipping through."""

    model: PlainModel
    patrol_type = Patrol

    def __init__(self, model: PlainModel, index: int, row: SimpleNamespace, segments: list[Segment]) -> None:
        super().__init__(model)
        self.index, self.row, self.segments = index, row, segments
        self.country: Country
        key = np.uint64(row.key)
        self.rounding = model.draw(key, chance.PATROL_ROUNDING)
        self.patrols = [self.patrol_type(model, key + np.uint64(i), row) for i in range(row.patrols)]
        self.crews = 0
        self.weight = self.passage = 0.0
        self.segment_sums: list[float] = []
        self.slipped = self.tried = self.noticed = 0.0  # remembered people
        self.news: defaultdict[int, Counter[str]] = defaultdict(Counter)  # people, by day
        self.attempts = self.unstopped_entries = self.responses = 0
        self.busy_hours = self.busy_before_h = self.shift_hours = self.owed_hours = 0.0

    @property
    def crews_by_length(self) -> float:
        """Crews of today when they are spread by length alone."""
        return self.model.world.on_shift[self.model.day][self.index]

    def change_shift(self, crews: float, hours: float) -> None:
        """Put the day's crews on duty."""
        self.crews = whole_crews(crews, self.rounding)
        self.country.count("patrol_hours", self.crews * hours)
        self.shift_hours += self.crews * hours
        if self.owed_hours > 0.0:
            owed, self.owed_hours = self.owed_hours, 0.0
            self.take_hours(owed)

    def take_hours(self, hours: float) -> None:
        """Count crew hours that groups take, of those there have been, in whole ones; the rest is owed."""
        taken = min(hours, max(floor(self.shift_hours - self.busy_hours), 0))
        self.owed_hours += hours - taken
        self.busy_hours += taken
        self.country.count("patrol_busy_hours", taken)

    def remember_noticed(self) -> None:
        """Let the guards remember whom they noticed here up to yesterday."""
        yesterday = self.news[self.model.day - 1]["noticed"]
        self.noticed = remembered(self.noticed, self.model.world.derived.noticed_forgetting, yesterday)

    def work_overtime(self, hours: float) -> None:
        """Work on top what groups took today beyond the share of the shift meant for them."""
        params, today_h = self.model.world.params, self.busy_hours - self.busy_before_h
        self.busy_before_h = self.busy_hours
        share, size = params.patrols.overtime_above_share, params.patrols.crew_size
        extra = overtime_h(today_h, self.crews * hours, share, size)
        self.country.count("overtime_hours", extra)

    def hear(self, day: int, keep: float) -> None:
        """Hear what happened here on a day, and forget a part of what was known."""
        self.slipped = remembered(self.slipped, keep, self.news[day]["slipped"])
        self.tried = remembered(self.tried, keep, self.news[day]["tried"])

    def attraction(self, presents: bool) -> float:
        """How much the stretch draws those who would present themselves, or those who evade."""
        params = self.model.world.params
        seen = believed_chance(presents, self.country.admission, self.passage)
        price, weight = self.country.onward_eur, params.choice.chance_weight
        worth = utility(seen, weight, price, self.model.world.derived.price_weight_per_eur)
        return float(self.weight * self.row.attraction_factor * pull(worth))

    def first_to_come(self, place_km: float, group: MigrantGroup) -> Patrol:
        """Return the patrol on shift that can be at a place first; equal ones draw lots."""
        arrivals = [(patrol.arrival_h(place_km), patrol) for patrol in self.patrols[: self.crews]]
        soonest = min(arrival for arrival, _ in arrivals)
        first = [patrol for arrival, patrol in arrivals if arrival == soonest]
        return first[0] if len(first) == 1 else min(first, key=lambda patrol: patrol.lot(group))

    def has_idle_crew(self) -> bool:
        """Return whether a crew on shift has nothing to do right now."""
        return any(crew.busy_until_h <= self.model.now_h for crew in self.patrols[: self.crews])

    def send_patrol(self, group: MigrantGroup, place_km: float, waits: bool) -> float:
        """Send the first patrol that can come; return when it arrives [h], infinity if there is none.

        It is bound for the handling only if it meets the group, which may turn round when it sees it.
        """
        fails = group.draw(chance.RESPONSE_FAILS) < self.model.world.params.respond.fails_probability
        if self.crews == 0 or (fails and not waits):
            return inf
        params, now = self.model.world.params, self.model.now_h
        per_person_h = self.country.law.handling_per_person_h
        patrol = self.first_to_come(place_km, group)
        arrival = patrol.arrival_h(place_km)
        free_h = max(patrol.busy_until_h, now)
        busy_until = arrival
        if not waits:
            draw = group.draw(chance.TURNED_ROUND)
            probability = params.respond.turn_round_probability
            group.turned_round = turns_round(draw, probability, arrival, group.line_h)
        if waits or (arrival < group.end_h and not group.turned_round):
            busy_until += handling_time_h(params.respond.handling_h, per_person_h, group.people)
        self.responses += 1
        self.country.count("responses", 1)
        self.country.count("response_hours", arrival - now)
        self.country.count("saturated_responses", not self.has_idle_crew())
        self.take_hours(busy_until - free_h)
        patrol.busy_until_h = busy_until
        return arrival


class Country(mesa.Agent):
    """One country's law, crossing points and counts, and what is believed about being admitted there."""

    model: PlainModel

    def __init__(self, model: PlainModel, code: int, row: SimpleNamespace, stretches: list[Stretch]) -> None:
        super().__init__(model)
        self.code, self.row, self.stretches = code, row, stretches
        self.places = 0
        self.admission = self.common_passage = 0.0
        self.admits = model.world.params.learn.admits_at_first[code]
        self.passed = model.world.params.choice.passed_at_first_people[code]
        self.news: defaultdict[int, Counter[str]] = defaultdict(Counter)  # people, by day

    @property
    def law(self) -> SimpleNamespace:
        """What holds here today."""
        return self.model.world.law[self.model.day][self.code]

    def count(self, metric: str, amount: float) -> None:
        """Add to a metric of today."""
        self.model.counts[self.model.day, self.code, metric] += amount

    def open_day(self) -> None:
        """Open the crossing points."""
        self.places = int(self.law.claim_places_per_day)

    def report_late(self) -> None:
        """Where yesterday's figures were missed, count them to today's."""
        model, yesterday = self.model, self.model.day - 1
        draw = model.draw(np.uint64(self.code), chance.MISSED_DAY, model.world.derived.first_day + yesterday)
        if yesterday >= 0 and draw < model.world.params.record.missed_day_probability:
            for metric in ("record_attempts", "record_turned_back", "record_apprehended"):
                self.count(metric, model.counts.pop((yesterday, self.code, metric), 0.0))

    def change_shift(self, hours: float) -> None:
        """Spread the crews: by length, and partly by where people were lately noticed, if any were."""
        crews = sum_in_order(stretch.crews_by_length for stretch in self.stretches)
        noticed = sum_in_order(stretch.noticed for stretch in self.stretches)
        moved = self.model.world.params.patrols.reallocation_share
        for stretch in self.stretches:
            here = stretch.crews_by_length
            if moved > 0.0 and noticed > 0.0:
                here = crews_here(crews, stretch.row.share, stretch.noticed / noticed, moved)
            stretch.change_shift(here, hours)

    @property
    def onward_eur(self) -> float:
        """What the way on costs today."""
        choice = self.model.world.params.choice
        trodden, half = choice.onward_eur[self.code], choice.new_route_half_people
        return float(onward_price_eur(trodden, choice.new_route_eur, self.passed, half))

    def hear(self, day: int) -> None:
        """Hear how guards treated those they met on a day and who went on; what is old becomes uncertain."""
        if self.model.day == 0:
            return
        learn, keep = self.model.world.params.learn, self.model.world.derived.route_forgetting
        self.admits = admits_next_day(self.admits, learn.regime_change_per_day)
        admitted, met = self.news[day]["admitted"], self.news[day]["met"]
        self.passed = remembered(self.passed, keep, self.news[day]["passed"])
        if met > 0:
            chances = learn.admitted_where_admitting, learn.admitted_where_turning_back
            self.admits = admits_after_news(
                self.admits, admitted, met - admitted, *chances, learn.news_weight
            )

    def form_beliefs(self) -> None:
        """Form the beliefs of the day: a stretch's is drawn to its country's, that to the prior."""
        params = self.model.world.params
        chances = params.learn.admitted_where_admitting, params.learn.admitted_where_turning_back
        self.admission = believed_admission(self.admits, *chances)
        slipped = sum(stretch.slipped for stretch in self.stretches)
        tried = sum(stretch.tried for stretch in self.stretches)
        prior_chance, prior = params.learn.prior_passage, params.learn.passage_prior_people
        self.common_passage = belief(prior_chance, prior, slipped, tried)
        for stretch in self.stretches:
            prior = params.learn.stretch_prior_people
            stretch.passage = belief(self.common_passage, prior, stretch.slipped, stretch.tried)


class HostState(mesa.Agent):
    """Belarus: it steers those it escorts, at first as it set out to, then to where people get in."""

    model: PlainModel

    def __init__(self, model: PlainModel) -> None:
        super().__init__(model)
        self.got_in = [0.0] * len(model.countries)  # remembered people
        self.steering: list[float] = []
        self.minds = minds(model)
        self.focus, self.focus_draw = 0, 0.0

    def steer(self) -> None:
        """Weigh the three borders anew."""
        params, day = self.model.world.params, self.model.day
        seen = day - int(params.learn.lag_days)
        for country in self.model.countries:
            news = country.news[seen]["got_in"]
            keep = self.model.world.derived.steering_forgetting
            self.got_in[country.code] = remembered(self.got_in[country.code], keep, news)
        self.steering = list(params.host.steering_initial)
        if (given := self.model.world.steered[day])[0] >= 0.0:
            self.steering = list(given)
        elif self.model.today.steering_responds:
            floor = params.host.steering_floor_people
            self.steering = [
                weight_with_mind(steering_weight(people, floor), mind[day])
                for people, mind in zip(self.got_in, self.minds, strict=True)
            ]
        spell = np.uint64((self.model.world.derived.first_day + day) // params.host.focus_days)
        self.focus = self.steer_to(self.model.draw(spell, chance.FOCUS))
        self.focus_draw = self.model.draw(spell, chance.FOCUS_STRETCH)

    def steer_to(self, draw: float) -> int:
        """Choose a border by today's weights."""
        return pick(list(accumulate(self.steering)), 0, len(self.steering), draw)
