"""Histories that agree with the record, read from the run of an assimilation to answer a question with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from bordersim.analyses.assimilation import KIND
from bordersim.analyses.assimilation.exercise import Exercise
from bordersim.analyses.calibration import POSTERIOR
from bordersim.analyses.drawfile import draws_of_parquet
from bordersim.analyses.ranges import check_values
from bordersim.errors import BadInput
from bordersim.results.experiment import LUCK, Draw, values_of
from bordersim.results.store import provenance
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.manifest import COMPLETE
from bordersim.results.store.scenario_files import read_scenarios

if TYPE_CHECKING:
    from bordersim.inputs import Scenario

VALUES = "--values"


class Given(NamedTuple):
    """Histories to answer with, and what is to be said of them first.

    Attributes
    ----------
    draws
        The histories: values by dotted key, and the keys they draw from.
    notes
        What a reader must know: up to when they agree with the record, what no longer holds.
    """

    draws: list[Draw]
    notes: list[str]


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
    if folder.manifest["status"] != COMPLETE:
        raise BadInput(f"{VALUES} {location}: has not ended; go on with it: bordersim resume {location}")
    exercise = Exercise.of_plain(folder.manifest["analysis"], f"{folder.location}: analysis")
    _refuse_other_days(location, read_scenarios(folder.place)[0], scenarios)
    draws = _draws(folder, sets)
    for scenario in scenarios:
        check_values(scenario, values_of(draws[0]), f"{VALUES} {location}:")
    return Given(draws, _notes(exercise, folder, scenarios, sets))


def _draws(folder: RunFolder, sets: Mapping[str, object]) -> list[Draw]:
    """Read the histories; what the user sets is left to the scenarios."""
    label = f"{folder.place}/{POSTERIOR}"
    try:
        data = folder.place.read(POSTERIOR)
    except OSError as error:
        raise BadInput(f"{label}: cannot be read: {error}") from None
    draws = draws_of_parquet(data, label)
    if not draws or any(LUCK not in draw for draw in draws):
        raise BadInput(f"{label}: holds no histories")
    return [{key: value for key, value in draw.items() if key not in sets} for draw in draws]


def _refuse_other_days(location: str, told: Scenario, scenarios: Sequence[Scenario]) -> None:
    """Refuse scenarios that do not begin when the histories do: their days would be others."""
    first = told.config.period.start
    for scenario in scenarios:
        if scenario.config.period.start != first:
            begins = scenario.config.period.start
            raise BadInput(
                f"{VALUES} {location}: its histories begin on {first}, {scenario.name} on {begins}"
            )


def _notes(
    exercise: Exercise, folder: RunFolder, scenarios: Sequence[Scenario], sets: Mapping[str, object]
) -> list[str]:
    """Return what a reader must know first."""
    until = exercise.ends[-1]
    notes = [f"histories agree with what is published of {exercise.scenario} up to {until} ({exercise.name})"]
    if folder.manifest["hashes"]["model"] != provenance.model_hash():
        notes.append("the model is newer than these histories: they may no longer agree with the record")
    if replaced := sorted({each.key for each in exercise.ranges} & set(sets)):
        notes.append(
            f"{', '.join(replaced)}: set in all histories; they are no longer conditioned on the record"
        )
    if (end := max(each.config.period.end for each in scenarios)) > until:
        notes.append(f"from {until + timedelta(1)} to {end} the histories are free: no record was looked at")
    return notes
