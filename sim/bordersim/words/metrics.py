"""Metrics: everything that is counted, with its ledger, unit and definition.

The engine adds to ``daily[day, country, metric]``; the order of ``METRICS`` is the order of the last
axis. What is worked out from counted ones after the run is in `bordersim.words.valued`. A metric with a
``formula`` is the sum of others, added by ``derive``.
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
    """One counted, valued or derived figure; `formula` lists the metrics whose sum it is."""

    name: str
    ledger: str
    unit: str
    definition: str
    formula: tuple[str, ...] = ()


_count = Numbered(Metric)
ATTEMPTS = _count(
    "attempts", "entry", "attempts", "tries by one person at one segment, on the day they set out"
)
DRIVEN_ATTEMPTS = _count(
    "driven_attempts",
    "entry",
    "attempts",
    "attempts of people whom Belarus holds between the lines and drives forward",
)
ATTEMPTS_AT_WIRE = _count("attempts_at_wire", "entry", "attempts", "attempts where there is wire")
ATTEMPTS_AT_FENCE = _count("attempts_at_fence", "entry", "attempts", "attempts where there is a whole fence")
DETECTED = _count("detected", "entry", "attempts", "attempts detected by sensor, alarm or patrol")
ENTRY_PREVENTED = _count("entry_prevented", "entry", "attempts", "stopped by guards before crossing the line")
TURNED_BACK = _count("turned_back", "entry", "attempts", "sent back by guards after crossing the line")
APPREHENDED = _count(
    "apprehended", "entry", "attempts", "detained and admitted to the asylum procedure of this country"
)
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
    "people who had entered unstopped, found inland and admitted to the procedure",
)
MOVED_ONWARD = _count(
    "moved_onward", "entry", "people", "people who had entered unstopped and went on to another country"
)
STOPPED_BY_HOST = _count(
    "stopped_by_host",
    "entry",
    "attempts",
    "attempts prevented by Belarus before people set out",
)
CLAIMS_LODGED_BORDER = _count(
    "claims_lodged_border",
    "protection",
    "claims",
    "asylum claims of people apprehended at the line, let in from between the lines, or found inland",
)
CLAIMS_LODGED_CROSSING_POINT = _count(
    "claims_lodged_crossing_point", "protection", "claims", "asylum claims accepted at a crossing point"
)
CLAIMS_LODGED_MISSION = _count(
    "claims_lodged_mission",
    "protection",
    "claims",
    "asylum claims accepted at this country's mission (embassy) in Minsk",
)
CLAIMS_NOT_ACCEPTED = _count(
    "claims_not_accepted",
    "protection",
    "claims",
    "asylum claims at crossing points and missions that found no place or were refused by law",
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
SEEKERS_PUSHED_BACK = _count(
    "seekers_pushed_back",
    "protection",
    "returns",
    "pushbacks, before or after the line, of people who would seek protection",
)
VULNERABLE_SEEKERS_PUSHED_BACK = _count(
    "vulnerable_seekers_pushed_back", "protection", "returns", "those of them who are vulnerable"
)
HUMANITARIAN_ADMISSIONS = _count(
    "humanitarian_admissions",
    "protection",
    "admissions",
    "admitted although the regime does not screen: recognised as vulnerable, or held between the lines",
)
REPEAT_RETURNS = _count(
    "repeat_returns", "protection", "returns", "pushbacks of people already pushed back before"
)
CAPTIVE_PERSON_DAYS = _count(
    "captive_person_days",
    "protection",
    "person-days",
    "people held between the lines at midnight, summed over days",
)
CAPTIVE_FREEZING_PERSON_DAYS = _count(
    "captive_freezing_person_days",
    "protection",
    "person-days",
    "the same on days with a mean temperature below 0 degC",
)
ATTEMPT_PERSON_HOURS = _count(
    "attempt_person_hours",
    "protection",
    "person-hours",
    "time that attempts take from the approach until people are clear or turn at a barrier",
)
WET_ATTEMPT_PERSON_HOURS = _count(
    "wet_attempt_person_hours", "protection", "person-hours", "the same at rivers, lakes and swamps"
)
RESCUED = _count("rescued", "protection", "rescues", "admissions of people held between the lines")
DEATHS = _count("deaths", "protection", "people", "people who died in an attempt or between the lines")
DEATHS_EXPECTED = _count("deaths_expected", "protection", "people", "sum of the probabilities of death")
RECEPTION_OVERFLOW = _count(
    "reception_overflow",
    "protection",
    "person-days",
    "people in the procedure beyond reception capacity, summed over days",
)
PROCEDURE_PERSON_DAYS = _count(
    "procedure_person_days",
    "protection",
    "person-days",
    "people in the procedure at midnight, summed over days",
)
RETURNED_AFTER_PROCEDURE = _count(
    "returned_after_procedure", "protection", "people", "people who go home at the end of the procedure"
)
PATROL_HOURS = _count("patrol_hours", "guards", "h", "patrol crew hours on shift")
PATROL_BUSY_HOURS = _count(
    "patrol_busy_hours",
    "guards",
    "h",
    "patrol crew hours spent driving to and handling groups, on the day of the alarm or, beyond the"
    " crew hours a station has had, on a later day",
)
RESPONSES = _count("responses", "guards", "groups", "detected groups to which a patrol was sent")
RESPONSE_HOURS = _count("response_hours", "guards", "h", "sum of the times from detection to arrival")
SATURATED_RESPONSES = _count(
    "saturated_responses", "guards", "groups", "responses for which every patrol of the station was busy"
)
BARRIER_DAMAGES = _count(
    "barrier_damages", "guards", "damages", "holes made in a fence by groups that passed it"
)
OVERTIME_HOURS = _count(
    "overtime_hours", "guards", "h", "hours of guards beyond their shifts, on the day of the alarm"
)
RECORD_ATTEMPTS = _count("record_attempts", "record", "events", "attempts recorded by the authority")
RECORD_TURNED_BACK = _count(
    "record_turned_back", "record", "events", "prevented and turned back together, on the day of the record"
)
RECORD_APPREHENDED = _count("record_apprehended", "record", "events", "detained, on the day of the record")
METRICS = _count.all
METRIC_NAMES = tuple(metric.name for metric in METRICS)

DERIVED: tuple[Metric, ...] = (
    Metric(
        "intercepted",
        "entry",
        "attempts",
        "attempts that a patrol reached in time: prevented, turned back or apprehended",
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

# Per segment: nothing that shows where people entered (that is reported by stretch only).
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
    "people admitted to a procedure: at or between the lines, at a crossing point or mission, found inland",
)
PEOPLE_PUSHED_BACK = _of_people(
    "people_pushed_back", "protection", "people", "people pushed back at least once"
)
PEOPLE_METRICS = _of_people.all


def derive(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the derived metrics as columns to a frame that holds the others."""
    return frame.assign(**{m.name: frame[list(m.formula)].sum(axis=1) for m in DERIVED})
