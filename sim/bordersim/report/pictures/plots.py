"""The plots of a run or a comparison: their list, their content, and saving them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.setting import own_style

import pandas as pd

from bordersim.report.pictures.curves import daily_curve, load_record
from bordersim.report.pictures.differences import by_ledger, by_metric
from bordersim.report.pictures.forest import (
    COUNTRIES,
    EACH_COUNTRY,
    METRICS_BY_COUNTRY,
    country_plot,
    difference_plot,
)
from bordersim.report.pictures.scales import scales_at_once
from bordersim.report.pictures.shown import save_shown, shown_days
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
from bordersim.report.pictures.titles import MODEL, MODEL_AND_RECORD, Said
from bordersim.report.pictures.units import POINTS_PER_INCH
from bordersim.results.store.names import file_name, file_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
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
    "unscreened_returns": "kept out or returned unscreened",
    "unstopped_entries": "unstopped entries",
}
OUTCOME_PANELS = tuple((metric, country, title) for metric, title in OUTCOMES.items() for country in BORDERS)
DRAWN = tuple(dict.fromkeys(metric for metric, _, _ in (*RECORD_PANELS, *OUTCOME_PANELS)))
KEYS = ("scenario", "replicate", "date", "country")
RECORD_TITLE = "How close do simulated official counts come to the published figures?"
OUTCOME_TITLE = "What happens at each border, day by day, recorded or not?"
# Room at the left of a panel, of it for the label, and for each digit of the numbers; at its right [in].
LEFT_IN, LABEL_IN, DIGIT_IN, LEAST_DIGITS, RIGHT_IN = 0.4, 0.24, 0.09, 3, 0.18
BELOW_IN, TITLE_IN, DOWN_IN = 0.43, 0.3, 0.62
OUTCOME_LINES, KEY_LINES = 3.6, 1.3  # over the panels: text with some space, and each line of keys
KEYS_IN_A_LINE = 2
BANDS = (
    "Line: median of the {repetitions}. Bands: 50 % and 90 % of them.\n"
    "Dotted: the rules there change in at least one scenario.\n"
    "{shared} at one border share a scale."
)
UNSAID = Said()
RECORD_NOTE = (
    "Official counts are of events, not people, whatever the source says.\n"
    "Their day runs from morning to morning: allow for one day either way.\n"
    "No dots: no daily figure was published."
)


@own_style()
def save_plots(folder: Path, results: Sequence[Any], comparison: pd.DataFrame | None = None) -> list[Path]:
    """Draw and save the pictures of a run or a comparison, and beside each a CSV file of what it shows.

    Parameters
    ----------
    folder
        Where to save them; created if needed.
    results
        Results, or their daily frames, the reference first.
    comparison
        Paired differences; one picture by ledger and one by country for each scenario in it.
    """
    frame, changes, said = joined_daily(results), regime_changes(results), Said.of(results)
    record = folder / "daily_record.png", record_figure(frame, changes, said), RECORD_PANELS, MODEL_AND_RECORD
    outcomes = folder / "daily_outcomes.png", outcome_figure(frame, changes, said), OUTCOME_PANELS, MODEL
    saved = []
    for path, figure, panels, source in (record, outcomes):
        save_figure(figure, path, source=said.footer(source))
        saved.append(save_shown(path, shown_days(frame, panels)))
    return saved + ([] if comparison is None else list(_saved_differences(folder, comparison, said)))


def _saved_differences(folder: Path, comparison: pd.DataFrame, said: Said) -> Iterator[Path]:
    """Save both pictures of the differences of each scenario."""
    names = file_names(map(str, [*comparison["reference"], *comparison["scenario"]]), _short_name)
    for scenario, rows in comparison.groupby("scenario", sort=False):
        drawn = (
            ("differences", difference_plot(rows, said=said), by_ledger(rows, COUNTRIES)),
            ("countries", country_plot(rows, said=said), by_metric(rows, METRICS_BY_COUNTRY, EACH_COUNTRY)),
        )
        for kind, axes, shown in drawn:
            path = folder / f"{kind}_{names[str(scenario)]}.png"
            save_figure(figure_of(axes), path, source=said.footer())
            yield save_shown(path, shown.drop(columns=["label", "group"]))


def _short_name(text: str) -> str:
    """Return the name of a picture of a scenario without the punctuation of its label."""
    return re.sub(r"[^\w.-]+", "_", file_name(text)).strip("_")


def joined_daily(results: Iterable[Any], metrics: Sequence[str] = DRAWN) -> pd.DataFrame:
    """Return the days of all results, only the columns that are drawn; a result goes by its label."""
    columns = [*KEYS, *metrics]
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


def record_figure(frame: pd.DataFrame, changes: Changes, said: Said = UNSAID) -> Figure:
    """Draw simulated official counts beside published figures, border by border."""
    figure = new_figure(13, 11, layout=None)
    grid = figure.subplots(3, 2).ravel()
    for axes, (metric, country, title) in zip(grid, RECORD_PANELS, strict=False):
        record = load_record(metric, country)
        what: dict[str, Any] = {"metric": metric, "country": country, "record": record}
        daily_curve(frame, **what, changes=changes[country], titles=said.titles, axes=axes)
        axes.set_title(f"{COUNTRY_NAMES[country]}: {title}", fontsize=NORMAL, loc="left", y=1)
    _share_scales(grid[0:2], grid[2:4])
    figure.suptitle(RECORD_TITLE, x=0.01, y=1 - EDGE_IN / figure.get_figheight(), ha="left", fontsize=LARGE)
    _draw_key(grid[-1], grid[0], f"{_bands(said, 'Panels')}\n\n{RECORD_NOTE}")
    _arrange(figure, 3, 2, EDGE_IN + lines_in(1, LARGE), said.footer(MODEL_AND_RECORD))
    return figure


def outcome_figure(frame: pd.DataFrame, changes: Changes, said: Said = UNSAID) -> Figure:
    """Draw attempts, entries and unscreened returns, one column a border."""
    figure = new_figure(13, 11, layout=None)
    grid = figure.subplots(3, 3)
    for axes, (metric, country, title) in zip(grid.ravel(), OUTCOME_PANELS, strict=True):
        what: dict[str, Any] = {"metric": metric, "country": country, "titles": said.titles}
        daily_curve(frame, **what, changes=changes[country], axes=axes)
        axes.set_title(f"{COUNTRY_NAMES[country]}: {title}", fontsize=NORMAL, loc="left", y=1)
    _share_scales(*grid[:2].T)
    handles, labels = grid[0, 0].get_legend_handles_labels()
    lines = -(-len(labels) // KEYS_IN_A_LINE)
    corner = (EDGE_IN / figure.get_figwidth(), 1 - EDGE_IN / figure.get_figheight())
    above: dict[str, Any] = {
        "loc": "upper left",
        "bbox_to_anchor": corner,
        "borderaxespad": 0.0,
        "borderpad": 0.0,
    }
    figure.suptitle(OUTCOME_TITLE, x=0.01, y=corner[1], ha="left", fontsize=LARGE)
    above["bbox_to_anchor"] = (corner[0], corner[1] - lines_in(1, LARGE) / figure.get_figheight())
    legend = figure.legend(handles, labels, ncols=KEYS_IN_A_LINE, frameon=False, **above)
    legend.set_title(_bands(said, "Attempts and returns"))
    legend.set_alignment("left")
    head = EDGE_IN + lines_in(1, LARGE) + lines_in(OUTCOME_LINES) + lines_in(KEY_LINES * lines)
    _arrange(figure, 3, 3, head, said.footer())
    return figure


def _bands(said: Said, shared: str) -> str:
    """Return what lines and bands are, and which panels share a scale."""
    return BANDS.format(repetitions=said.repetitions, shared=shared)


def _share_scales(*panels: Sequence[Axes]) -> None:
    """Let neighbouring panels of one border, which count the same events, have the same scale."""
    for beside in panels:
        top = max(axes.get_ylim()[1] for axes in beside)
        for axes in beside:
            axes.set_ylim(0, top)


def _arrange(figure: Figure, rows: int, columns: int, head_in: float, source: str) -> None:
    """Place the panels; the numbers at the left of each need room for their digits."""
    tops = [axes.get_ylim()[1] for axes in figure.axes if axes.axison]
    digits = max(LEAST_DIGITS, *(len(f"{top:.0f}") for top in tops))
    left = LEFT_IN + DIGIT_IN * digits
    bottom = footer_in(figure.get_figwidth(), source=source) + BELOW_IN
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
