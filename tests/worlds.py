"""Small worlds whose every value is set here, so that no test depends on values that are tuned.

In the plain world one origin sends people who travel alone and do not present themselves; they set out
the moment they reach the border zone, at noon of the day they land. Nothing attracts or deters, nobody
guards, nobody dies, nobody learns enough to matter, and nothing is built. A test sets what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from bordersim.inputs import Scenario, load_scenario
from bordersim.model.engine import BlockOutput, new_state, simulate_block
from bordersim.model.engine.loop import advance, run_days
from bordersim.model.records import State
from bordersim.model.world import World, build_world
from bordersim.words.codes import BARRIERS, COUNTRIES, LT, STATES, TERRAINS
from bordersim.words.metrics import METRIC_NAMES

Sets = Mapping[str, object]

ORIGIN = "africa"
INFLOW = f"inflow.origins.{ORIGIN}.people_per_day"
NOON_H = 12.0
DAY_H = 24.0

_ORIGIN: Sets = {
    "flights_per_week": 0,
    "seats_per_flight": 0,
    "load_share": 0,
    "cross_share": 0,
    "people_per_day": 0,
    "protection_share": 0,
}
_COUNTRY: Sets = {
    "choice.country_factor.{}": 1,
    "choice.onward_eur.{}": 0,
    "detect.visibility_factor.{}": 1,
    "guards.{}.officers": 0,
    "guards.{}.soldiers": 0,
    "guards.{}.frontex": 0,
    "guards.{}.borrowed": 0,
    "guards.{}.lent_to_LV": 0,
    "guards.{}.reallocation_share": 0,
    "guards.{}.reallocation_memory_days": 7,
    "policy.{}": "admit_and_screen",
    "law.{}.recognition_probability": 0,
    "law.{}.force_probability": 0,
    "law.{}.claim_voiced_probability": 0,
    "host.steering_initial.{}": 1,
    "claims.{}.points": 1,
    "claims.{}.open_points": 1,
    "claims.{}.places_per_day": 0,
    "claims.{}.reach_probability": 0,
    "claims.{}.mission_places_per_day": 0,
    "claims.{}.mission_reach_probability": 0,
    "procedure.{}.places": 100_000,
    "procedure.{}.onward_share": 0,
    "procedure.{}.dwell_days_mean": 3650,
    "procedure.{}.admitted_share": 0,
    "procedure.{}.returned_share": 0,
    "inland.{}.stay_days_mean": 1e6,
    "inland.{}.found_share": 0,
    "build.{}.wire_km": [],
    "build.{}.fence_km": [],
    "build.{}.surveillance_km": [{"from": "2020-01-01", "km": 2000}],
    "build.{}.unfenced_water_km": 0,
    "build.{}.unfenced_swamp_km": 0,
    "build.{}.order_spread": 1,
    "build.{}.damage_probability": 0,
    "build.{}.repair_days": 1,
    "cost.{}.fence_eur_per_km": 0,
    "cost.{}.wire_eur_per_km": 0,
    "cost.{}.surveillance_eur_per_km": 0,
    "cost.{}.officer_eur_per_day": 0,
    "cost.{}.soldier_eur_per_day": 0,
    "cost.{}.reception_eur_per_day": 0,
    "cost.{}.repair_eur": 0,
    "cost.{}.overtime_eur_per_h": 0,
    "cost.{}.legal_aid_eur_per_claim": 0,
    "cost.{}.aid_eur_per_stranded_day": 0,
    "learn.prior_admission.{}": 0.5,
    "record.withdrawn_seen_share.{}": 0,
    "record.missed_day_probability.{}": 0,
    "record.deaths_found_share.{}": 1,
}
_TERRAIN: Sets = {
    "choice.water_effort_factor.{}": 1,
    "suffer.death_probability_per_attempt.{}": 0,
    "suffer.wet_factor.{}": 1,
}
_BARRIER: Sets = {
    "choice.barrier_effort_factor.{}": 1,
    "cross.breach_probability.{}": 1,
    "detect.alarm_probability.{}": 0,
    "suffer.injury_probability.{}": 0,
}
_SINGLE: Sets = {
    "period.start": "2021-06-01",
    "period.end": "2021-06-10",
    "land.segment_length_km": 1.0,
    INFLOW: 100,
    "inflow.family_size_mean": 1,
    "inflow.vulnerable_share": 0,
    "inflow.presents_share": 0,
    "inflow.group_size_mean": 1,
    "inflow.minsk_days_min": 0,
    "inflow.minsk_days_mean": 0,
    "choice.chance_weight": 0,
    "choice.price_weight_per_1000_eur": 0,
    "choice.distance_cost_per_km": 0,
    "choice.escorted_share": 0,
    "choice.first_try_days_mean": 0,
    "choice.rest_days": 0,
    "choice.retry_days_mean": 3650,
    "choice.town_distance_scale_km": 1000,
    "choice.hour_factor": [1] * 24,
    "choice.month_factor": [1] * 12,
    "cross.approach_h": 0.5,
    "cross.clear_h": 2,
    "detect.surveillance_rate_per_h": 0,
    "detect.patrol_pass_probability": 0,
    "detect.patrol_rate_max_per_h": 0,
    "respond.dispatch_delay_h": 0.25,
    "respond.speed_km_per_h": 50,
    "respond.handling_h": 0,
    "respond.handling_per_person_h": 0,
    "respond.registration_per_person_h": 0,
    "respond.turn_round_probability": 0,
    "patrols.speed_km_per_h": 16,
    "patrols.crew_size": 1,
    "patrols.overtime_above_share": 1,
    "patrols.officer_shift_share": 1,
    "patrols.soldier_shift_share": 1,
    "patrols.frontex_shift_share": 1,
    "host.let_back_probability": 1,
    "host.push_forward_probability": 0,
    "host.prevention_probability": 0,
    "host.prevented_home_probability": 0,
    "host.rescue_probability": 0,
    "host.stranded_days_mean": 3650,
    "host.push_forward_days_mean": 3650,
    "host.steering_responds_from": "2025-12-31",
    "host.steering_memory_days": 5,
    "host.steering_lag_days": 2,
    "host.steering_floor_people": 1,
    "host.focus_share": 0,
    "host.focus_days": 1,
    "suffer.death_probability_per_stranded_freezing_day": 0,
    "suffer.frostbite_probability_per_stranded_freezing_day": 0,
    "suffer.cold_below_degc": 10,
    "suffer.hypothermia_per_degree_hour": 0,
    "suffer.temperature_month_degc": [10] * 12,
    "suffer.temperature_hour_degc": [0] * 24,
    "give_up.after_return_probability": 0,
    "give_up.stays_share": 0,
    "give_up.flights_home": [],
    "give_up.willing_share": 0,
    "learn.admission_memory_days": 4,
    "learn.passage_memory_days": 4,
    "learn.contact_weight": 1,
    "learn.failure_weight": 0,
    "learn.lag_days": 2,
    "learn.prior_passage": 0.5,
    "learn.passage_prior_people": 100,
    "learn.admission_prior_people": 100,
    "learn.stretch_prior_people": 30,
    "cost.return_grant_eur": 0,
    "cost.claimed_damage_eur": 0,
    "cost.counter_mobility_eur": 0,
    "record.day_starts_h": 0,
    "run.seed": 1,
}


def _plain() -> dict[str, object]:
    """Give every key of the configuration a value that does nothing."""
    config = load_scenario(["history_2021"]).config
    sets = {
        f"inflow.origins.{name}.{key}": value
        for name in config.inflow.origins
        for key, value in _ORIGIN.items()
    }
    sets |= {f"choice.attraction_factor.{name}": 1 for name in config.choice.attraction_factor}
    for words, keys in ((COUNTRIES, _COUNTRY), (TERRAINS, _TERRAIN), (BARRIERS, _BARRIER)):
        sets |= {key.format(word): value for key, value in keys.items() for word in words}
    for kind in (*BARRIERS, "river", "lake", "swamp"):
        sets[f"cross.added_line_h.{kind}"] = 0
    return {**sets, **_SINGLE}


PLAIN = _plain()
STRETCHES = tuple(load_scenario(["history_2021"]).config.choice.attraction_factor)

# What several tests start from.
LT_ONLY: Sets = {"choice.country_factor.LV": 0, "choice.country_factor.PL": 0}
ONE_STATION: Sets = {**LT_ONLY, **{f"choice.attraction_factor.{name}": 0 for name in STRETCHES[1:]}}
ALL_DETECTED_AT_THE_LINE: Sets = {f"detect.alarm_probability.{kind}": 1 for kind in BARRIERS}
ALL_PRESENT: Sets = {"inflow.presents_share": 1, "learn.prior_passage": 0}
MANY_GUARDS: Sets = {f"guards.{country}.officers": 3000 for country in COUNTRIES}
FIXED_BELIEFS: Sets = {"learn.passage_prior_people": 100_000, "learn.admission_prior_people": 100_000}
TURN_BACK: Sets = {f"policy.{country}": "turn_back" for country in COUNTRIES}
ALL_MET: Sets = {**ALL_DETECTED_AT_THE_LINE, **MANY_GUARDS, "cross.clear_h": 48}
FAMILIES: Sets = {"inflow.family_size_mean": 2, "inflow.group_size_mean": 8}
ONE_DAY: Sets = {"period.end": "2021-06-01"}
CROWD: Sets = {INFLOW: 3000}
HELD: Sets = {f"cross.breach_probability.{kind}": 0 for kind in BARRIERS}
TRYING_AGAIN: Sets = {"choice.retry_days_mean": 1}
# Everybody lands on the first day of half a year, so that nobody's next event lies beyond the horizon.
_LANDED_AT_ONCE: Sets = {
    "period.start": "2021-06-29",
    "period.end": "2021-12-31",
    INFLOW: [{"from": "2021-06-29", "value": 5000}, {"from": "2021-06-30", "value": 0}],
    "choice.rest_days": 1,
}


def plain_scenario(*sets: Sets) -> Scenario:
    """Load the plain scenario with values on top, later ones over earlier ones."""
    values = dict(PLAIN)
    for each in sets:
        values |= each
    return load_scenario(["history_2021"], values)


def plain_world(*sets: Sets) -> World:
    """Build the plain world with values on top."""
    return build_world(plain_scenario(*sets))


def simulate(*sets: Sets, replicates: int = 4, seed: int = 1) -> BlockOutput:
    """Simulate the plain world with values on top."""
    return simulate_block(plain_world(*sets), seed, 0, replicates)


def totals(out: BlockOutput) -> dict[str, float]:
    """Sum every metric over replicates, days and borders."""
    return dict(zip(METRIC_NAMES, out.daily.sum(axis=(0, 1, 2)), strict=True))


def run_to_end(world: World, replicate: int = 0, seed: int = 1) -> State:
    """Run one replicate and return all it leaves."""
    state = new_state(world.arrays, seed, replicate)
    advance(world.arrays, state, world.days)
    return state


def of_country(out: BlockOutput, metric: str, country: int = LT) -> NDArray[np.float64]:
    """Return a metric of one border by replicate and day."""
    return out.daily[:, :, country, METRIC_NAMES.index(metric)]


def at_the_end(*sets: Sets) -> dict[str, int]:
    """Count people by state at the end of the last day, over four replicates."""
    return dict(zip(STATES, simulate(*sets).stock[:, -1].sum(axis=0).tolist(), strict=True))


def all_in(state: int, *sets: Sets) -> bool:
    """Tell whether everybody ends in one state."""
    found = at_the_end(*sets)
    return found[STATES[state]] == sum(found.values()) > 0


def born(*sets: Sets) -> State:
    """Draw everybody, before the first day."""
    return new_state(plain_world(*sets).arrays, 1, 0)


def after_a_day(*sets: Sets) -> State:
    """Run a first day of many landings and leave everybody asleep until their next event."""
    state = born(_LANDED_AT_ONCE, *sets)
    run_days(plain_world(_LANDED_AT_ONCE, *sets).arrays, state, 1)
    return state


def asleep(state: State, event: int) -> np.ndarray:
    """Return the groups that have tried once and now wait for an event."""
    groups = state.groups[(state.groups["people"] > 0) & (state.groups["attempt"] == 1)]
    return np.asarray(groups[groups["event"] == event])
