"""The files of a validation in the run folder: scorecard.csv, scorecard.md, a page of plots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bordersim.report.scorecard_text import SERIES_WORDS, summary_text
from bordersim.results.csv_tables import write_csv
from bordersim.results.store.files import own_folder, save_text
from bordersim.results.store.names import PLOTS, file_names, name_alone
from bordersim.validation.figures import METRIC_OF, PLACE_OF
from bordersim.validation.scores import pit_histogram

if TYPE_CHECKING:
    from bordersim.report.pictures.scorecard_page import Panel
    from bordersim.validation.recorded import Recorded
    from bordersim.validation.scorecard import Card, Scored

Drawing = Callable[[Callable[[], object]], None]  # draws, and takes note if that fails


def write_scorecards(
    folder: Path,
    cards: Sequence[tuple[Recorded, Card]],
    observations: Path | None,
    drawing: Drawing | None,
) -> None:
    """Write and draw the cards of a run's scenarios; those on the user's figures carry the file's name."""
    import pandas as pd

    name = "scorecard" if observations is None else f"scorecard-{name_alone(_short(observations))}"
    table, page = folder / f"{name}.csv", folder / f"{name}.md"
    write_csv(table, pd.concat([card.rows for _, card in cards]))
    save_text(page, "\n".join(summary_text(card) for _, card in cards))
    endings = file_names(card.scenario for _, card in cards)
    for recorded, card in cards if drawing else ():
        end = f"-{endings[card.scenario]}" if len(cards) > 1 else ""
        assert drawing
        drawing(partial(_page, folder, f"{name}{end}.png", recorded, card))


def _short(observations: Path) -> str:
    """Return the name of a file of figures without its extension."""
    return observations.stem if observations.suffix == ".csv" else observations.name


def _page(folder: Path, name: str, recorded: Recorded, card: Card) -> Path:
    """Draw the page of plots of one scenario."""
    from bordersim.report.pictures.scorecard_page import save_scorecard

    return save_scorecard(own_folder(folder / PLOTS) / name, card.scenario, panels(recorded, card))


def panels(recorded: Recorded, card: Card) -> list[Panel]:
    """Return the plot data of a card."""
    return [_panel(recorded, scored) for scored in card.series]


def _panel(recorded: Recorded, scored: Scored) -> Panel:
    """Return the plot data of one series."""
    from bordersim.report.pictures.scorecard_page import Panel

    target = scored.target
    return Panel(
        country=target.country,
        title=SERIES_WORDS[target.series],
        days=np.datetime64(recorded.start) + np.arange(recorded.days),
        daily=recorded.daily(METRIC_OF[target.series], PLACE_OF[target.country]),
        windows=target.windows,
        replicates=scored.replicates,
        pit=pit_histogram(target.observed, scored.replicates),
    )
