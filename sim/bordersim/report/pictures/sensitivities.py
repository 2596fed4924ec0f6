"""Sensitivity indices with their half-widths, one panel per figure.

Only data in, a figure out; nothing is saved here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.setting import own_style

import numpy as np

from bordersim.report.pictures.differences import UNITS, words
from bordersim.report.pictures.style import BLUE, INK, LARGE, NORMAL, ORANGE, PALE, SMALL, new_figure, tidy
from bordersim.report.pictures.titles import NO_TITLES, in_width

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_BARS = 15
COLUMNS = 2
ROW_IN, PANEL_IN, WIDTH_IN, HEAD_IN = 0.3, 0.9, 14.0, 1.3
# The measure that ranks first; what each is, in words.
MEASURES = {
    "sobol": ("total", "first_order"),
    "morris": ("mean_change", "spread_of_change"),
}
LEGENDS = {
    "total": "total: alone and in interaction with others (half-widths beyond the scale are cut)",
    "first_order": "first order: alone",
    "mean_change": "mean size of the change when it moves across its range",
    "spread_of_change": "spread of that change: interaction with other parameters",
}
TITLES = {
    "sobol": "Share of the variance due to each parameter (Sobol indices)",
    "morris": "Change of the figure when one parameter moves (Morris screening)",
}
WHICH = "Which of these values matter most{}?"
MINUS = " minus "
LEAST_SHARE, MOST_SHARE = -0.25, 1.25  # of the scale of shares: half-widths beyond are cut


@own_style()
def sensitivity_figure(
    indices: pd.DataFrame, method: str, scenario_titles: Mapping[str, str] = NO_TITLES
) -> Figure:
    """Draw the indices, the most influential parameter first; a line is half the 95 % interval to each side.

    Parameters
    ----------
    indices
        Rows of scenario, metric, country, key, measure, value, halfwidth.
    method
        morris or sobol.
    scenario_titles
        What scenarios are called, where that is not their name.
    """
    panels: list[Any] = list(indices.groupby(["scenario", "metric", "country"], sort=False))
    bars = min(MOST_BARS, indices["key"].nunique())
    rows = -(-len(panels) // COLUMNS)
    height = HEAD_IN + rows * (PANEL_IN + ROW_IN * bars)
    width = WIDTH_IN if len(panels) > 1 else WIDTH_IN / 2 + 1
    figure = new_figure(width, height)
    grid = np.atleast_1d(figure.subplots(rows, min(COLUMNS, len(panels)))).ravel()
    for axes, (names, panel) in zip(grid, panels, strict=False):
        index_bars(panel, MEASURES[method], axes)
        axes.set_title(_title(names, indices["scenario"].nunique() > 1), fontsize=NORMAL, loc="left")
        axes.set_xlabel("share of the variance" if method == "sobol" else _unit(names[1]), fontsize=SMALL)
    for axes in grid[len(panels) :]:
        axes.axis("off")
    handles, labels = grid[0].get_legend_handles_labels()
    legend = figure.legend(handles, labels, loc="outside upper left", ncols=2, frameon=False, fontsize=SMALL)
    legend.set_title(in_width(_question(indices["scenario"].unique(), method, scenario_titles), width))
    legend.get_title().set_fontsize(LARGE)
    legend.set_alignment("left")
    return figure


def _question(scenarios: Iterable[object], method: str, titles: Mapping[str, str]) -> str:
    """Return the title: what is asked, of which scenario or which difference, and what is drawn."""
    names = [[titles.get(part, part) for part in str(name).split(MINUS)] for name in scenarios]
    of = ""
    if len(names) == 1:
        first, *others = names[0]
        of = (
            f" for what is different in “{first}”, compared with “{others[0]}”"
            if others
            else f" in “{first}”"
        )
    return f"{WHICH.format(of)}\n{TITLES[method]}. What a key means: bordersim explain KEY"


def index_bars(panel: pd.DataFrame, measures: Sequence[str], axes: Axes) -> Axes:
    """Draw two indices of each parameter as bars with their half-widths."""
    order = panel[panel["measure"] == measures[0]].sort_values("value", ascending=False, kind="stable")
    keys = list(order["key"])[:MOST_BARS]
    for shift, measure, colour in zip((-0.2, 0.2), measures, (BLUE, ORANGE), strict=True):
        rows = panel[panel["measure"] == measure].set_index("key").loc[keys]
        places = np.arange(len(keys)) + shift
        axes.barh(places, rows["value"], height=0.38, color=colour, label=LEGENDS[measure])
        known = np.isfinite(rows["halfwidth"].to_numpy())
        axes.errorbar(
            rows["value"][known], places[known], xerr=rows["halfwidth"][known], fmt="none", ecolor=INK, lw=1.2
        )
    axes.set_yticks(range(len(keys)), keys)
    axes.set_ylim(max(len(keys), 1) - 0.5, -0.5)
    axes.axvline(0, color=INK, lw=0.8)
    if measures[0] == "total":
        low, high = axes.get_xlim()
        axes.set_xlim(max(low, LEAST_SHARE), min(high, MOST_SHARE))
    tidy(axes)
    axes.grid(visible=False, axis="y")
    axes.grid(axis="x", color=PALE, linewidth=0.7)
    return axes


def _title(names: Sequence[Any], several: bool) -> str:
    """Return the title of a panel."""
    scenario, metric, country = names
    return f"{words(metric)} ({country})" + (f": {scenario}" if several else "")


def _unit(metric: Any) -> str:
    """Return the unit of a figure."""
    return UNITS.get(metric, "")
