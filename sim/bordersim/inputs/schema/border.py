"""Sections about the border: land, crossing, detection, patrols, guards, barriers, cost."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bordersim.inputs.schema.base import (
    ByBarrier,
    ByCountry,
    DatedKm,
    DatedPeople,
    Eur,
    EurPerDay,
    EurPerHour,
    EurPerKm,
    EurPerPerson,
    Factor,
    Hours,
    HoursPerPerson,
    Km,
    KmPerHour,
    MemoryDays,
    PerHour,
    Probability,
    Section,
    Share,
    SomeHours,
    WholeDays,
)

BigEur = Annotated[float, Field(ge=0, le=1e11)]


class Land(Section):
    """How the border is cut."""

    segment_length_km: float = Field(ge=0.05, le=13, description="length of a segment [km]")


class AddedLineHours(Section):
    """Time to the line added by what stands there [h]."""

    none: Hours
    wire: Hours
    fence: Hours
    river: Hours
    lake: Hours
    swamp: Hours


class Cross(Section):
    """How long a crossing takes and whether the barrier stops it."""

    approach_h: SomeHours = Field(description="from first being visible to the line [h]")
    clear_h: Hours = Field(description="from the line until clear of the zone [h]")
    added_line_h: AddedLineHours
    breach_probability: ByBarrier[Probability]


class Detect(Section):
    """How a crossing is noticed."""

    surveillance_rate_per_h: PerHour = Field(description="hazard under full surveillance [1/h]")
    patrol_pass_probability: Probability = Field(description="a passing patrol notices a group")
    patrol_rate_max_per_h: PerHour = Field(description="hazard that no number of patrols exceeds [1/h]")
    visibility_factor: ByCountry[Factor]
    alarm_probability: ByBarrier[Probability]


class Respond(Section):
    """How fast a patrol gets there and how long it is busy."""

    dispatch_delay_h: Hours
    speed_km_per_h: KmPerHour
    handling_h: Hours = Field(description="busy with one group [h]")
    handling_per_person_h: HoursPerPerson = Field(description="more for each person [h]")
    registration_per_person_h: HoursPerPerson = Field(description="more for each where they are admitted [h]")
    turn_round_probability: Probability = Field(description="an evading group does so seeing a patrol")


class Patrols(Section):
    """How officers become crews on shift."""

    speed_km_per_h: KmPerHour = Field(description="speed along the beat [km/h]")
    crew_size: float = Field(ge=1, le=20, description="officers in a crew, on average [people]")
    overtime_above_share: Share = Field(description="of a shift; what groups take beyond it is overtime")
    officer_shift_share: Share
    soldier_shift_share: Share
    frontex_shift_share: Share


class Guards(Section):
    """Guards of one border by date [people]."""

    officers: DatedPeople
    soldiers: DatedPeople
    frontex: DatedPeople
    borrowed: DatedPeople = Field(description="officers of other states, on their pay [people]")
    reallocation_share: Share = Field(description="crews that follow what was noticed; 0: by length")
    reallocation_memory_days: MemoryDays = Field(description="what was noticed counts 1/e after [d]")
    lent_to_LV: DatedPeople = Field(  # noqa: N815
        description="officers lent to Latvia, of those there are [people]"
    )


class Build(Section):
    """Kilometres standing by date, even change between dates; at most the whole border.

    A kilometre costs when it is put up, also where one stood before; taking one down costs and earns nothing.
    """

    wire_km: DatedKm = Field(
        description="razor wire standing by date; where it falls, the last goes first [km]"
    )
    fence_km: DatedKm = Field(description="fence standing by date; where it falls, the last goes first [km]")
    surveillance_km: DatedKm = Field(
        description="border under cameras by date; where it falls, the last go first [km]"
    )
    unfenced_water_km: Km
    unfenced_swamp_km: Km
    damage_probability: Probability = Field(description="a group that gets through a fence leaves a hole")
    repair_days: WholeDays = Field(description="a hole is open for so long [d]")
    order_spread: Factor = Field(description="0: most attractive stretch first, 1: as drawn")


class CountryCost(Section):
    """Unit costs of one country."""

    fence_eur_per_km: EurPerKm
    wire_eur_per_km: EurPerKm
    surveillance_eur_per_km: EurPerKm
    officer_eur_per_day: EurPerDay
    soldier_eur_per_day: EurPerDay
    reception_eur_per_day: EurPerDay
    repair_eur: Eur = Field(description="mending one hole in a fence [EUR]")
    legal_aid_eur_per_claim: EurPerPerson = Field(description="legal help for one who claims [EUR/person]")
    aid_eur_per_stranded_day: EurPerDay = Field(
        description="food, clothes, care between the lines [EUR/person-day]"
    )
    overtime_eur_per_h: EurPerHour = Field(description="an hour of one guard beyond the shift [EUR/h]")


class Cost(ByCountry[CountryCost]):
    """What things cost."""

    return_grant_eur: EurPerPerson = Field(description="grant for a voluntary return [EUR/person]")
    claimed_damage_eur: BigEur = Field(description="claimed from Belarus; beside our costs, never added")
    counter_mobility_eur: BigEur = Field(
        description="programme against armies; beside our costs, never added"
    )


class Record(Section):
    """What an authority writes down."""

    day_starts_h: float = Field(ge=0, lt=24, description="hour at which the day of the record starts [h]")
    withdrawn_seen_share: ByCountry[Share] = Field(description="share of withdrawn attempts written down")
    missed_day_probability: ByCountry[Probability] = Field(description="a day's figures come with the next's")
    deaths_found_share: ByCountry[Share] = Field(description="share of deaths that are documented")
