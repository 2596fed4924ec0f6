"""The hourly Mesa model once more, each person an agent.

Every hour all who have landed and are not gone for good take their turn in a new order, also those who sit
in a procedure or between the lines. Each sees where it is. Who leads a group does for it what the group
does in the other model; the rest follow. Families and groups are what persons share, and take no turns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from benchmarks.hourly_mesa import HourlyGroup, HourlyModel
from bordersim.words.codes import ADMITTED, STATES

from plain_people import Family, Person  # isort: skip  # found only once hourly_mesa is imported
from plain_travel import TOGETHER  # isort: skip

if TYPE_CHECKING:
    from plain_land import Country

GONE = STATES[ADMITTED:]


class HourlyPerson(mesa.Agent, Person):
    """One person, who is in the model until it is gone for good."""

    model: PersonsModel
    group: LedGroup

    def step(self) -> None:
        """See where it is; on the way or at the border, act for the group if it leads it, or follow."""
        if self.state in TOGETHER and self.group.is_led_by(self):
            self.group.step()


class HourlyFamily(Family):
    """People who stay together, and leave the model together unless they die."""

    model: PersonsModel

    def person(self) -> HourlyPerson:
        """Make one of them."""
        return HourlyPerson(self.model)

    def move(self, to: str) -> None:
        """Move the living to another state; some are final."""
        super().move(to)
        if to in GONE:
            for person in self.living:
                person.remove()

    def bury(self, person: HourlyPerson, country: Country) -> None:
        """Let one of them die."""
        super().bury(person, country)
        person.remove()


class LedGroup(HourlyGroup):
    """Families travelling together, led by the first person still with them."""

    def __init__(self, model: PersonsModel, families: list[HourlyFamily], presents: bool) -> None:
        super().__init__(model, families, presents)
        self.leader: HourlyPerson = families[0].persons[0]
        for family in families:
            for person in family.persons:
                person.group = self

    def is_led_by(self, person: HourlyPerson) -> bool:
        """Return whether a person that is with it leads it; where the leader has left, the next one does."""
        if self.leader.state not in TOGETHER:
            self.leader = next(each for family in self.present for each in family.living)
        return self.leader is person


class PersonsModel(HourlyModel):
    """One replicate of a world, hour by hour and person by person."""

    group_type, family_type = LedGroup, HourlyFamily
    migrant_type = HourlyPerson
