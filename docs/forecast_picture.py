"""The picture of all forecasts beside what was published: docs/img/forecasts.png, from ``make forecasts``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd

from bordersim.report.catalogue import ENGLISH
from bordersim.report.pictures.style import SCENARIO_COLOURS
from bordersim.validation.figures import MAIN

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT, DPI = 10.0, 8.5, 100
BLACK, FAINT = "#111111", 0.55
MARKS = (0, 1, 3, 10, 30, 100, 300)  # of the scale, a day
TITLE = "Forecasts of six months from the first day of each quarter, and what was then published"
READ = (
    "Bar: 90 % range of a week, month or season, tick: median; colours alternate from forecast to forecast."
    " Black dot: published; ring: outside the range."
)


def draw(windows: pd.DataFrame, path: Path) -> None:
    """Draw the windows of all forecasts, a panel for each border.

    Parameters
    ----------
    windows
        Published windows with their forecasts, as `forecast_windows.csv` has them; `origin` says of which.
    path
        Where the picture goes.
    """
    figure, panels = plt.subplots(len(MAIN), 1, figsize=(WIDTH, HEIGHT), sharex=True, layout="constrained")
    for axes, (country, series) in zip(panels, MAIN, strict=True):
        _panel(axes, a_day(windows.query("country == @country and series == @series")))
        axes.set_title(f"{ENGLISH.place(country)}: {ENGLISH.say(f'series.{series}')}, a day", loc="left")
    figure.suptitle(f"{TITLE}\n", x=0.01, ha="left", fontsize=12)
    figure.supxlabel(READ, x=0.01, ha="left", fontsize=9)
    figure.savefig(path, dpi=DPI)
    plt.close(figure)


def a_day(windows: pd.DataFrame) -> pd.DataFrame:
    """Return windows with counts a day, their middles, and the place of their forecast among all."""
    first, last = (pd.to_datetime(windows[name]) for name in ("first", "last"))
    days = (last - first).dt.days + 1
    counts = {name: windows[name] / days for name in ("range_low", "median", "range_high", "published")}
    middle = first + (last - first) / 2
    place = windows["origin"].rank(method="dense").astype(int)
    return windows.assign(**counts, middle=middle, place=place)


def _panel(axes: Axes, windows: pd.DataFrame) -> None:
    """Draw the windows of one border."""
    for place, rows in windows.groupby("place"):
        colour = SCENARIO_COLOURS[int(str(place)) % 2]
        axes.vlines(rows["middle"], rows["range_low"], rows["range_high"], colour, lw=2.5, alpha=FAINT)
        axes.plot(rows["middle"], rows["median"], "_", color=colour, ms=7, mew=1.5)
    missed = windows[~windows["inside"]]
    axes.plot(windows["middle"], windows["published"], ".", color=BLACK, ms=4)
    axes.plot(missed["middle"], missed["published"], "o", color=BLACK, ms=7, mfc="none", mew=0.8)
    axes.set_yscale("symlog", linthresh=1)
    axes.set_yticks(MARKS, [f"{mark}" for mark in MARKS])
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", lw=0.3)
    axes.spines[["top", "right"]].set_visible(False)
