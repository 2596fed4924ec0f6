"""Write the scorecards of docs/validation.md: ``python -m docs.make_scorecards``, from the checkout's root.

Each is what ``bordersim validate NAME --markdown`` prints, with the scenario's own seed. It takes a minute or
two, so that no quick test runs it; ``make verify`` tells when a page is stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bordersim import run
from bordersim.report.pictures.scorecard_page import save_scorecard
from bordersim.report.scorecard_files import panels
from bordersim.report.scorecard_text import SERIES_WORDS, markdown
from bordersim.validation.aims import FEWEST_FOR_MASE
from bordersim.validation.figures import MAIN
from bordersim.validation.recorded import Recorded, of_results
from bordersim.validation.scorecard import Card, scorecard
from bordersim.validation.scores import averaged_relative_difference
from docs.make_tables import DOCS, filled, table

if TYPE_CHECKING:
    import pandas as pd

PAGE = DOCS / "validation.md"
NAMES = ("history_2021", "history_2022", "history_2023")
REPLICATES = 100
DRAWN, PICTURE = "history_2021", DOCS / "img/scorecard.png"
THIS = "docs/make_scorecards.py"


BRIEF_HEADER = ("history", "border", "series", "ARD of weeks", "of months", "of the year", "MASE of months")


@cache
def scored(name: str) -> tuple[Recorded, Card]:
    """Run a history and score it."""
    recorded = of_results([run(name, replicates=REPLICATES)])
    return recorded, scorecard(recorded)


def page() -> str:
    """Return the page as it should be."""
    text = PAGE.read_text(encoding="utf-8")
    cards = [scored(name)[1] for name in NAMES]
    for card in cards:
        text = filled(text, f"scorecard_{card.scenario}", markdown(card).rstrip(), THIS)
    rows = [row for card in cards for row in brief_rows(card)]
    return filled(text, "scorecard_brief", table(BRIEF_HEADER, rows), THIS)


def brief_rows(card: Card) -> Iterator[tuple[str, ...]]:
    """Yield a row for each border with its main series, from windows outside the sample alone."""
    outside = card.rows[~card.rows["in_sample"]].set_index(["country", "series", "resolution"])
    for country, series in MAIN:
        ard = [value(outside, (country, series, name), "ard") for name in ("week", "month", "year")]
        mase = value(outside, (country, series, "month"), "mase_best")
        yield (card.scenario, country, SERIES_WORDS[series], *ard, mase)
    keys = [(country, series, "year") for country, series in MAIN]
    if all(key in outside.index for key in keys):
        years = outside.loc[keys]
        observed, predicted = (
            years[name].to_numpy()[np.newaxis] for name in ("observed_total", "predicted_median")
        )
        together = averaged_relative_difference(observed, predicted)
        yield (card.scenario, "all three", "as above", "", "", f"{together:.2f} (1)", "")


def value(rows: pd.DataFrame, key: tuple[str, ...], score: str) -> str:
    """Write a score, with the number of windows it rests on."""
    if key not in rows.index:
        return ""
    row = rows.loc[key]
    known = row[score] == row[score] and (score == "ard" or row["n_naive"] >= FEWEST_FOR_MASE)
    return f"{row[score]:.2f} ({row['n']})" if known else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    save_scorecard(PICTURE, DRAWN, panels(*scored(DRAWN)))
