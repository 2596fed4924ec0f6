"""Paired differences as dots with intervals, with the numbers in their own unit beside them.

Units differ across metrics, so the axis is in multiples of the reference, on a log scale: twice
as much and half as much are equally far from no change. A metric whose reference is 0 has no multiple
and is marked at the edge.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.report.pictures.differences import (
    NUMBERS,
    SAME,
    by_ledger,
    by_metric,
    change,
    decimals,
    in_millions,
    is_of_histories,
    is_same,
    multiples,
    number,
    shown_of_histories,
)
from bordersim.report.pictures.style import (
    BLUE,
    EDGE_IN,
    GREEN,
    GREY,
    INK,
    LARGE,
    PALE,
    PURPLE,
    SMALL,
    VERMILLION,
    Margins,
    arrange,
    footer_in,
    lines_in,
    new_figure,
)
from bordersim.report.pictures.texts import Word, Words
from bordersim.report.pictures.titles import Said, in_width
from bordersim.report.pictures.units import POINTS_PER_INCH
from bordersim.words.metrics import LEDGERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

LEDGER_COLOURS = dict(zip(LEDGERS, (BLUE, VERMILLION, GREEN, PURPLE, INK), strict=True))
COUNTRIES = ("LT", "LV+PL", "all")
METRICS_BY_COUNTRY = ("attempts", "apprehended", "unstopped_entries", "unscreened_returns", "deaths_expected")
EACH_COUNTRY = ("LT", "LV", "PL", "all")
AXIS_LIMITS = (1.05, 1.1, 1.25, 2.0, 4.0, 9.0, 25.0, 100.0)  # multiples of the reference
EDGE = 1.06  # where a mark stands that is off the axis, in axis limits
MARKS = (
    "● interval excludes 0    ○ interval covers 0    ▶ off the axis: see the numbers    "
    "■ reference is 0: no multiple"
)
# Columns of numbers: their right edge [points from the axes]; the unit is written from its left edge.
REFERENCE_AT, SCENARIO_AT, DIFFERENCE_AT, CHANGE_AT, UNIT_AT = 62.0, 124.0, 318.0, 380.0, 390.0
HEADS = {
    REFERENCE_AT: "reference",
    SCENARIO_AT: "scenario",
    DIFFERENCE_AT: "difference [{range}]",
    CHANGE_AT: "change",
    UNIT_AT: "unit",
}
HEAD_LINE = -1.1
WHAT = "What is different in “{}”, compared with “{}”?"
WHERE = "Where is it different in “{}”, compared with “{}”?"
UNSAID = Said()
LABEL_AT = -215.0  # [points from the left edge of the axes]
ROW_AT = -6.0
TITLE_AT = (LABEL_AT, 34.0)  # [points from the upper left corner]
NOTE_AT, NOTE_WIDTH = (LABEL_AT, -30.0), 130  # [points from the lower left corner], [characters]
# Room around the axes, and for each line [in].
WIDTH_IN, HEAD_IN, NOTE_DOWN_IN, LINE_IN = 13.0, 0.6, -NOTE_AT[1] / POINTS_PER_INCH, 0.27
LEFT_IN = -LABEL_AT / POINTS_PER_INCH + EDGE_IN / 2
RIGHT_IN = UNIT_AT / POINTS_PER_INCH + 1.15


def difference_plot(
    comparison: pd.DataFrame,
    *,
    countries: Sequence[str] = COUNTRIES,
    said: Said = UNSAID,
    axes: Axes | None = None,
) -> Axes:
    """Draw scenario minus reference by ledger, one row per metric.

    Parameters
    ----------
    comparison
        Rows of one scenario against one reference: ledger, metric, country, reference_mean,
        scenario_mean, difference, low, high.
    countries
        Each metric is shown for the first of these that it exists for.
    said
        Titles of the scenarios, the days, the values set on top.
    """
    return _forest(by_ledger(comparison, countries), said, WHAT, axes)


def country_plot(
    comparison: pd.DataFrame,
    *,
    metrics: Sequence[str] = METRICS_BY_COUNTRY,
    said: Said = UNSAID,
    axes: Axes | None = None,
) -> Axes:
    """Draw scenario minus reference by metric, one row per country."""
    return _forest(by_metric(comparison, metrics, EACH_COUNTRY), said, WHERE, axes)


def _forest(rows: pd.DataFrame, said: Said, question: str, axes: Axes | None) -> Axes:
    """Draw marks and numbers; metrics that are the same in both are named below instead."""
    rows = shown_of_histories(rows) if is_of_histories(rows) else rows
    empty = (rows["reference_mean"] == 0) & (rows["scenario_mean"] == 0)
    same = is_same(rows) & ~empty
    shown, titles = _place(in_millions(rows[~empty & ~same]))
    title, notes = (
        _title(rows.iloc[0], said, question),
        [*_notes(rows, empty, same), *_who(rows.iloc[0], said)],
    )
    lines = max(1, len(shown) + len(titles))
    axes = axes or _new_axes(lines, title, len(notes), said.footer())
    ends = multiples(shown)
    limit = _axis_limit(ends)
    _draw_marks(axes, shown, ends, limit)
    _frame(axes, lines, limit)
    words = [*_heads(rows), *_titles(titles), *_labels(shown), *_numbers(shown, ends["difference"])]
    Words(axes, words, axes.get_yaxis_transform())
    _explain(axes, title, notes)
    return axes


def _new_axes(lines: int, title: str, notes: int, source: str) -> Axes:
    """Return axes in a new figure with room for a number of lines beside and below them."""
    below = NOTE_DOWN_IN + lines_in(notes) + EDGE_IN + footer_in(WIDTH_IN, source=source)
    head = HEAD_IN + lines_in(title.count("\n") + 1, LARGE)
    figure = new_figure(WIDTH_IN, head + LINE_IN * lines + below, layout=None)
    axes = figure.add_subplot()
    arrange(figure, Margins(LEFT_IN, RIGHT_IN, below, head))
    return axes


def _place(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the line of each row from the top, with a free line above each group for its title."""
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
    """Draw interval and dot of each row: hollow and grey where the sign is undetermined."""
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
    """Return which rows get which marker, by the place of their difference in axis limits."""
    endless = np.isposinf(centre)
    return [
        ("o", np.abs(centre) <= 1),
        (">", (centre > 1) & ~endless),
        ("<", centre < -1),
        ("s", endless),
    ]


