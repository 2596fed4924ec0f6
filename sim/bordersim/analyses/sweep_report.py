"""The output of a sweep: every headline figure in every draw, the paired differences, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bordersim.analyses.draw_tables import difference_table, figure_table
from bordersim.analyses.over_draws import overview_sheets
from bordersim.report.sheets import markdown_table
from bordersim.results.by_draw import Answers, Wanted
from bordersim.results.csv_tables import write_csv
from bordersim.results.store.files import own_folder
from bordersim.results.store.names import PLOTS, file_name, file_names
from bordersim.words.escaping import markdown

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.report.scorecard_files import Drawing

SWEEP_FILE, DIFFERENCES_FILE = "sweep.csv", "sweep_differences.csv"
FEW_KEYS = 4  # of which one picture can hold all figures


def write_sweep(
    folder: Path, answers: Answers, main: Sequence[Wanted], design: str, drawing: Drawing | None
) -> list[str]:
    """Write tables and pictures; return which they are, and what they come to over all draws."""
    tables = write_draws(folder, answers)
    if drawing:
        for value, table in tables.items():
            drawing(partial(_save_pictures, folder, answers, main, value, table))
    differences = f"; paired differences: {DIFFERENCES_FILE}" if len(answers.names) > 1 else ""
    return [
        f"Sweep of {markdown(', '.join(answers.keys))}: {len(answers.draws)} draws ({design}), the same"
        " replicates in each. Every headline figure in every draw, with the 95 % interval of its mean:"
        f" {SWEEP_FILE}{differences}.",
        "\n".join(map(markdown_table, overview_sheets(answers.only(main)))),
    ]


def write_draws(folder: Path, answers: Answers) -> dict[str, pd.DataFrame]:
    """Write the figures of every draw and, with several scenarios, the differences."""
    wanted = list(answers.values)
    tables = {"mean": figure_table(answers, wanted)}
    write_csv(folder / SWEEP_FILE, tables["mean"])
    if len(answers.names) > 1:
        tables["difference"] = difference_table(answers, wanted)
        write_csv(folder / DIFFERENCES_FILE, tables["difference"])
    return tables


def _save_pictures(
    folder: Path, answers: Answers, main: Sequence[Wanted], value: str, table: pd.DataFrame
) -> None:
    """Draw the main figures and write what is shown beside each picture."""
    from bordersim.report.pictures.shown import save_shown
    from bordersim.report.pictures.style import save_figure
    from bordersim.report.pictures.sweeps import sweep_figure

    pairs = zip(table["metric"], table["country"], strict=True)
    shown = table[[Wanted(*pair) in main for pair in pairs]]
    for ending, rows in _parts(shown, answers):
        path = own_folder(folder / PLOTS) / f"sweep_{value}{ending}.png"
        save_figure(sweep_figure(rows, answers.keys, value, answers.titles, shown), path)
        save_shown(path, rows)


def _parts(shown: pd.DataFrame, answers: Answers) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the rows of each picture: over two keys one a scenario, over many one a figure."""
    if len(answers.keys) == 2 and len(answers.names) > 1:
        names = file_names(answers.names)
        yield from ((f"_{names[str(name)]}", rows) for name, rows in shown.groupby("scenario", sort=False))
    elif len(answers.keys) > FEW_KEYS:
        for (metric, country), rows in shown.groupby(["metric", "country"], sort=False):
            yield f"_{metric}_{file_name(str(country))}", rows
    else:
        yield "", shown
