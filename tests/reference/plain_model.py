"""The model a second time: slow, obvious, in plain Mesa agents, with no line of the engine.

Both share the world, the rules of `bordersim.model.rules` and the keyed draws. Agents, scheduling,
population, belief, choice and counting are its own. Both must count the same, bit for bit; so where numbers
that are not whole are summed, both sum in order of time, then of country, stretch, family, person.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from heapq import heappop, heappush
from itertools import accumulate, count
from math import inf
from typing import TYPE_CHECKING

import mesa
import numpy as np
from plain_building import build_barriers
from plain_drift import inflow_drift
from plain_groups import MigrantGroup
from plain_land import Country, HostState, Segment, Stretch
from plain_output import arrays_of
from plain_people import Family, groups_landing
from plain_world import PlainWorld, pick

from bordersim.model import randomness as chance
from bordersim.model.randomness import replicate_key, uniform
from bordersim.model.rules.exposure import is_freezing
from bordersim.model.rules.reception import end_of_procedure
from bordersim.words.codes import STATES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import SimpleNamespace

    from plain_output import PlainOutput
    from plain_travel import TravellingGroup

    from bordersim.model.world import World

NOBODY = np.uint64(0)


class PlainModel(mesa.Model):
    """One replicate of a world, or one history: its key changes on some days [day, key from then on]."""

    stretch_type, group_type, family_type = Stretch, MigrantGroup, Family

    def __init__(
        self, world: World, seed: int, replicate: int, changes: Sequence[tuple[int, int]] = ()
    ) -> None:
        super().__init__(seed=seed)  # Mesa's own generators; nothing here draws from them
        self.key = self.first_key = np.uint64(replicate_key(seed, replicate))
        self.changes = changes
        self.world = PlainWorld(world.arrays)
        self.day, self.now_h = 0, 0.0
        self.counts: defaultdict[tuple[int, int, str], float] = defaultdict(float)
        self.stock: list[Counter[str]] = []
        self.asleep: list[tuple[float, float, int, TravellingGroup]] = []
        self.put_to_sleep = count()
        self.endings: defaultdict[int, list[Family]] = defaultdict(list)
        self.families: list[Family] = []
        self.inflow_drift, self.best_chances = inflow_drift(self), list[float]()
        self._lay_out_land()

    def _lay_out_land(self) -> None:
        """Make segments, stretches with their patrols, countries, barriers, and the host state."""
        self.segments = [Segment(self, row) for row in self.world.segments]
        self.stretches = [
            self.stretch_type(self, index, row, [each for each in self.segments if each.row.stretch == index])
            for index, row in enumerate(self.world.stretches)
        ]
        self.countries = [
            Country(self, code, row, [each for each in self.stretches if each.row.country == code])
            for code, row in enumerate(self.world.countries)
        ]
        for stretch in self.stretches:
            stretch.country = self.countries[stretch.row.country]
        self.host = HostState(self)
        build_barriers(self)

    def land(self, day: int) -> None:
        """Draw who lands on a day, all from the first key; they sleep until they reach the border."""
        self.key = self.first_key
        for origin in range(len(self.world.origins)):
            for together, presents in groups_landing(self, origin, day):
                self.families += together
                self.group_type(self, together, presents).travel_from_minsk(day)

    def key_on(self, day: int) -> np.uint64:
        """Return what is drawn from on a day."""
        changed = [key for since, key in self.changes if since <= day]
        return np.uint64(changed[-1]) if changed else self.first_key

    def draw(self, entity: np.uint64, decision: int, number: int = 0, other: np.uint64 = NOBODY) -> float:
        """Return the luck of an entity in one decision, which may be between it and an other."""
        return float(uniform(self.key ^ other, entity, decision, number))

    @property
    def today(self) -> SimpleNamespace:
        """What the calendar says of today."""
        return self.world.calendar[self.day]

    @property
    def groups(self) -> list[MigrantGroup]:
        """All groups, wherever they are."""
        return list(self.agents_by_type[self.group_type])

    def wake_at(self, group: TravellingGroup, time_h: float) -> None:
        """Have a group waked; at the same instant the lower of two keyed draws goes first."""
        if time_h < self.world.horizon_h:
            tie = group.draw(chance.TIE)
            heappush(self.asleep, (time_h, tie, next(self.put_to_sleep), group))

    def ready_at_h(self, from_h: float, readiness_days: float) -> float:
        """Return the time [h] by which so many days of ordinary hazard have passed since `from_h` [h]."""
        hazard, hour = self.world.hazard, int(from_h)
        if hour >= len(hazard) - 1:
            return inf
        level = hazard[hour] + (from_h - hour) * (hazard[hour + 1] - hazard[hour]) + readiness_days
        if level >= hazard[-1]:
            return inf
        reached = bisect_right(hazard, level) - 1
        into_it = (level - hazard[reached]) / (hazard[reached + 1] - hazard[reached])
        return max(reached + into_it, from_h)

    def run(self) -> PlainOutput:
        """Simulate all days and return what was counted."""
        while self.day < self.world.days:
            self.step()
        return arrays_of(self)

    def step(self) -> None:
        """Simulate one day."""
        self.start_day()
        while self.asleep and self.asleep[0][0] < self.today.end_h:
            self.now_h, _, _, group = heappop(self.asleep)
            if group.people > 0:
                getattr(group, group.plan)()
        self.end_day()
        self.day += 1

    def start_day(self) -> None:
        """Open the day: flights home leave, then all that follows from the date and from earlier news."""
        self.land(self.day)
        self.key = self.key_on(self.day)
        self.fly_home()
        for stretch in self.stretches:
            stretch.remember_noticed()
        for country in self.countries:
            country.change_shift(self.today.end_h - self.today.start_h)
            country.open_day()
        self.weigh_segments()
        heard = self.day - int(self.world.params.learn.lag_days)
        for stretch in self.stretches:
            stretch.hear(heard, self.world.derived.passage_forgetting)
        for country in self.countries:
            country.hear(heard)
            country.form_beliefs()
        common = [country.common_passage for country in self.countries]
        self.best_chances.append(max(0.0, *common, *(country.admission for country in self.countries)))
        self.host.steer()
        self.weigh_stretches()
        self.end_procedures()
        self.end_restrictions()

    def weigh_segments(self) -> None:
        """Weigh every segment anew, stretch by stretch."""
        for stretch in self.stretches:
            stretch.segment_sums = list(accumulate(segment.weight for segment in stretch.segments))
            stretch.weight = stretch.segment_sums[-1]

    def weigh_stretches(self) -> None:
        """Weigh every stretch anew, from every place, for those who present themselves and who evade."""
        self.stretch_sums: dict[tuple[bool, int], list[float]] = {}
        for presents in (False, True):
            attractions = [stretch.attraction(presents) for stretch in self.stretches]
            for place, nearness in enumerate(self.world.nearness):
                pulls = [attraction * nearness[index] for index, attraction in enumerate(attractions)]
                self.stretch_sums[presents, place] = list(accumulate(pulls))

    def choose_stretch(self, group: TravellingGroup) -> Stretch:
        """Choose a country, alone or led by the host state, and a stretch there, alone or led with others."""
        escorted = group.draw(chance.ESCORTED) < self.today.escorted_share or group.is_captive
        follows = escorted and group.draw(chance.FOLLOWS_FOCUS) < self.world.params.host.focus_share
        if follows:
            code, draw = self.host.focus, self.host.focus_draw
        elif escorted:
            code, draw = self.host.steer_to(group.draw(chance.STEERED_COUNTRY)), group.draw(chance.STRETCH)
        else:
            code, draw = self.own_country(group), group.draw(chance.STRETCH)
        own = self.countries[code].stretches
        return self.stretches[pick(self.sums_for(group), own[0].index, own[-1].index + 1, draw)]

    def sums_for(self, group: TravellingGroup) -> list[float]:
        """Return the cumulative pulls of all stretches as a group sees them from where it is."""
        place = len(self.stretches) if group.stretch is None else group.stretch.index
        return self.stretch_sums[group.presents, place]

    def own_country(self, group: TravellingGroup) -> int:
        """Choose a country by the pull of its stretches, alone."""
        sums, pulls = self.sums_for(group), []
        for country in self.countries:
            first, last = country.stretches[0].index, country.stretches[-1].index
            pulls.append(sums[last] - (sums[first - 1] if first > 0 else 0.0))
        draw = group.draw(chance.OWN_COUNTRY)
        if sum(pulls) == 0.0:
            return int(draw * len(pulls))
        rest = draw * (pulls[0] + pulls[1] + pulls[2])
        for code in (0, 1):
            rest -= pulls[code]
            if rest < 0.0:
                return code
        return 2

    def choose_segment(self, stretch: Stretch, draw: float) -> Segment:
        """Choose by the weights of the segments of a stretch."""
        return stretch.segments[pick(stretch.segment_sums, 0, len(stretch.segments), draw)]

    def end_procedure_at(self, family: Family, time_h: float) -> None:
        """Have a procedure or a stay end on the day it is due, the next day at the earliest."""
        if time_h < self.world.horizon_h:
            self.endings[max(self.world.day_of_hour[int(time_h)], self.day + 1)].append(family)

    def end_procedures(self) -> None:
        """End the procedures and the stays that are due: admitted, returned home, moved on; found, gone."""
        for family in reversed(self.endings[self.day]):
            if family.state == "entered":
                assert family.inside_with is not None
                family.inside_with.end_stay()
                continue
            if family.state != "in_procedure":
                continue  # set free before
            country = family.country
            assert country is not None
            procedure = self.world.params.procedure[country.code]
            shares = procedure.admitted_share, procedure.returned_share
            end = STATES[end_of_procedure(family.draw(chance.DECISION), *shares)]
            if family.unhoused or end == "moved_on":
                family.go_on()
            else:
                family.move(end)
            if family.state == "returned_home":
                country.count("returned_after_procedure", family.people)

    def end_restrictions(self) -> None:
        """Where restrictions end today, let a share of those in the procedure move on."""
        today = self.world.derived.first_day + self.day
        for family in self.families:
            if family.state == "in_procedure":
                assert family.country is not None
                if family.draw(chance.RELEASED_ONWARD, today) < family.country.law.onward_share:
                    family.go_on()

    def fly_home(self) -> None:
        """Fill the day's seats home with willing families who wait in the border zone, in a drawn order."""
        seats, turn = self.today.seats_home, self.world.derived.first_day + self.day
        if seats <= 0:
            return
        idle = [family for group in self.groups if group.plan == "set_out" for family in group.families]
        waiting = [family for family in idle if family.state == "border_zone"]
        share = self.world.params.return_home.willing_share
        willing = [family for family in waiting if family.draw(chance.WILLING_TO_FLY_HOME) < share]
        for family in sorted(willing, key=lambda family: family.draw(chance.FLIGHT_ORDER, turn)):
            if family.people <= seats:
                seats -= family.people
                family.move("returned_home")

    def write_record(self, country: Country, outcome: str, people: int) -> None:
        """Add to the official record, whose day runs from morning to morning.

        Who was seen turning round is written down as prevented.
        """
        time_h = self.now_h - self.world.params.record.day_starts_h
        if time_h < 0.0:
            return
        day, code = self.world.day_of_hour[int(time_h)], country.code
        if outcome == "apprehended":
            self.counts[day, code, "record_apprehended"] += people
            self.counts[day, code, "record_attempts"] += people
        elif outcome in ("entry_prevented", "turned_back"):
            self.counts[day, code, "record_turned_back"] += people
            self.counts[day, code, "record_attempts"] += people
        elif outcome == "withdrawn":
            seen_share = self.world.params.record.withdrawn_seen_share[code]
            self.counts[day, code, "record_attempts"] += people * seen_share

    def end_day(self) -> None:
        """Close the day: who is where at midnight, and what that costs."""
        landed = [family for family in self.families if family.landed <= self.day]
        self.stock.append(Counter(person.state for family in landed for person in family.persons))
        for country in self.countries:
            there = [family for family in landed if family.country is country]
            captive = sum(family.people for family in there if family.state == "captive")
            housed = sum(family.people for family in there if family.state == "in_procedure")
            country.count("captive_person_days", captive)
            if is_freezing(self.today.temperature_degc):
                country.count("captive_freezing_person_days", captive)
            country.count("reception_overflow", max(housed - country.law.places, 0.0))
            country.count("procedure_person_days", housed)
            country.report_late()
        for stretch in self.stretches:
            stretch.work_overtime(self.today.end_h - self.today.start_h)
