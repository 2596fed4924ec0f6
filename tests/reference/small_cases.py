"""Cases of what drawn worlds hardly meet: ties, exact zeros, barriers that fall, winter, clocks that change.

Each is the plain small world with a few things changed, and a promise of what then occurs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from small_worlds import END, START
from worlds import Sets

from bordersim.inputs.schema.dated import FIRST_DAY

PUSHBACKS = ("entry_prevented", "turned_back", "pushed_back_after_line", "pushed_back_before_line",
             "seekers_pushed_back", "vulnerable_pushed_back", "vulnerable_seekers_pushed_back",
             "repeat_returns", "humanitarian_admissions", "record_turned_back")  # fmt: skip


# So many that what a test looks for in one run does not hang on a few people.
CROWD: Sets = {"inflow.origins.damascus.people_per_day": 60}


@dataclass(frozen=True)
class Case:
    """What differs from the plain world, and which metrics and states must then occur."""

    changes: Sets
    metrics: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    name: str = field(default="small", compare=False)


def winter(day: int) -> dict[str, date]:
    """Return a period in January that ends on the given day."""
    return {"start": date(2022, 1, 3), "end": date(2022, 1, day)}


def steps(first: object, *later: tuple[int, object], word: str = "value") -> tuple[dict[str, object], ...]:
    """Return a dated value: what holds at first, and what from days of September 2021 on."""
    return ({"from": FIRST_DAY, word: first},
            *({"from": date(2021, 9, day), word: value} for day, value in later))  # fmt: skip


def growing(km: float) -> tuple[dict[str, object], ...]:
    """Return kilometres that stand at first and grow while the world runs."""
    return ({"from": START, "km": km}, {"from": END, "km": 2 * km})


CASES: dict[str, Case] = {
    "turn back": Case({}, PUSHBACKS, ("captive", "stayed", "returned_home")),
    "a fence that fails and grows": Case(
        {"build.*.wire_km": growing(70.0), "build.*.fence_km": growing(60.0),
         "build.LT.unfenced_water_km": 58.0, "build.LT.unfenced_swamp_km": 64.0},
        ("withdrawn", "attempts_at_wire", "attempts_at_fence", "record_attempts"),
    ),
    "what stands is taken down and put up again": Case(
        {"build.*.wire_km": steps(90.0, (4, 20.0), (7, 110.0), word="km"),
         "build.*.fence_km": steps(40.0, (5, 0.0), (8, 60.0), word="km"),
         "build.*.surveillance_km": steps(100.0, (6, 0.0), (9, 120.0), word="km")},
        ("attempts_at_wire", "attempts_at_fence"),
    ),
    "crews that owe more hours than they have": Case(
        {"policy.*": "admit_and_screen", "inflow.presents_share": 0.9, "respond.handling_h": 30.0,
         "guards.*.officers": 12, "respond.speed_km_per_h": 0.5},
        ("overtime_hours", "patrol_busy_hours", "response_hours"),
    ),
    "waters nobody goes to": Case(
        {"choice.water_effort_factor": {"river": 0.0, "lake": 0.0, "swamp": 0.0},
         "build.*.wire_km": growing(70.0), "build.*.fence_km": growing(600.0),
         "build.*.unfenced_water_km": 20.0, "build.*.unfenced_swamp_km": 40.0},
        ("attempts_at_fence",),
    ),
    "less than a place a day": Case(
        {"claims": {"*.places_per_day": 0.7, "reach_probability": 0.6}, "policy.*": "admit_and_screen"},
        ("claims_lodged_crossing_point", "claims_not_accepted"),
    ),
    "no guards at all": Case(
        {"guards.*": {"officers": 0, "soldiers": 0, "frontex": 0, "lent_to_LV": 0}},
        ("got_away", "undetected_entry"),
    ),
    "groups that split": Case(
        {"inflow.group_size_mean": steps(25.0, (4, 3.0)),
         "law.*.recognition_probability": 0.8, "return_home.after_return_probability": 0.3},
        ("humanitarian_admissions",),
    ),
    "flights home": Case(
        {"return_home.flights_home": ({"from": date(2021, 9, 6), "seats": 40},
                                  {"from": date(2021, 9, 10), "seats": 7}),
         "choice.rest_days": 2.0, "choice.retry_days_mean": 4.0, "return_home.after_return_probability": 0.0},
        ("attempts",), ("returned_home",),
    ),
    "officers lent": Case({"guards.LT.lent_to_LV": steps(0.0, (6, 120.0))}),
    "all at the same instant": Case(
        {"inflow.minsk_days_mean": 1.0, "choice.first_try_days_mean": 0.0, "choice.rest_days": 1.0,
         "choice.retry_days_mean": 0.0, "claims": {"*.places_per_day": 3, "reach_probability": 0.5}},
        ("claims_not_accepted", "saturated_responses"),
    ),
    "the clocks go back": Case(
        {"period": {"start": date(2021, 10, 27), "end": date(2021, 11, 4)}}, ("patrol_hours",)
    ),
    "steering that never responds": Case({"host.steering_responds_from": date(2025, 1, 1)}),
    "presenting groups wait beyond the end": Case(
        {"policy.*": "admit_and_screen", "inflow.presents_share": 1.0, "respond.dispatch_delay_h": 8.0,
         "learn.news_weight": 0.0, "learn.admits_at_first.*": 1.0},
        ("apprehended",),
    ),
    "a host that prevents": Case(
        {"host.prevention_probability": steps(0.0, (4, 0.5), (8, 1.0)),
         "host.prevented_home_probability": 0.4,
         "return_home.after_return_probability": 0.0, "procedure.*.returned_share": 0.0},
        ("stopped_by_host",), ("returned_home",),
    ),
    "asylum suspended": Case(
        {**CROWD, "policy.*": "asylum_suspended",
         "policy.LV": steps("turn_back", (6, "asylum_suspended"), word="regime"),
         "host.captives_admitted_per_day.*": 0.0,
         "claims": {"*.places_per_day": 9, "reach_probability": 0.5}},
        (*PUSHBACKS, "claims_lodged_crossing_point"), ("in_procedure",),
    ),
    "crossing points close": Case(
        {"claims.*": {"places_per_day": 50, "points": 4.0, "open_points": 1.0},
         "claims.reach_probability": 0.8, "claims.LV.reach_probability": steps(0.7, (6, 0.9))[1:],
         "claims.LT.open_points": steps(4.0, (7, 0.0)), "claims.PL.open_points": steps(0.0, (4, 3.0))},
        ("claims_lodged_crossing_point",),
    ),
    "missions in Minsk": Case(
        {"claims.*": {"mission_places_per_day": 2.5, "mission_reach_probability": 0.2},
         "claims.LV.mission_places_per_day": steps(0.0, (5, 40.0)),
         "claims.PL.mission_reach_probability": steps(0.5, (8, 0.0)),
         "policy.PL": "asylum_suspended", "policy.LV": "admit_and_screen"},
        ("claims_lodged_mission", "claims_not_accepted"), ("in_procedure",),
    ),
    "reception overflows": Case(
        {"policy.*": "admit_and_screen", "procedure.*.places": steps(8.0, (9, 2.0)),
         "inflow.presents_share": 0.9, "procedure.*.dwell_days_mean": steps(3000.0, (6, 0.5), (9, 3000.0))},
        ("reception_overflow", "procedure_person_days", "returned_after_procedure"),
        ("in_procedure", "admitted", "moved_on", "returned_home"),
    ),
    "restrictions end": Case(
        {**CROWD, "choice.country_factor": {"LV": 0.2, "PL": 0.2}, "policy.*": "admit_and_screen",
         "procedure.*.dwell_days_mean": 4.0,
         "procedure.*.admitted_share": 0.6, "procedure.*.returned_share": 0.4,
         "procedure.LT.onward_share": steps(0.0, (7, 0.6), (8, 0.0)), "procedure.LV.onward_share": 0.1},
        (), ("moved_on", "admitted"),
    ),
    "found inland or moved on": Case(
        {"inland": {"stay_days_mean": 1.5, "found_share": 0.4},
         "procedure.*.dwell_days_mean": 1.0, "guards.*.officers": 40},
        ("apprehended_inland", "moved_onward", "claims_lodged_border", "returned_after_procedure"),
        ("entered", "in_procedure", "moved_on", "admitted"),
    ),
    "crews follow what is noticed": Case(
        {"patrols.reallocation_share": 0.7,
         "guards.PL.officers": steps(40.0, (6, 200.0)), "patrols.reallocation_memory_days": 1.0},
        ("detected", "patrol_hours"),
    ),
    "rescued from the frost": Case(
        {"period": winter(14), "host.let_back_probability.*": 0.1, "host.captives_driven_per_day": 0.3,
         "host.captives_admitted_per_day.*": 0.3, "harm.death_probability_per_captive_freezing_day": 0.1,
         "policy.LT": "asylum_suspended"},
        ("rescued", "humanitarian_admissions", "claims_lodged_border",
         "captive_freezing_person_days", "deaths_expected"),
        ("in_procedure", "dead"),
    ),
    "cold and wet": Case(
        {"period": {"start": date(2021, 3, 23), "end": date(2021, 4, 3)}, "cross.clear_h": 6.0},
        ("attempt_person_hours", "wet_attempt_person_hours"),
    ),
    "a fence with holes": Case(  # it does not grow, so that nothing but the holes changes where to go
        {**CROWD, "build.*.wire_km": 60.0, "build.*.fence_km": 90.0, "barrier.damage_probability": 0.9,
         "cross.breach_probability.fence": 0.95,
         "barrier.repair_days": 2},
        ("barrier_damages",),
    ),
}  # fmt: skip
