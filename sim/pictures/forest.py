"""Paired differences as dots with intervals, the numbers in their own unit printed beside them.

Units differ wildly across metrics, so the axis is in multiples of the reference, on a log scale: twice
as much and half as much lie equally far from no change. A metric whose reference is 0 has no multiple
and is marked at the edge.
"""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.outcomes import LEDGERS
from sim.pictures.differences import (
    NUMBERS,
    SAME,
    by_ledger,
    by_metric,
    change,
    decimals,
    in_millions,
    multiples,
    number,
    same_in_both,
)
from sim.pictures.style import BLUE, GREEN, GREY, INK, LARGE, PALE, PURPLE, SMALL, VERMILLION, new_axes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

LEDGER_COLOURS = dict(zip(LEDGERS, (BLUE, VERMILLION, GREEN, PURPLE, INK), strict=True))
COUNTRIES = ("LT", "LV+PL", "all")
METRICS_BY_COUNTRY = ("attempts", "apprehended", "entered", "unscreened_returns", "deaths_expected")
EACH_COUNTRY = ("LT", "LV", "PL", "all")
AXIS_LIMITS = (1.05, 1.1, 1.25, 2.0, 4.0, 9.0, 25.0, 100.0)  # multiples of the reference
EDGE = 1.06  # where a mark stands that is off the axis, in axis limits
MARKS = (
    "● interval excludes 0    ○ interval covers 0    ▶ off the axis: see the numbers    "
    "■ reference is 0: no multiple"
)
# Columns of numbers: their right edge [points from the axes]; the unit is written from its left edge.
REFERENCE_AT, SCENARIO_AT, DIFFERENCE_AT, CHANGE_AT, UNIT_AT = 62.0, 124.0, 300.0, 364.0, 374.0
HEADS = {
    REFERENCE_AT: "reference",
    SCENARIO_AT: "scenario",
    DIFFERENCE_AT: "difference [95 % interval]",
    CHANGE_AT: "change",
    UNIT_AT: "unit",
}
HEAD_LINE = -1.1
LABEL_AT = -215.0  # [points from the left edge of the axes]
NOTE_AT, NOTE_WIDTH = (LABEL_AT, -30.0), 130  # [points from the lower left corner], [characters]


def difference_plot(
    comparison: pd.DataFrame, *, countries: Sequence[str] = COUNTRIES, axes: Axes | None = None
) -> Axes:
    """Draw scenario minus reference by ledger, one row a metric.

    Parameters
    ----------
    comparison
        Rows of one scenario against one reference: ledger, metric, country, reference_mean,
        scenario_mean, difference, low, high.
    countries
        Each metric is shown for the first of these that it has.
    """
    return _forest(by_ledger(comparison, countries), axes)


def country_plot(
    comparison: pd.DataFrame, *, metrics: Sequence[str] = METRICS_BY_COUNTRY, axes: Axes | None = None
) -> Axes:
    """Draw scenario minus reference by metric, one row a country: who else is touched."""
    return _forest(by_metric(comparison, metrics, EACH_COUNTRY), axes)


def _forest(rows: pd.DataFrame, axes: Axes | None) -> Axes:
    """Draw marks and numbers; metrics that are 0 in both are named below instead."""
    empty = (rows["reference_mean"] == 0) & (rows["scenario_mean"] == 0)
    shown, titles = _place(in_millions(rows[~empty]))
    axes = axes or new_axes(13, 1.9 + 0.27 * (len(shown) + len(titles)))
    ends = multiples(shown)
    limit = _axis_limit(ends)
    _draw_marks(axes, shown, ends, limit)
    _print_numbers(axes, shown, ends["difference"])
    _frame(axes, shown, titles, limit)
    _explain(axes, rows, empty)
    return axes


