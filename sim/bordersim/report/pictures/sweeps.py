"""The results of a sweep: figures along one key, over two keys, or as points over several.

Only data in, a figure out; nothing is saved here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.setting import own_style

import numpy as np

from bordersim.report.pictures.differences import EUR_PER_MILLION, MILLIONS, decimals, number, words
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
from bordersim.report.pictures.titles import NO_TITLES, in_width
from bordersim.results.by_draw import Wanted
from bordersim.results.movable import can_move

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

COLUMNS = 3
PANEL_WIDTH_IN, PANEL_HEIGHT_IN, HEAD_IN = 4.6, 3.4, 1.2
WITH_INTERVAL = ", with the 95 % interval of the mean"
ASIDE = 0.08
MOST_CLOUDS = 12  # of the panels of a figure; of more keys the closest are drawn
MOST_ACROSS, CLOUD_WIDTH_IN, CLOUD_HEIGHT_IN = 4, 3.1, 2.5
TREND_PARTS, LONG_KEY = 5, 24
MOST_CELLS = 400  # of a field of colours
THOUSAND = 1e3
MOST_WRITTEN = 60  # cells in which the number can be read


@own_style()
def sweep_figure(
    table: pd.DataFrame,
    keys: Sequence[str],
    value: str,
    titles: Mapping[str, str] = NO_TITLES,
    beside: pd.DataFrame | None = None,
) -> Figure:
    """Draw the picture that fits the design: lines along one key, a grid over two, points over more.

    Parameters
    ----------
    table
        Rows of draw, one column per key, scenario, metric, country, unit, `value`, low, high.
    keys
        The keys that were varied.
    value
        The column to draw: mean or difference.
    titles
        What scenarios are called, where that is not their name.
    beside
        The rows of all pictures of the sweep, which share their scales; None for these alone.
    """
    table = _in_millions(_titled(table, titles), value)
    beside = table if beside is None else _in_millions(beside, value)
    if len(keys) == 1:
        return _panels(table, value, lambda rows, axes: along_one(rows, keys[0], value, axes))
    if _is_grid(table, keys):
        return _panels(
            table, value, lambda rows, axes: _field(rows, keys, value, beside, axes), by_scenario=True
        )
    if len(keys) <= MOST_CLOUDS:
        return _clouds(table, keys, value)
    note = f"; the closest {MOST_CLOUDS} of {len(keys)} keys (may be chance)"
    return _clouds(table, _closest(table, keys, value), value, note)


def _titled(table: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Return a table in which scenarios go by their titles."""
    named = [name for name in ("scenario", "reference") if name in table]
    return table.assign(**{name: table[name].map(lambda each: titles.get(each, each)) for name in named})


def _in_millions(table: pd.DataFrame, value: str) -> pd.DataFrame:
    """Write money in EUR million."""
    money = table["unit"] == "EUR"
    scale = money.map({True: 1 / EUR_PER_MILLION, False: 1.0})
    scaled = {name: table[name] * scale for name in (value, "low", "high")}
    return table.assign(unit=table["unit"].mask(money, MILLIONS), **scaled)


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


def _field(rows: pd.DataFrame, keys: Sequence[str], value: str, beside: pd.DataFrame, axes: Axes) -> Axes:
    """Draw a grid on the scale that pictures of the same figure share."""
    same = (beside["metric"] == rows["metric"].iloc[0]) & (beside["country"] == rows["country"].iloc[0])
    return over_two(rows, keys, value, axes, beside.loc[same, value].to_numpy(np.float64))


def over_two(
    rows: pd.DataFrame,
    keys: Sequence[str],
    value: str,
    axes: Axes,
    scale: NDArray[np.float64] | None = None,
) -> Axes:
    """Draw a grid of colours over two keys; a difference whose interval covers 0 is marked.

    `scale` holds the values that the colours have to span; None for those of the rows.
    """
    field = rows.pivot(index=keys[0], columns=keys[1], values=value)
    signed = value == "difference"
    spanned = field.to_numpy() if scale is None else scale
    most = float(np.nanmax(np.abs(spanned))) or 1.0
    low, high = (-most, most) if signed else (float(np.nanmin(spanned)), float(np.nanmax(spanned)))
    limits: dict[str, Any] = {"cmap": "PuOr_r" if signed else "viridis", "vmin": low, "vmax": high}
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
        labels = [_tick_text(each) for each in names]
        set_ticks(range(0, len(names), step), labels[::step], fontsize=SMALL)


