"""What is worked out after the run from what the engine counted, with prices and rates that decide nothing.

`bordersim.results.valuation` has the formula of each.
"""

from __future__ import annotations

from bordersim.words.metrics import METRIC_NAMES, METRICS, Metric

VALUED: tuple[Metric, ...] = (
    Metric(
        "claims_not_examined",
        "protection",
        "claims",
        "asylum claims that nobody examined: not taken, or assumed to be voiced in a pushback",
    ),
    Metric(
        "non_refoulement_risk",
        "protection",
        "returns",
        "pushbacks of vulnerable people, and of the share of all others who are assumed to voice a claim",
    ),
    Metric(
        "injuries",
        "protection",
        "injuries",
        "expected injuries: attempts times the chance of injury at no barrier, wire and fence",
    ),
    Metric(
        "hypothermia",
        "protection",
        "cases",
        "expected cases of hypothermia: hours in attempts times degrees of cold times a hazard",
    ),
    Metric(
        "frostbite",
        "protection",
        "cases",
        "expected cases of frostbite: freezing days between the lines times a chance a day",
    ),
    Metric(
        "force_incidents",
        "protection",
        "incidents",
        "expected uses of force: people turned back after the line times a chance; counted each time",
    ),
    Metric(
        "barrier_eur",
        "money",
        "EUR",
        "wire and fence built that day, on the first day those beyond the record; removal costs nothing",
    ),
    Metric(
        "surveillance_eur",
        "money",
        "EUR",
        "surveillance installed that day, on the first day that beyond the record; removal costs nothing",
    ),
    Metric("guards_eur", "money", "EUR", "pay of officers (including those on loan), soldiers and Frontex"),
    Metric("reception_eur", "money", "EUR", "reception of people in the procedure, by day"),
    Metric(
        "return_grants_eur",
        "money",
        "EUR",
        "grants to people who go home after the procedure, none at the border",
    ),
    Metric("repair_eur", "money", "EUR", "repairs of the fence"),
    Metric("aid_eur", "money", "EUR", "legal help for asylum claims, help for people held between the lines"),
    Metric("overtime_eur", "money", "EUR", "pay for hours of guards beyond their shifts"),
    Metric(
        "record_deaths",
        "record",
        "people",
        "expected deaths found and documented: deaths times a share, on the day of death",
    ),
)
VALUED_NAMES = tuple(metric.name for metric in VALUED)
# The columns of every table by day and border, the counted ones first.
DAILY: tuple[Metric, ...] = (*METRICS, *VALUED)
DAILY_NAMES = (*METRIC_NAMES, *VALUED_NAMES)
