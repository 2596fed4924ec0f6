"""Persons, families, and how those who land together become groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from plain_drift import inflow_today

from bordersim.model import randomness as chance
from bordersim.model.randomness import family_key
from bordersim.model.rules.hazards import exponential, geometric_count
from bordersim.model.rules.reception import gives_up, is_unhoused

if TYPE_CHECKING:
    from plain_groups import MigrantGroup
    from plain_land import Country
    from plain_model import PlainModel

HOURS_PER_DAY = 24.0


@dataclass(eq=False, slots=True)
class Person:
    """One person."""

    state: str = "en_route"
    attempts: int = 0
    returns: int = 0
    entered_unstopped: bool = False
    admitted_to_procedure: bool = False


class Family:
    """People who stay together whatever happens."""

    def __init__(self, model: PlainModel, key: np.uint64, landed: int) -> None:
        self.model, self.key, self.landed = model, key, landed
        self.state = "en_route"
        self.country: Country | None = None  # where they are held, inside, or in the procedure
        self.unhoused = False
        self.inside_with: MigrantGroup | None = None  # the group for whose stay this family stands
        params, derived = model.world.params, model.world.derived
        share = model.world.calendar[landed].protection_share
        self.vulnerable = self.draw(chance.VULNERABLE) < params.inflow.vulnerable_share
        self.seeks_protection = self.draw(chance.SEEKS_PROTECTION) < share
        wanted = geometric_count(self.draw(chance.FAMILY_SIZE), derived.log_of_one_more)
        self.persons = [self.person() for _ in range(min(wanted, derived.max_family))]

    def person(self) -> Person:
        """Make one of them."""
        return Person()

    def draw(self, decision: int, number: int = 0) -> float:
        """Return this family's luck in one decision."""
        return self.model.draw(self.key, decision, number)

    def bury(self, person: Person, country: Country) -> None:
        """Let one of them die."""
        person.state = "dead"
        country.count("deaths", 1)

    @property
    def living(self) -> list[Person]:
        """Those who live."""
        return [person for person in self.persons if person.state != "dead"]

    @property
    def people(self) -> int:
        """How many live."""
        return len(self.living)

    def move(self, to: str) -> None:
        """Take the living to another state."""
        for person in self.living:
            person.state = to
        self.state = to

    def get_in(self, country: Country) -> None:
        """Get in unstopped."""
        self.move("entered")
        self.country = country
        for person in self.living:
            person.entered_unstopped = True

    def leave_stay(self, is_found: bool, morning_h: float) -> None:
        """End a stay: be taken into the procedure, or move on to another country."""
        country = self.country
        assert country is not None
        if is_found:
            country.count("apprehended_inland", self.people)
            self.enter_procedure(country, "claims_lodged_border", morning_h)
        else:
            country.count("moved_onward", self.people)
            self.go_on()

    def go_on(self) -> None:
        """Move on to another country, by a way that others will know of."""
        assert self.country is not None
        self.country.news[self.model.day]["passed"] += self.people
        self.move("moved_on")

    def enter_procedure(self, country: Country, claim_metric: str, from_h: float | None = None) -> None:
        """Be admitted to a country's procedure; `claim_metric` says where a claim is then lodged."""
        from_h = self.model.now_h if from_h is None else from_h
        self.unhoused = self.finds_no_place(country)
        self.move("in_procedure")
        self.country = country
        for person in self.living:
            person.admitted_to_procedure = True
        if self.seeks_protection:
            country.count(claim_metric, self.people)
        inland = self.model.world.params.inland
        mean = inland.stay_days_mean if self.unhoused else country.law.dwell_days_mean
        dwell = exponential(self.draw(chance.DWELL), mean)
        self.model.end_procedure_at(self, from_h + HOURS_PER_DAY * dwell)

    def finds_no_place(self, country: Country) -> bool:
        """Return whether it goes away because reception has no place for it."""
        others = [family for family in self.model.families if family.state == "in_procedure"]
        housed = sum(family.people for family in others if family.country is country)
        share = self.model.world.params.inland.unhoused_leave_share
        beyond = housed + self.people - country.law.places
        return bool(is_unhoused(self.draw(chance.UNHOUSED), beyond, share))

    def be_pushed_back(self, country: Country, after_line: bool, attempt: int, is_free: bool) -> None:
        """Be kept out or returned with no screening: count what that meant; perhaps give up."""
        people = self.people
        country.count("pushed_back_after_line" if after_line else "pushed_back_before_line", people)
        country.count("vulnerable_pushed_back", people * self.vulnerable)
        country.count("seekers_pushed_back", people * self.seeks_protection)
        country.count("vulnerable_seekers_pushed_back", people * (self.seeks_protection and self.vulnerable))
        for person in self.living:
            country.count("repeat_returns", person.returns > 0)
            person.returns += 1
        if is_free:
            self._give_up_or_not(attempt)

    def _give_up_or_not(self, attempt: int) -> None:
        """After a return, stop trying for good, or not."""
        params = self.model.world.params
        if gives_up(self.draw(chance.GIVES_UP, attempt), params.return_home.after_return_probability):
            stays = self.draw(chance.STAYS) < params.return_home.stays_share
            self.move("stayed" if stays else "returned_home")


def groups_landing(model: PlainModel, origin: int, day: int) -> list[tuple[list[Family], bool]]:
    """Return who lands together, in order, and whether they would present themselves to guards.

    Groups are the points of a unit-rate process below the day's rate.
    """
    rate = model.world.inflow[day][origin] * inflow_today(model)
    groups: list[tuple[list[Family], bool]] = []
    gone = 0.0
    while True:
        key = key_of(model, origin, day, len(groups), 0)
        gone += exponential(model.draw(key, chance.ARRIVAL_GAP), 1.0)
        if gone >= rate:
            return groups
        presents = model.draw(key, chance.PRESENTS_THEMSELF) < model.world.params.inflow.presents_share
        groups.append((gather(model, origin, day, len(groups)), presents))


def gather(model: PlainModel, origin: int, day: int, group: int) -> list[Family]:
    """Return the families of a group, which takes more until its drawn number of people is reached."""
    draw = model.draw(key_of(model, origin, day, group, 0), chance.GROUP_SIZE)
    most = model.world.derived.max_families  # more would be numbered as the next group
    wanted = min(geometric_count(draw, model.world.calendar[day].log_of_one_more), most)
    together: list[Family] = []
    while sum(len(family.persons) for family in together) < wanted:
        key = key_of(model, origin, day, group, len(together))
        together.append(model.family_type(model, key, day))
    return together


def key_of(model: PlainModel, origin: int, day: int, group: int, number: int) -> np.uint64:
    """Return the key of a family of a group; the first one's is the group's."""
    derived, code = model.world.derived, model.world.origins[origin].code
    return np.uint64(family_key(code, derived.first_day + day, group * derived.max_families + number))
