"""The answer on one screen: what is asked first of a policy, guards of both sides of a loan among it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.differences import numbers
from bordersim.report.sheets import Sheet
from bordersim.report.shifts import shifts_line
from bordersim.results.ledgers import ALL
from bordersim.results.store.parts import end_of

if TYPE_CHECKING:
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
OF_HISTORIES = "Medians (90 % of the histories); last: in how many there is more / fewer."
OF_REPLICATES = "Means (95 % interval of the mean: chance alone, not what could happen)."
OF_ONE = "In brackets 90 % of the {}. Figures without a border: the three together."
EVENTS = "Attempts and returns are events, not people"
NOT_BY_DAY = "; figures of people: whole runs alone"
LIMITS = "Synthetic people; no advice on where to cross; fewer crossings are not by themselves better."


def brief_sheet(experiment: Experiment) -> Sheet:
    """Return the figures that are asked first: differences if there are any."""
    land = experiment.results[0].land
    days = f"{land.start} to {end_of(land)}"
    if experiment.comparison is None:
        count = f"{experiment.results[0].asked} {experiment.results[0].repetitions}"
        header = ("figure", f"{'median' if experiment.is_given else 'mean'} (range)")
        return Sheet(f"{experiment.names[0]}, {days}, {count}", header, list(_figures(experiment)))
    first, *others = experiment.names
    count = f"{experiment.results[0].asked} {experiment.results[0].repetitions}"
    title = f"{', '.join(others)} minus {first}, {days}, {count}"
    return Sheet(title, _header(experiment), list(_differences(experiment)))


def brief_lines(experiment: Experiment) -> Iterator[str]:
    """Yield how to read it."""
    if experiment.comparison is None:
        yield OF_ONE.format(experiment.results[0].repetitions)
    else:
        yield OF_HISTORIES if experiment.is_given else OF_REPLICATES
    if line := shifts_line(experiment):
        yield line
    yield f"{EVENTS}{NOT_BY_DAY if experiment.is_part else ''}. {LIMITS}"


def _header(experiment: Experiment) -> tuple[str, ...]:
    """Return the names of the columns of differences."""
    names = ("figure", "reference", "scenario", "difference (range)")
    return (*names, "more / fewer") if experiment.is_given else names


def _differences(experiment: Experiment) -> Iterator[tuple[str, ...]]:
    """Yield the differences, scenario by scenario."""
    rows = {(r.scenario, r.metric, r.country): r for r in experiment.differences.itertuples(index=False)}
    for name in experiment.names[1:]:
        for key, (words, unit) in FIGURES.items():
            if row := rows.get((name, *key)):
                yield (words, *(_given if experiment.is_given else _fixed)(row, unit))


def _given(row: Any, unit: float) -> tuple[str, ...]:
    """Write a difference of histories."""
    values = (row.reference_median, row.scenario_median, row.median, row.q05, row.q95)
    return *_written(values, unit), f"{row.more} / {row.fewer}"


def _fixed(row: Any, unit: float) -> tuple[str, ...]:
    """Write a difference of replicates."""
    return _written((row.reference_mean, row.scenario_mean, row.difference, row.low, row.high), unit)


def _written(values: tuple[float, ...], unit: float) -> tuple[str, ...]:
    """Write some numbers, the last two as the range of the one before."""
    *first, middle, low, high = numbers(*(value / unit for value in values))
    return *first, f"{middle} ({low} to {high})"


def _figures(experiment: Experiment) -> Iterator[tuple[str, ...]]:
    """Yield the figures of one scenario."""
    rows: dict[Any, Any] = {(r.metric, r.country): r for r in experiment.metrics.itertuples(index=False)}
    for key, (words, unit) in FIGURES.items():
        if row := rows.get(key):
            middle = row.median if experiment.is_given else row.mean
            yield words, *_written((middle, row.q05, row.q95), unit)
