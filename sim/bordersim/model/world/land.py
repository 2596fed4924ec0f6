"""The part of the world that is the same on all days: single values, countries, terrain, the land."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordersim.errors import BadInput
from bordersim.model.rules.hazards import log_of_one_more
from bordersim.model.rules.learning import forgetting_factor
from bordersim.model.rules.migrants import pull_of_nearness, segment_weight
from bordersim.model.world.arrays import by_country, day_number, record, table
from bordersim.words.codes import BARRIERS, COUNTRIES, SWAMP, TERRAINS

if TYPE_CHECKING:
    from bordersim.geo.segments import Segments
    from bordersim.inputs.schema import Config

METRES_PER_KM = 1000
EUR_PER_THOUSAND = 1000
_SEGMENT_KEY_SHIFT = 32
_PATROL_KEY_SHIFT = 16
MOST_CREWS_OF_A_STRETCH = 1 << _PATROL_KEY_SHIFT
MOST_PEOPLE_IN_A_FAMILY = 64
MOST_FAMILIES_IN_A_GROUP = 4096


def params(config: Config) -> np.ndarray:
    """Return the single values the engine reads, one row."""
    inflow, choice, host, learn = config.inflow, config.choice, config.host, config.learn
    return record(
        {
            "first_day": day_number(config),
            "max_family": MOST_PEOPLE_IN_A_FAMILY,
            "max_families": MOST_FAMILIES_IN_A_GROUP,
            "log_of_one_more": log_of_one_more(inflow.family_size_mean),  # in a family
            "vulnerable_share": inflow.vulnerable_share,
            "presents_share": inflow.presents_share,
            "minsk_days_min": inflow.minsk_days_min,
            "minsk_days_mean": inflow.minsk_days_mean,
            "chance_weight": choice.chance_weight,
            "price_weight_per_eur": choice.price_weight_per_1000_eur / EUR_PER_THOUSAND,
            "first_try_days_mean": choice.first_try_days_mean,
            "rest_days": choice.rest_days,
            "retry_days_mean": choice.retry_days_mean,
            "approach_h": config.cross.approach_h,
            "clear_h": config.cross.clear_h,
            "surveillance_rate_per_h": config.detect.surveillance_rate_per_h,
            "patrol_pass_probability": config.detect.patrol_pass_probability,
            "patrol_rate_max_per_h": config.detect.patrol_rate_max_per_h,
            "patrol_speed_km_per_h": config.patrols.speed_km_per_h,
            "crew_size": config.patrols.crew_size,
            "overtime_above_share": config.patrols.overtime_above_share,
            "dispatch_delay_h": config.respond.dispatch_delay_h,
            "response_speed_km_per_h": config.respond.speed_km_per_h,
            "handling_h": config.respond.handling_h,
            "turn_round_probability": config.respond.turn_round_probability,
            "stranded_days_mean": host.stranded_days_mean,
            "prevented_home_probability": host.prevented_home_probability,
            "rescue_probability": host.rescue_probability,
            "cold_below_degc": config.suffer.cold_below_degc,
            "hypothermia_per_degree_hour": config.suffer.hypothermia_per_degree_hour,
            "frostbite_probability_per_freezing_day": (
                config.suffer.frostbite_probability_per_stranded_freezing_day
            ),
            "push_forward_days_mean": host.push_forward_days_mean,
            "steering_forgetting": float(forgetting_factor(host.steering_memory_days)),
            "steering_lag_days": host.steering_lag_days,
            "steering_floor_people": host.steering_floor_people,
            "focus_share": host.focus_share,
            "focus_days": host.focus_days,
            "death_probability_per_freezing_day": config.suffer.death_probability_per_stranded_freezing_day,
            "give_up_after_return_probability": config.give_up.after_return_probability,
            "give_up_stays_share": config.give_up.stays_share,
            "willing_to_fly_share": config.give_up.willing_share,
            "admission_forgetting": float(forgetting_factor(learn.admission_memory_days)),
            "passage_forgetting": float(forgetting_factor(learn.passage_memory_days)),
            "contact_weight": learn.contact_weight,
            "failure_weight": learn.failure_weight,
            "learn_lag_days": learn.lag_days,
            "prior_passage": learn.prior_passage,
            "admission_prior_people": learn.admission_prior_people,
            "passage_prior_people": learn.passage_prior_people,
            "stretch_prior_people": learn.stretch_prior_people,
            "record_day_starts_h": config.record.day_starts_h,
        }
    )


def countries(config: Config, segments: Segments) -> np.ndarray:
    """Return one row per country."""
    of_stretch = [COUNTRIES.index(stretch.country) for stretch in segments.stretches]
    columns = {
        "first_stretch": np.searchsorted(of_stretch, range(3)),
        "stretches": np.bincount(of_stretch, minlength=3),
        "visibility_factor": by_country(config.detect.visibility_factor, ""),
        "onward_eur": by_country(config.choice.onward_eur, ""),
        "steering_initial": by_country(config.host.steering_initial, ""),
        "withdrawn_seen_share": by_country(config.record.withdrawn_seen_share, ""),
        "missed_day_probability": by_country(config.record.missed_day_probability, ""),
        "deaths_found_share": by_country(config.record.deaths_found_share, ""),
        "reallocation_share": by_country(config.guards, "reallocation_share"),
        "noticed_forgetting": [
            float(forgetting_factor(days)) for days in by_country(config.guards, "reallocation_memory_days")
        ],
        "damage_probability": by_country(config.build, "damage_probability"),
        "repair_days": [int(days) for days in by_country(config.build, "repair_days")],
        "repair_eur": by_country(config.cost, "repair_eur"),
        "overtime_eur_per_h": by_country(config.cost, "overtime_eur_per_h"),
        "admitted_share": by_country(config.procedure, "admitted_share"),
        "returned_share": by_country(config.procedure, "returned_share"),
        "stay_days_mean": by_country(config.inland, "stay_days_mean"),
        "found_inland_share": by_country(config.inland, "found_share"),
        "reception_eur_per_day": by_country(config.cost, "reception_eur_per_day"),
        "legal_aid_eur_per_claim": by_country(config.cost, "legal_aid_eur_per_claim"),
        "aid_eur_per_stranded_day": by_country(config.cost, "aid_eur_per_stranded_day"),
        "return_grant_eur": config.cost.return_grant_eur,
        "unfenced_water_km": by_country(config.build, "unfenced_water_km"),
        "unfenced_swamp_km": by_country(config.build, "unfenced_swamp_km"),
        "order_spread": by_country(config.build, "order_spread"),
    }
    return table(columns, (3,))


def terrains(config: Config) -> np.ndarray:
    """Return one row per kind of terrain; land and what is not known add no time."""
    added = config.cross.added_line_h
    return table(
        {
            "added_line_h": [getattr(added, name, 0.0) for name in TERRAINS],
            "wet_factor": [getattr(config.suffer.wet_factor, name) for name in TERRAINS],
            "death_probability": [
                getattr(config.suffer.death_probability_per_attempt, name) for name in TERRAINS
            ],
        },
        (len(TERRAINS),),
    )


def barriers(config: Config) -> np.ndarray:
    """Return one row per kind of barrier."""
    sections = {
        "added_line_h": config.cross.added_line_h,
        "breach_probability": config.cross.breach_probability,
        "alarm_probability": config.detect.alarm_probability,
        "injury_probability": config.suffer.injury_probability,
        "effort_factor": config.choice.barrier_effort_factor,
    }
    columns = {name: [getattr(part, kind) for kind in BARRIERS] for name, part in sections.items()}
    return table(columns, (len(BARRIERS),))


def segment_rows(config: Config, segments: Segments) -> np.ndarray:
    """Return one row per segment; `weight` is how much it draws attempts before any barrier."""
    water = np.array([getattr(config.choice.water_effort_factor, name) for name in TERRAINS])
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
    return table(columns, (len(segments),))


def town_nearness(town_km: np.ndarray, scale_km: float) -> np.ndarray:
    """Return the pull of the nearest town, as a share of the mean where towns are known; 1 where not.

    Where the scale is so short that no town would pull, distances count from the nearest of all.
    """
    known = ~np.isnan(town_km)
    nearest = float(town_km[known].min())
    from_km = 0.0 if pull_of_nearness(nearest, 1.0 / scale_km) > 0.0 else nearest
    pull = np.array([pull_of_nearness(float(km) - from_km, 1.0 / scale_km) for km in town_km[known]])
    nearness = np.ones(len(town_km))
    nearness[known] = pull / pull.mean()
    return nearness


def stretches(config: Config, segments: Segments, crews: np.ndarray) -> np.ndarray:
    """Return one row per stretch; patrol slots are numbered through so that the busiest day fits."""
    of = segments.stretch
    count = len(segments.stretches)
    low = np.minimum(segments.position_km - segments.length_km / 2, segments.position_km)
    length = np.bincount(of, segments.length_km, count)
    country = np.array([COUNTRIES.index(stretch.country) for stretch in segments.stretches])
    share = length / np.bincount(country, length)[country]
    moved = np.array(by_country(config.guards, "reallocation_share"))[country]
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
            factors.get(stretch.name, 1.0) * config.choice.country_factor[stretch.country]
            for stretch in segments.stretches
        ],
    }
    return table(columns, (count,))


def on_shift(stretches: np.ndarray, crews: np.ndarray) -> np.ndarray:
    """Return crews on shift by day and stretch: those of the country, pro rata by length."""
    return np.ascontiguousarray(crews[:, stretches["country"]] * stretches["share"])


def nearness(config: Config, stretches: np.ndarray) -> np.ndarray:
    """Return the pull of each stretch by distance, from each stretch and (last) from Minsk: all alike."""
    middle = stretches["from_km"] + stretches["length_km"] / 2
    rows = np.ones((len(stretches), len(stretches) + 1))
    for place, here in enumerate(middle):
        for target, there in enumerate(middle):
            distance = abs(float(there - here))
            rows[target, place] = pull_of_nearness(distance, config.choice.distance_cost_per_km)
    return rows
