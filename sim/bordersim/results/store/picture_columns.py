"""The columns of CSV files beside pictures; others are as in comparison.csv, sweep.csv, sensitivity.csv."""

from __future__ import annotations

from bordersim.results.store.described import Column

_DAYS = (
    Column("q05", "of the metric", "5 % quantile of the replicates on that day"),
    Column("q25", "of the metric", "25 % quantile of the replicates on that day"),
    Column("median", "of the metric", "median of the replicates on that day"),
    Column("q75", "of the metric", "75 % quantile of the replicates on that day"),
    Column("q95", "of the metric", "95 % quantile of the replicates on that day"),
    Column("published", "events", "published figure of that day; empty where none is"),
    Column("published_low", "events", "the lowest of the published reports of that day"),
    Column("published_high", "events", "the highest of the published reports of that day"),
    Column("published_mean_of_period", "events", "mean a day of the shortest published period it lies in"),
)
_BARS = tuple(
    Column(
        f"{metric}_{name}",
        "attempts",
        f"{quantile} over replicates{what}; in difference_*.csv, of differences",
    )
    for metric, what in (("attempts", ""), ("unstopped_entries", " of attempts that nobody stopped"))
    for name, quantile in (("q05", "5 % quantile"), ("median", "median"), ("q95", "95 % quantile"))
)
_SPANS = (
    Column("from", "date", "first day of the week or the month"),
    Column("to", "date", "its last day"),
    Column("attempts_per_day", "attempts", "mean a day, over the replicates that were simulated again"),
)
PICTURE_COLUMNS = {"plots/daily_*.csv": _DAYS, "maps/*.csv": _BARS, "maps/weeks.csv, months.csv": _SPANS}
