"""The plots of a run or a comparison: their list, their content, and saving them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.setting import own_style

import pandas as pd

from bordersim.report.pictures.curves import daily_curve, load_record
from bordersim.report.pictures.forest import country_plot, difference_plot
from bordersim.report.pictures.scales import scales_at_once
from bordersim.report.pictures.style import (
    COUNTRY_NAMES,
    EDGE_IN,
    LARGE,
    NORMAL,
    Margins,
    arrange,
    figure_of,
    footer_in,
    lines_in,
    new_figure,
    save_figure,
)
from bordersim.report.pictures.units import POINTS_PER_INCH
from bordersim.results.store.names import REPLICATES, file_name, file_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Changes = dict[str, list[tuple[date, str]]]

__all__ = ["country_plot", "daily_curve", "difference_plot", "load_record", "save_plots"]

BORDERS = ("LT", "LV", "PL")
RECORD_PANELS = (
    ("record_apprehended", "LT", "detained"),
    ("record_turned_back", "LT", "prevented or turned back"),
    ("record_apprehended", "LV", "detained"),
    ("record_turned_back", "LV", "prevented or turned back"),
    ("record_attempts", "PL", "recorded attempts"),
)
OUTCOMES = {
    "attempts": "attempts",
    "unstopped_entries": "unstopped entries",
    "unscreened_returns": "kept out or returned unscreened",
}
OUTCOME_PANELS = tuple((metric, country, title) for metric, title in OUTCOMES.items() for country in BORDERS)
DRAWN = tuple(dict.fromkeys(metric for metric, _, _ in (*RECORD_PANELS, *OUTCOME_PANELS)))
KEYS = ("scenario", "replicate", "date", "country")
RECORD_TITLE = "Simulated official counts (lines) and published figures (dots)"
OUTCOME_TITLE = "All simulated events, recorded or not"
# Room at the left of a panel, of it for the label, and for each digit of the numbers; at its right [in].
LEFT_IN, LABEL_IN, DIGIT_IN, LEAST_DIGITS, RIGHT_IN = 0.4, 0.24, 0.09, 3, 0.18
BELOW_IN, TITLE_IN, DOWN_IN = 0.43, 0.3, 0.62
OUTCOME_LINES = 4.6  # over the panels: three of text, one of keys, and space
BANDS = (
    "Line: median of the {repetitions}. Bands: 50 % and 90 % of them.\n"
    "Dotted: the rules there change in at least one scenario. Scales differ."
)
OF_REPLICATES = BANDS.format(repetitions=REPLICATES)
RECORD_NOTE = (
    "Official counts are of events, not people, whatever the source says.\n"
    "Their day runs from morning to morning: allow for one day either way.\n"
    "No dots: no daily figure was published."
)


@own_style()
def save_plots(folder: Path, results: Sequence[Any], comparison: pd.DataFrame | None = None) -> list[Path]:
    """Draw and save the pictures of a run or a comparison.

    Parameters
    ----------
    folder
        Where to save them; created if needed.
    results
        Results, or their daily frames, the reference first.
    comparison
        Paired differences; one picture by ledger and one by country for each scenario in it.
    """
    frame, changes = joined_daily(results), regime_changes(results)
    bands = BANDS.format(repetitions=getattr(results[0], "repetitions", REPLICATES))
    saved = [
        save_figure(record_figure(frame, changes, bands), folder / "daily_record.png"),
        save_figure(outcome_figure(frame, changes, bands), folder / "daily_outcomes.png"),
    ]
    by_scenario = {} if comparison is None else dict(iter(comparison.groupby("scenario", sort=False)))
    every = [] if comparison is None else [*comparison["reference"], *comparison["scenario"]]
    names = file_names(map(str, every), _short_name)
    for scenario, rows in by_scenario.items():
        name = names[str(scenario)]
        saved.append(save_figure(figure_of(difference_plot(rows)), folder / f"differences_{name}.png"))
        saved.append(save_figure(figure_of(country_plot(rows)), folder / f"countries_{name}.png"))
    return saved


def _short_name(text: str) -> str:
    """Return the name of a picture of a scenario without the punctuation of its label."""
    return re.sub(r"[^\w.-]+", "_", file_name(text)).strip("_")


def joined_daily(results: Iterable[Any]) -> pd.DataFrame:
    """Return the days of all results, only the columns that are drawn; a result goes by its label."""
    columns = [*KEYS, *DRAWN]
    frames: list[pd.DataFrame] = []
    for result in results:
        is_frame = isinstance(result, pd.DataFrame)
        daily = result[columns] if is_frame else result.daily[columns].assign(scenario=result.label)
        frames.append(daily)
    return pd.concat(frames, ignore_index=True)


def regime_changes(results: Iterable[Any]) -> Changes:
    """Return, by country, the days in the period on which the regime changes in any of the scenarios."""
    found: dict[str, dict[date, str]] = {country: {} for country in BORDERS}
    for config in (r.scenario.config for r in results if not isinstance(r, pd.DataFrame)):
        for country, days in found.items():
            steps = config.policy[country]
            changed = [step for before, step in pairwise(steps) if step.value != before.value]
            inside = [step for step in changed if config.period.start < step.from_ <= config.period.end]
            days.update({step.from_: step.value.replace("_", " ") for step in inside})
    return {country: sorted(days.items()) for country, days in found.items()}


def record_figure(frame: pd.DataFrame, changes: Changes, bands: str = OF_REPLICATES) -> Figure:
    """Draw simulated official counts beside published figures, border by border."""
    figure = new_figure(13, 11, layout=None)
    grid = figure.subplots(3, 2).ravel()
    for axes, (metric, country, title) in zip(grid, RECORD_PANELS, strict=False):
        record = load_record(metric, country)
        daily_curve(frame, metric=metric, country=country, record=record, changes=changes[country], axes=axes)
        axes.set_title(f"{COUNTRY_NAMES[country]}: {title}", fontsize=NORMAL, loc="left", y=1)
    figure.suptitle(RECORD_TITLE, x=0.01, y=1 - EDGE_IN / figure.get_figheight(), ha="left", fontsize=LARGE)
    _draw_key(grid[-1], grid[0], f"{bands}\n\n{RECORD_NOTE}")
    _arrange(figure, 3, 2, EDGE_IN + lines_in(1, LARGE))
    return figure


def outcome_figure(frame: pd.DataFrame, changes: Changes, bands: str = OF_REPLICATES) -> Figure:
    """Draw attempts, entries and unscreened returns, one column a border."""
    figure = new_figure(13, 11, layout=None)
    grid = figure.subplots(3, 3)
    for axes, (metric, country, title) in zip(grid.ravel(), OUTCOME_PANELS, strict=True):
        daily_curve(frame, metric=metric, country=country, changes=changes[country], axes=axes)
        axes.set_title(f"{COUNTRY_NAMES[country]}: {title}", fontsize=NORMAL, loc="left", y=1)
    handles, labels = grid[0, 0].get_legend_handles_labels()
    corner = (EDGE_IN / figure.get_figwidth(), 1 - EDGE_IN / figure.get_figheight())
    above: dict[str, Any] = {
        "loc": "upper left",
        "bbox_to_anchor": corner,
        "borderaxespad": 0.0,
        "borderpad": 0.0,
    }
    legend = figure.legend(handles, labels, ncols=len(labels), frameon=False, **above)
    legend.set_title(f"{OUTCOME_TITLE}\n{bands}")
    legend.set_alignment("left")
    _arrange(figure, 3, 3, EDGE_IN + lines_in(OUTCOME_LINES))
    return figure


def _arrange(figure: Figure, rows: int, columns: int, head_in: float) -> None:
    """Place the panels; the numbers at the left of each need room for their digits."""
    tops = [axes.get_ylim()[1] for axes in figure.axes if axes.axison]
    digits = max(LEAST_DIGITS, *(len(f"{top:.0f}") for top in tops))
    left = LEFT_IN + DIGIT_IN * digits
    bottom = footer_in(figure.get_figwidth()) + BELOW_IN
    arrange(
        figure, Margins(left, RIGHT_IN, bottom, head_in + TITLE_IN, left + RIGHT_IN, DOWN_IN), rows, columns
    )
    beside = (LABEL_IN - left) * POINTS_PER_INCH
    for axes in (axes for axes in figure.axes if axes.axison):
        scales_at_once(axes, grid="y")
        label: dict[str, Any] = {"rotation": 90, "ha": "right", "va": "center", "fontsize": NORMAL}
        at: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
        axes.annotate(axes.get_ylabel(), (0, 0.5), (beside, 0), **label, **at)


def _draw_key(axes: Axes, labelled: Axes, note: str) -> None:
    """Turn axes into the legend of another."""
    axes.axis("off")
    axes.legend(*labelled.get_legend_handles_labels(), loc="upper left", frameon=False, fontsize=NORMAL)
    axes.text(0.02, 0, note, transform=axes.transAxes, fontsize=NORMAL, linespacing=1.4)
