"""A plain small world, in which nothing is a tuned value, and how to change things in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from bordersim.inputs import Scenario, load_scenario
from bordersim.inputs.schema import Config
from bordersim.model.world import World, build_world
from bordersim.words.codes import COUNTRIES

ORIGIN = {
    "flights_per_week": 7,
    "seats_per_flight": 60.0,
    "load_share": 0.8,
    "cross_share": 0.5,
    "people_per_day": 3,
    "protection_share": 0.6,
}
START, END = date(2021, 9, 1), date(2021, 9, 12)
PLAIN: dict[str, object] = {
    "period": {"start": START, "end": END},
    "land.segment_length_km": 4.0,
    "inflow.origins": {"one": ORIGIN, "two": {**ORIGIN, "people_per_day": 9, "protection_share": 0.9}},
    "inflow.family_size_mean": 1.8,
    "inflow.vulnerable_share": 0.3,
    "inflow.presents_share": 0.6,
    "inflow.group_size_mean": 6,
    "inflow.minsk_days_min": 1.0,
    "inflow.minsk_days_mean": 1.5,
    "choice.chance_weight": 3.0,
    "choice.distance_cost_per_km": 0.01,
    "choice.escorted_share": 0.5,
    "choice.first_try_days_mean": 0.5,
    "choice.rest_days": 0.5,
    "choice.retry_days_mean": 1.0,
    "choice.attraction_factor": {},
    "choice.country_factor.*": 1.0,
    "choice.water_effort_factor": {"land": 1.0, "river": 0.6, "lake": 0.1, "swamp": 0.5, "unknown": 1.0},
    "choice.barrier_effort_factor": {"none": 1.0, "wire": 0.6, "fence": 0.25},
    "choice.hour_factor": (2.0,) * 6 + (0.5,) * 12 + (1.5,) * 6,
    "choice.month_factor": (0.5,) * 3 + (1.0,) * 9,
    "cross.approach_h": 0.5,
    "cross.clear_h": 2.0,
    "cross.added_line_h": {"none": 0.0, "wire": 0.2, "fence": 0.5, "river": 0.2, "lake": 0.5, "swamp": 0.5},
    "cross.breach_probability": {"none": 1.0, "wire": 0.9, "fence": 0.6},
    "detect.surveillance_rate_per_h": 3.0,
    "detect.patrol_pass_probability": 0.3,
    "detect.patrol_rate_max_per_h": 0.8,
    "detect.visibility_factor.*": 1.0,
    "detect.alarm_probability": {"none": 0.0, "wire": 0.2, "fence": 0.5},
    "respond": {
        "dispatch_delay_h": 0.1, "speed_km_per_h": 40.0, "handling_h": 1.5, "handling_per_person_h": 0.1,
        "registration_per_person_h": 0.2, "turn_round_probability": 0.0,
    },
    "patrols.speed_km_per_h": 12.0,
    "patrols.overtime_above_share": 0.05,
    "guards.*": {
        "officers": 300, "soldiers": 50, "frontex": 10, "borrowed": 0, "lent_to_LV": 0,
        "reallocation_share": 0.0, "reallocation_memory_days": 3.0,
    },
    "policy.*": "turn_back",
    "law.*.recognition_probability": 0.3,
    "law.*.force_probability": 0.3,
    "law.*.claim_voiced_probability": 0.5,
    "host.let_back_probability": 0.5,
    "host.push_forward_probability": 0.5,
    "host.prevention_probability": 0.0,
    "host.prevented_home_probability": 0.3,
    "host.rescue_probability": 0.0,
    "host.stranded_days_mean": 1.0,
    "host.push_forward_days_mean": 0.3,
    "host.steering_initial": {"LT": 2.0, "LV": 1.0, "PL": 1.0},
    "host.steering_responds_from": date(2021, 9, 4),
    "host.steering_lag_days": 1,
    "host.steering_floor_people": 1.0,
    "host.focus_share": 0.0,
    "host.focus_days": 1,
    "claims.*": {
        "places_per_day": 0, "reach_probability": 0, "points": 4.0, "open_points": 4.0,
        "mission_places_per_day": 0, "mission_reach_probability": 0,
    },
    "suffer.injury_probability": {"none": 0.02, "wire": 0.05, "fence": 0.1},
    "suffer.death_probability_per_attempt": {
        "land": 0.01, "river": 0.02, "lake": 0.02, "swamp": 0.02, "unknown": 0.01
    },
    "suffer.death_probability_per_stranded_freezing_day": 0.01,
    "suffer.frostbite_probability_per_stranded_freezing_day": 0.1,
    "suffer.cold_below_degc": 12.0,
    "suffer.hypothermia_per_degree_hour": 0.002,
    "suffer.wet_factor": {"land": 1.0, "river": 5.0, "lake": 4.0, "swamp": 3.0, "unknown": 1.5},
    "suffer.temperature_hour_degc": (-4.0,) * 6 + (0.5,) * 6 + (4.0,) * 6 + (-0.5,) * 6,
    "suffer.temperature_month_degc": (-5.0, -5.0, 1.0, 6.0, 12.0, 16.0, 17.0, 16.0, 11.0, 6.0, 1.0, -3.0),
    "give_up": {
        "after_return_probability": 0.1, "stays_share": 0.5, "flights_home": (), "willing_share": 0.5
    },
    "procedure.*": {
        "dwell_days_mean": 100.0, "admitted_share": 0.3, "returned_share": 0.4,
        "places": 10000.0, "onward_share": 0.0,
    },
    "inland.*": {"stay_days_mean": 1e6, "found_share": 0.0},
    "learn.lag_days": 1,
    "learn.admission_memory_days": 3.0,
    "learn.passage_memory_days": 5.0,
    "learn.contact_weight": 1.0,
    "learn.failure_weight": 0.0,
    "learn.admission_prior_people": 20.0,
    "learn.passage_prior_people": 20.0,
    "learn.stretch_prior_people": 10.0,
    "build.*": {
        "wire_km": (), "fence_km": (), "surveillance_km": ({"from": date(2021, 1, 1), "km": 90.0},),
        "unfenced_water_km": 0.0, "unfenced_swamp_km": 0.0, "order_spread": 1.0,
        "damage_probability": 0.0, "repair_days": 2,
    },
    "cost.*.repair_eur": 2999.9,
    "cost.*.overtime_eur_per_h": 18.43,
    "cost.*.legal_aid_eur_per_claim": 160.3,
    "cost.*.aid_eur_per_stranded_day": 10.7,
    "cost.*.reception_eur_per_day": 30.1,
    "cost.return_grant_eur": 1000.7,
    "record": {
        "day_starts_h": 6.0, "withdrawn_seen_share": {"LT": 0.3, "LV": 0.1, "PL": 0.7},
        "missed_day_probability": {"LT": 0.2, "LV": 0.0, "PL": 0.1},
        "deaths_found_share": {"LT": 0.8, "LV": 0.5, "PL": 1.0},
    },
}  # fmt: skip


def small_world(changes: Mapping[str, object]) -> World:
    """Return the plain world with some things changed."""
    given = load_scenario(["history_2021"]).config.model_dump(by_alias=True)
    for key, value in {**PLAIN, **changes}.items():
        put(given, key.split("."), value)
    config = Config.model_validate(given)
    return build_world(cast(Scenario, SimpleNamespace(name="small", config=config)))


def put(tree: dict[str, Any], path: list[str], value: object) -> None:
    """Set a value by its path, ``*`` for all three borders; known keys are merged, new names replace old."""
    keys = COUNTRIES if path[0] == "*" else path[:1]
    for key in keys:
        if len(path) > 1:
            put(tree[key], path[1:], value)
        elif isinstance(value, Mapping) and isinstance(tree[key], dict) and tree[key].keys() >= value.keys():
            tree[key] = {**tree[key], **value}
        else:
            tree[key] = value


def digest(arrays: Iterable[np.ndarray]) -> str:
    """Return a hash of the bits of arrays."""
    return hashlib.sha256(b"".join(np.ascontiguousarray(each).tobytes() for each in arrays)).hexdigest()
