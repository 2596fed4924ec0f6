"""A small world in which most rules work and no value is tuned: the plain one of all tests, changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

import numpy as np
from worlds import Sets, plain_world, written_out

from bordersim.model.world import World

START, END = date(2021, 9, 1), date(2021, 9, 12)
ORIGINS = ("africa", "damascus")
FLIGHTS = {"flights_per_week": 7, "seats_per_flight": 60, "cross_share": 0.5}
SMALL: Sets = written_out({
    "period": {"start": START, "end": END},
    "land.segment_length_km": 4,
    "inflow": {
        "origins.africa": {**FLIGHTS, "people_per_day": 3},
        "origins.damascus": {**FLIGHTS, "people_per_day": 9},
        "load_share": 0.8, "protection_share": 0.8,
        "family_size_mean": 1.8, "vulnerable_share": 0.3, "presents_share": 0.6, "group_size_mean": 6,
        "minsk_days_min": 1, "minsk_days_mean": 1.5,
    },
    "choice": {
        "chance_weight": 3, "price_weight_per_1000_eur": 0.4, "distance_cost_per_km": 0.01,
        "onward_eur": {"LT": 5000, "LV": 5000, "PL": 1500}, "escorted_share": 0.5,
        "first_try_days_mean": 0.5, "rest_days": 0.5, "retry_days_mean": 1, "town_distance_scale_km": 15,
        "attraction_factor": {"Vilnius": 0.2, "Druskininkai": 5},
        "water_effort_factor": {"river": 0.6, "lake": 0.1, "swamp": 0.5},
        "barrier_effort_factor": {"wire": 0.6, "fence": 0.25},
        "hour_factor": [2] * 6 + [0.5] * 12 + [1.5] * 6,
        "month_factor": [0.5] * 3 + [1] * 9,
    },
    "cross.added_line_h": {"wire": 0.2, "fence": 0.5, "river": 0.2, "lake": 0.5, "swamp": 0.5},
    "cross.breach_probability": {"wire": 0.9, "fence": 0.6},
    "detect": {
        "surveillance_rate_per_h": 3, "patrol_pass_probability": 0.3, "patrol_rate_max_per_h": 0.8,
        "alarm_probability": {"wire": 0.2, "fence": 0.5},
    },
    "respond": {
        "dispatch_delay_h": 0.1, "speed_km_per_h": 40, "handling_h": 1.5, "handling_per_person_h": 0.1,
        "registration_per_person_h": 0.2,
    },
    "patrols": {
        "speed_km_per_h": 12, "overtime_above_share": 0.05, "crew_size": 2,
        "officer_shift_share": 0.15, "soldier_shift_share": 0.06, "frontex_shift_share": 0.2,
    },
    "guards.*": {"officers": 300, "soldiers": 50, "frontex": 10}, "patrols.reallocation_memory_days": 3,
    "policy.*": "turn_back",
    "law.*": {"recognition_probability": 0.3, "force_probability": 0.3, "claim_voiced_probability": 0.5},
    "host": {
        "let_back_probability": {"LT": 0.5, "LV": 0.5, "PL": 0.5}, "prevented_home_probability": 0.3,
        "captives_driven_per_day": 1.5, "steering_initial.LT": 2,
        "captives_admitted_per_day": {"LT": 0.2, "LV": 0.1, "PL": 0.2}, "captives_moved_probability": 0.2,
        "captives_met_probability": 0.5,
        "captives_taken_home_per_day": 0.2,
        "captives_let_back_per_day": {"LT": 0.3, "LV": 0.3, "PL": 0.5},
        "steering_responds_from": date(2021, 9, 4), "steering_memory_days": 2,
    },
    "claims.*": {"points": 4, "open_points": 4},
    "harm": {
        "injury_probability": {"none": 0.02, "wire": 0.05, "fence": 0.1},
        "death_probability_per_attempt": {"land": 0.01, "wet": 0.02},
        "death_probability_per_captive_freezing_day": 0.01,
        "frostbite_probability_per_captive_freezing_day": 0.1,
        "cold_below_degc": 12,
        "hypothermia_per_degree_hour": 0.002,
        "wet_factor": 5,
        "temperature_hour_degc": [-4] * 6 + [0.5] * 6 + [4] * 6 + [-0.5] * 6,
        "temperature_month_degc": [-5, -5, 1, 6, 12, 16, 17, 16, 11, 6, 1, -3],
    },
    "return_home": {"after_return_probability": 0.1, "stays_share": 0.5, "willing_share": 0.5},
    "procedure.*": {"dwell_days_mean": 100, "admitted_share": 0.3, "returned_share": 0.4, "places": 10_000},
    "learn": {
        "lag_days": 1, "passage_memory_days": 5, "prior_passage": 0.3, "passage_prior_people": 20,
        "admits_at_first": {"LT": 0.5, "LV": 0.4, "PL": 0.2}, "regime_change_per_day": 0.01,
        "news_weight": 0.1, "admitted_where_admitting": 0.9, "admitted_where_turning_back": 0.1,
        "stretch_prior_people": 10,
    },
    "build.*": {"surveillance_km": 90}, "barrier.repair_days": 2,
    "cost.*": {
        "fence_eur_per_km": 860_000.3, "wire_eur_per_km": 81_000.7, "surveillance_eur_per_km": 130_000.9,
        "officer_eur_per_day": 58.1, "soldier_eur_per_day": 31.3, "reception_eur_per_day": 30.1,
        "repair_eur": 2999.9, "overtime_eur_per_h": 18.43, "legal_aid_eur_per_claim": 160.3,
        "aid_eur_per_captive_day": 10.7,
    },
    "cost.return_grant_eur": 1000.7,
    "record": {
        "day_starts_h": 6, "withdrawn_seen_share": {"LT": 0.3, "LV": 0.1, "PL": 0.7},
        "missed_day_probability": 0.2, "deaths_found_share": {"LT": 0.8, "LV": 0.5},
    },
})  # fmt: skip


def small_world(changes: Sets) -> World:
    """Return the small world with some things changed."""
    return plain_world(SMALL, changes)


def digest(arrays: Iterable[np.ndarray]) -> str:
    """Return a hash of the bits of arrays."""
    return hashlib.sha256(b"".join(np.ascontiguousarray(each).tobytes() for each in arrays)).hexdigest()
