"""A group of migrants on its way: who travels together, when they set out, and where to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from bordersim.model import randomness as chance
from bordersim.model.rules.hazards import geometric_count
from bordersim.model.rules.migrants import days_in_minsk, must_split, presents_itself, readiness
from bordersim.model.rules.policy import mission_reached, takes_claim

if TYPE_CHECKING:
    from plain_land import Country, Segment, Stretch
    from plain_model import PlainModel
    from plain_people import Family

HOURS_PER_DAY = 24.0
NOON = 0.5
TOGETHER = ("en_route", "border_zone", "captive")


class TravellingGroup(mesa.Agent):
    """Families travelling together. Who leaves it stays on its list, in another state.

    Its key is that of the first family it started with, also when that family has left.
    """

    model: PlainModel

    def __init__(self, model: PlainModel, families: list[Family], presents: bool) -> None:
        super().__init__(model)
        self.families, self.presents, self.key = families, presents, families[0].key
        self.plan, self.attempt, self.turned_round = "", 0, False
        self.is_pinned = self.is_captive = False
        self.stretch: Stretch | None = None  # in Minsk
        self.segment: Segment
        self.line_h = self.end_h = self.since_h = 0.0
        self.presenting = self.breached = self.met_fence = self.detected = False

    def draw(self, decision: int) -> float:
        """Return this group's luck in one decision of this attempt."""
        return self.model.draw(self.key, decision, self.attempt)

    def sleep(self, until_h: float, plan: str) -> None:
        """Sleep, then do as planned."""
        self.plan = plan
        self.model.wake_at(self, until_h)

    @property
    def present(self) -> list[Family]:
        """Families that are still with the group."""
        return [family for family in self.families if family.state in TOGETHER]

    @property
    def people(self) -> int:
        """How many live and are still with the group."""
        return sum(family.people for family in self.present)

    @property
    def here(self) -> Stretch:
        """The stretch where the group tries, or last tried."""
        assert self.stretch is not None
        return self.stretch

    @property
    def country(self) -> Country:
        """The country where the group tries, or last tried."""
        return self.here.country

    def travel_from_minsk(self, day: int) -> None:
        """Land at noon of a day, stay in Minsk, then come to the border."""
        params, start_h = self.model.world.params, self.model.world.calendar[day].start_h
        least, mean = params.inflow.minsk_days_min, params.inflow.minsk_days_mean
        days = days_in_minsk(self.draw(chance.MINSK_DAYS), least, mean)
        self.sleep(start_h + HOURS_PER_DAY * (NOON + days), "arrive")

    def arrive(self) -> None:
        """Come from Minsk to the border zone."""
        for family in self.families:
            family.move("border_zone")
        self.claim_at_mission()
        if self.people > 0:
            self.wait_for_a_chance()

    def wait_for_a_chance(self) -> None:
        """Wait for night, weather and courage, with no rest before."""
        wait = readiness(self.draw(chance.FIRST_WAIT), self.model.world.params.choice.first_try_days_mean)
        self.sleep(self.model.ready_at_h(self.model.now_h, wait), "set_out")

    def claim_at_mission(self) -> None:
        """Let families that seek protection claim it in Minsk, at the mission they reach, if any."""
        countries = self.model.countries
        reach = [country.law.mission_reach_probability for country in countries]
        for family in self.present:
            number = mission_reached(family.draw(chance.MISSION_REACHED), *reach)
            if not family.seeks_protection or number < 0:
                continue
            country, people = countries[number], family.people
            taken = self.model.counts[self.model.day, number, "claims_lodged_mission"]
            room = taken + people <= country.law.mission_places_per_day
            if room and takes_claim(country.law.regime, family.vulnerable):
                family.enter_procedure(country, "claims_lodged_mission")
            else:
                country.count("claims_not_accepted", people)

    def try_again_later(self) -> None:
        """Rest after a failed try, then wait for night, weather and courage."""
        params = self.model.world.params
        rested_h = self.model.now_h + params.choice.rest_days * HOURS_PER_DAY
        wait = readiness(self.draw(chance.RETRY_WAIT), params.choice.retry_days_mean)
        self.sleep(self.model.ready_at_h(rested_h, wait), "set_out")

    def split_if_too_large(self) -> None:
        """Let the first families stay and the rest set out at once on their own."""
        mean = self.model.today.group_size_mean
        if not must_split(self.people, mean):
            return
        wanted, kept, stay = geometric_count(self.draw(chance.SPLIT), self.model.today.log_of_one_more), 0, 0
        while stay < len(self.families) - 1 and kept < wanted:
            kept += self.families[stay].people if self.families[stay] in self.present else 0
            stay += 1
        if 0 < kept < self.people:
            rest = type(self)(self.model, self.families[stay:], self.presents)
            rest.attempt, rest.stretch = self.attempt, self.stretch
            rest.is_pinned, rest.is_captive = self.is_pinned, self.is_captive
            self.families = self.families[:stay]
            rest.sleep(self.model.now_h, "set_out")

    def choose_place(self) -> None:
        """Choose stretch, segment and whether to wait for guards; captives stay unless they are moved."""
        if not self.is_pinned:
            self.stretch = self.model.choose_stretch(self)
        self.is_pinned = False
        self.segment = self.model.choose_segment(self.here, self.draw(chance.SEGMENT))
        wants_to = presents_itself(self.presents, self.country.admission, self.here.passage)
        self.presenting = wants_to or self.is_awaited()

    def is_awaited(self) -> bool:
        """Return whether guards wait where this group is driven to the line."""
        met = self.model.world.params.host.captives_met_probability
        return self.is_captive and self.draw(chance.CAPTIVES_MET) < met

    def is_stopped_by_host(self) -> bool:
        """Return whether the host state stops this attempt before it begins."""
        return self.draw(chance.STOPPED_BY_HOST) < self.model.today.prevention_probability

    def be_stopped_by_host(self) -> None:
        """Count who is kept from trying; families sent home are gone, the rest try again later."""
        self.country.count("stopped_by_host", self.people)
        home = self.model.world.params.host.prevented_home_probability
        for family in self.present:
            if family.draw(chance.SENT_HOME_BY_HOST, self.attempt) < home:
                family.move("returned_home")
        if self.people > 0:
            self.try_again_later()

    def claim_at_crossing_point(self) -> None:
        """Let families that seek protection claim it at a crossing point, if one is open and reached."""
        country = self.country
        for family in self.present:
            reached = family.draw(chance.CLAIM_REACHED, self.attempt) < country.law.claim_reach_probability
            if family.seeks_protection and reached:
                told = country.news[self.model.day]
                told["met"] += family.people
                heard = takes_claim(country.law.regime, family.vulnerable)
                if heard and family.people <= country.places:
                    country.places -= family.people
                    told["admitted"] += family.people
                    family.enter_procedure(country, "claims_lodged_crossing_point")
                else:
                    country.count("claims_not_accepted", family.people)