def _place(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Give each row its line from the top, with a free line above each group for its title."""
    groups = rows["group"].to_numpy()
    starts = np.r_[True, groups[1:] != groups[:-1]] if len(rows) else np.zeros(0, dtype=bool)
    lines = np.arange(len(rows)) + np.cumsum(starts)
    titles = {str(group): int(line) - 1 for group, line in zip(groups[starts], lines[starts], strict=True)}
    return rows.assign(line=lines), titles


def _axis_limit(ends: pd.DataFrame) -> float:
    """Return the smallest of the fixed limits that holds every interval, or the largest there is."""
    known = ends.to_numpy()
    known = known[np.isfinite(known) & (known > 0)]
    largest = np.max(np.r_[known, 1 / known], initial=1)
    return next((limit for limit in AXIS_LIMITS if limit >= largest), AXIS_LIMITS[-1])


def _draw_marks(axes: Axes, rows: pd.DataFrame, ends: pd.DataFrame, limit: float) -> None:
    """Draw interval and dot of each row: hollow and grey where the sign is open."""
    with np.errstate(divide="ignore"):
        ends = np.log(ends) / np.log(limit)
    open_sign = (rows["low"] <= 0) & (rows["high"] >= 0)
    colours = rows["ledger"].map(LEDGER_COLOURS).mask(open_sign, GREY).to_numpy()
    faces = np.where(open_sign, "white", colours)
    lines, centre = rows["line"].to_numpy(), ends["difference"].to_numpy()
    axes.hlines(lines, ends["low"].clip(-1, 1), ends["high"].clip(-1, 1), color=colours, linewidth=2)
    for mark, chosen in _marks(centre):
        at = np.clip(centre[chosen], -EDGE, EDGE)
        axes.scatter(
            at,
            lines[chosen],
            48,
            marker=mark,
            c=faces[chosen],
            edgecolors=colours[chosen],
            zorder=3,
            clip_on=False,
        )


def _marks(centre: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """Return which rows get which mark, by where their difference lies in axis limits."""
    endless = np.isposinf(centre)
    return [
        ("o", np.abs(centre) <= 1),
        (">", (centre > 1) & ~endless),
        ("<", centre < -1),
        ("s", endless),
    ]


def _print_numbers(axes: Axes, rows: pd.DataFrame, multiple: pd.Series[float]) -> None:
    """Print reference, scenario, difference with its interval, change and unit at the right of each row."""
    values = rows[list(NUMBERS)].to_numpy(np.float64)
    columns = zip(rows["line"], rows["unit"], multiple, values, strict=True)
    for line, unit, times, (reference, scenario, *ends) in columns:
        means, places = decimals(reference, scenario), decimals(*ends)
        difference, low, high = (number(end, places) for end in ends)
        same = same_in_both(*ends[1:])
        _cell(axes, REFERENCE_AT, line, number(reference, means))
        _cell(axes, SCENARIO_AT, line, number(scenario, means))
        _cell(axes, DIFFERENCE_AT, line, SAME if same else f"{difference}  [{low}, {high}]")
        _cell(axes, CHANGE_AT, line, "" if same else change(times))
        _cell(axes, UNIT_AT, line, unit, side="left")


def _cell(
    axes: Axes,
    at: float,
    line: float,
    text: str,
    *,
    side: Literal["left", "right"] = "right",
    corner: float = 1,
    weight: str = "normal",
) -> None:
    """Write one cell of the table, `at` points from the right (1) or left (0) edge of the axes."""
    axes.annotate(
        text,
        (corner, line),
        xycoords=axes.get_yaxis_transform(),
        xytext=(at, 0),
        textcoords="offset points",
        ha=side,
        va="center",
        fontsize=SMALL,
        color=INK,
        weight=weight,
        annotation_clip=False,
    )


def _frame(axes: Axes, rows: pd.DataFrame, titles: dict[str, int], limit: float) -> None:
    """Write labels, titles of groups, heads of columns and the axis."""
    axes.set_yticks(rows["line"].to_numpy(), rows["label"], fontsize=SMALL)
    axes.set_ylim(len(rows) + len(titles) - 0.5, -0.6)
    axes.tick_params(axis="y", length=0)
    for title, line in titles.items():
        _cell(axes, LABEL_AT, line, title, side="left", corner=0, weight="bold")
    for at, head in HEADS.items():
        _cell(axes, at, HEAD_LINE, head, side="left" if at == UNIT_AT else "right", weight="bold")
    ticks = np.linspace(-1, 1, 5)
    axes.set_xlim(-EDGE, EDGE)
    axes.set_xticks(ticks, [f"×{limit**tick:.3g}" for tick in ticks], fontsize=SMALL)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.grid(axis="x", color=PALE, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)


def _explain(axes: Axes, rows: pd.DataFrame, empty: pd.Series[bool]) -> None:
    """Say above what is compared, and below what the marks mean and which metrics are 0 in both."""
    first = rows.iloc[0]
    title = f"{first['scenario']} minus {first['reference']}\nmean of {first['replicates']} paired replicates"
    axes.annotate(
        title, (0, 1), (LABEL_AT, 34), "axes fraction", "offset points", fontsize=LARGE, va="bottom"
    )
    notes = [f"multiple of the reference, log scale   {MARKS}"]
    if empty.any():
        notes.append(fill("0 in both, not shown: " + ", ".join(rows.loc[empty, "label"]), NOTE_WIDTH))
    axes.annotate(
        "\n".join(notes), (0, 0), NOTE_AT, "axes fraction", "offset points", fontsize=SMALL, va="top"
    )
