"""The numbers of a picture, for the CSV file beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bordersim.report.pictures.curves import PERCENTILES, load_record, replicate_table
from bordersim.results.csv_tables import write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from bordersim.report.pictures.curves import Record

QUANTILES = ("q05", "q25", "median", "q75", "q95")
PUBLISHED = ("published", "published_low", "published_high", "published_mean_of_period")


def save_shown(picture: Path, table: pd.DataFrame) -> Path:
    """Write the numbers of a picture beside it; return the picture."""
    write_csv(picture.with_suffix(".csv"), table)
    return picture


def shown_days(frame: pd.DataFrame, panels: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Return median and bands of each day of each panel, with what was published of it.

    Parameters
    ----------
    frame
        Rows of scenario, replicate, date, country with a column for each metric.
    panels
        Metric, country and title of each panel.
    """
    return pd.concat([part for metric, country, _ in panels for part in _panel(frame, metric, country)])


def _panel(frame: pd.DataFrame, metric: str, country: str) -> Iterator[pd.DataFrame]:
    """Yield the days of one panel, scenario by scenario."""
    record = load_record(metric, country)
    here = frame[frame["country"] == country]
    for scenario, rows in here.groupby("scenario", sort=False):
        days, table = replicate_table(rows, metric)
        quantiles = np.nanpercentile(table, PERCENTILES, axis=0)
        keys = {"scenario": scenario, "metric": metric, "country": country, "date": days}
        found = pd.DataFrame({**keys, **dict(zip(QUANTILES, quantiles, strict=True))})
        yield found if record is None else found.assign(**_published(record, found["date"]))


def _published(record: Record, days: pd.Series[Any]) -> dict[str, Any]:
    """Return the published figures of some days, and the mean of the shortest period that holds each."""
    daily = record.daily.drop_duplicates("date").set_index("date").reindex(days)
    ends = record.periods["period_end"] - record.periods["period_start"]
    means = pd.Series(np.nan, index=days.to_numpy())
    for i in ends.sort_values(ascending=False).index:
        first, last, value = record.periods.loc[i, ["period_start", "period_end", "value"]]
        means[(means.index >= first) & (means.index <= last)] = value
    values = (daily[name].to_numpy() for name in ("value", "low", "high"))
    return dict(zip(PUBLISHED, (*values, means.to_numpy()), strict=True))
