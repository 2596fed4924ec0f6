"""The ledgers of histories as tables, and how to read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bordersim.report.fitting import FIGURE
from bordersim.report.headlines import HEADLINES, asked_first, headlines
from bordersim.report.pictures.differences import EUR_PER_MILLION, MILLIONS, SAME, UNITS, numbers
from bordersim.report.readings import without_readings
from bordersim.report.sheets import Sheet
from bordersim.results.tested import mark

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.results.experiment import Experiment


def given_sheets(comparison: pd.DataFrame) -> Iterator[Sheet]:
    """Yield the differences of histories as tables, one sheet per scenario and ledger."""
    for (reference, scenario), rows in _by_scenario(comparison):
        each = list(rows.itertuples(index=False))
        for ledger in HEADLINES:
            yield _sheet(f"{ledger} ledger, ", reference, scenario, headlines(each, ledger))


def short_sheets(experiment: Experiment) -> Iterator[Sheet]:
    """Yield the figures asked first, a sheet per scenario: differences of histories if there are any."""
    if experiment.comparison is None:
        yield from map(_figures, experiment.metrics.groupby("scenario", sort=False))
        return
    for (reference, scenario), rows in _by_scenario(experiment.comparison):
        yield _sheet("", reference, scenario, asked_first(rows.itertuples(index=False)))


def _sheet(ledger: str, reference: str, scenario: str, rows: Iterable[Any]) -> Sheet:
    """Return differences as a table."""
    minus = f"scenario {scenario} minus reference {reference}"
    title = f"{ledger}medians; differences within each history: {minus}"
    header = (*FIGURE, reference, scenario, "difference", "90 % range", "more / fewer")
    return Sheet(title, header, [_row(row) for row in rows])


def _figures(of_scenario: tuple[Any, pd.DataFrame]) -> Sheet:
    """Return what is asked first of one scenario as a table."""
    scenario, rows = of_scenario
    header = (*FIGURE, "median", "90 % of histories")
    return Sheet(str(scenario), header, [_figure(row) for row in asked_first(rows.itertuples(index=False))])


def _figure(row: Any) -> tuple[str, ...]:
    """Write one figure."""
    unit, (middle, low, high) = _written(row.metric, row.median, row.q05, row.q95)
    return row.metric, row.country, unit, middle, f"{low} to {high}"


def _row(row: Any) -> tuple[str, ...]:
    """Write one difference."""
    figures = (row.reference_median, row.scenario_median, row.median, row.range_low, row.range_high)
    unit, (before, after, middle, low, high) = _written(row.metric, *figures)
    share = f"{row.more} / {row.fewer} of {row.replicates}"
    reach = f"{low} to {high}{mark(row.metric, row.country)}" if row.more or row.fewer else SAME
    return row.metric, row.country, unit, before, after, middle, reach, share


def _written(metric: str, *values: float) -> tuple[str, list[str]]:
    """Write values with their unit: to the euro, an assumed price would look like a measured one."""
    unit, per = (MILLIONS, EUR_PER_MILLION) if UNITS[metric] == "EUR" else (UNITS[metric], 1.0)
    return unit, numbers(*(value / per for value in values))


def _by_scenario(comparison: pd.DataFrame) -> Any:
    """Part the rows by scenario, in order, but for other readings of them."""
    return without_readings(comparison).groupby(["reference", "scenario"], sort=False)
