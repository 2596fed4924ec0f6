"""Which figures tables show: the rows of each ledger, in order, and of all those that are asked first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bordersim.results.ledgers import ALL, ELSEWHERE

HOME = ("LT",)
HOME_AND_ALL = ("LT", ALL)
LENDS_AND_BORROWS = ("LT", "LV")
EVERYWHERE = ("LT", "LV", "PL", ALL)

# The rows of each ledger, in order; all others are in the files. The three ratios stand together.
HEADLINES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "entry": (
        ("attempts", EVERYWHERE),
        ("attempts_at_other_borders", (ELSEWHERE,)),
        ("people_attempted", (ALL,)),
        ("detected", HOME),
        ("intercepted", HOME),
        ("apprehended", HOME),
        ("got_away", HOME),
        ("undetected_entry", HOME),
        ("unstopped_entries", HOME_AND_ALL),
        ("people_entered_unstopped", (ALL,)),
        ("people_admitted_to_procedure", (ALL,)),
        ("apprehended_inland", HOME_AND_ALL),
        ("moved_onward", HOME_AND_ALL),
        ("interdiction_share", HOME_AND_ALL),
        ("total_interdiction_share", HOME_AND_ALL),
        ("entered_unstopped_share", (ALL,)),
        ("returns_per_person", (ALL,)),
    ),
    "protection": (
        ("claims_lodged_border", HOME_AND_ALL),
        ("claims_lodged_crossing_point", HOME),
        ("claims_lodged_mission", HOME),
        ("claims_not_examined", HOME_AND_ALL),
        ("unscreened_returns", HOME_AND_ALL),
        ("vulnerable_pushed_back", HOME_AND_ALL),
        ("non_refoulement_risk", HOME_AND_ALL),
        ("repeat_returns_per_person", (ALL,)),
        ("captive_person_days", HOME_AND_ALL),
        ("captive_freezing_person_days", HOME_AND_ALL),
        ("injuries", (ALL,)),
        ("hypothermia", (ALL,)),
        ("frostbite", (ALL,)),
        ("rescued", (ALL,)),
        ("deaths", (ALL,)),
        ("deaths_expected", (ALL,)),
        ("force_incidents", HOME_AND_ALL),
        ("reception_overflow", HOME),
    ),
    "guards": (
        ("patrol_hours", LENDS_AND_BORROWS),
        ("utilisation_share", LENDS_AND_BORROWS),
        ("response_time_h", LENDS_AND_BORROWS),
        ("saturated_share", LENDS_AND_BORROWS),
        ("overtime_hours", LENDS_AND_BORROWS),
    ),
    "money": (
        ("barrier_eur", HOME),
        ("repair_eur", HOME),
        ("surveillance_eur", HOME),
        ("guards_eur", LENDS_AND_BORROWS),
        ("overtime_eur", HOME),
        ("reception_eur", HOME),
        ("aid_eur", HOME),
        ("return_grants_eur", HOME),
        ("cost_eur", HOME_AND_ALL),
    ),
}

# Enforcement beside what happens to people, people beside events, guards of both sides of a loan.
ASKED_FIRST = (
    ("attempts", EVERYWHERE),
    ("people_attempted", (ALL,)),
    ("unstopped_entries", HOME_AND_ALL),
    ("people_admitted_to_procedure", (ALL,)),
    ("unscreened_returns", HOME_AND_ALL),
    ("claims_not_examined", (ALL,)),
    ("captive_person_days", (ALL,)),
    ("injuries", (ALL,)),
    ("deaths_expected", (ALL,)),
    ("patrol_hours", LENDS_AND_BORROWS),
    ("overtime_hours", HOME),
    ("cost_eur", HOME_AND_ALL),
)


def headlines(rows: Iterable[Any], ledger: str) -> Iterator[Any]:
    """Yield the rows of a ledger that are shown, in order."""
    yield from _in_order((row for row in rows if row.ledger == ledger), HEADLINES[ledger])


def asked_first(rows: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows that are asked first, of any ledger, in order."""
    yield from _in_order(rows, ASKED_FIRST)


def _in_order(rows: Iterable[Any], shown: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Any]:
    """Yield the rows shown that are there."""
    found = {(row.metric, row.country): row for row in rows}
    keys = [(metric, country) for metric, countries in shown for country in countries]
    yield from (found[key] for key in keys if key in found)
