"""The part of the world that is the same on all days: single values, countries, terrain, the land."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from bordersim.errors import BadInput
from bordersim.model.rows import filled
from bordersim.model.rules.hazards import log_of_one_more
from bordersim.model.rules.learning import forgetting_factor
from bordersim.model.rules.migrants import pull_of_nearness, segment_weight
from bordersim.model.world.arrays import (
    Barrier,
    Country,
    Derived,
    SegmentLand,
    StretchLand,
    Terrain,
    day_number,
)
from bordersim.words.codes import BARRIERS, COUNTRIES, SWAMP, TERRAINS

if TYPE_CHECKING:
    from bordersim.geo.segments import Segments
    from bordersim.inputs.schema import Config
    from bordersim.inputs.schema.migrants import Inflow
    from bordersim.model.rows import Rows

METRES_PER_KM = 1000
EUR_PER_THOUSAND = 1000
TABLES_AT_HAND = 16  # by distance, of as many values
_SEGMENT_KEY_SHIFT = 32
_PATROL_KEY_SHIFT = 16
MOST_CREWS_OF_A_STRETCH = 1 << _PATROL_KEY_SHIFT
MOST_PEOPLE_IN_A_FAMILY = 64
MOST_FAMILIES_IN_A_GROUP = 4096


def derived(config: Config) -> Rows[Derived]:
    """Return the values computed once from single values, one row."""
    inflow, host, learn = config.inflow, config.host, config.learn
    columns = {
        "first_day": day_number(config),
        "max_family": MOST_PEOPLE_IN_A_FAMILY,
        "max_families": MOST_FAMILIES_IN_A_GROUP,
        "log_of_one_more": log_of_one_more(inflow.family_size_mean),
        "price_weight_per_eur": config.choice.price_weight_per_1000_eur / EUR_PER_THOUSAND,
        "steering_forgetting": forgetting_factor(host.steering_memory_days),
        "route_forgetting": forgetting_factor(config.choice.route_memory_days),
        "passage_forgetting": forgetting_factor(learn.passage_memory_days),
        "mind_forgetting": forgetting_factor(host.mind_memory_days),
        "drift_forgetting": forgetting_factor(inflow.drift_memory_days),
        "noticed_forgetting": forgetting_factor(config.patrols.reallocation_memory_days),
        "most_inflow_factor": most_inflow_factor(inflow),
    }
    return filled(Derived, columns, (1,))


def most_inflow_factor(inflow: Inflow) -> float:
    """Return how many candidates are drawn over those planned: more only where how many come varies."""
    varies = inflow.drift_sd > 0.0 or inflow.answer_to_chance > 0.0
    return inflow.drift_most_factor if varies else 1.0


def countries(config: Config, segments: Segments) -> Rows[Country]:
    """Return one row per country."""
    of_stretch = [COUNTRIES.index(stretch.country) for stretch in segments.stretches]
    columns = {
        "first_stretch": np.searchsorted(of_stretch, range(len(COUNTRIES))),
        "stretches": np.bincount(of_stretch, minlength=len(COUNTRIES)),
    }
    return filled(Country, columns, (len(COUNTRIES),))


def terrains(config: Config) -> Rows[Terrain]:
    """Return one row per kind of terrain; land and unknown terrain add no time."""
    added_h = [getattr(config.cross.added_line_h, name, 0.0) for name in TERRAINS]
    return filled(Terrain, {"added_line_h": added_h}, (len(TERRAINS),))


def barriers(config: Config) -> Rows[Barrier]:
    """Return one row per kind of barrier; none adds no time."""
    added_h = [getattr(config.cross.added_line_h, name, 0.0) for name in BARRIERS]
    return filled(Barrier, {"added_line_h": added_h}, (len(BARRIERS),))


def segment_rows(config: Config, segments: Segments) -> Rows[SegmentLand]:
    """Return one row per segment; `weight` is its pull without any barrier."""
    water = np.array(config.choice.water_effort_factor.by_code)
    nearness = town_nearness(segments.town_km, config.choice.town_distance_scale_km)
    weights = [
        segment_weight(length, near, factor)
        for length, near, factor in zip(segments.length_km, nearness, water[segments.terrain], strict=True)
    ]
    metres = np.rint(segments.from_km * METRES_PER_KM).astype(np.uint64)
    codes = segments.country.astype(np.uint64) + np.uint64(1)
    columns = {
        "key": (codes << np.uint64(_SEGMENT_KEY_SHIFT)) | metres,
        "country": segments.country,
        "stretch": segments.stretch,
        "terrain": segments.terrain,
        "swamp": segments.wetland | (segments.terrain == SWAMP),
        "length_km": segments.length_km,
        "water_share": np.nan_to_num(segments.water_share),
        "position_km": segments.position_km,
        "weight": np.array(weights),
    }
    return filled(SegmentLand, columns, (len(segments),))


def town_nearness(town_km: np.ndarray, scale_km: float) -> np.ndarray:
    """Return the pull of the nearest town, as a share of the mean where towns are known; 1 where not.

    Where the scale is so short that no town would have any pull, distances count from the nearest town.
    """
    return _town_nearness(town_km.tobytes(), scale_km)


@lru_cache(maxsize=TABLES_AT_HAND)
def _town_nearness(towns_km: bytes, scale_km: float) -> np.ndarray:
    """Work it out once for each scale: draws of other values share it."""
    town_km = np.frombuffer(towns_km)
    known = ~np.isnan(town_km)
    nearest = float(town_km[known].min())
    from_km = 0.0 if pull_of_nearness(nearest, 1.0 / scale_km) > 0.0 else nearest
    pull = np.array([pull_of_nearness(float(km) - from_km, 1.0 / scale_km) for km in town_km[known]])
    nearness = np.ones(len(town_km))
    nearness[known] = pull / pull.mean()
    return nearness


def stretches(config: Config, segments: Segments, crews: np.ndarray) -> Rows[StretchLand]:
    """Return one row per stretch; patrol slots are numbered consecutively so that the busiest day fits."""
    of = segments.stretch
    count = len(segments.stretches)
    low = np.minimum(segments.position_km - segments.length_km / 2, segments.position_km)
    length = np.bincount(of, segments.length_km, count)
    country = np.array([COUNTRIES.index(stretch.country) for stretch in segments.stretches])
    share = length / np.bincount(country, length)[country]
    moved = config.patrols.reallocation_share
    most = crews.max(axis=0)[country] * ((1.0 - moved) * share + moved)
    slots = np.ceil(most).astype(np.int64) + 1
    if slots.max() > MOST_CREWS_OF_A_STRETCH:
        raise BadInput(
            f"guards: {slots.max():,} crews could be on shift at {segments.stretches[slots.argmax()].name}; "
            f"more than {MOST_CREWS_OF_A_STRETCH:,} cannot be told apart"
        )
    factors = config.choice.attraction_factor
    columns = {
        "key": np.arange(1, count + 1, dtype=np.uint64) << np.uint64(_PATROL_KEY_SHIFT),
        "country": country.astype(np.uint8),
        "first_segment": np.searchsorted(of, range(count)),
        "segments": np.bincount(of, minlength=count),
        "from_km": [low[of == stretch].min() for stretch in range(count)],
        "length_km": length,
        "share": share,
        "first_patrol": np.concatenate([[0], np.cumsum(slots)[:-1]]),
        "patrols": slots,
        "attraction_factor": [
            factors.get(stretch.district or "", 1.0) * config.choice.country_factor[stretch.country]
            for stretch in segments.stretches
        ],
    }
    return filled(StretchLand, columns, (count,))


def on_shift(stretches: Rows[StretchLand], crews: np.ndarray) -> np.ndarray:
    """Return crews on shift by day and stretch: those of the country, pro rata by length."""
    return np.ascontiguousarray(crews[:, stretches["country"]] * stretches["share"])


def nearness(config: Config, stretches: Rows[StretchLand]) -> np.ndarray:
    """Return the pull of each stretch by distance, from each stretch and (last) from Minsk: all equal."""
    middle = stretches["from_km"] + stretches["length_km"] / 2
    return _nearness(tuple(middle.tolist()), config.choice.distance_cost_per_km).copy()


@lru_cache(maxsize=TABLES_AT_HAND)
def _nearness(middles_km: tuple[float, ...], cost_per_km: float) -> np.ndarray:
    """Work it out once for each cost of distance: draws of other values share it."""
    rows = np.ones((len(middles_km), len(middles_km) + 1))
    for place, here in enumerate(middles_km):
        for target, there in enumerate(middles_km):
            rows[target, place] = pull_of_nearness(abs(there - here), cost_per_km)
    return rows
