"""The output of a sensitivity analysis: every index, the rankings as tables, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordersim.analyses.indices import MORRIS, RANKED_BY, SOBOL
from bordersim.analyses.sensitivity import Question, index_table
from bordersim.analyses.sweep_report import SWEEP_FILE, write_draws
from bordersim.report.pictures.differences import decimals, number
from bordersim.report.sheets import Sheet, markdown_table
from bordersim.results.by_draw import Answers
from bordersim.results.csv_tables import write_csv
from bordersim.results.store.files import own_folder
from bordersim.results.store.names import PLOTS, file_names
from bordersim.words.escaping import item

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.report.scorecard_files import Drawing

INDICES_FILE = "sensitivity.csv"
RANKS_SHOWN = 15
NO_RANK = "-"
NOT_TOLD = f"{NO_RANK}: has no rank that could be told from chance; the half-width is as large as the value."
MEASURES = {
    SOBOL: ("total", "first_order"),
    MORRIS: ("mean_change", "mean_signed_change", "spread_of_change"),
}
WITHOUT = ("mean_signed_change", "spread_of_change")  # no half-width is known


def write_sensitivity(
    folder: Path, answers: Answers, question: Question, drawing: Drawing | None
) -> list[str]:
    """Write indices and pictures; return a summary and the rankings as tables."""
    indices = index_table(question, answers, list(answers.values))
    write_csv(folder / INDICES_FILE, indices)
    write_draws(folder, answers)
    if drawing:
        drawing(partial(_save_pictures, folder, indices, question.method, answers.titles))
    about = (
        f"Sensitivity ({question.method}): {len(answers.draws)} draws of {len(question.ranges)} parameters,"
        " the same replicates in each. ± is half a 95 % interval, from resampling the draws."
        f" Every index: {INDICES_FILE}; the figures in every draw: {SWEEP_FILE}."
    )
    ranges = "\n".join(item(each.described()) for each in question.ranges)
    tables = [markdown_table(sheet) for sheet in ranking_sheets(indices, question.method)]
    return [f"{about}\n\n{ranges}", *tables]


def ranking_sheets(indices: pd.DataFrame, method: str) -> Iterator[Sheet]:
    """Return the ranking of every figure as a table, the most influential parameter first."""
    header = ("parameter", "rank", *(measure.replace("_", " ") for measure in MEASURES[method]))
    for names, rows in indices.groupby(["scenario", "metric", "country"], sort=False):
        scenario, metric, country = names
        shown = rows[rows["rank"] <= RANKS_SHOWN]
        lines = [_line(str(key), each, method) for key, each in shown.groupby("key", sort=False)]
        notes = (NOT_TOLD,) if any(rank == NO_RANK for _, rank, *_ in lines) else ()
        yield Sheet(f"influence on {metric}:{country}, {scenario}", header, lines, notes)


def _line(key: str, rows: pd.DataFrame, method: str) -> tuple[str, ...]:
    """Write the indices of one parameter."""
    found = rows.set_index("measure")
    telling = found.loc[RANKED_BY[method]]
    rank = str(telling["rank"]) if telling["value"] > telling["halfwidth"] else NO_RANK
    cells = (_cell(found.loc[measure], measure) for measure in MEASURES[method])
    return key, rank, *cells


def _cell(row: Any, measure: str) -> str:
    """Write an index with its half-width."""
    if row["value"] != row["value"]:
        return "unknown"
    places = max(decimals(row["value"], row["halfwidth"]) - 1, 0)
    value = number(row["value"], places)
    return value if measure in WITHOUT else f"{value} ± {number(row['halfwidth'], places)}"


def _save_pictures(folder: Path, indices: pd.DataFrame, method: str, titles: Mapping[str, str]) -> None:
    """Draw one picture a scenario, and one of each difference, and write what is shown beside each."""
    from bordersim.report.pictures.sensitivities import sensitivity_figure
    from bordersim.report.pictures.shown import save_shown
    from bordersim.report.pictures.style import save_figure

    names = file_names(map(str, indices["scenario"].unique()))
    for name, rows in indices.groupby("scenario", sort=False):
        known = rows[rows["value"].notna()]
        if len(known):
            path = own_folder(folder / PLOTS) / f"sensitivity_{names[str(name)]}.png"
            save_figure(sensitivity_figure(known, method, titles), path)
            save_shown(path, known)
