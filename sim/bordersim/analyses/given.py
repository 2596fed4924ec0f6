"""Histories that agree with the record, read from the run of an assimilation to answer a question with."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bordersim.analyses.assimilation import INDEPENDENCE, KIND
from bordersim.analyses.assimilation.exercise import Exercise
from bordersim.analyses.calibration import POSTERIOR
from bordersim.analyses.drawfile import draws_of_parquet
from bordersim.analyses.ranges import check_values
from bordersim.errors import BadInput
from bordersim.experiments.values import FIXED, GIVEN
from bordersim.inputs.loading import DEFAULT_REPLICATES, SEED
from bordersim.inputs.setting import apart
from bordersim.results.draws import LEFT, LUCK, Draw, values_of
from bordersim.results.paired import SAME_DAYS
from bordersim.results.store import provenance
from bordersim.results.store.folder import RunFolder
from bordersim.results.tested import found_on_borders, sentences
from bordersim.shipped import shipped

if TYPE_CHECKING:
    from datetime import date

    from bordersim.experiments.settings import Settings
    from bordersim.inputs import Scenario

VALUES = "--values"
SCENARIOS, HISTORIES, START = "scenarios", "given", "period.start"


class Given(NamedTuple):
    """Histories to answer with, and what is to be said of them first.

    Attributes
    ----------
    draws
        The histories: values by dotted key, and the keys they draw from.
    notes
        What a reader must know: up to when they agree with the record, what no longer holds.
    happened
        The name of the scenario of what happened.
    worth
        How many independent histories say as much.
    """

    draws: list[Draw]
    notes: list[str]
    happened: str
    worth: float

    def told_in(self, settings: Settings) -> Settings:
        """Return settings with what is to be said of the histories."""
        return replace(settings, notes=tuple(self.notes), happened=self.happened, worth=self.worth)


def histories_for(values: str, scenarios: Sequence[Scenario], sets: Mapping[str, object]) -> Given | None:
    """Return the histories to answer with: those of a folder, or "given", those that come with the package.

    None where none of these begin on the first day.
    """
    if values != GIVEN:
        return read_given(values, scenarios, sets)
    _refuse_several_first_days(scenarios)
    location = shipped_histories(scenarios[0].config.period.start)
    return None if location is None else read_given(location, scenarios, sets)


def asked_for(
    values: str, scenarios: Sequence[Scenario], replicates: int, sets: Mapping[str, object]
) -> Given:
    """Return the histories that are asked for from Python; what must be known of them comes as a warning.

    Raises
    ------
    BadInput
        There are none, or replicates or a seed are asked for as well.
    """
    given = histories_for(values, scenarios, sets)
    if given is None:
        raise BadInput(f"values: no histories begin on {scenarios[0].config.period.start}; take '{FIXED}'")
    if replicates != DEFAULT_REPLICATES or SEED in sets:
        raise BadInput(f"values: histories have replicates and a seed of their own; or take '{FIXED}'")
    for note in given.notes:
        warnings.warn(note, stacklevel=4)
    return given


def shipped_histories(first: date) -> str | None:
    """Return where the histories that begin on a day are, of those that come with the package."""
    for folder in sorted(shipped(SCENARIOS).joinpath(HISTORIES).glob("*/manifest.json")):
        if RunFolder.open(folder.parent).manifest["sets"].get(START) == str(first):
            return str(folder.parent)
    return None


def read_given(location: str, scenarios: Sequence[Scenario], sets: Mapping[str, object]) -> Given:
    """Read the histories of an assimilation for scenarios that begin on its first day.

    A value that the user sets is that value in all of them.

    Raises
    ------
    BadInput
        In one line: no assimilation, not finished, or of another first day.
    """
    folder = RunFolder.open(location)
    if folder.kind != KIND:
        raise BadInput(f"{VALUES} {location}: is not the run of an assimilation")
    folder.refuse_unended(location, asked=f"{VALUES} ")
    exercise = Exercise.of_plain(folder.manifest["analysis"], f"{folder.location}: analysis")
    _refuse_other_days(location, exercise.loaded(exercise.ends[-1]), scenarios)
    draws = _draws(folder, sets)
    left = _left(exercise, draws[0], scenarios)
    draws = [{**draw, LEFT: left} if left else draw for draw in draws]
    for scenario in scenarios:
        check_values(scenario, values_of(draws[0], scenario.name), f"{VALUES} {location}:")
    histories, worth = _worth(folder)
    alike = _alike(histories, worth, len(exercise.ranges))
    notes = [*_notes(exercise, folder, scenarios, sets, alike), *_left_told(left)]
    return Given(draws, notes, exercise.scenario, worth)


def histories_in(location: Path | str) -> tuple[list[Draw], float]:
    """Read the histories of a finished assimilation, and how many independent ones say as much."""
    folder = RunFolder.open(location)
    return _draws(folder, {}), _worth(folder)[1]


def _draws(folder: RunFolder, sets: Mapping[str, object]) -> list[Draw]:
    """Read the histories; what the user sets is left to the scenarios."""
    label = f"{folder.place}/{POSTERIOR}"
    draws = draws_of_parquet(_content(folder, POSTERIOR), label)
    if not draws or any(LUCK not in draw for draw in draws):
        raise BadInput(f"{label}: holds no histories")
    given = _keys(sets)
    return [{key: value for key, value in draw.items() if key not in given} for draw in draws]


def _keys(sets: Mapping[str, object]) -> set[str]:
    """Return the keys that are set, those of changes among them."""
    return {apart(key)[0] for key in sets}


def _content(folder: RunFolder, name: str) -> bytes:
    """Read a file that every finished assimilation has."""
    try:
        return folder.place.read(name)
    except OSError as error:
        raise BadInput(f"{folder.place}/{name}: cannot be read: {error}") from None


def _left(exercise: Exercise, draw: Draw, scenarios: Sequence[Scenario]) -> dict[str, list[str]]:
    """Return the keys of which a scenario has a value of its own, by its name: a policy stays what it is."""
    told = exercise.loaded(exercise.ends[-1]).parameters
    own = {
        scenario.name: [
            key
            for key in values_of(draw, scenario.name)
            if key in scenario.parameters and scenario.parameters[key].value != told[key].value
        ]
        for scenario in scenarios
    }
    return {name: keys for name, keys in own.items() if keys}


def _left_told(left: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what is to be said of values that scenarios keep."""
    return [f"{name} has its own {', '.join(keys)} in all histories" for name, keys in left.items()]


