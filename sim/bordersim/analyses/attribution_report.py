"""The output of an attribution: two tables, a picture, and what the summary says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bordersim.analyses.attribution import Parts, contributions
from bordersim.analyses.ways import ways
from bordersim.report.attribution import attribution_sheets, reading
from bordersim.report.sheets import markdown_table
from bordersim.results.by_draw import wanted_figures
from bordersim.results.csv_tables import write_csv
from bordersim.results.store.files import own_folder
from bordersim.results.store.names import PLOTS
from bordersim.words.escaping import markdown

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.report.scorecard_files import Drawing
    from bordersim.report.sheets import Sheet
    from bordersim.results.experiment import Experiment

ATTRIBUTION_FILE, WAY_FILE, PICTURE = "attribution.csv", "attribution_way.csv", "attribution.png"


class Found(NamedTuple):
    """What an attribution found: contributions to the figures, and how each change works."""

    table: pd.DataFrame
    way: pd.DataFrame

    @classmethod
    def of(cls, experiment: Experiment, asked: Mapping[str, Any]) -> Found:
        """Work it out from the parts that were run."""
        parts = Parts.of(experiment, asked["changes"])
        return cls(contributions(parts, wanted_figures(asked["metrics"])), ways(parts))

    @property
    def sheets(self) -> list[Sheet]:
        """It as tables of text."""
        return list(attribution_sheets(self.table, self.way))


def write_attribution(
    folder: Path, experiment: Experiment, asked: Mapping[str, Any], drawing: Drawing | None
) -> str:
    """Write tables and picture; return the part of the summary."""
    found = Found.of(experiment, asked)
    write_csv(folder / ATTRIBUTION_FILE, found.table)
    write_csv(folder / WAY_FILE, found.way)
    if drawing := drawing if len(asked["changes"]) > 1 else None:
        drawing(partial(_save_picture, folder, found.table, experiment))
    said = markdown(reading(experiment.is_given, len(asked["changes"])))
    picture = f"![Contributions of each change]({PLOTS}/{PICTURE})" if drawing else ""
    return "\n\n".join(filter(None, [said, picture, *map(markdown_table, found.sheets)]))


def _save_picture(folder: Path, table: pd.DataFrame, experiment: Experiment) -> None:
    """Draw the contributions."""
    from bordersim.report.pictures.attributions import attribution_figure
    from bordersim.report.pictures.style import save_figure

    reference, scenario = experiment.names[:2]
    title = f"What each change contributes: {scenario} minus {reference}"
    figure = attribution_figure(table, title, experiment.is_given)
    save_figure(figure, own_folder(folder / PLOTS) / PICTURE)