def _numbers(rows: pd.DataFrame, multiple: pd.Series[float]) -> Iterator[Word]:
    """Yield reference, scenario, difference with its interval, change and unit for the right of each row."""
    values = rows[list(NUMBERS)].to_numpy(np.float64)
    columns = zip(rows["line"], rows["unit"], multiple, values, strict=True)
    for line, unit, times, (reference, scenario, *ends) in columns:
        means, places = decimals(reference, scenario), decimals(*ends)
        difference, low, high = (number(end, places) for end in ends)
        yield Word(number(reference, means), 1, line, (REFERENCE_AT, 0))
        yield Word(number(scenario, means), 1, line, (SCENARIO_AT, 0))
        yield Word(f"{difference}  [{low}, {high}]", 1, line, (DIFFERENCE_AT, 0))
        yield Word(change(times), 1, line, (CHANGE_AT, 0))
        yield Word(_short(unit), 1, line, (UNIT_AT, 0), "left")


def _short(unit: str) -> str:
    """Return a unit that fits its column: what a share or a ratio is of, tables say."""
    return unit.partition(" of ")[0].partition(" who ")[0].partition(" after ")[0]


def _labels(rows: pd.DataFrame) -> Iterator[Word]:
    """Yield the names of the rows."""
    labels = zip(rows["label"], rows["line"], strict=True)
    yield from (Word(label, 0, line, (ROW_AT, 0)) for label, line in labels)


def _titles(titles: dict[str, int]) -> Iterator[Word]:
    """Yield the titles of groups."""
    yield from (Word(title, 0, line, (LABEL_AT, 0), "left", "bold") for title, line in titles.items())


def _heads(rows: pd.DataFrame) -> Iterator[Word]:
    """Yield the column headings."""
    range_ = "90 % range" if is_of_histories(rows) else "95 % interval of mean"
    for at, head in HEADS.items():
        text = head.format(range=range_)
        yield Word(text, 1, HEAD_LINE, (at, 0), "left" if at == UNIT_AT else "right", "bold")


def _frame(axes: Axes, lines: int, limit: float) -> None:
    """Draw the axis of multiples; rows have text labels."""
    axes.set_yticks([])
    axes.set_ylim(lines - 0.5, -0.6)
    ticks = np.linspace(-1, 1, 5)
    axes.set_xlim(-EDGE, EDGE)
    axes.set_xticks(ticks, [f"×{limit**tick:.3g}" for tick in ticks], fontsize=SMALL)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.grid(axis="x", color=PALE, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)


def _notes(rows: pd.DataFrame, empty: pd.Series[bool], same: pd.Series[bool]) -> list[str]:
    """Return the legend of the markers and the metrics that say nothing, line by line."""
    notes = [f"multiple of the reference, log scale   {MARKS}"]
    for chosen, what in ((empty, "0 in both"), (same, SAME)):
        named = ", ".join(_of(row) for row in in_millions(rows[chosen]).itertuples())
        notes += wrap(f"{what[0].upper()}{what[1:]}, not shown: {named}", NOTE_WIDTH) if named else []
    return notes


def _of(row: Any) -> str:
    """Return the name of a row that is not shown, with its value."""
    label = row.label if row.label.endswith(")") else f"{row.group} ({row.country})"
    value = row.reference_mean
    return label if value == 0 else f"{label} {number(value, decimals(value))} {row.unit}"


def _title(first: pd.Series, said: Said, question: str) -> str:
    """Return the question, and below what answers it."""
    of = "median of {} histories" if is_of_histories(first) else "mean of {} paired replicates"
    period = f", {said.period}" if said.period else ""
    title = question.format(said.title(first["scenario"]), said.title(first["reference"]))
    return in_width(f"{title}\n{of.format(first['replicates'])}{period}", WIDTH_IN)


def _who(first: pd.Series, said: Said) -> list[str]:
    """Return which scenarios are compared, where the title tells them by other words."""
    pair = (first["reference"], first["scenario"])
    known = [f"{role}: {name}" for role, name in zip(("reference", "scenario"), pair, strict=True)]
    return [";  ".join(known)] if said.titles else []


def _explain(axes: Axes, title: str, notes: list[str]) -> None:
    """Write the title above and notes below."""
    at: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
    axes.annotate(title, (0, 1), TITLE_AT, fontsize=LARGE, va="bottom", **at)
    axes.annotate("\n".join(notes), (0, 0), NOTE_AT, fontsize=SMALL, va="top", **at)
