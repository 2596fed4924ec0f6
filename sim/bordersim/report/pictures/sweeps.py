"""The results of a sweep: figures along one key, over two keys, or as points over several.

Only data in, a figure out; nothing is saved here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.setting import own_style

import numpy as np

from bordersim.report.pictures.differences import EUR_PER_MILLION, decimals, number, words
from bordersim.report.pictures.style import (
    GREY,
    INK,
    LARGE,
    NORMAL,
    SMALL,
    in_key,
    new_figure,
    scenario_styles,
    tidy,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

COLUMNS = 3
PANEL_WIDTH_IN, PANEL_HEIGHT_IN, HEAD_IN = 4.6, 3.4, 1.2
WITH_INTERVAL = ", with the 95 % interval of the mean"
ASIDE = 0.08
MOST_CELLS = 400  # of a field of colours
MOST_WRITTEN = 60  # cells in which the number can be read


@own_style()
def sweep_figure(table: pd.DataFrame, keys: Sequence[str], value: str) -> Figure:
    """Draw the picture that fits the design: lines along one key, a grid over two, points over more.

    Parameters
    ----------
    table
        Rows of draw, one column per key, scenario, metric, country, unit, `value`, low, high.
    keys
        The keys that were varied.
    value
        The column to draw: mean or difference.
    """
    table = _in_millions(table, value)
    if len(keys) == 1:
        return _panels(table, value, lambda rows, axes: along_one(rows, keys[0], value, axes))
    if _is_grid(table, keys):
        return _panels(table, value, lambda rows, axes: over_two(rows, keys, value, axes), by_scenario=True)
    return _clouds(table, keys, value)


def _in_millions(table: pd.DataFrame, value: str) -> pd.DataFrame:
    """Write money in EUR million."""
    money = table["unit"] == "EUR"
    scale = money.map({True: 1 / EUR_PER_MILLION, False: 1.0})
    scaled = {name: table[name] * scale for name in (value, "low", "high")}
    return table.assign(unit=table["unit"].mask(money, "EUR million"), **scaled)


def along_one(rows: pd.DataFrame, key: str, value: str, axes: Axes) -> Axes:
    """Draw the mean along one key with its 95 % interval, one line per scenario."""
    is_number = _are_numbers(rows[key])
    names = list(dict.fromkeys(rows["scenario"]))
    for number_of, (name, (colour, line)) in enumerate(scenario_styles(names).items()):
        own = rows[rows["scenario"] == name]
        own = own.sort_values(key) if is_number else own
        beside = ASIDE * (number_of - (len(names) - 1) / 2)  # so that none hides another
        places = own[key].astype(float) if is_number else np.arange(len(own)) + beside
        style: dict[str, Any] = {
            "color": colour,
            "marker": "o",
            "ms": 4,
            "linestyle": line if is_number else "none",
        }
        axes.plot(places, own[value], label=in_key(name), **style)
        if is_number and own[["low", "high"]].notna().all(axis=None):
            axes.fill_between(places, own["low"], own["high"], color=colour, alpha=0.2, lw=0)
        else:
            axes.vlines(places, own["low"], own["high"], color=colour, lw=1.5)
    if not is_number:
        axes.set_xticks(range(rows[key].nunique()), dict.fromkeys(map(str, rows[key])))
        axes.margins(x=0.3)
    axes.set_xlabel(key, fontsize=SMALL)
    tidy(axes)
    return axes


def _are_numbers(values: pd.Series[Any]) -> bool:
    return all(isinstance(each, (int, float, np.number)) for each in values)


def over_two(rows: pd.DataFrame, keys: Sequence[str], value: str, axes: Axes) -> Axes:
    """Draw a grid of colours over two keys; a difference whose interval covers 0 is marked."""
    field = rows.pivot(index=keys[0], columns=keys[1], values=value)
    signed = value == "difference"
    most = float(np.nanmax(np.abs(field.to_numpy()))) or 1.0
    limits = {"cmap": "PuOr_r", "vmin": -most, "vmax": most} if signed else {"cmap": "viridis"}
    image = axes.imshow(field.to_numpy(), origin="lower", aspect="auto", **limits)
    bar = axes.figure.colorbar(image, ax=axes)
    bar.ax.tick_params(labelsize=SMALL)
    _tick(axes, field)
    if field.size <= MOST_WRITTEN:
        ends = [rows.pivot(index=keys[0], columns=keys[1], values=end).to_numpy() for end in ("low", "high")]
        _write_cells(axes, field.to_numpy(), ends if signed else None)
    axes.set_xlabel(keys[1], fontsize=SMALL)
    axes.set_ylabel(keys[0], fontsize=SMALL)
    return axes


def _tick(axes: Axes, field: pd.DataFrame) -> None:
    """Label rows and columns of the grid with their values."""
    for set_ticks, names in ((axes.set_xticks, field.columns), (axes.set_yticks, field.index)):
        step = max(1, len(names) // 6)
        labels = [f"{each:.3g}" if isinstance(each, (int, float)) else str(each) for each in names]
        set_ticks(range(0, len(names), step), labels[::step], fontsize=SMALL)


def _write_cells(axes: Axes, values: NDArray[np.float64], ends: Sequence[NDArray[np.float64]] | None) -> None:
    """Write each number into its cell, readable on any colour; a star marks an interval that covers 0."""
    from matplotlib.patheffects import withStroke

    outline = [withStroke(linewidth=2.5, foreground="white")]
    places = decimals(*values[np.isfinite(values)])
    for (i, j), each in np.ndenumerate(values):
        covers = ends is not None and ends[0][i, j] <= 0 <= ends[1][i, j]
        text = number(each, places) + ("*" if covers else "")
        axes.text(j, i, text, ha="center", va="center", fontsize=7.5, color=INK, path_effects=outline)


def _panels(table: pd.DataFrame, value: str, draw: Any, by_scenario: bool = False) -> Figure:
    """Draw one panel per figure, or per figure and scenario."""
    by = ["scenario", "metric", "country"] if by_scenario else ["metric", "country"]
    panels: list[Any] = list(table.groupby(by, sort=False))
    columns = min(COLUMNS, len(panels))
    rows = -(-len(panels) // columns)
    figure = new_figure(max(PANEL_WIDTH_IN * columns, 7.0), HEAD_IN + PANEL_HEIGHT_IN * rows)
    grid = np.atleast_1d(figure.subplots(rows, columns)).ravel()
    for axes, (names, panel) in zip(grid, panels, strict=False):
        draw(panel, axes)
        of = f": {names[0]}" if by_scenario and table["scenario"].nunique() > 1 else ""
        unit = panel["unit"].iloc[0]
        axes.set_title(f"{words(names[-2])} ({names[-1]}), {unit}{of}", fontsize=NORMAL, loc="left")
    for axes in grid[len(panels) :]:
        axes.axis("off")
    is_field = not grid[0].get_legend_handles_labels()[1]
    note = (" (*: the interval covers 0)" if value == "difference" else "") if is_field else WITH_INTERVAL
    _head(figure, grid[0], table, value, note)
    return figure


def _head(figure: Figure, axes: Axes, table: pd.DataFrame, value: str, note: str = "") -> None:
    """Write the title and the legend of the lines."""
    handles, labels = axes.get_legend_handles_labels()
    reference = str(table["reference"].iloc[0]) if "reference" in table else ""
    what = f"Paired difference to {reference}" if value == "difference" else "Mean"
    legend = figure.legend(handles, labels, loc="outside upper left", ncols=3, frameon=False, fontsize=SMALL)
    legend.set_title(what + note)
    legend.get_title().set_fontsize(LARGE)
    legend.set_alignment("left")


def _clouds(table: pd.DataFrame, keys: Sequence[str], value: str) -> Figure:
    """Draw every draw as a point, one row per figure, one column per key."""
    panels: list[Any] = list(table.groupby(["metric", "country"], sort=False))
    size = (max(2.6 * len(keys) + 1.5, 7.0), HEAD_IN + 2.4 * len(panels))
    figure = new_figure(*size)
    grid = figure.subplots(len(panels), len(keys), sharey="row", sharex="col", squeeze=False)
    styles = scenario_styles(list(dict.fromkeys(table["scenario"])))
    for line, ((metric, country), panel) in zip(grid, panels, strict=True):
        for key, axes in zip(keys, line, strict=True):
            _cloud(panel, key, value, styles, axes)
        line[0].set_ylabel(f"{words(metric)} ({country})\n{panel['unit'].iloc[0]}", fontsize=SMALL)
    for key, axes in zip(keys, grid[-1], strict=True):
        axes.set_xlabel(key.replace(".", ".\n") if len(key) > 24 else key, fontsize=SMALL)
    _head(figure, grid[0, 0], table, value, ", one point a draw")
    return figure


def _cloud(panel: pd.DataFrame, key: str, value: str, styles: Any, axes: Axes) -> None:
    """Draw the draws over one key."""
    is_number = _are_numbers(panel[key])
    for name, (colour, _) in styles.items():
        own = panel[panel["scenario"] == name]
        places = own[key].astype(float) if is_number else own[key].astype(str)
        axes.plot(places, own[value], "o", ms=3, alpha=0.5, mew=0, color=colour, label=in_key(name))
    if value == "difference":
        axes.axhline(0, color=GREY, lw=0.8)
    tidy(axes)


def _is_grid(table: pd.DataFrame, keys: Sequence[str]) -> bool:
    """Return whether the draws are all combinations of two keys, few enough to be legible."""
    if len(keys) != 2:
        return False
    values = table[list(keys)].drop_duplicates()
    cells = values[keys[0]].nunique() * values[keys[1]].nunique()
    return len(values) == cells <= MOST_CELLS and min(values[key].nunique() for key in keys) > 1
