"""Sections about states: law and its practice, the host state (Belarus), claims, the procedure."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from bordersim.inputs.schema.base import (
    DATA,
    VALUATION,
    WHAT_IF,
    ByCountry,
    DatedDays,
    DatedPeople,
    DatedPeoplePerDay,
    DatedPoints,
    DatedProbability,
    DatedShare,
    Factor,
    MemoryDays,
    OwnProbability,
    Probability,
    Section,
    Share,
    Sparse,
    WholeDays,
    value,
)
from bordersim.inputs.schema.dated import FIRST_DAY, LAST_DAY, READ_WHOLE, Step

PerDay = Annotated[float, Field(ge=0, le=24)]


class Law(Sparse):
    """Practice at the line under the regime in force."""

    recognition_probability: DatedProbability = value(0, "a vulnerable family is recognised under turn_back")
    force_probability: DatedProbability = value(0, "force is used in a turn-back", kind=VALUATION)
    claim_voiced_probability: DatedProbability = value(
        0, "by a family that would seek protection", kind=VALUATION
    )
    informal_turn_back_probability: DatedProbability = value(
        0, "turned back where the law says admit; left out where nobody is", optional=True
    )


class Host(Section):
    """The host state (Belarus): whom it lets back, holds between the lines, and where it steers."""

    closed_from: date = value(FIRST_DAY, "from here on not everybody turned back is let back", kind=DATA)
    let_back_probability: ByCountry[Probability] = value(1, "of a group turned back after the line, then")
    captives_driven_per_day: PerDay = value(0, "who is held is driven to the line again [1/d]")
    captives_admitted_per_day: ByCountry[PerDay] = value(0, "admitted on humanitarian grounds [1/d]")
    captives_taken_home_per_day: PerDay = value(0, "sent home by the host state [1/d]")
    captives_let_back_per_day: ByCountry[PerDay] = value(0, "let back to try elsewhere [1/d]")
    captives_moved_probability: Probability = value(
        0, "led to the border of the day when driven", kind=WHAT_IF
    )
    captives_met_probability: Probability = value(0, "guards wait where captives are driven to the line")
    prevention_probability: DatedProbability = value(
        0, "stops a group that sets out, each time", kind=WHAT_IF
    )
    prevented_home_probability: Probability = value(
        0, "a family it stops is sent home for good", kind=WHAT_IF
    )
    steering_initial: ByCountry[Factor] = value(1, "weights of the three borders")
    steering_responds_from: date = value(LAST_DAY, "from here on steering answers to what succeeds")
    steering_memory_days: MemoryDays = value(0.1)
    steering_floor_people: float = value(
        100_000, "weight that keeps a border from being forgotten [people]", ge=0.01, le=100_000
    )
    focus_share: Share = value(0, "share of escorted groups led to the one border of the day")
    focus_days: WholeDays = value(1, "how long that is one border [d]")
    mind_sd: float = value(0, "spread of log(weight of a border / its response to success)", ge=0, le=3)
    mind_memory_days: MemoryDays = value(0.1, "its own mind changes: 1/e after [d]")

    @model_validator(mode="after")
    def _steers_somewhere(self) -> Self:
        if not any(self.steering_initial[country] for country in ByCountry.model_fields):
            raise ValueError("steering_initial must have one weight above 0")
        return self


class Claims(Sparse):
    """Claims at crossing points and missions (embassies) of one country.

    Missions are left out where they take no claims by law.
    """

    places_per_day: DatedPeoplePerDay = value(0, "claims its crossing points take", kind=DATA)
    reach_probability: OwnProbability = value(
        (), "where it is another than at all borders; before its first date it is that", optional=True
    )
    points: Annotated[int, Field(ge=1, le=100), READ_WHOLE] = value(
        1, "crossing points there are [points]", kind=DATA
    )
    open_points: DatedPoints = value(1, "of them open by date [points]", kind=DATA)
    mission_places_per_day: DatedPeoplePerDay = value(
        0, "claims the mission in Minsk takes", kind=DATA, optional=True
    )
    mission_reach_probability: DatedProbability = value(
        0, "0 where the mission is closed to claims", optional=True
    )

    @model_validator(mode="after")
    def _no_more_open_than_there_are(self) -> Self:
        if any(step.value > self.points for step in self.open_points):
            raise ValueError(f"open_points must not exceed points, {self.points}")
        return self


class AllClaims(ByCountry[Claims]):
    """Claims at crossing points and missions (embassies)."""

    reach_probability: DatedProbability = value(0, "a crossing point, with all points of the border open")

    def reached(self, country: str) -> tuple[Step[float], ...]:
        """Return the chance to reach a crossing point by date: the country's own, before it that of all."""
        own = self[country].reach_probability
        before = (step for step in self.reach_probability if not own or step.from_ < own[0].from_)
        return (*before, *own)


class Inland(Section):
    """What happens to those who entered unstopped."""

    stay_days_mean: float = value(1e6, "until they are found or move on [d]", ge=0, le=1e6)
    found_share: Share = value(0, "found by the authorities before they move on")
    unhoused_leave_share: Share = value(0, "of those beyond the places of reception, who leave within days")


class Procedure(Sparse):
    """How the procedure ends; those neither admitted nor returned have moved on."""

    dwell_days_mean: DatedDays = value(3650, "by the day of admission [d]")
    places: DatedPeople = value(100_000, "people reception has room for [people]", kind=DATA)
    onward_share: DatedShare = value(0, "who leave when restrictions end, on days above 0", optional=True)
    admitted_share: Share = value(0)
    returned_share: Share = value(0)

    @model_validator(mode="after")
    def _shares_fit(self) -> Self:
        if self.admitted_share + self.returned_share > 1:
            raise ValueError("admitted_share plus returned_share must not exceed 1")
        return self
