"""What histories answer: sentences with a direction, a count and a range, then the ledgers as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bordersim.report.headlines import HEADLINES, headlines
from bordersim.report.pictures.differences import UNITS, decimals, number, numbers, words
from bordersim.report.sheets import Sheet
from bordersim.results.ledgers import ALL, ELSEWHERE

if TYPE_CHECKING:
    import pandas as pd

# What is told first: entry, displacement, protection twice, deaths.
TOLD = (
    ("attempts", "LT"),
    ("attempts_at_other_borders", ELSEWHERE),
    ("unstopped_entries", ALL),
    ("unscreened_returns", ALL),
    ("deaths_expected", ALL),
)
WHERE = {
    "LT": "at the Lithuanian border",
    "LV": "at the Latvian border",
    "PL": "at the Polish border",
    ELSEWHERE: "at the Latvian and Polish borders together",
    ALL: "at all three borders",
}
_COUNTED = {"attempts_at_other_borders": "attempts"}  # where the border is said anyway
SURE = 0.95  # of the histories: below that no direction is told
READING = (
    "Each history has the same values, people and luck under every policy. Ranges include 90 % of the"
    " histories: what the published record leaves undetermined. They do not include errors of the model"
    " itself. The interval of the mean is in comparison.csv. Definitions: columns.csv."
)


def answers(comparison: pd.DataFrame) -> list[str]:
    """Return what each scenario changed, in a few sentences."""
    return [sentence for _, rows in _by_scenario(comparison) for sentence in _told(rows)]


def _told(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the sentences of one scenario."""
    found = {(row.metric, row.country): row for row in rows.itertuples(index=False)}
    for key in TOLD:
        if key in found:
            yield sentence(found[key])


def sentence(row: Any) -> str:
    """Return one difference in words: its sign and in how many histories, the median, the range."""
    what = f"{words(_COUNTED.get(row.metric, row.metric)).capitalize()} {WHERE[row.country]}"
    if row.more == row.fewer == 0:
        return (
            f"{what}: the same with {row.scenario} as with {row.reference} in all {row.replicates} histories."
        )
    middle, range_ = _amount(row.median, row), f"{_amount(row.q05, row)} to {_amount(row.q95, row)}"
    most, way = (row.more, "more") if row.more >= row.fewer else (row.fewer, "fewer")
    how = f"{way} in {most} of {row.replicates} histories"
    if most < SURE * row.replicates:
        how = f"the direction is open ({how})"
    return f"{what}: {middle} with {row.scenario} than with {row.reference} ({range_}); {how}."


def _amount(value: float, row: Any) -> str:
    """Write a difference as so many more or fewer."""
    places = decimals(row.q05, row.median, row.q95)
    return f"{number(abs(value), places)} {'more' if value > 0 else 'fewer'}" if value else "no change"


def given_sheets(comparison: pd.DataFrame) -> Iterator[Sheet]:
    """Yield the differences of histories as tables, one sheet per scenario and ledger."""
    for (reference, scenario), rows in _by_scenario(comparison):
        medians = ("metric", "border", "unit", str(reference), str(scenario), "difference")
        header = (*medians, "90 % of histories", "more in")
        for ledger in HEADLINES:
            title = f"{ledger} ledger, medians: {scenario} minus {reference}"
            yield Sheet(title, header, [_row(row) for row in headlines(rows, ledger)])


def _row(row: Any) -> tuple[str, ...]:
    """Write one difference."""
    medians = (row.reference_median, row.scenario_median, row.median)
    before, after, middle, low, high = numbers(*medians, row.q05, row.q95)
    share = f"{row.more} of {row.replicates}"
    return row.metric, row.country, UNITS[row.metric], before, after, middle, f"{low} to {high}", share


def _by_scenario(comparison: pd.DataFrame) -> Any:
    """Part the rows by scenario, in order."""
    return comparison.groupby(["reference", "scenario"], sort=False)
