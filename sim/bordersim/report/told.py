"""What is told first of a comparison, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordersim.report.catalogue import ENGLISH, Language
from bordersim.results.ledgers import ALL, ELSEWHERE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.results.experiment import Experiment

# Protection first, then both ways of getting in, then attempts here and elsewhere.
PROTECTION = (("unscreened_returns", ALL), ("deaths_expected", ALL))
KEYS = (
    *PROTECTION,
    ("people_admitted_to_procedure", ALL),
    ("unstopped_entries", ALL),
    ("attempts", "LT"),
    ("attempts_at_other_borders", ELSEWHERE),
)


def told_values(experiment: Experiment) -> dict[tuple[str, str], NDArray[np.float64]]:
    """Return what is told first by scenario and history, of the histories in which all scenarios have it."""
    found = {(figure.metric, figure.country): values[:, 0] for figure, values in experiment.each_figure()}
    return {key: found[key][:, np.isfinite(found[key]).all(axis=0)] for key in KEYS if key in found}


def named_figure(metric: str, country: str, language: Language = ENGLISH) -> str:
    """Return what a figure is of, as a sentence begins with it."""
    return f"{language.metric(metric)} {language.say(f'where.{country}')}"


def what_and_where(metric: str, country: str, language: Language = ENGLISH) -> str:
    """Return the same within a sentence."""
    return within_a_sentence(named_figure(metric, country, language))


def within_a_sentence(text: str) -> str:
    """Write what begins a sentence as it stands within one."""
    return text[0].lower() + text[1:]
