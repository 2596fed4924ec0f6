"""Metrics: everything that is counted, with its ledger, unit and definition.

The engine adds to ``daily[day, country, metric]``; the order of ``METRICS`` is the order of the last
axis. A metric with a ``formula`` is not counted but derived from counted ones by ``derive``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bordersim.words.numbered import Numbered

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


_count = Numbered(Metric)
ATTEMPTS = _count(
    "attempts", "entry", "attempts", "tries by one person at one segment, on the day they set out"
)
DETECTED = _count("detected", "entry", "attempts", "attempts detected by sensor, alarm or patrol")
ENTRY_PREVENTED = _count("entry_prevented", "entry", "attempts", "stopped by guards before crossing the line")
TURNED_BACK = _count("turned_back", "entry", "attempts", "sent back by guards after crossing the line")
APPREHENDED = _count("apprehended", "entry", "attempts", "taken into the procedure of this country")
GOT_AWAY = _count("got_away", "entry", "attempts", "detected, not stopped")
UNDETECTED_ENTRY = _count("undetected_entry", "entry", "attempts", "never detected")
WITHDRAWN = _count(
    "withdrawn",
    "entry",
    "attempts",
    "gave up without meeting guards: could not pass the barrier, or saw a patrol",
)
TURNED_ROUND = _count("turned_round", "entry", "attempts", "withdrawn at the sight of a patrol")
APPREHENDED_INLAND = _count(
    "apprehended_inland",
    "entry",
    "people",
    "people who had entered unstopped, found inland and taken into the procedure",
)
MOVED_ONWARD = _count(
    "moved_onward", "entry", "people", "people who had entered unstopped and went on to another country"
)
STOPPED_BY_HOST = _count(
    "stopped_by_host",
    "entry",
    "attempts",
    "attempts that the host state kept people from, before they set out",
)
CLAIMS_LODGED_BORDER = _count(
    "claims_lodged_border",
    "protection",
    "claims",
    "claims of people apprehended at the line, rescued, or found inland",
)
CLAIMS_LODGED_CROSSING_POINT = _count(
    "claims_lodged_crossing_point", "protection", "claims", "claims taken at a crossing point"
)
CLAIMS_LODGED_MISSION = _count(
    "claims_lodged_mission", "protection", "claims", "claims taken at this country's mission in Minsk"
)
CLAIMS_NOT_EXAMINED = _count(
    "claims_not_examined",
    "protection",
    "claims",
    "asylum claims that nobody examined: the person was kept out, returned or found no place",
)
PUSHED_BACK_AFTER_LINE = _count(
    "pushed_back_after_line", "protection", "returns", "turned back with no individual screening"
)
PUSHED_BACK_BEFORE_LINE = _count(
    "pushed_back_before_line", "protection", "returns", "kept out before the line with no screening"
)
VULNERABLE_PUSHED_BACK = _count(
    "vulnerable_pushed_back",
    "protection",
    "returns",
    "pushbacks, before or after the line, of vulnerable people",
)
NON_REFOULEMENT_RISK = _count(
    "non_refoulement_risk",
    "protection",
    "returns",
    "pushbacks where a claim was voiced or the person is vulnerable",
)
HUMANITARIAN_ADMISSIONS = _count(
    "humanitarian_admissions",
    "protection",
    "admissions",
    "taken in without admit_and_screen: recognised as vulnerable, or rescued",
)
REPEAT_RETURNS = _count("repeat_returns", "protection", "returns", "pushbacks of somebody pushed back before")
STRANDED_PERSON_DAYS = _count(
    "stranded_person_days", "protection", "person-days", "people stranded between the lines at midnight"
)
STRANDED_FREEZING_PERSON_DAYS = _count(
    "stranded_freezing_person_days", "protection", "person-days", "the same on days with a mean below 0 degC"
)
INJURIES = _count("injuries", "protection", "injuries", "people hurt in an attempt, each time")
INJURIES_EXPECTED = _count(
    "injuries_expected", "protection", "injuries", "sum of the probabilities of injury"
)
HYPOTHERMIA = _count("hypothermia", "protection", "cases", "people dangerously cold in an attempt, each time")
HYPOTHERMIA_EXPECTED = _count(
    "hypothermia_expected", "protection", "cases", "sum of the probabilities of hypothermia"
)
FROSTBITE = _count("frostbite", "protection", "cases", "people with frostbite from being stranded, each time")
FROSTBITE_EXPECTED = _count(
    "frostbite_expected", "protection", "cases", "sum of the probabilities of frostbite"
)
RESCUED = _count("rescued", "protection", "rescues", "people rescued from between the lines, each time")
DEATHS = _count("deaths", "protection", "people", "people who died in an attempt or while stranded")
DEATHS_EXPECTED = _count("deaths_expected", "protection", "people", "sum of the probabilities of death")
FORCE_INCIDENTS = _count(
    "force_incidents", "protection", "incidents", "people turned back with force, each time"
)
RECEPTION_OVERFLOW = _count(
    "reception_overflow", "protection", "person-days", "people in procedure beyond the places"
)
PATROL_HOURS = _count("patrol_hours", "guards", "h", "patrol crew hours on shift")
PATROL_BUSY_HOURS = _count(
    "patrol_busy_hours",
    "guards",
    "h",
    "patrol crew hours on shift spent driving to and handling groups, by the day of the alarm;"
    " for what a station has had no hours, by the day on which it has",
)
RESPONSES = _count("responses", "guards", "groups", "detected groups to which a patrol was sent")
RESPONSE_HOURS = _count("response_hours", "guards", "h", "sum of the times from detection to arrival")
SATURATED_RESPONSES = _count(
    "saturated_responses", "guards", "groups", "responses for which every patrol of the station was busy"
)
BARRIER_DAMAGES = _count(
    "barrier_damages", "guards", "damages", "holes made in a fence by groups that got through it"
)
OVERTIME_HOURS = _count(
    "overtime_hours", "guards", "h", "hours of guards beyond their shifts, by the day of the alarm"
)
BARRIER_EUR = _count(
    "barrier_eur", "money", "EUR", "wire and fence put up that day; taking down costs and earns nothing"
)
SURVEILLANCE_EUR = _count(
    "surveillance_eur", "money", "EUR", "surveillance put up that day; taking down costs and earns nothing"
)
GUARDS_EUR = _count("guards_eur", "money", "EUR", "pay of officers (those lent too), soldiers and Frontex")
RECEPTION_EUR = _count("reception_eur", "money", "EUR", "people in the procedure, by day")
RETURN_GRANTS_EUR = _count(
    "return_grants_eur", "money", "EUR", "grants to people who go home after the procedure"
)
REPAIR_EUR = _count("repair_eur", "money", "EUR", "mending of the fence")
AID_EUR = _count("aid_eur", "money", "EUR", "legal help for those who claim, aid to the stranded")
OVERTIME_EUR = _count("overtime_eur", "money", "EUR", "hours of guards beyond their shifts")
RECORD_ATTEMPTS = _count("record_attempts", "record", "events", "attempts recorded by the authority")
RECORD_TURNED_BACK = _count(
    "record_turned_back", "record", "events", "prevented and turned back, merged, by the day of the record"
)
RECORD_APPREHENDED = _count("record_apprehended", "record", "events", "detained, by the day of the record")
RECORD_DEATHS = _count("record_deaths", "record", "people", "deaths that are documented, by the day of death")
METRICS = _count.all
METRIC_NAMES = tuple(metric.name for metric in METRICS)

DERIVED: tuple[Metric, ...] = (
    Metric(
        "intercepted",
        "entry",
        "attempts",
        "a patrol got there in time",
        ("entry_prevented", "turned_back", "apprehended"),
    ),
    Metric(
        "unstopped_entries",
        "entry",
        "attempts",
        "attempts that ended in an entry, detected or not",
        ("got_away", "undetected_entry"),
    ),
    Metric(
        "unscreened_returns",
        "protection",
        "returns",
        "pushbacks before and after the line",
        ("pushed_back_after_line", "pushed_back_before_line"),
    ),
)

# Per segment: nothing that says where people got through (that is told by stretch only).
_at_segment = Numbered(str)
SEGMENT_ATTEMPTS = _at_segment("attempts")
SEGMENT_DETECTED = _at_segment("detected")
SEGMENT_INTERCEPTED = _at_segment("intercepted")
WIRED = _at_segment("wired")
FENCED = _at_segment("fenced")
SEGMENT_METRICS = _at_segment.all
BUILT: tuple[Metric, ...] = (
    Metric(
        "wired", "guards", "0 or 1", "there is wire on the last day; its place is drawn in each replicate"
    ),
    Metric(
        "fenced", "guards", "0 or 1", "there is a fence on the last day; its place is drawn in each replicate"
    ),
)
_at_stretch = Numbered(str)
STRETCH_ATTEMPTS = _at_stretch("attempts")
STRETCH_UNSTOPPED_ENTRIES = _at_stretch("unstopped_entries")
STRETCH_BUSY_HOURS = _at_stretch("patrol_busy_hours")
STRETCH_RESPONSES = _at_stretch("responses")
STRETCH_METRICS = _at_stretch.all

# One figure per replicate, for all three borders together: people, not attempts.
_of_people = Numbered(Metric)
PEOPLE_ARRIVED = _of_people(
    "people_arrived", "entry", "people", "people who came to the border zone to cross"
)
PEOPLE_ATTEMPTED = _of_people("people_attempted", "entry", "people", "people with at least one attempt")
PEOPLE_ENTERED_UNSTOPPED = _of_people(
    "people_entered_unstopped", "entry", "people", "people who entered unstopped at least once"
)
PEOPLE_ADMITTED_TO_PROCEDURE = _of_people(
    "people_admitted_to_procedure",
    "entry",
    "people",
    "people taken into a procedure: at the line, at a crossing point or mission, rescued or found inland",
)
PEOPLE_PUSHED_BACK = _of_people(
    "people_pushed_back", "protection", "people", "people pushed back at least once"
)
PEOPLE_METRICS = _of_people.all


def derive(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the derived metrics as columns to a frame that holds the counted ones."""
    return frame.assign(**{m.name: frame[list(m.formula)].sum(axis=1) for m in DERIVED})
