"""Readings of a comparison side by side: what they agree on, how soon lives part, how much is luck alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.pictures.differences import UNITS, numbers
from bordersim.report.sheets import Sheet
from bordersim.report.told import told_values, what_and_where
from bordersim.results.reach import reach
from bordersim.results.readings import FRESH_LUCK, HOST_AS_IT_WAS, READINGS, named, parted
from bordersim.results.tested import mark, stretched

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.results.experiment import Experiment
    from bordersim.results.store.result import Result

    Floats = NDArray[np.float64]
    Read = Mapping[str, Floats]  # differences within each history, by reading

ALONE = "same luck, host answers"
HOW = {"": "reading.same", FRESH_LUCK: "reading.fresh", HOST_AS_IT_WAS: "reading.host"}  # in the catalogue


def without_readings(comparison: pd.DataFrame) -> pd.DataFrame:
    """Return the differences of the scenarios themselves."""
    own = np.array([not parted(str(name))[1] for name in comparison["scenario"]], dtype=bool)
    return comparison[own]


def own_results(experiment: Experiment) -> list[Result]:
    """Return the results of the scenarios themselves."""
    return [result for result in experiment.results if not parted(result.name)[1]]


def readings_of(experiment: Experiment) -> list[str]:
    """Return the scenarios whose difference to the first is there in other readings too."""
    others = [result.name for result in own_results(experiment)][1:]
    return [name for name in others if named(name, FRESH_LUCK) in experiment.names]


def readings_sheets(experiment: Experiment) -> Iterator[Sheet]:
    """Yield the figures told first in all readings, a sheet for each scenario."""
    header = ("metric", "border", "unit", ALONE, *READINGS)
    for name in readings_of(experiment):
        title = f"readings, medians and 90 % ranges: {name} minus {experiment.names[0]}"
        rows = [
            (*key, UNITS[key[0]], *(_written(key, each, experiment.worth) for each in read.values()))
            for key, read in _each(experiment, name)
        ]
        yield Sheet(title, header, rows)


def readings_lines(experiment: Experiment, language: Language = ENGLISH) -> list[str]:
    """Return what is to be said of the readings of each scenario."""
    return [line for name in readings_of(experiment) for line in _lines(experiment, name, language)]


def _lines(experiment: Experiment, name: str, language: Language) -> Iterator[str]:
    """Yield what is to be said of the readings of one scenario."""
    each = list(_each(experiment, name))
    yield _signs(name, each, language)
    results = experiment.results[0], experiment.results[experiment.names.index(name)]
    yield _parting(name, *results, language)
    shares = [
        language.say(
            "reading.share", share=language.share(luck_alone(read)), figure=what_and_where(*key, language)
        )
        for key, read in each
    ]
    fresh = language.say(HOW[FRESH_LUCK])
    yield language.say("reading.luck", how=fresh, shares=language.listed(shares))


def _each(experiment: Experiment, name: str) -> Iterator[tuple[tuple[str, str], Read]]:
    """Yield the figures told first with their differences in each history, by reading."""
    there = {each: i for i, each in enumerate(experiment.names)}
    pair = experiment.names[0], name
    at = {
        reading: [there.get(named(each, reading), there[each]) for each in pair]
        for reading in ("", *READINGS)
    }
    for key, values in told_values(experiment).items():
        yield key, {reading: values[after] - values[before] for reading, (before, after) in at.items()}


def _written(key: tuple[str, str], differences: Floats, worth: float | None) -> str:
    """Write a median and the range of a figure, which ends where it does in a comparison."""
    low, middle, high = reach(differences, worth)
    median, *ends = numbers(middle, *stretched(*key, low, middle, high))
    return f"{median} ({ends[0]} to {ends[1]}{mark(*key)})"


def _signs(name: str, each: list[tuple[tuple[str, str], Read]], language: Language) -> str:
    """Say for which figures the medians of two readings have another sign."""
    differing = []
    for key, read in each:
        signs = {reading: float(np.sign(np.median(differences))) for reading, differences in read.items()}
        if {-1.0, 1.0} <= set(signs.values()):
            more = language.say("reading.or").join(
                language.say(HOW[r]) for r, sign in signs.items() if sign > 0
            )
            differing.append(language.say("reading.sign", figure=what_and_where(*key, language), more=more))
    if not differing:
        return language.say("reading.agree", name=name)
    return language.say("reading.differ", name=name, figures=language.listed(differing))


def _parting(name: str, reference: Result, scenario: Result, language: Language) -> str:
    """Say from when on days differ under two policies with the same luck."""
    days = _first_differences(reference, scenario)
    if not len(days):
        return language.say("reading.never", name=name)
    start = reference.land.start
    first, middle = (start + timedelta(int(day)) for day in (days.min(), np.ceil(np.median(days))))
    return language.say("reading.parting", name=name, first=first, middle=middle)


def _first_differences(reference: Result, scenario: Result) -> NDArray[np.intp]:
    """Return the first day on which attempts differ, in each history in which they do."""
    found = [np.zeros(0, np.intp)]
    for one, other in zip(reference.blocks, scenario.blocks, strict=False):
        if list(one.numbers) == list(other.numbers):
            apart = one.values("daily", ("attempts",)) != other.values("daily", ("attempts",))
            by_day = apart.reshape(*apart.shape[:2], -1).any(axis=2)
            found.append(by_day.argmax(axis=1)[by_day.any(axis=1)])
    return np.concatenate(found)


def luck_alone(read: Read) -> float:
    """Return which share of the variance with fresh luck is of luck after the policies part, at most [0-1].

    Two runs with the same values and other luck differ by twice the variance of luck, as a mean square; what
    the record rules out of the luck of one of them comes on top.
    """
    spread = float(np.var(read[FRESH_LUCK]))
    within = float(np.square(read[FRESH_LUCK] - read[""]).mean()) / 2
    return min(1.0, within / spread) if spread > 0 else 0.0
