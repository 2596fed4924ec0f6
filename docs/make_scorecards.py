"""Write the scorecards of docs/validation.md: ``python -m docs.make_scorecards``, from the checkout's root.

Each is what ``bordersim validate NAME --markdown`` prints, with the scenario's own seed. It takes a minute or
two, so that no quick test runs it; ``make verify`` tells when a page is stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docs.make_tables import DOCS, filled, table
from sim import run
from sim.truth.aims import FEWEST_FOR_MASE
from sim.truth.recorded import of_results
from sim.truth.scorecard import Card, scorecard
from sim.truth.text import SERIES_WORDS, markdown

if TYPE_CHECKING:
    import pandas as pd

PAGE = DOCS / "validation.md"
NAMES = ("history_2021", "history_2022", "history_2023")
REPLICATES = 100
THIS = "docs/make_scorecards.py"


BRIEF_HEADER = ("history", "border", "series", "ARD of weeks", "of months", "of the year", "MASE of months")
BRIEF = (("LT", "turned_back"), ("LV", "turned_back"), ("PL", "attempts"))


def scored(name: str) -> Card:
    """Run a history and score it."""
    return scorecard(of_results([run(name, replicates=REPLICATES)]))


def page() -> str:
    """Return the page as it should be."""
    text = PAGE.read_text(encoding="utf-8")
    cards = {name: scored(name) for name in NAMES}
    for name, card in cards.items():
        text = filled(text, f"scorecard_{name}", markdown(card).rstrip(), THIS)
    rows = [row for card in cards.values() for row in brief_rows(card)]
    return filled(text, "scorecard_brief", table(BRIEF_HEADER, rows), THIS)


def brief_rows(card: Card) -> Iterator[tuple[str, ...]]:
    """Yield a row for each border with its main series, from windows outside the sample alone."""
    outside = card.rows[~card.rows["in_sample"]].set_index(["country", "series", "resolution"])
    for country, series in BRIEF:
        ard = [value(outside, (country, series, name), "ard") for name in ("week", "month", "year")]
        mase = value(outside, (country, series, "month"), "mase_best")
        yield (card.scenario, country, SERIES_WORDS[series], *ard, mase)


def value(rows: pd.DataFrame, key: tuple[str, ...], score: str) -> str:
    """Write a score, with the number of windows it rests on."""
    if key not in rows.index:
        return ""
    row = rows.loc[key]
    known = row[score] == row[score] and (score == "ard" or row["n_naive"] >= FEWEST_FOR_MASE)
    return f"{row[score]:.2f} ({row['n']})" if known else ""


if __name__ == "__main__":
    Path(PAGE).write_text(page(), encoding="utf-8")
