"""Whole calendar years of a run beside the published ones, and which of them were inputs.

The model's side is its simulated official counts: turned back and detained at the
Lithuanian and Latvian borders, attempts at the Polish one, as they are published. From 2022 on arrivals are
derived from the published sum over the borders, so that sum proves nothing; its split over the borders does.
Histories were chosen to come close to published figures, so with them no total proves anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.results.ledgers import ALL
from bordersim.results.store.columns import YEARS_COLUMNS
from bordersim.results.store.names import HISTORIES
from bordersim.validation.published import yearly_record
from bordersim.words.codes import COUNTRIES
from bordersim.words.valued import DAILY_NAMES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario
    from bordersim.results.store.result import Result
    from bordersim.results.store.tables import Land

QUANTILES = (0.05, 0.5, 0.95)
RECORD_OF = {
    "LT": ("record_turned_back", "record_apprehended"),
    "LV": ("record_turned_back", "record_apprehended"),
    "PL": ("record_attempts",),
}
# The people of this origin are counted out by date from the published sum over the borders.
GIVEN_BY_SUM = "inflow.origins.via_russia.people_per_day"
CIRCULAR = "sum over borders (circular)"
FITTED = "flights, LT arrivals fitted"
DATED = "arrivals by date"
LOOKED_AT = "histories come close to the record"


class Published(NamedTuple):
    """The published figures of one year at one border [events]."""

    value: float
    low: float
    high: float
    counted: str
    sources: str


NOT_PUBLISHED = Published(np.nan, np.nan, np.nan, "", "")


def whole_years(land: Land) -> list[int]:
    """Return the calendar years that a run covers from their first day to their last."""
    last = land.start + timedelta(land.days - 1)
    years = range(land.start.year, last.year + 1)
    return [year for year in years if date(year, 1, 1) >= land.start and date(year, 12, 31) <= last]


def years_of(result: Result) -> list[int]:
    """Return the whole years of a run whose days were kept."""
    return whole_years(result.land) if result.keeps_days else []


def years_beside_record(results: Sequence[Result]) -> pd.DataFrame:
    """Return one row per scenario, whole year and border: the model's record and the published one."""
    import pandas as pd

    rows = [row for result in results for row in _rows(result)]
    return pd.DataFrame(rows, columns=list(YEARS_COLUMNS))


def yearly_totals(result: Result, years: Sequence[int]) -> NDArray[np.float64]:
    """Sum the record by replicate, year and border (LT, LV, PL), one block in memory at a time [events]."""
    kept = np.zeros((len(COUNTRIES), len(DAILY_NAMES)))
    for c, country in enumerate(COUNTRIES):
        kept[c, [DAILY_NAMES.index(name) for name in RECORD_OF[country]]] = 1
    spans = [_days_of(result.land, year) for year in years]
    totals = [np.zeros((0, len(years), len(COUNTRIES)))]
    for block in result.blocks:
        recorded = np.einsum("rdcm,cm->rdc", block.values("daily"), kept)
        totals.append(np.stack([recorded[:, span].sum(axis=1) for span in spans], axis=1))
    return np.concatenate(totals)


def circular_years(result: Result) -> list[int]:
    """Return the whole years of a run for which the sum over the borders was an input."""
    years = years_of(result)
    return [year for year in years if what_was_put_in(result, year) == CIRCULAR]


def what_was_put_in(result: Result, year: int) -> str:
    """Return which of a year's totals were inputs."""
    scenario = result.scenario
    if result.repetitions == HISTORIES:
        return LOOKED_AT
    if any(value > 0 for value, _ in _in_force(scenario, GIVEN_BY_SUM, year)):
        return CIRCULAR
    keys = [key for key in scenario.parameters if key.startswith("inflow.origins.")]
    marks = {mark for key in keys for value, mark in _in_force(scenario, key, year) if value}
    return FITTED if "calibrated" in marks else DATED


def published(year: int, country: str) -> Published:
    """Add up the published parts of a border's year; return their names too."""
    record = yearly_record(year, country)
    if record.empty:
        return NOT_PUBLISHED
    days = [_counted(row, year) for row in record.itertuples(index=False)]
    value, low, high = (float(record[name].sum()) for name in ("value", "low", "high"))
    return Published(value, low, high, " + ".join(days), " ".join(record["source_url"]))


def _rows(result: Result) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of one scenario, year by year, the sum over the borders last."""
    years = years_of(result)
    totals = yearly_totals(result, years) if years else np.zeros((0, 0, len(COUNTRIES)))
    for y, year in enumerate(years):
        given = what_was_put_in(result, year)
        told = [published(year, country) for country in COUNTRIES]
        for c, country in enumerate(COUNTRIES):
            counted = " + ".join(RECORD_OF[country])
            yield (result.name, year, country, counted, *_spread(totals[:, y, c]), *told[c], given)
        sums = _spread(totals[:, y].sum(axis=1))
        yield (result.name, year, ALL, "sum of the three", *sums, *_summed(told), given)


def _summed(told: Sequence[Published]) -> Published:
    """Add up the borders if all three are published."""
    value, low, high = (float(sum(column)) for column in list(zip(*told, strict=True))[:3])
    known = not np.isnan(value)
    return Published(value, low, high, "sum of the three", "") if known else NOT_PUBLISHED


def _spread(values: NDArray[np.float64]) -> tuple[float, float, float, int]:
    """Return the quantiles over replicates and how many there are."""
    q05, median, q95 = map(float, np.quantile(values, QUANTILES))
    return q05, median, q95, len(values)


def _days_of(land: Land, year: int) -> slice:
    """Return the days of a run that belong to a year."""
    return slice((date(year, 1, 1) - land.start).days, (date(year + 1, 1, 1) - land.start).days)


def _counted(row: Any, year: int) -> str:
    """Return the name of a published part, with its last day if that is not the year's."""
    end = row.period_end.date()
    return row.part if end == date(year, 12, 31) else f"{row.part} to {end}"


def _in_force(scenario: Scenario, key: str, year: int) -> Iterator[tuple[float, str]]:
    """Yield the values of a key in force in a year, with the source of each."""
    known = scenario.parameters[key]
    if not known.entries:
        yield float(str(known.value)), known.confidence
    ends = [entry.from_ for entry in known.entries[1:]] + [date.max]
    for entry, end in zip(known.entries, ends, strict=False):
        if entry.from_ <= date(year, 12, 31) and end > date(year, 1, 1):
            yield float(str(entry.value)), entry.confidence
