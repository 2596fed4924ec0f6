"""What is told first of a comparison, and in which words."""

from __future__ import annotations

from bordersim.report.pictures.differences import words
from bordersim.results.ledgers import ALL, ELSEWHERE

# A line each: attempts here and elsewhere, both ways of getting in, protection, deaths.
TOLD = (
    (("attempts", "LT"), ("attempts_at_other_borders", ELSEWHERE)),
    (("unstopped_entries", ALL),),
    (("people_admitted_to_procedure", ALL),),
    (("unscreened_returns", ALL),),
    (("deaths_expected", ALL),),
)
KEYS = tuple(key for line in TOLD for key in line)
WHAT = {
    "attempts_at_other_borders": "Attempts",
    "unstopped_entries": "Entries that nobody stopped",
    "people_admitted_to_procedure": "People admitted to an asylum procedure",
    "unscreened_returns": "Returns without screening",
    "deaths_expected": "Deaths, estimated from rates",
}
WHERE = {
    "LT": "at the Lithuanian border",
    "LV": "at the Latvian border",
    "PL": "at the Polish border",
    ELSEWHERE: "at the Latvian and Polish borders together",
    ALL: "at all three borders",
}


def named_figure(metric: str, country: str) -> str:
    """Return what a figure is of, as a sentence begins with it."""
    return f"{WHAT.get(metric) or words(metric).capitalize()} {WHERE[country]}"


def what_and_where(metric: str, country: str) -> str:
    """Return the same within a sentence."""
    text = named_figure(metric, country)
    return text[0].lower() + text[1:]