def _tick_text(value: object) -> str:
    """Write the value of a key, without powers of ten where it needs none."""
    if not isinstance(value, (int, float)):
        return str(value)
    return number(value, 0) if abs(value) >= THOUSAND else f"{value:.3g}"


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
    others = "; ".join(f"“{each}”" for each in dict.fromkeys(table["scenario"]))
    if value == "difference":
        asked = f"Does the difference between {others} and “{reference}” depend on these values?"
        what = "Paired difference: scenario minus reference"
    else:
        asked, what = "How do these values change each scenario?", "Mean"
        asked = asked if handles else f"How do these values change {others}?"
    legend = figure.legend(handles, labels, loc="outside upper left", ncols=2, frameon=False, fontsize=SMALL)
    legend.set_title(in_width(f"{asked}\n{what}{note}", figure.get_figwidth()))
    legend.get_title().set_fontsize(LARGE)
    legend.set_alignment("left")


def _closest(table: pd.DataFrame, keys: Sequence[str], value: str) -> list[str]:
    """Return the keys whose ranks go with those of the first figure most closely, as many as can be read."""
    by_figure: Any = table.groupby(["scenario", "metric", "country"], sort=False)
    (_, *wanted), figure = next(iter(by_figure))
    numbers = [key for key in keys if can_move(key, Wanted(*wanted)) and _are_numbers(figure[key])]
    close = figure[numbers].astype(float).rank().corrwith(figure[value].rank()).abs()
    return list(close.fillna(0.0).nlargest(MOST_CLOUDS).index)


def _clouds(table: pd.DataFrame, keys: Sequence[str], value: str, of: str = "") -> Figure:
    """Draw every draw as a point and the medians of neighbouring ones as a line, by figure and key."""
    panels: list[Any] = list(table.groupby(["metric", "country"], sort=False))
    columns = min(len(keys), MOST_ACROSS)
    rows = len(panels) * -(-len(keys) // columns)
    figure = new_figure(CLOUD_WIDTH_IN * columns + 1.5, HEAD_IN + CLOUD_HEIGHT_IN * rows)
    grid = figure.subplots(rows, columns, sharey="row" if len(panels) > 1 else "all", squeeze=False)
    styles = scenario_styles(list(dict.fromkeys(table["scenario"])))
    for ((metric, country), panel), lines in zip(panels, np.split(grid, len(panels)), strict=True):
        for key, axes in zip(keys, lines.ravel(), strict=False):
            _cloud(panel, key, value, styles, axes)
            axes.set_xlabel(key.replace(".", ".\n", 1) if len(key) > LONG_KEY else key, fontsize=SMALL)
        for axes in lines.ravel()[len(keys) :]:
            axes.axis("off")
        for line in lines:
            line[0].set_ylabel(f"{words(metric)} ({country})\n{panel['unit'].iloc[0]}", fontsize=SMALL)
    _head(figure, grid[0, 0], table, value, f": one point a draw; line: median of a fifth of the draws{of}")
    return figure


def _cloud(panel: pd.DataFrame, key: str, value: str, styles: Any, axes: Axes) -> None:
    """Draw the draws over one key, and how their middle moves along it."""
    is_number = _are_numbers(panel[key])
    for name, (colour, line) in styles.items():
        own = panel[panel["scenario"] == name]
        places = own[key].astype(float) if is_number else own[key].astype(str)
        dots: dict[str, Any] = {"ms": 4, "alpha": 0.45, "mew": 0, "color": colour}
        axes.plot(places, own[value], "o", label=in_key(name), **dots)
        if is_number and len(own) >= TREND_PARTS:
            axes.plot(*_trend(places.to_numpy(), own[value].to_numpy()), line, color=colour, lw=2)
    if value == "difference":
        axes.axhline(0, color=GREY, lw=0.8)
    tidy(axes)


def _trend(places: NDArray[np.float64], values: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """Return medians of equally many draws from the lowest places to the highest."""
    parts = np.array_split(np.argsort(places), TREND_PARTS)
    return [float(np.median(places[part])) for part in parts], [
        float(np.nanmedian(values[part])) for part in parts
    ]


def _is_grid(table: pd.DataFrame, keys: Sequence[str]) -> bool:
    """Return whether the draws are all combinations of two keys, few enough to be legible."""
    if len(keys) != 2:
        return False
    values = table[list(keys)].drop_duplicates()
    cells = values[keys[0]].nunique() * values[keys[1]].nunique()
    return len(values) == cells <= MOST_CELLS and min(values[key].nunique() for key in keys) > 1
