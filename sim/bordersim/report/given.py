"""The ledgers of histories as tables, and how to read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bordersim.report.headlines import HEADLINES, headlines
from bordersim.report.pictures.differences import EUR_PER_MILLION, MILLIONS, SAME, UNITS, numbers
from bordersim.report.readings import without_readings
from bordersim.report.sheets import Sheet
from bordersim.results.tested import mark

if TYPE_CHECKING:
    import pandas as pd


def given_sheets(comparison: pd.DataFrame) -> Iterator[Sheet]:
    """Yield the differences of histories as tables, one sheet per scenario and ledger."""
    for (reference, scenario), rows in _by_scenario(comparison):
        medians = ("metric", "border", "unit", str(reference), str(scenario), "difference")
        header = (*medians, "90 % range", "more / fewer")
        each = list(rows.itertuples(index=False))
        for ledger in HEADLINES:
            minus = f"scenario {scenario} minus reference {reference}"
            title = f"{ledger} ledger, medians; differences within each history: {minus}"
            yield Sheet(title, header, [_row(row) for row in headlines(each, ledger)])


def _row(row: Any) -> tuple[str, ...]:
    """Write one difference."""
    # To the euro, an assumed price would look like a measured one.
    unit, per = (MILLIONS, EUR_PER_MILLION) if UNITS[row.metric] == "EUR" else (UNITS[row.metric], 1.0)
    figures = (row.reference_median, row.scenario_median, row.median, row.range_low, row.range_high)
    before, after, middle, low, high = numbers(*(value / per for value in figures))
    share = f"{row.more} / {row.fewer} of {row.replicates}"
    reach = f"{low} to {high}{mark(row.metric, row.country)}" if row.more or row.fewer else SAME
    return row.metric, row.country, unit, before, after, middle, reach, share


def _by_scenario(comparison: pd.DataFrame) -> Any:
    """Part the rows by scenario, in order, but for other readings of them."""
    return without_readings(comparison).groupby(["reference", "scenario"], sort=False)
