"""Sections about migrants: who comes, where and when they try, what they suffer, learn, give up."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from bordersim.inputs.schema.base import (
    LEAST_WAIT_DAYS,
    ByBarrier,
    ByCountry,
    ByTerrain,
    DatedFlights,
    DatedGroupSize,
    DatedPeoplePerDay,
    DatedProbability,
    DatedShare,
    Days,
    EurPerPerson,
    Factor,
    Flights,
    MemoryDays,
    Probability,
    Section,
    Share,
    WholeDays,
)

Degrees = Annotated[float, Field(ge=-60, le=60)]
Weight = Annotated[float, Field(ge=0.01, le=1_000_000)]


class Origin(Section):
    """One way into Belarus. People a day = flights/7 x seats x load x cross share + people_per_day."""

    flights_per_week: DatedFlights
    seats_per_flight: float = Field(ge=0, le=1000, description="seats of an aircraft, on average [seats]")
    load_share: Share = Field(description="share of seats taken")
    cross_share: DatedShare = Field(description="share of passengers who mean to cross the border")
    people_per_day: DatedPeoplePerDay = Field(description="others who mean to cross [people/d]")
    protection_share: Share = Field(description="share who would seek protection if given access")


class Inflow(Section):
    """Who arrives in Belarus to cross, with whom."""

    origins: dict[str, Origin] = Field(min_length=1, max_length=200)
    family_size_mean: float = Field(ge=1, le=20, description="people in a family [people]")
    vulnerable_share: Share
    presents_share: Share = Field(description="share of groups who present themselves where admitted")
    group_size_mean: DatedGroupSize = Field(description="people travelling together [people]")
    minsk_days_min: Days = Field(description="shortest stay in Minsk before the border [d]")
    minsk_days_mean: Days = Field(description="mean stay in Minsk before the border [d]")

    @model_validator(mode="after")
    def _mean_not_below_min(self) -> Self:
        if self.minsk_days_mean < self.minsk_days_min:
            raise ValueError("minsk_days_mean must not be below minsk_days_min")
        return self


class Choice(Section):
    """When and where a group tries."""

    chance_weight: float = Field(ge=0, le=100, description="utility per unit of believed chance")
    onward_eur: ByCountry[EurPerPerson] = Field(description="price of the way on to Germany [EUR/person]")
    price_weight_per_1000_eur: float = Field(
        ge=0, le=10, description="utility lost per 1,000 EUR of the way on [1/1000 EUR]"
    )
    distance_cost_per_km: float = Field(ge=0, le=0.25, description="utility lost per km moved [1/km]")
    escorted_share: DatedShare = Field(description="share of groups the host state leads to the line")
    first_try_days_mean: Days = Field(description="mean wait before the first try [d]")
    rest_days: Days = Field(description="no new try within so long after a return [d]")
    retry_days_mean: Days = Field(description="mean wait after the rest [d]")
    town_distance_scale_km: float = Field(
        ge=0.01, le=1000, description="distance to a town that matters [km]"
    )
    attraction_factor: dict[str, Factor] = Field(description="pull of each stretch, by name")
    country_factor: ByCountry[Factor]
    water_effort_factor: ByTerrain[Factor]
    barrier_effort_factor: ByBarrier[Factor]
    hour_factor: tuple[Factor, ...] = Field(min_length=24, max_length=24)
    month_factor: tuple[Factor, ...] = Field(min_length=12, max_length=12)

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


class Suffer(Section):
    """Injury and death."""

    injury_probability: ByBarrier[Probability] = Field(description="per attempt, by barrier")
    death_probability_per_attempt: ByTerrain[Probability]
    death_probability_per_stranded_freezing_day: Probability
    frostbite_probability_per_stranded_freezing_day: Probability
    cold_below_degc: Degrees = Field(description="colder than this is exposure [degC]")
    hypothermia_per_degree_hour: float = Field(ge=0, le=1, description="hazard of cold [1/(degC h)]")
    wet_factor: ByTerrain[Factor] = Field(description="how much faster people cool there")
    temperature_month_degc: tuple[Degrees, ...] = Field(min_length=12, max_length=12)
    temperature_hour_degc: tuple[Degrees, ...] = Field(min_length=24, max_length=24)


class GiveUp(Section):
    """Going home, or staying in the host state."""

    after_return_probability: Probability = Field(description="gives up after one return")
    stays_share: Share = Field(description="share of those who stay in the host state")
    flights_home: Flights = Field(description="flights home by date [seats]")
    willing_share: Share = Field(description="share of waiting people who would take a seat")


class Learn(Section):
    """The public belief in the chance of getting in."""

    admission_memory_days: MemoryDays = Field(description="how guards treat people: 1/e after [d]")
    passage_memory_days: MemoryDays = Field(description="who slipped through: 1/e after [d]")
    contact_weight: float = Field(ge=1, le=100, description="what is seen where one waits, over what is told")
    failure_weight: float = Field(ge=0, le=10, description="utility a border loses by each own failure")
    lag_days: WholeDays = Field(description="news reaches people after so long [d]")
    prior_admission: ByCountry[DatedProbability] = Field(description="believed before there is news")
    prior_passage: Probability = Field(description="believed before there is news")
    admission_prior_people: Weight = Field(description="weight of a country's prior admission [people]")
    passage_prior_people: Weight = Field(description="weight of the prior passage [people]")
    stretch_prior_people: Weight = Field(description="weight of the country's belief in a stretch [people]")
