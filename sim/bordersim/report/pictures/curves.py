"""Curves by day: the median with its bands over replicates, and the published record beside it.

Every function takes data and axes, draws, and returns the axes; nothing is saved here.
"""

from __future__ import annotations

from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import bordersim.report.pictures.setting  # noqa: F401 - before matplotlib

import numpy as np
import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num, num2date
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FixedFormatter, FixedLocator, MaxNLocator

from bordersim.report.pictures.differences import UNITS
from bordersim.report.pictures.style import GREY, INK, NORMAL, SMALL, in_key, new_axes, scenario_styles, tidy
from bordersim.report.pictures.titles import NO_TITLES
from bordersim.validation.published import SERIES, daily_record, period_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Days = NDArray[np.datetime64]

PERCENTILES = (5.0, 25.0, 50.0, 75.0, 95.0)
TICK_STEPS = (1, 2, 2.5, 5, 10)
MOST_TICKS = 9  # of days
HALF_A_DAY = 0.5


class Record(NamedTuple):
    """The published figures beside one metric at one border."""

    daily: pd.DataFrame
    periods: pd.DataFrame


def load_record(metric: str, country: str) -> Record | None:
    """Return the published figures, or None for a metric that is not published."""
    if metric not in SERIES:
        return None
    return Record(daily_record(metric, country), period_record(metric, country))


def daily_curve(
    frame: pd.DataFrame,
    *,
    metric: str,
    country: str,
    record: Record | None = None,
    changes: Iterable[tuple[date, str]] = (),
    titles: Mapping[str, str] = NO_TITLES,
    axes: Axes | None = None,
) -> Axes:
    """Draw the median by day with bands of 50 and 90 % of the replicates, one colour a scenario.

    Parameters
    ----------
    frame
        Rows of (scenario, replicate, date, country) with a column `metric`.
    record
        Published figures: dots for days, with a bar from the lowest to the highest report, and horizontal
        lines for means over longer periods.
    changes
        Days on which a rule changes, each with a short name.
    titles
        What scenarios are called in the key, where that is not their name.
    """
    axes = axes or new_axes(10, 5)
    tidy(axes)
    rows = frame.loc[frame["country"] == country, ["scenario", "replicate", "date", metric]]
    for scenario, style in scenario_styles(rows["scenario"].unique().tolist()).items():
        table = replicate_table(rows[rows["scenario"] == scenario], metric)
        _draw_bands(axes, *table, titles.get(scenario, scenario), style)
    if record is not None:
        _draw_record(axes, record, rows["date"].min(), rows["date"].max())
    _draw_changes(axes, changes)
    _draw_scales(axes, *(float(date2num(each)) for each in (rows["date"].min(), rows["date"].max())))
    axes.set_ylabel(f"{UNITS.get(metric, metric)} a day", fontsize=NORMAL)
    return axes


def replicate_table(rows: pd.DataFrame, metric: str) -> tuple[Days, NDArray[np.float64]]:
    """Spread rows of (replicate, date) into an array [replicate, day]; a missing day is NaN."""
    day_codes, days = pd.factorize(rows["date"], sort=True)
    replicate_codes, replicates = pd.factorize(rows["replicate"])
    table = np.full((len(replicates), len(days)), np.nan)
    table[replicate_codes, day_codes] = rows[metric].to_numpy(np.float64)
    return np.asarray(days, dtype="datetime64[D]"), table


def _draw_bands(
    axes: Axes, days: Days, table: NDArray[np.float64], title: str, style: tuple[str, str]
) -> None:
    """Draw one scenario: two bands and the median."""
    percentile = np.nanpercentile if np.isnan(table).any() else np.percentile
    low, lower, median, upper, high = percentile(table, PERCENTILES, axis=0)
    colour, line = style
    at = date2num(days)
    axes.fill_between(at, low, high, color=colour, alpha=0.15, linewidth=0)
    axes.fill_between(at, lower, upper, color=colour, alpha=0.3, linewidth=0)
    alone = "o" if len(days) == 1 else ""
    axes.plot(at, median, line, marker=alone, color=colour, linewidth=1.8, label=in_key(title))


def _draw_record(axes: Axes, record: Record, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Draw published days as dots and published periods as horizontal lines, within the days shown."""
    daily = record.daily[record.daily["date"].between(first, last)]
    inside = record.periods["period_start"].ge(first) & record.periods["period_end"].le(last)
    periods = record.periods[inside]
    ends = periods["period_start"].to_numpy(), periods["period_end"].to_numpy() + np.timedelta64(1, "D")
    axes.hlines(
        periods["value"], *ends, color=INK, linewidth=2.4, label="record: mean over a period", zorder=3
    )
    drawn = axes.errorbar(
        daily["date"].to_numpy(),
        daily["value"],
        yerr=[daily["value"] - daily["low"], daily["high"] - daily["value"]],
        fmt="o",
        color=INK,
        markerfacecolor="white",
        markersize=5,
        linewidth=1.2,
        label="record: one day (bar: lowest to highest report)",
        zorder=4,
    )
    drawn.lines[0].set(clip_on=False, in_layout=False)  # the dot of a day with 0 stands on the axis, uncut


def _draw_changes(axes: Axes, changes: Iterable[tuple[date, str]]) -> None:
    """Mark the days on which a rule changes."""
    for day, name in changes:
        at = date2num(day)
        axes.axvline(at, color=GREY, linewidth=1.2, linestyle=(0, (2, 2)))
        axes.annotate(
            name,
            (at, 1),
            (4, -2),
            ("data", "axes fraction"),
            "offset points",
            va="top",
            fontsize=SMALL,
            color=GREY,
            path_effects=[withStroke(linewidth=2.5, foreground="white")],
        )


def _draw_scales(axes: Axes, first: float, last: float) -> None:
    """Count from zero, leave room for the names of changes."""
    axes.margins(x=0.01, y=0.1)
    axes.set_ylim(bottom=0)
    if first == last:
        axes.set_xlim(first - HALF_A_DAY, first + HALF_A_DAY)
    label_days(axes)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=TICK_STEPS))


def label_days(axes: Axes, most: int = MOST_TICKS) -> None:
    """Label days by their month, in a short period day by day: counts are of whole days."""
    ticks, labels, offset = _dates(*axes.get_xlim(), most)
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    formatter = FixedFormatter(labels)
    formatter.set_offset_string(offset)
    axes.xaxis.set_major_formatter(formatter)


@lru_cache
def _dates(first: float, last: float, most: int) -> tuple[list[float], list[str], str]:
    """Return tick positions, tick labels and their common part; all panels have the same days."""
    locator = AutoDateLocator(tz=UTC, maxticks=most)
    ticks = np.arange(np.ceil(first), np.floor(last) + 1).tolist()
    if len(ticks) > most:
        found = locator.tick_values(*num2date([first, last], tz=UTC))
        ticks = [float(tick) for tick in found if first <= tick <= last]
    formatter = ConciseDateFormatter(locator, tz=UTC)
    return ticks, formatter.format_ticks(ticks), formatter.get_offset()
