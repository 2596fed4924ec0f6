"""The answer on one screen: what is asked first of a policy, guards of both sides of a loan among it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.differences import numbers
from bordersim.report.sheets import Sheet
from bordersim.report.shifts import shifts_line
from bordersim.report.uncertainty import runs_of, size_of
from bordersim.results.ledgers import ALL
from bordersim.results.readings import is_part_of
from bordersim.results.store.parts import end_of

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.results.experiment import Experiment

MILLION = 1e6
# What is shown, in words that say the unit, and by how much it is divided.
FIGURES = {
    ("attempts", "LT"): ("attempts LT", 1),
    ("attempts", "LV"): ("attempts LV", 1),
    ("attempts", "PL"): ("attempts PL", 1),
    ("unstopped_entries", ALL): ("entries unstopped", 1),
    ("people_admitted_to_procedure", ALL): ("people admitted", 1),
    ("unscreened_returns", ALL): ("returns unscreened", 1),
    ("deaths_expected", ALL): ("deaths expected", 1),
    ("patrol_hours", "LT"): ("patrol hours LT", 1),
    ("patrol_hours", "LV"): ("patrol hours LV", 1),
    ("cost_eur", "LT"): ("cost LT, EUR million", MILLION),
}
OF_HISTORIES = "Medians (90 % ranges); last: in how many there is more / fewer; the rest: the same."
OF_REPLICATES = "Means (95 % interval of the mean: chance alone, not what could happen)."
OF_DRAWS = "Means over all draws (95 % interval of the mean: of values and chance, not what could happen)."
OF_ONE = "In brackets 90 % of the {}. Figures without a border: the three together."
EVENTS = "Attempts and returns are events, not people"
NOT_BY_DAY = "; figures of people: whole runs alone"
LIMITS = "Synthetic people; no advice on where to cross; fewer crossings are not by themselves better."


def brief_sheets(experiment: Experiment) -> Iterator[Sheet]:
    """Yield the figures that are asked first, a sheet for each scenario: differences if there are any."""
    first = experiment.results[0]
    of = f"{first.land.start} to {end_of(first.land)}, {size_of(experiment)}"
    if experiment.comparison is None:
        header = ("figure", f"{'median' if experiment.is_given else 'mean'} (range)")
        for name in experiment.names:
            yield Sheet(f"{name}, {of}", header, list(_figures(experiment, name)))
        return
    for name in (each for each in experiment.names[1:] if not is_part_of(each)):
        title = f"{name} minus {first.name}, {of}"
        yield Sheet(title, _header(experiment), list(_differences(experiment, name)))


def brief_lines(experiment: Experiment) -> Iterator[str]:
    """Yield how to read it."""
    if experiment.comparison is None:
        yield OF_ONE.format(runs_of(experiment))
    elif experiment.is_given:
        yield OF_HISTORIES
    else:
        yield OF_DRAWS if len(experiment.draws) > 1 else OF_REPLICATES
    if line := shifts_line(experiment):
        yield line
    yield f"{EVENTS}{NOT_BY_DAY if experiment.is_part else ''}. {LIMITS}"


def _header(experiment: Experiment) -> tuple[str, ...]:
    """Return the names of the columns of differences."""
    names = ("figure", "reference", "scenario")
    if experiment.is_given:
        return *names, "difference (range)", "more / fewer"
    return *names, "difference (interval of mean)"


def _differences(experiment: Experiment, name: str) -> Iterator[tuple[str, ...]]:
    """Yield the differences of a scenario."""
    for words, unit, row in _rows(experiment.differences, name):
        yield words, *(_given if experiment.is_given else _fixed)(row, unit)


def _rows(table: pd.DataFrame, name: str) -> Iterator[tuple[str, float, Any]]:
    """Yield the rows of a scenario that are shown, each with its words and by how much it is divided."""
    own = table[table["scenario"] == name].itertuples(index=False)
    rows: dict[Any, Any] = {(row.metric, row.country): row for row in own}
    for key, (words, unit) in FIGURES.items():
        if row := rows.get(key):
            yield words, unit, row


def _given(row: Any, unit: float) -> tuple[str, ...]:
    """Write a difference of histories."""
    values = (row.reference_median, row.scenario_median, row.median, row.range_low, row.range_high)
    return *_written(values, unit), f"{row.more} / {row.fewer}"


def _fixed(row: Any, unit: float) -> tuple[str, ...]:
    """Write a difference of replicates."""
    return _written((row.reference_mean, row.scenario_mean, row.difference, row.low, row.high), unit)


def _written(values: tuple[float, ...], unit: float) -> tuple[str, ...]:
    """Write some numbers, the last two as the range of the one before."""
    *first, middle, low, high = numbers(*(value / unit for value in values))
    return *first, f"{middle} ({low} to {high})"


def _figures(experiment: Experiment, name: str) -> Iterator[tuple[str, ...]]:
    """Yield the figures of a scenario."""
    for words, unit, row in _rows(experiment.metrics, name):
        middle = row.median if experiment.is_given else row.mean
        yield words, *_written((middle, row.q05, row.q95), unit)
