"""The tables of the world that the engine reads, one kind of record each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bordersim.inputs.schema.dated import FIRST_DAY
from bordersim.model.rows import F64, I16, I64, U8, Key, Record, Truth

if TYPE_CHECKING:
    import numpy as np

    from bordersim.inputs.schema import Config
    from bordersim.model.rows import Rows

UNGIVEN = -1.0


class Derived(Record):
    """Values computed once from single values."""

    first_day: I64  # absolute number of the first day
    max_family: I64  # people
    max_families: I64  # in a group
    log_of_one_more: F64  # in a family
    price_weight_per_eur: F64
    steering_forgetting: F64
    route_forgetting: F64
    passage_forgetting: F64
    mind_forgetting: F64
    drift_forgetting: F64
    noticed_forgetting: F64
    most_inflow_factor: F64  # candidates over those planned


class Country(Record):
    """One border."""

    first_stretch: I64
    stretches: I64


class Terrain(Record):
    """One kind of terrain."""

    added_line_h: F64


class Barrier(Record):
    """One kind of barrier."""

    added_line_h: F64


class Origin(Record):
    """One way into Belarus."""

    code: I64


class StretchLand(Record):
    """A stretch, as it is in every replicate."""

    key: Key
    country: U8
    first_segment: I64
    segments: I64
    from_km: F64
    length_km: F64
    share: F64  # of the length of its border
    first_patrol: I64
    patrols: I64  # slots
    attraction_factor: F64


class SegmentLand(Record):
    """A segment, as it is in every replicate."""

    key: Key
    country: U8
    stretch: I16
    terrain: U8
    swamp: Truth
    length_km: F64
    water_share: F64
    position_km: F64
    weight: F64  # how much it draws attempts before any barrier


class CalendarDay(Record):
    """Values of a day at all borders."""

    start_h: F64
    end_h: F64
    group_size_mean: F64
    protection_share: F64  # of those who land
    log_of_one_more: F64  # in a group
    escorted_share: F64
    prevention_probability: F64
    releases: Truth  # restrictions end
    temperature_degc: F64
    freezing_days: I64  # before the day
    seats_home: I64
    steering_responds: Truth


class LawOfDay(Record):
    """Values of a day at one border: regime, practice, crossing points, barrier."""

    regime: U8
    handling_per_person_h: F64
    recognition_probability: F64
    informal_turn_back_probability: F64
    let_back_probability: F64
    claim_places_per_day: F64
    claim_reach_probability: F64
    mission_places_per_day: F64
    mission_reach_probability: F64
    dwell_days_mean: F64
    places: F64
    onward_share: F64
    wire_km: F64
    fence_km: F64
    surveillance_km: F64


class Hour(Record):
    """One hour of the run."""

    hazard: F64  # ordinary days of readiness passed by then
    day: I64  # the Lithuanian day


class Arrays(NamedTuple):
    """Everything the engine reads."""

    params: Rows[Config]  # [1]: single values, laid out as the configuration
    derived: Rows[Derived]  # [1]
    country: Rows[Country]  # [3]
    terrain: Rows[Terrain]  # [terrains]
    barrier: Rows[Barrier]  # [barriers]
    origins: Rows[Origin]  # [origins]
    stretches: Rows[StretchLand]  # [stretches]: LT, LV, PL
    segments: Rows[SegmentLand]  # [segments]: LT, LV, PL, each by chainage
    nearness: np.ndarray  # float64[stretches, stretches + 1]: pull by distance from a place; last: from Minsk
    calendar: Rows[CalendarDay]  # [days]
    law: Rows[LawOfDay]  # [days, 3]
    on_shift: np.ndarray  # float64[days, stretches]: crews, on average
    inflow: np.ndarray  # float64[days, origins]: groups landing a day
    hours: Rows[Hour]  # [hours + 1]
    steered: (
        np.ndarray
    )  # float64[days, 3]: weights of the host state that are given; UNGIVEN: it decides itself


def day_number(config: Config) -> int:
    """Return the absolute number of the first day: days since the first possible one."""
    return (config.period.start - FIRST_DAY).days
