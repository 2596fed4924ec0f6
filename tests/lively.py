"""Worlds in which everything can happen, and often does."""

from __future__ import annotations

from worlds import (
    ALL_DETECTED_AT_THE_LINE,
    ALL_PRESENT,
    FAMILIES,
    INFLOW,
    MANY_GUARDS,
    ONE_STATION,
    ORIGIN,
    TRYING_AGAIN,
    TURN_BACK,
    Sets,
)

from bordersim.words.codes import BARRIERS, COUNTRIES, TERRAINS

# Everything that can happen happens here, and often.
LIVELY: Sets = {
    **FAMILIES,
    **TRYING_AGAIN,
    **{
        f"law.{country}.{name}_probability": 0.5
        for country in COUNTRIES
        for name in ("recognition", "force", "claim_voiced")
    },
    **{f"claims.{country}.places_per_day": 2 for country in COUNTRIES},
    **{f"claims.{country}.reach_probability": 0.2 for country in COUNTRIES},
    **{f"claims.{country}.mission_places_per_day": 3 for country in COUNTRIES},
    **{f"claims.{country}.mission_reach_probability": 0.05 for country in COUNTRIES},
    **{f"procedure.{country}.dwell_days_mean": 2 for country in COUNTRIES},
    **{f"procedure.{country}.admitted_share": 0.3 for country in COUNTRIES},
    **{f"procedure.{country}.returned_share": 0.3 for country in COUNTRIES},
    **{f"inland.{country}.stay_days_mean": 1 for country in COUNTRIES},
    **{f"inland.{country}.found_share": 0.4 for country in COUNTRIES},
    **{f"suffer.injury_probability.{kind}": 0.1 for kind in BARRIERS},
    **{f"suffer.death_probability_per_attempt.{terrain}": 0.02 for terrain in TERRAINS},
    **{f"guards.{country}.officers": 100 for country in COUNTRIES},
    **{f"cross.breach_probability.{kind}": 0.8 for kind in BARRIERS},
    "guards.LT.officers": 30,  # so few that all crews of a station are busy at times
    f"inflow.origins.{ORIGIN}.protection_share": 0.5,
    "inflow.presents_share": 0.5,
    "inflow.vulnerable_share": 0.3,
    "inflow.minsk_days_mean": 1,
    "choice.chance_weight": 3,
    "choice.escorted_share": 0.3,
    "choice.first_try_days_mean": 0.5,
    "policy.LT": [
        {"from": "2020-01-01", "regime": "admit_and_screen"},
        {"from": "2021-06-06", "regime": "turn_back"},
    ],
    "policy.PL": "asylum_suspended",
    **{f"procedure.{country}.places": 5 for country in COUNTRIES},
    "procedure.LT.onward_share": [
        {"from": "2021-06-01", "value": 0},
        {"from": "2021-06-07", "value": 0.5},
        {"from": "2021-06-08", "value": 0},
    ],
    **{f"guards.{country}.reallocation_share": 0.5 for country in COUNTRIES},
    "build.LT.damage_probability": 0.5,
    "build.LT.repair_days": 2,
    "host.let_back_probability": 0.4,
    "host.push_forward_probability": 0.5,
    "host.push_forward_days_mean": 0.5,
    "host.stranded_days_mean": 1,
    "host.prevention_probability": 0.1,
    "host.prevented_home_probability": 0.3,
    "host.rescue_probability": 0.2,
    "suffer.frostbite_probability_per_stranded_freezing_day": 0.1,
    "suffer.hypothermia_per_degree_hour": 0.002,
    "host.steering_responds_from": "2021-06-06",
    "suffer.temperature_month_degc": [-1] * 12,
    "suffer.death_probability_per_stranded_freezing_day": 0.05,
    "give_up.after_return_probability": 0.2,
    "give_up.stays_share": 0.5,
    "give_up.flights_home": [{"from": "2021-06-08", "seats": 20}],
    "give_up.willing_share": 0.5,
    "build.LT.fence_km": [{"from": "2021-06-02", "km": 0}, {"from": "2021-06-08", "km": 300}],
    "detect.surveillance_rate_per_h": 0.5,
    "detect.alarm_probability.fence": 0.5,
    "patrols.overtime_above_share": 0.1,
    **{f"record.missed_day_probability.{country}": 0.2 for country in COUNTRIES},
    **{f"record.deaths_found_share.{country}": 0.8 for country in COUNTRIES},
    "respond.handling_h": 2,
    "respond.handling_per_person_h": 0.25,
    "respond.registration_per_person_h": 0.5,
    "respond.turn_round_probability": 0.3,
    "host.focus_share": 0.5,
    "host.focus_days": 2,
    "learn.contact_weight": 3,
    "learn.failure_weight": 0.5,
}
WORLDS: dict[str, Sets] = {
    "lively": LIVELY,
    "crowded": {**LIVELY, **ONE_STATION, INFLOW: 600, "guards.LT.officers": 30},
    "turned back": {**LIVELY, **TURN_BACK, **MANY_GUARDS, **ALL_DETECTED_AT_THE_LINE},
    "presenting": {**LIVELY, **ALL_PRESENT},
}
