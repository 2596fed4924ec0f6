"""Bars by stretch, from north to south: attempts and entries, or how both differ between two scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bordersim.report.pictures.setting  # noqa: F401 - before matplotlib

import numpy as np
import pandas as pd

from bordersim.geo.places import load_stations, load_stretches
from bordersim.report.pictures.landmarks import short_name
from bordersim.report.pictures.style import GREY, INK, PALE, PURPLE, SMALL, VERMILLION, new_axes
from bordersim.report.pictures.texts import Word, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

SPREAD = {"q05": 0.05, "median": 0.5, "q95": 0.95}
COUNTED = ("attempts", "unstopped_entries")
APART, RANGE_WIDTH, ROOM = 0.12, 1.6, 1.03  # lines of ranges from the middle of bars; beyond the longest
WIDE, NARROW = 0.8, 0.45  # bars
LABEL_AT = -5.0  # names of the bars [points from the axis]
SCALE = (
    "attempts in the period: median of the runs, line: 90 % of them\n"
    "* assumed: station boundaries are not published"
)
SCALE_OF_DIFFERENCES = (
    "difference in the period: median of paired runs, line: 90 % of them\n"
    "* assumed: station boundaries are not published"
)


def stretch_plot(stretches: pd.DataFrame, *, axes: Axes | None = None) -> Axes:
    """Draw attempts and entries by stretch: medians, and where 90 % of the runs lie.

    Parameters
    ----------
    stretches
        Rows of replicate and stretch with attempts and unstopped_entries.
    """
    return _bars(stretches, VERMILLION, SCALE, axes)


def stretch_differences_plot(differences: pd.DataFrame, *, axes: Axes | None = None) -> Axes:
    """Draw paired differences of attempts and entries by stretch: medians, and where 90 % of them lie."""
    axes = _bars(differences, PURPLE, SCALE_OF_DIFFERENCES, axes)
    axes.axvline(0, color=INK, lw=0.8)
    return axes


def stretch_spread(stretches: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each stretch: 5 %, 50 % and 95 % over replicates of attempts and entries."""
    groups = stretches.groupby("stretch", sort=False)
    columns = {
        f"{column}_{name}": groups[column].quantile(share)
        for column in COUNTED
        for name, share in SPREAD.items()
    }
    return pd.DataFrame(columns)


def shown_stretches(stretches: pd.DataFrame, **names: str) -> pd.DataFrame:
    """Return a row for each stretch, with its place and what the bars show of it.

    Parameters
    ----------
    names
        Columns that are the same in all rows, such as the scenario.
    """
    places = stretches.drop_duplicates("stretch").set_index("stretch")
    there = [name for name in ("country", "from_km", "to_km") if name in places]
    table = places[there].join(stretch_spread(stretches)).reset_index()
    return pd.DataFrame(names, index=table.index).join(table)


def numbered_stretches() -> list[tuple[str, str]]:
    """Return names and labels of all stretches from north to south; stations by their number on the map."""
    stretches = load_stretches()
    latvian = [s for s in stretches if s.country == "LV"][::-1]
    others = [s for s in stretches if s.country != "LV"]
    numbers = {station.name: number for number, station in enumerate(load_stations(), start=1)}
    return [
        (s.name, f"{s.name}  {numbers[s.name]}" if s.name in numbers else short_name(s.name))
        for s in (*latvian, *others)
    ]


def _bars(stretches: pd.DataFrame, colour: str, scale: str, axes: Axes | None) -> Axes:
    """Draw a wide bar for attempts, a narrow one for entries, and the line of its range on each."""
    axes = axes or new_axes(6, 10)
    names, labels = zip(*numbered_stretches(), strict=True)
    shown = stretch_spread(stretches).reindex(list(names)).fillna(0)
    lines = np.arange(len(names))
    entries = shown["unstopped_entries_median"]
    axes.barh(lines, shown["attempts_median"], height=WIDE, label="attempts", color=PALE, edgecolor=GREY)
    axes.barh(lines, entries, height=NARROW, label="of them unstopped", color=colour)
    for column, shift, ink in zip(COUNTED, (-APART, APART), (GREY, INK), strict=True):
        ends = shown[f"{column}_q05"], shown[f"{column}_q95"]
        axes.hlines(lines + shift, *ends, color=ink, lw=RANGE_WIDTH)
    _frame(axes, labels, scale)
    return axes


def _frame(axes: Axes, labels: Sequence[str], scale: str) -> None:
    """Write the names of the stretches beside their bars, the scale below, the key above."""
    axes.set_yticks([])
    words = [Word(label, 0, line, (LABEL_AT, 0)) for line, label in enumerate(labels)]
    Words(axes, words, axes.get_yaxis_transform())
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.grid(axis="x", color=PALE, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel(scale)
    # Above the bars: within them there is no corner that stays free in every scenario.
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1), ncols=2, frameon=False, fontsize=SMALL)
