"""Sections about migrants: who comes, where and when they try, what harms them, what they learn."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from bordersim.inputs.schema.base import (
    DATA,
    LEAST_WAIT_DAYS,
    VALUATION,
    WHAT_IF,
    ByBarrier,
    ByBuiltBarrier,
    ByCountry,
    ByOtherCountry,
    ByOtherTerrain,
    ByWetness,
    DatedFlights,
    DatedGroupSize,
    DatedPeoplePerDay,
    DatedShare,
    Days,
    EurPerPerson,
    Factor,
    Flights,
    MemoryDays,
    Probability,
    Section,
    Share,
    Sparse,
    WholeDays,
    lacking,
    value,
)

Degrees = Annotated[float, Field(ge=-60, le=60)]
SomePeople = Annotated[float, Field(ge=0, le=1_000_000)]
Chance = Annotated[float, Field(ge=0.001, le=0.999)]
Rare = Annotated[float, Field(ge=0, le=0.5)]
Weight = Annotated[float, Field(ge=0.01, le=1_000_000)]


BY_PLANE = ("flights_per_week", "seats_per_flight", "cross_share")


class Origin(Sparse):
    """One way into Belarus. People a day = flights/7 x seats x share taken x cross share + people_per_day.

    What does not apply is left out: flights, or people counted a day.
    """

    flights_per_week: DatedFlights = value(0, kind=DATA, optional=True)
    seats_per_flight: float = value(
        0, "seats of an aircraft, on average [seats]", ge=0, le=1000, kind=DATA, optional=True
    )
    cross_share: DatedShare = value(0, "share of passengers who mean to cross the border", optional=True)
    people_per_day: DatedPeoplePerDay = value(
        0, "others who mean to cross [people/d]", kind=DATA, optional=True
    )

    @model_validator(mode="after")
    def _somebody_comes_somehow(self) -> Self:
        absent = [name for name in BY_PLANE if name not in self.model_fields_set]
        if absent == [*BY_PLANE] and "people_per_day" not in self.model_fields_set:
            raise lacking("flights_per_week", "people_per_day")
        if absent and len(absent) < len(BY_PLANE):
            raise lacking(absent[0])
        return self


class Inflow(Section):
    """Who arrives in Belarus to cross, and in which groups."""

    origins: dict[str, Origin] = Field(min_length=1, max_length=200)
    load_share: Share = value(0, "share of seats taken, on all flights to Belarus")
    protection_share: DatedShare = value(0, "of those who land: would seek protection if given access")
    family_size_mean: float = value(1, "people in a family [people]", ge=1, le=20)
    vulnerable_share: Share = value(0)
    presents_share: Share = value(0, "share of groups who present themselves where admitted")
    group_size_mean: DatedGroupSize = value(1, "people travelling together [people]", kind=DATA)
    minsk_days_min: Days = value(0, "shortest stay in Minsk before the border [d]")
    minsk_days_mean: Days = value(0, "mean stay in Minsk before the border [d]")
    drift_sd: float = value(0, "spread of log(how many come / how many are planned)", ge=0, le=3)
    drift_memory_days: MemoryDays = value(0.1, "a rush or a lull fades: 1/e after [d]")
    answer_to_chance: float = value(
        0, "log(how many come) per unit of chance gained", kind=WHAT_IF, ge=0, le=20
    )
    answer_lag_days: WholeDays = value(1, "from news to landing [d]", kind=WHAT_IF)
    drift_most_factor: float = value(1, "most who come over those who are planned", ge=1, le=20)

    @model_validator(mode="after")
    def _mean_not_below_min(self) -> Self:
        if self.minsk_days_mean < self.minsk_days_min:
            raise ValueError("minsk_days_mean must not be below minsk_days_min")
        return self


class Choice(Section):
    """When and where a group tries."""

    chance_weight: float = value(0, "utility per unit of believed chance", ge=0, le=100)
    onward_eur: ByCountry[EurPerPerson] = value(0, "price of the way on to Germany [EUR/person]")
    new_route_eur: EurPerPerson = value(0, "more where nobody has passed [EUR/person]")
    new_route_half_people: Weight = value(1_000_000, "so many have passed, half of it is gone [people]")
    passed_at_first_people: ByCountry[SomePeople] = value(0, "who had passed before the first day [people]")
    route_memory_days: MemoryDays = value(0.1, "a way is forgotten: 1/e after [d]")
    price_weight_per_1000_eur: float = value(
        0, "utility lost per 1,000 EUR of the way on [1/1000 EUR]", ge=0, le=10
    )
    distance_cost_per_km: float = value(0, "utility lost per km moved [1/km]", ge=0, le=0.25)
    escorted_share: DatedShare = value(0, "share of groups the host state leads to the line")
    first_try_days_mean: Days = value(0, "mean wait before the first try [d]")
    rest_days: Days = value(0, "no new try within so long after a return [d]")
    retry_days_mean: Days = value(3650, "mean wait after the rest [d]")
    town_distance_scale_km: float = value(1000, "distance to a town that matters [km]", ge=0.01, le=1000)
    attraction_factor: dict[str, Factor] = value(1, "pull of the stretches of a Lithuanian district, by name")
    country_factor: ByOtherCountry[Factor] = value(1, kind=WHAT_IF)
    water_effort_factor: ByOtherTerrain[Factor] = value(1)
    barrier_effort_factor: ByBuiltBarrier[Factor] = value(1)
    hour_factor: tuple[Factor, ...] = value([1] * 24, min_length=24, max_length=24)
    month_factor: tuple[Factor, ...] = value([1] * 12, min_length=12, max_length=12)

    @model_validator(mode="after")
    def _some_hour_is_used(self) -> Self:
        if not any(self.hour_factor):
            raise ValueError("hour_factor must have one hour above 0")
        return self

    @model_validator(mode="after")
    def _nobody_tries_again_at_once(self) -> Self:
        if self.rest_days + self.retry_days_mean < LEAST_WAIT_DAYS:
            raise ValueError(f"retry_days_mean plus rest_days must be at least {LEAST_WAIT_DAYS:g} days")
        return self


class Harm(Section):
    """Injury and death."""

    injury_probability: ByBarrier[Probability] = value(0, "per attempt, by barrier", kind=VALUATION)
    death_probability_per_attempt: ByWetness[Probability] = value(0)
    death_probability_per_captive_freezing_day: Probability = value(0)
    frostbite_probability_per_captive_freezing_day: Probability = value(0, kind=VALUATION)
    cold_below_degc: Degrees = value(-60, "colder than this is exposure [degC]", kind=VALUATION)
    hypothermia_per_degree_hour: float = value(0, "hazard of cold [1/(degC h)]", kind=VALUATION, ge=0, le=1)
    wet_factor: Factor = value(1, "how much faster people cool in rivers, lakes, swamps", kind=VALUATION)
    temperature_month_degc: tuple[Degrees, ...] = value([0] * 12, kind=DATA, min_length=12, max_length=12)
    temperature_hour_degc: tuple[Degrees, ...] = value(
        [0] * 24, "of each hour, beside the month's mean [degC]", kind=VALUATION, min_length=24, max_length=24
    )


class ReturnHome(Section):
    """Going home, or staying in the host state."""

    after_return_probability: Probability = value(0, "gives up after one return")
    stays_share: Share = value(0, "share of those who stay in the host state")
    flights_home: Flights = value([], "flights home by date [seats]", kind=DATA)
    willing_share: Share = value(0, "share of waiting people who would take a seat")


class Learn(Section):
    """The public belief about the chance of getting in."""

    admits_at_first: ByCountry[Probability] = value(0, "believed on the first day: this border admits")
    regime_change_per_day: Rare = value(0, "believed chance that a border changes what it does [1/d]")
    admitted_where_admitting: Chance = value(0.999, "believed chance to be admitted where a border admits")
    admitted_where_turning_back: Chance = value(0.001, "believed chance where a border turns back")
    news_weight: float = value(0, "observations that the news of one person is worth", ge=0, le=1)
    passage_memory_days: MemoryDays = value(0.1, "who slipped through: 1/e after [d]")
    lag_days: WholeDays = value(1, "news reaches people, and the host state, after so long [d]")
    prior_passage: Probability = value(0, "believed before there is news")
    passage_prior_people: Weight = value(1_000_000, "weight of the prior passage [people]")
    stretch_prior_people: Weight = value(1_000_000, "weight of the country's belief in a stretch [people]")
