"""What is counted: every metric with its ledger, unit and definition.

The engine adds to ``daily[day, country, metric]``; the order of ``METRICS`` is the order of the last
axis. A metric with a ``formula`` is not counted but derived from counted ones by ``derive``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

LEDGERS = ("entry", "protection", "guards", "money", "record")


@dataclass(frozen=True)
class Metric:
    """One counted or derived figure; `formula` lists the counted metrics whose sum it is."""

    name: str
    ledger: str
    unit: str
    definition: str
    formula: tuple[str, ...] = ()


METRICS: tuple[Metric, ...] = (
    Metric("attempts", "entry", "attempts", "tries by one person at one segment, on the day they set out"),
    Metric("detected", "entry", "attempts", "attempts noticed by sensor, alarm or patrol"),
    Metric("entry_prevented", "entry", "attempts", "stopped by guards before crossing the line"),
    Metric("turned_back", "entry", "attempts", "sent back by guards after crossing the line"),
    Metric("apprehended", "entry", "attempts", "taken into the procedure of this country"),
    Metric("got_away", "entry", "attempts", "detected, not stopped"),
    Metric("undetected_entry", "entry", "attempts", "never detected"),
    Metric("withdrawn", "entry", "attempts", "turned round unmet: the barrier held, or a patrol was seen"),
    Metric("turned_round", "entry", "attempts", "withdrawn at the sight of a patrol"),
    Metric(
        "apprehended_inland", "entry", "people", "who got in unstopped, found and taken into the procedure"
    ),
    Metric("moved_onward", "entry", "people", "who got in unstopped and went on to another country"),
    Metric("stopped_by_host", "entry", "people", "kept from an attempt by the host state, each time"),
    Metric(
        "claims_lodged_border",
        "protection",
        "people",
        "claims of people apprehended at the line, rescued, or found inland",
    ),
    Metric("claims_lodged_crossing_point", "protection", "people", "claims taken at a crossing point"),
    Metric(
        "claims_lodged_mission", "protection", "people", "claims taken at this country's mission in Minsk"
    ),
    Metric(
        "claims_refused",
        "protection",
        "people",
        "claim voiced, nobody screened it: kept out, returned or no place",
    ),
    Metric("pushed_back_after_line", "protection", "returns", "turned back with no individual screening"),
    Metric("pushed_back_before_line", "protection", "returns", "kept out before the line with no screening"),
    Metric(
        "vulnerable_pushed_back",
        "protection",
        "returns",
        "pushbacks, before or after the line, of vulnerable people",
    ),
    Metric(
        "non_refoulement_risk",
        "protection",
        "returns",
        "pushbacks where a claim was voiced or the person is vulnerable",
    ),
    Metric(
        "humanitarian_admissions",
        "protection",
        "people",
        "taken in without admit_and_screen: recognised as vulnerable, or rescued",
    ),
    Metric("repeat_returns", "protection", "returns", "pushbacks of somebody pushed back before"),
    Metric(
        "stranded_person_days", "protection", "person-days", "people stranded between the lines at midnight"
    ),
    Metric(
        "stranded_freezing_person_days",
        "protection",
        "person-days",
        "the same on days with a mean below 0 degC",
    ),
    Metric("injuries", "protection", "people", "people hurt in an attempt"),
    Metric("injuries_expected", "protection", "people", "sum of the probabilities of injury"),
    Metric("hypothermia", "protection", "people", "people dangerously cold in an attempt"),
    Metric("hypothermia_expected", "protection", "people", "sum of the probabilities of hypothermia"),
    Metric("frostbite", "protection", "people", "people with frostbite from being stranded"),
    Metric("frostbite_expected", "protection", "people", "sum of the probabilities of frostbite"),
    Metric("rescued", "protection", "people", "stranded people taken in by rescue"),
    Metric("deaths", "protection", "people", "people who died in an attempt or while stranded"),
    Metric("deaths_expected", "protection", "people", "sum of the probabilities of death"),
    Metric("force_incidents", "protection", "people", "people turned back with force"),
    Metric(
        "reception_overflow",
        "protection",
        "person-days",
        "people in procedure beyond the places",
    ),
    Metric("patrol_hours", "guards", "h", "patrol crew hours on shift"),
    Metric(
        "patrol_busy_hours",
        "guards",
        "h",
        "patrol crew hours on shift spent driving to and handling groups, by the day of the alarm;"
        " for what a station has had no hours, by the day on which it has",
    ),
    Metric("responses", "guards", "groups", "detected groups a patrol was sent to"),
    Metric("response_hours", "guards", "h", "sum of the times from detection to arrival"),
    Metric(
        "saturated_responses", "guards", "groups", "responses for which every patrol of the station was busy"
    ),
    Metric("barrier_damages", "guards", "damages", "holes made in a fence by groups that got through it"),
    Metric(
        "overtime_hours",
        "guards",
        "h",
        "hours of guards beyond their shifts, by the day of the alarm",
    ),
    Metric(
        "barrier_eur", "money", "EUR", "wire and fence put up that day; taking down costs and earns nothing"
    ),
    Metric(
        "surveillance_eur",
        "money",
        "EUR",
        "surveillance put up that day; taking down costs and earns nothing",
    ),
    Metric(
        "guards_eur",
        "money",
        "EUR",
        "pay of officers (those lent too), soldiers and Frontex",
    ),
    Metric("reception_eur", "money", "EUR", "people in the procedure, by day"),
    Metric("return_grants_eur", "money", "EUR", "grants to people who go home after the procedure"),
    Metric("repair_eur", "money", "EUR", "mending of the fence"),
    Metric("aid_eur", "money", "EUR", "legal help for those who claim, aid to the stranded"),
    Metric("overtime_eur", "money", "EUR", "hours of guards beyond their shifts"),
    Metric("record_attempts", "record", "events", "attempts the authority would have written down"),
    Metric(
        "record_turned_back",
        "record",
        "events",
        "prevented and turned back, merged, by the day of the record",
    ),
    Metric("record_apprehended", "record", "events", "detained, by the day of the record"),
    Metric("record_deaths", "record", "people", "deaths that are documented, by the day of death"),
)
METRIC_NAMES = tuple(metric.name for metric in METRICS)
(
    ATTEMPTS,
    DETECTED,
    ENTRY_PREVENTED,
    TURNED_BACK,
    APPREHENDED,
    GOT_AWAY,
    UNDETECTED_ENTRY,
    WITHDRAWN,
    TURNED_ROUND,
    APPREHENDED_INLAND,
    MOVED_ONWARD,
    STOPPED_BY_HOST,
    CLAIMS_LODGED_BORDER,
    CLAIMS_LODGED_CROSSING_POINT,
    CLAIMS_LODGED_MISSION,
    CLAIMS_REFUSED,
    PUSHED_BACK_AFTER_LINE,
    PUSHED_BACK_BEFORE_LINE,
    VULNERABLE_PUSHED_BACK,
    NON_REFOULEMENT_RISK,
    HUMANITARIAN_ADMISSIONS,
    REPEAT_RETURNS,
    STRANDED_PERSON_DAYS,
    STRANDED_FREEZING_PERSON_DAYS,
    INJURIES,
    INJURIES_EXPECTED,
    HYPOTHERMIA,
    HYPOTHERMIA_EXPECTED,
    FROSTBITE,
    FROSTBITE_EXPECTED,
    RESCUED,
    DEATHS,
    DEATHS_EXPECTED,
    FORCE_INCIDENTS,
    RECEPTION_OVERFLOW,
    PATROL_HOURS,
    PATROL_BUSY_HOURS,
    RESPONSES,
    RESPONSE_HOURS,
    SATURATED_RESPONSES,
    BARRIER_DAMAGES,
    OVERTIME_HOURS,
    BARRIER_EUR,
    SURVEILLANCE_EUR,
    GUARDS_EUR,
    RECEPTION_EUR,
    RETURN_GRANTS_EUR,
    REPAIR_EUR,
    AID_EUR,
    OVERTIME_EUR,
    RECORD_ATTEMPTS,
    RECORD_TURNED_BACK,
    RECORD_APPREHENDED,
    RECORD_DEATHS,
) = range(len(METRICS))

DERIVED: tuple[Metric, ...] = (
    Metric(
        "intercepted",
        "entry",
        "attempts",
        "a patrol got there in time",
        ("entry_prevented", "turned_back", "apprehended"),
    ),
    Metric("entered", "entry", "attempts", "got away or never detected", ("got_away", "undetected_entry")),
    Metric(
        "unscreened_returns",
        "protection",
        "returns",
        "pushbacks before and after the line",
        ("pushed_back_after_line", "pushed_back_before_line"),
    ),
)

# Per segment: nothing that says where people got through (that is told by stretch only).
SEGMENT_METRICS = ("attempts", "detected", "intercepted", "wired", "fenced")
SEGMENT_ATTEMPTS, SEGMENT_DETECTED, SEGMENT_INTERCEPTED, WIRED, FENCED = range(len(SEGMENT_METRICS))
BUILT: tuple[Metric, ...] = (
    Metric("wired", "guards", "0 or 1", "wire stands on the last day; its place is drawn in each replicate"),
    Metric(
        "fenced", "guards", "0 or 1", "a fence stands on the last day; its place is drawn in each replicate"
    ),
)
STRETCH_METRICS = ("attempts", "entered", "patrol_busy_hours", "responses")
STRETCH_ATTEMPTS, STRETCH_ENTERED, STRETCH_BUSY_HOURS, STRETCH_RESPONSES = range(len(STRETCH_METRICS))

# One figure per replicate, for all three borders together: people, not attempts.
PEOPLE_METRICS: tuple[Metric, ...] = (
    Metric("people_arrived", "entry", "people", "people who came to the border zone to cross"),
    Metric("people_attempted", "entry", "people", "people with at least one attempt"),
    Metric("people_entered", "entry", "people", "people who got in or were taken into a procedure"),
    Metric("people_pushed_back", "protection", "people", "people pushed back at least once"),
)
PEOPLE_ARRIVED, PEOPLE_ATTEMPTED, PEOPLE_ENTERED, PEOPLE_PUSHED_BACK = range(len(PEOPLE_METRICS))


def derive(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the derived metrics as columns to a frame that holds the counted ones."""
    return frame.assign(**{m.name: frame[list(m.formula)].sum(axis=1) for m in DERIVED})
