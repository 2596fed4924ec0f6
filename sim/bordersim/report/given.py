"""What histories answer: sentences with a direction, a count and a range, then the ledgers as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bordersim.report.headlines import HEADLINES, headlines
from bordersim.report.pictures.differences import SAME, UNITS, decimals, number, numbers
from bordersim.report.readings import without_readings
from bordersim.report.sheets import Sheet
from bordersim.report.told import TOLD, named_figure

if TYPE_CHECKING:
    import pandas as pd

SURE = 0.95  # of the histories: below that no direction is told
READING = (
    "A history is a set of values, with chance and what the Belarusian side decides, that roughly agrees with"
    " the published record; each is run under every policy. A range holds 90 % of the histories: what the"
    " record leaves open of the values that vary, not how wrong the model itself may be. Counts of histories"
    " are no probability that the model is right. Under every policy the same people arrive, and what no rule"
    " explains of Belarus's steering stays as it was; one person can attempt a crossing, and be returned,"
    " several times. The median difference is not the difference of the medians. Definitions: columns.csv."
    " Intervals of the mean: comparison.csv."
)


def answers(comparison: pd.DataFrame) -> list[str]:
    """Return what each scenario changed, in a few lines."""
    return [line for _, rows in _by_scenario(comparison) for line in _told(rows)]


def _told(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the lines of one scenario."""
    found = {(row.metric, row.country): row for row in rows.itertuples(index=False)}
    for keys in TOLD:
        if said := [sentence(found[key]) for key in keys if key in found]:
            yield " ".join(said)


def sentence(row: Any) -> str:
    """Return one difference in words: its sign and in how many histories, the median, the range."""
    what = named_figure(row.metric, row.country)
    as_, than = (f"under {row.scenario} {word} under {row.reference}" for word in ("as", "than"))
    if row.more == row.fewer == 0:
        return f"{what}: the same {as_} in all {row.replicates} histories."
    median = f"{_amount(row.median, row)} {than}" if row.median else f"in the median the same {as_}"
    return f"{what}: {median} ({_range(row)}); {_counts(row)}."


def _counts(row: Any) -> str:
    """Write in how many histories there are more, or fewer; both where no direction is called."""
    most, way = (row.more, "more") if row.more >= row.fewer else (row.fewer, "fewer")
    if most >= SURE * row.replicates:
        return f"{way} in {most} of {row.replicates} histories"
    both = f"more in {row.more}, fewer in {row.fewer} of {row.replicates} histories"
    return f"{both}, too few to call a direction"


def _range(row: Any) -> str:
    """Write the range that holds nine tenths of the histories, the end nearer to none first."""
    low, high = sorted((row.q05, row.q95), key=abs)
    if low == high == 0:
        return "in nine tenths of the histories none"
    if low * high < 0:
        return f"from {_amount(row.q05, row)} to {_amount(row.q95, row)}"
    return f"between {number(abs(low), _places(row))} and {_amount(high, row)}"


def _amount(value: float, row: Any) -> str:
    """Write a difference as so many more or fewer."""
    return f"{number(abs(value), _places(row))} {'more' if value > 0 else 'fewer'}" if value else "no change"


def _places(row: Any) -> int:
    """Return how many decimals a difference and its range are written with."""
    return decimals(row.q05, row.median, row.q95)


def given_sheets(comparison: pd.DataFrame) -> Iterator[Sheet]:
    """Yield the differences of histories as tables, one sheet per scenario and ledger."""
    for (reference, scenario), rows in _by_scenario(comparison):
        medians = ("metric", "border", "unit", str(reference), str(scenario), "difference")
        header = (*medians, "90 % of histories", "more, fewer in")
        for ledger in HEADLINES:
            title = f"{ledger} ledger, medians; differences within each history: {scenario} minus {reference}"
            yield Sheet(title, header, [_row(row) for row in headlines(rows, ledger)])


def _row(row: Any) -> tuple[str, ...]:
    """Write one difference."""
    medians = (row.reference_median, row.scenario_median, row.median)
    before, after, middle, low, high = numbers(*medians, row.q05, row.q95)
    share = f"{row.more}, {row.fewer} of {row.replicates}"
    reach = f"{low} to {high}" if row.more or row.fewer else SAME
    return row.metric, row.country, UNITS[row.metric], before, after, middle, reach, share


def _by_scenario(comparison: pd.DataFrame) -> Any:
    """Part the rows by scenario, in order, but for other readings of them."""
    return without_readings(comparison).groupby(["reference", "scenario"], sort=False)
