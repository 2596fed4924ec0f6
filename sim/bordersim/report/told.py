"""What is told first of a comparison, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordersim.report.pictures.differences import words
from bordersim.results.ledgers import ALL, ELSEWHERE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.results.experiment import Experiment

# A line each: attempts here and elsewhere, both ways of getting in, protection, deaths.
TOLD = (
    (("attempts", "LT"), ("attempts_at_other_borders", ELSEWHERE)),
    (("unstopped_entries", ALL),),
    (("people_admitted_to_procedure", ALL),),
    (("unscreened_returns", ALL),),
    (("deaths_expected", ALL),),
)
KEYS = tuple(key for line in TOLD for key in line)
WHAT = {
    "attempts_at_other_borders": "Attempts",
    "unstopped_entries": "Entries that nobody stopped",
    "people_admitted_to_procedure": "People admitted to an asylum procedure",
    "unscreened_returns": "Returns without screening",
    "deaths_expected": "Deaths, estimated from rates",
}
WHERE = {
    "LT": "at the Lithuanian border",
    "LV": "at the Latvian border",
    "PL": "at the Polish border",
    ELSEWHERE: "at the Latvian and Polish borders together",
    ALL: "at all three borders",
}


def told_values(experiment: Experiment) -> dict[tuple[str, str], NDArray[np.float64]]:
    """Return what is told first by scenario and history, of the histories in which all scenarios have it."""
    found = {(figure.metric, figure.country): values[:, 0] for figure, values in experiment.each_figure()}
    return {key: found[key][:, np.isfinite(found[key]).all(axis=0)] for key in KEYS if key in found}


def named_figure(metric: str, country: str) -> str:
    """Return what a figure is of, as a sentence begins with it."""
    return f"{WHAT.get(metric) or words(metric).capitalize()} {WHERE[country]}"


def what_and_where(metric: str, country: str) -> str:
    """Return the same within a sentence."""
    text = named_figure(metric, country)
    return text[0].lower() + text[1:]
