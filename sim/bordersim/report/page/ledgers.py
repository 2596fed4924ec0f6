"""The four ledgers as tables, protection first; what is the same under all policies is one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bordersim.report.headlines import HEADLINES, headlines
from bordersim.report.page.markup import said, tag
from bordersim.report.pictures.differences import EUR_PER_MILLION, UNITS, numbers, words
from bordersim.report.pictures.style import COUNTRY_NAMES
from bordersim.results.ledgers import ALL, ELSEWHERE

if TYPE_CHECKING:
    import pandas as pd

MILLIONS = "EUR million"
IN_ORDER = ("protection", "entry", "guards", "money")
PLACES = COUNTRY_NAMES | {ELSEWHERE: "Latvia and Poland", ALL: "all three borders"}


def ledgers(rows: pd.DataFrame, reference: str, scenario: str) -> Iterator[str]:
    """Yield a table for each ledger of one comparison."""
    for ledger in sorted(HEADLINES, key=IN_ORDER.index):
        shown = list(headlines(rows, ledger))
        differing = [row for row in shown if row.more or row.fewer]
        alike = [
            f"{words(row.metric)} ({PLACES[row.country]})" for row in shown if not (row.more or row.fewer)
        ]
        head = ("what", "where", reference, scenario, "difference", "90 % of histories", "more, fewer in")
        yield said("h3", f"{ledger.capitalize()} ledger")
        if differing:
            top = tag("thead", tag("tr", *(said("th", name, scope="col") for name in head)))
            yield tag("div", tag("table", top, tag("tbody", *map(_row, differing))), class_="wide")
        if alike:
            yield said("p", f"The same in all histories: {'; '.join(alike)}.", class_="small")


def _row(row: Any) -> str:
    """Return one figure."""
    unit, scale = (MILLIONS, EUR_PER_MILLION) if UNITS[row.metric] == "EUR" else (UNITS[row.metric], 1.0)
    values = row.reference_median, row.scenario_median, row.median, row.q05, row.q95
    before, after, middle, low, high = numbers(*(value / scale for value in values))
    what = said("th", f"{words(row.metric)} [{unit}]", scope="row")
    counts = f"{row.more}, {row.fewer} of {row.replicates}"
    cells = [before, after, middle, f"{low} to {high}", counts]
    return tag(
        "tr", what, said("td", PLACES[row.country]), *(said("td", cell, class_="number") for cell in cells)
    )