def _refuse_several_first_days(scenarios: Sequence[Scenario]) -> None:
    """Refuse scenarios that do not begin on one day: histories do."""
    first, *others = scenarios
    for other in others:
        if other.config.period.start != first.config.period.start:
            raise BadInput(
                f"{other.name} begins on {other.config.period.start}, {first.name} on"
                f" {first.config.period.start}; {SAME_DAYS}"
            )


def _refuse_other_days(location: str, told: Scenario, scenarios: Sequence[Scenario]) -> None:
    """Refuse scenarios that do not begin when the histories do: their days would be others."""
    first = told.config.period.start
    for scenario in scenarios:
        if scenario.config.period.start != first:
            begins = scenario.config.period.start
            raise BadInput(
                f"{VALUES} {location}: its histories begin on {first}, {scenario.name} on {begins}"
            )


def _worth(folder: RunFolder) -> tuple[float, float]:
    """Return how many histories there are, and how many independent ones say as much."""
    try:
        (row,) = csv.DictReader(io.StringIO(_content(folder, INDEPENDENCE).decode()))
        histories, worth = float(row["histories"]), float(row["worth"])
    except (KeyError, TypeError, ValueError, csv.Error):
        histories = worth = 0.0
    if not (0 < histories < inf and 0 < worth < inf):
        raise BadInput(f"{folder.place}/{INDEPENDENCE}: does not say what its histories are worth")
    return histories, worth


def _alike(histories: float, worth: float, varied: int) -> str:
    """Say how much histories are worth, and what does not vary in them."""
    return (
        f"{histories:.0f} histories, many alike: worth about {worth:.0f} independent ones; they differ in"
        f" {varied} values of the model, all other values are the same in every history"
    )


def _notes(
    exercise: Exercise,
    folder: RunFolder,
    scenarios: Sequence[Scenario],
    sets: Mapping[str, object],
    alike: str,
) -> list[str]:
    """Return what a reader must know first."""
    until = exercise.ends[-1]
    notes = [
        f"the histories roughly match the figures published for days up to {until} ({exercise.name})",
        alike,
    ]
    notes += sentences(found_on_borders())
    if folder.manifest["hashes"]["model"] != provenance.model_hash():
        notes.insert(0, "the model is newer than its histories: they may no longer agree with the record")
    if replaced := sorted({each.key for each in exercise.ranges} & _keys(sets)):
        notes.append(
            f"{', '.join(replaced)}: set in all histories; they are no longer conditioned on the record"
        )
    if (end := max(each.config.period.end for each in scenarios)) > until:
        notes.append(f"from {until + timedelta(1)} to {end} the histories are free: no record was looked at")
    return notes
