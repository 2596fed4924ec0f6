"""What each change of a scenario contributes, alone and when left out, one panel per figure.

Only data in, a figure out; nothing is saved here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.setting import own_style

import numpy as np

from bordersim.report.pictures.differences import words
from bordersim.report.pictures.style import BLUE, INK, LARGE, NORMAL, ORANGE, PALE, SMALL, new_figure, tidy
from bordersim.results.contributions import (
    ALL_CHANGES,
    ALONE,
    INTERACTION,
    LOST,
    RANGES,
    SUM,
    TOGETHER,
    scale,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 2
ROW_IN, PANEL_IN, WIDTH_IN, HEAD_IN = 0.34, 0.9, 14.0, 1.2
# Where a mark stands in its row, its shape and colour, and what the key says.
OF_CHANGES = {
    ALONE: (-0.15, "o", BLUE, "the change alone, minus the reference"),
    LOST: (0.15, "D", ORANGE, "lost when it is left out of all changes"),
}
OF_ALL = {
    TOGETHER: (0.0, "s", INK, "all changes together, their sum, what is left (interaction)"),
    SUM: (0.0, "s", INK, ""),
    INTERACTION: (0.0, "s", INK, ""),
}


@own_style()
def attribution_figure(table: pd.DataFrame, title: str, is_given: bool) -> Figure:
    """Draw contributions with their ranges, changes in the order of the files.

    Parameters
    ----------
    table
        Rows of metric, country, unit, change, measure, value, low, high.
    title
        What is drawn.
    is_given
        Whether ranges are of histories.
    """
    panels: list[Any] = list(table.groupby(["metric", "country", "unit"], sort=False))
    lines = table["change"].nunique() - 1 + len(OF_ALL)
    rows, columns = -(-len(panels) // COLUMNS), min(COLUMNS, len(panels))
    width = WIDTH_IN if columns > 1 else WIDTH_IN / 2 + 1
    figure = new_figure(width, HEAD_IN + rows * (PANEL_IN + ROW_IN * lines))
    grid = np.atleast_1d(figure.subplots(rows, columns)).ravel()
    for axes, ((metric, country, unit), panel) in zip(grid, panels, strict=False):
        contribution_marks(panel, axes)
        axes.set_title(f"{words(metric)} ({country})", fontsize=NORMAL, loc="left")
        axes.set_xlabel(f"difference [{scale(unit)[1]}]", fontsize=SMALL)
    for axes in grid[len(panels) :]:
        axes.axis("off")
    _key(figure, grid[0], f"{title}\n{RANGES[is_given]}")
    return figure


def contribution_marks(panel: pd.DataFrame, axes: Axes) -> Axes:
    """Draw the contributions to one figure: a row for each change, then those of all changes."""
    changes = [name for name in dict.fromkeys(panel["change"]) if name != ALL_CHANGES]
    rows: list[Any] = list(panel.itertuples(index=False))
    found = {(row.change, row.measure): row for row in rows}
    for measure, look in OF_CHANGES.items():
        _marks(axes, [(i, found[name, measure]) for i, name in enumerate(changes)], look)
    for i, (measure, look) in enumerate(OF_ALL.items(), len(changes)):
        _marks(axes, [(i, found[ALL_CHANGES, measure])], look)
    labels = [*changes, *(f"all: {measure}" for measure in (TOGETHER, SUM, INTERACTION))]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.axhline(len(changes) - 0.5, color=PALE, lw=0.8)
    axes.axvline(0, color=INK, lw=0.8)
    tidy(axes)
    axes.grid(visible=False, axis="y")
    axes.grid(axis="x", color=PALE, linewidth=0.7)
    return axes


def _marks(axes: Axes, rows: list[tuple[int, Any]], look: tuple[float, str, str, str]) -> None:
    """Draw marks with their ranges."""
    shift, shape, colour, label = look
    places, divisor = np.array([i + shift for i, _ in rows]), scale(rows[0][1].unit)[0]
    values, lows, highs = (
        np.array([getattr(row, name) for _, row in rows]) / divisor for name in ("value", "low", "high")
    )
    axes.plot(values, places, shape, color=colour, markersize=SMALL / 2, label=label or "_")
    axes.hlines(places, lows, highs, color=colour, lw=1.6)


def _key(figure: Figure, axes: Axes, title: str) -> None:
    """Write the title and what the marks mean."""
    handles, labels = axes.get_legend_handles_labels()
    legend = figure.legend(handles, labels, loc="outside upper left", ncols=3, frameon=False, fontsize=SMALL)
    legend.set_title(title)
    legend.get_title().set_fontsize(LARGE)
    legend.set_alignment("left")
