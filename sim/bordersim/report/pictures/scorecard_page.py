"""The page of a scorecard: the published windows on the model's bands, residuals, rank histogram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bordersim.report.pictures.setting import own_style

import numpy as np
from matplotlib.ticker import MaxNLocator, PercentFormatter

from bordersim.report.pictures.curves import label_days
from bordersim.report.pictures.style import (
    BLUE,
    COUNTRY_NAMES,
    GREY,
    INK,
    NORMAL,
    SMALL,
    VERMILLION,
    new_figure,
    save_figure,
    tidy,
)
from bordersim.report.pictures.titles import MODEL_AND_RECORD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_TICKS = 7  # of days
ONE_DAY = np.timedelta64(1, "D")
PERCENTILES = (5.0, 25.0, 50.0, 75.0, 95.0)
ROW_HEIGHT_IN, WIDTH_IN, HEAD_IN = 3.0, 14.0, 2.2
# A season or a year hides what a curve shows; they are drawn where there is nothing shorter.
SHORT, LONG = ("day", "week", "month"), ("season", "year")
NOTE = """\
Left: daily median of the replicates with 50 % and 90 % bands. Black: published figures, a dot for one day, a
bar for a longer window, a vertical line from the lowest to the highest report. Middle: published minus
median, per day; bars are the 90 % interval, diamonds lie outside it. Right: rank of the published figures
among the replicates; flat at the dashed line if the spread is right, high at both ends if too narrow."""


class Panel(NamedTuple):
    """One series: its daily counts, its windows with what was published, the replicates in them."""

    country: str
    title: str
    days: NDArray[np.datetime64]
    daily: Floats  # replicate, day
    windows: pd.DataFrame
    replicates: Floats  # replicate, window
    pit: Floats


@own_style()
def save_scorecard(path: Path, name: str, panels: Sequence[Panel]) -> Path:
    """Draw a row of three for each series and save the page."""
    figure = new_figure(WIDTH_IN, HEAD_IN + ROW_HEIGHT_IN * len(panels))
    grid = figure.subplots(len(panels), 3, squeeze=False, width_ratios=(5, 4, 2))
    for row, panel in zip(grid, panels, strict=True):
        bands(row[0], panel)
        residuals(row[1], panel)
        places(row[2], panel)
        row[0].set_title(
            f"{COUNTRY_NAMES.get(panel.country, panel.country)}: {panel.title}", fontsize=NORMAL, loc="left"
        )
    grid[0][1].set_title("published minus median", fontsize=NORMAL, loc="left")
    grid[0][2].set_title("rank among replicates", fontsize=NORMAL, loc="left")
    title = f"How close does {name} come to the published record?\n{NOTE}"
    figure.suptitle(title, x=0.01, ha="left", fontsize=NORMAL, linespacing=1.35)
    return save_figure(figure, path, source=MODEL_AND_RECORD)


def bands(axes: Axes, panel: Panel) -> Axes:
    """Draw the replicates by day and the published windows on them, as daily means."""
    tidy(axes)
    low, lower, median, upper, high = np.percentile(panel.daily, PERCENTILES, axis=0)
    axes.fill_between(panel.days, low, high, color=BLUE, alpha=0.15, linewidth=0)
    axes.fill_between(panel.days, lower, upper, color=BLUE, alpha=0.3, linewidth=0)
    axes.plot(panel.days, median, color=BLUE, linewidth=1.4)
    for window in panel.windows[shown(panel)].itertuples():
        _draw_window(axes, window)
    axes.set_ylim(bottom=0)
    axes.set_ylabel("events per day", fontsize=SMALL)
    label_days(axes, MOST_TICKS)
    return axes


def residuals(axes: Axes, panel: Panel) -> Axes:
    """Draw published minus median in events per day, with the 90 % interval around zero."""
    tidy(axes)
    chosen = shown(panel)
    windows = panel.windows[chosen]
    days = windows["days"].to_numpy(np.float64)
    low, _, median, _, high = np.percentile(panel.replicates[:, chosen], PERCENTILES, axis=0) / days
    middle = windows["period_start"] + (windows["period_end"] - windows["period_start"]) / 2
    axes.vlines(middle, low - median, high - median, color=BLUE, alpha=0.35, linewidth=3)
    off = windows["value"].to_numpy(np.float64) / days - median
    missed = (off < low - median) | (off > high - median)
    for outside, colour, marker in ((False, INK, "o"), (True, VERMILLION, "D")):
        here = missed == outside
        axes.plot(middle[here], off[here], marker, color=colour, markersize=4, linestyle="none")
    axes.axhline(0, color=GREY, linewidth=1)
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.set_xlim(panel.days[0], panel.days[-1])
    label_days(axes, MOST_TICKS)
    return axes


def places(axes: Axes, panel: Panel) -> Axes:
    """Draw the histogram of the ranks of the figures among the replicates."""
    tidy(axes)
    count = len(panel.pit)
    edges = np.linspace(0, 1, count + 1)
    axes.bar(edges[:-1], panel.pit, 1 / count, align="edge", color=BLUE, alpha=0.5, edgecolor="white")
    axes.axhline(1 / count, color=INK, linewidth=1, linestyle="--")
    axes.set(xlim=(0, 1), xticks=(0, 0.5, 1))
    axes.set_xticklabels(("below all", "median", "above all"), fontsize=SMALL)
    axes.get_xticklabels()[0].set_horizontalalignment("left")
    axes.get_xticklabels()[-1].set_horizontalalignment("right")
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    return axes


def shown(panel: Panel) -> NDArray[np.bool_]:
    """Return which windows are drawn."""
    short, long = (panel.windows["resolution"].isin(list(names)).to_numpy() for names in (SHORT, LONG))
    return short if short.any() else long


def _draw_window(axes: Axes, window: Any) -> None:
    """Draw one published window: a dot for a day, a bar for more, with the range of the reports."""
    rate, low, high = (value / window.days for value in (window.value, window.low, window.high))
    start, end = window.period_start.to_datetime64(), window.period_end.to_datetime64() + ONE_DAY
    if window.days == 1:
        axes.plot([start], [rate], "o", color=INK, markerfacecolor="white", markersize=4, clip_on=False)
    else:
        axes.hlines(rate, start, end, color=INK, linewidth=2)
    axes.vlines(start + (end - start - ONE_DAY) / 2, low, high, color=INK, linewidth=1)
