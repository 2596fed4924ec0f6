"""What a posterior predicts: its draws over the days of the fit and after, scored on the published record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.analyses.exercise import Exercise
from bordersim.errors import BadInput
from bordersim.report.scorecard_files import write_scorecards
from bordersim.results.csv_tables import write_csv
from bordersim.validation.figures import MAIN
from bordersim.validation.fitted import Fitted, load_fitted
from bordersim.validation.matched import Summary, counted, published
from bordersim.validation.recorded import of_results
from bordersim.validation.scorecard import Card, scorecard
from bordersim.validation.targets import Targets, targets
from bordersim.words.escaping import item

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.report.scorecard_files import Drawing
    from bordersim.results.experiment import Experiment
    from bordersim.validation.recorded import Recorded

PREDICTION = "prediction"
CHECK, SPLIT = "posterior_check.csv", "split.csv"
LEVELS = (0.05, 0.5, 0.95)
SERIES = ("arrivals_detained", "turned_back", "attempts")
TOGETHER = "LT+LV+PL"


def held_of(exercise: Exercise) -> Targets:
    """Return what an exercise is scored on: all days of the fit are in the sample, for every series.

    That sums over the borders went into the inflow of later years stays marked.
    """
    span = exercise.first, exercise.predicted_to
    return targets(exercise.name, span, fitted=(_fit(exercise), *_given_sums()))


def predicted(exercise: Exercise, experiment: Experiment) -> tuple[Recorded, Card]:
    """Score all draws of the posterior together."""
    recorded = of_results([each for each in experiment.of_scenario(0) if each.replicates])
    card = scorecard(recorded, held_of(exercise))
    rows = card.rows.assign(scenario=exercise.name)
    holds = "random variation and the uncertainty of fitted values"
    return recorded, card._replace(scenario=exercise.name, rows=rows, intervals_hold=holds)


def checked(exercise: Exercise, experiment: Experiment) -> pd.DataFrame:
    """Return one row a summary: the published figure and where it lies among what the posterior gives."""
    import pandas as pd

    results = [each for each in experiment.of_scenario(0) if each.replicates]
    counts = np.concatenate([counted(each, exercise.summaries) for each in results])
    values = [each.value for each in exercise.summaries]
    below = (counts < values).mean(axis=0) + (counts == values).mean(axis=0) / 2
    names = [each.name for each in exercise.summaries]
    rows = zip(names, values, *np.quantile(counts, LEVELS, axis=0), below, strict=True)
    return pd.DataFrame(rows, columns=["summary", "published", "low", "median", "high", "share_below"])


def split(exercise: Exercise, experiment: Experiment) -> pd.DataFrame:
    """Return one row a whole calendar year and border: its share of the published sum, and of the model's.

    The sum over the borders may have been an input to the inflow; its split over the borders was not.
    """
    import pandas as pd

    results = [each for each in experiment.of_scenario(0) if each.replicates]
    rows = []
    for year, summaries in _whole_years(exercise):
        counts = np.concatenate([counted(each, summaries) for each in results])
        values = np.array([each.value for each in summaries])
        low, median, high = np.quantile(counts / counts.sum(axis=1, keepdims=True), LEVELS, axis=0)
        sums = [values.sum(), *np.quantile(counts.sum(axis=1), LEVELS)]
        in_sample = date(year, 12, 31) <= exercise.last
        rows.append((year, TOGETHER, in_sample, *sums))
        borders = zip(MAIN, values / values.sum(), low, median, high, strict=True)
        rows += [(year, country, in_sample, *more) for (country, _), *more in borders]
    return pd.DataFrame(rows, columns=["year", "country", "in_sample", "published", "low", "median", "high"])


def _whole_years(exercise: Exercise) -> Iterator[tuple[int, list[Summary]]]:
    """Yield the calendar years of which all borders have a published total."""
    for year in range(exercise.first.year, exercise.predicted_to.year + 1):
        days = date(year, 1, 1), date(year, 12, 31)
        if exercise.first <= days[0] and days[1] <= exercise.predicted_to:
            with suppress(BadInput):  # not every year has all three totals
                yield year, [published(*each, *days, 0.0, exercise.name) for each in MAIN]


def write_prediction(
    folder: Path, experiment: Experiment, plain: dict[str, Any], drawing: Drawing | None
) -> str:
    """Write scorecard and check; return the summary to print."""
    exercise = Exercise.of_plain(plain)
    pair = predicted(exercise, experiment)
    write_scorecards(folder, [pair], None, drawing)
    write_csv(folder / SPLIT, split(exercise, experiment))
    check = checked(exercise, experiment)
    write_csv(folder / CHECK, check)
    inside = int(((check["low"] <= check["published"]) & (check["published"] <= check["high"])).sum())
    return item(
        f"Prediction of {exercise.name}: fitted to {exercise.last}, predicted to {exercise.predicted_to};"
        f" {inside} of {len(check)} fitted figures are inside the 90 % interval of the posterior."
    )


def _fit(exercise: Exercise) -> Fitted:
    """Mark the days of the fit as in the sample."""
    places = (*("LT", "LV", "PL"), TOGETHER)
    return Fitted(places, SERIES, exercise.first, exercise.last, exercise.name)


def _given_sums() -> tuple[Fitted, ...]:
    """Return the windows whose sum over the borders is given by the inflow."""
    return tuple(each for each in load_fitted() if each.only == "sum" or each.countries == (TOGETHER,))
