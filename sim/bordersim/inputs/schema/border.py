"""Sections about the border: land, crossing, detection, patrols, guards, barriers, cost."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bordersim.inputs.schema.base import (
    COUNTING,
    VALUATION,
    WHAT_IF,
    ByAlarmingBarrier,
    ByBuiltBarrier,
    ByCountry,
    ByOtherCountry,
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
    Sparse,
    WholeDays,
    value,
)

BigEur = Annotated[float, Field(ge=0, le=1e11)]


class Land(Section):
    """The length of border segments."""

    segment_length_km: float = value(13, "length of a segment [km]", ge=0.05, le=13)


class AddedLineHours(Section):
    """Time added by a barrier on the way to the line [h]."""

    wire: Hours
    fence: Hours
    river: Hours
    lake: Hours
    swamp: Hours


class Cross(Section):
    """How long a crossing takes and whether the barrier stops it."""

    approach_h: SomeHours = value(0.01, "from first being visible to the line [h]")
    clear_h: Hours = value(0, "from the line until clear of the zone [h]")
    added_line_h: AddedLineHours = value(0)
    breach_probability: ByBuiltBarrier[Probability] = value(1)


class Detect(Section):
    """How a crossing is detected."""

    surveillance_rate_per_h: PerHour = value(0, "hazard under full surveillance [1/h]")
    patrol_pass_probability: Probability = value(0, "a passing patrol notices a group")
    patrol_rate_max_per_h: PerHour = value(0, "hazard that no number of patrols exceeds [1/h]")
    visibility_factor: ByOtherCountry[Factor] = value(1)
    alarm_probability: ByAlarmingBarrier[Probability] = value(0)
    surveillance_working_share: Share = value(1, "of days and segments; else outage, fog, blind ground")


class Respond(Section):
    """How fast a patrol responds and how long it is busy."""

    dispatch_delay_h: Hours = value(0)
    speed_km_per_h: KmPerHour = value(200)
    handling_h: Hours = value(0, "busy with one group [h]")
    handling_per_person_h: HoursPerPerson = value(0, "more for each person [h]")
    registration_per_person_h: HoursPerPerson = value(0, "more for each where they are admitted [h]")
    fails_probability: Probability = value(0, "a patrol sent out finds nobody, or cannot come")
    turn_round_probability: Probability = value(0, "an evading group does so seeing a patrol")


class Patrols(Section):
    """How officers become crews on shift."""

    speed_km_per_h: KmPerHour = value(0.5, "speed along the beat [km/h]")
    crew_size: float = value(1, "officers in a crew, on average [people]", ge=1, le=20)
    overtime_above_share: Share = value(
        1, "of a shift; what groups take beyond it is overtime", kind=COUNTING
    )
    officer_shift_share: Share = value(1)
    soldier_shift_share: Share = value(1)
    frontex_shift_share: Share = value(1)
    reallocation_share: Share = value(0, "crews that follow what was noticed; 0: by length", kind=WHAT_IF)
    reallocation_memory_days: MemoryDays = value(0.1, "what was noticed counts 1/e after [d]", kind=WHAT_IF)


class Guards(Sparse):
    """Guards of one border by date [people].

    Those there have never been may be left out.
    """

    officers: DatedPeople = value(0)
    soldiers: DatedPeople = value(0)
    frontex: DatedPeople = value(0, optional=True)
    borrowed: DatedPeople = value(0, "officers of other states, on their pay [people]", optional=True)
    lent_to_LV: DatedPeople = value(  # noqa: N815
        0, "officers lent to Latvia, of those there are [people]", optional=True
    )


class Barrier(Section):
    """What holds for barriers at all borders."""

    damage_probability: Probability = value(0, "a group that gets through a fence leaves a hole")
    repair_days: WholeDays = value(1, "a hole is open for so long [d]")


class Build(Sparse):
    """Kilometres of barrier by date, interpolated linearly between dates; at most the whole border.

    A kilometre costs when it is built, even where one stood before; removing it costs and earns nothing. What
    stands on the first day costs then, as far as it is beyond what stood by the record. Kilometres that stay
    open may be left out where there are none, or where those of the fence say so already.
    """

    wire_km: DatedKm = value([], "razor wire standing by date; where it falls, the last goes first [km]")
    fence_km: DatedKm = value([], "fence standing by date; where it falls, the last goes first [km]")
    surveillance_km: DatedKm = value(
        [], "border under cameras by date; where it falls, the last go first [km]"
    )
    unfenced_water_km: Km = value(0, optional=True)
    unfenced_swamp_km: Km = value(0, optional=True)


class CountryCost(Section):
    """Unit costs of one country."""

    fence_eur_per_km: EurPerKm = value(0)
    wire_eur_per_km: EurPerKm = value(0)
    surveillance_eur_per_km: EurPerKm = value(0)
    officer_eur_per_day: EurPerDay = value(0)
    soldier_eur_per_day: EurPerDay = value(0)
    reception_eur_per_day: EurPerDay = value(0)
    repair_eur: Eur = value(0, "mending one hole in a fence [EUR]")
    legal_aid_eur_per_claim: EurPerPerson = value(0, "legal help for one who claims [EUR/person]")
    aid_eur_per_captive_day: EurPerDay = value(0, "food, clothes, care between the lines [EUR/person-day]")
    overtime_eur_per_h: EurPerHour = value(0, "an hour of one guard beyond the shift [EUR/h]")


class Cost(ByCountry[CountryCost]):
    """What things cost."""

    return_grant_eur: EurPerPerson = value(0, "grant for a voluntary return [EUR/person]")
    claimed_damage_eur: BigEur = value(0, "claimed from Belarus; beside our costs, never added")
    counter_mobility_eur: BigEur = value(0, "programme against armies; beside our costs, never added")


class Record(Section):
    """What an authority records."""

    day_starts_h: float = value(
        0, "hour at which the day of the record starts [h]", kind=COUNTING, ge=0, lt=24
    )
    withdrawn_seen_share: ByCountry[Share] = value(
        0, "share of withdrawn attempts written down", kind=COUNTING
    )
    missed_day_probability: Probability = value(0, "a day's figures come with the next's", kind=COUNTING)
    deaths_found_share: ByCountry[Share] = value(1, "share of deaths that are documented", kind=VALUATION)
