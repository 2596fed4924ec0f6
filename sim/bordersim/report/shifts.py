"""Why hours of patrols move in steps, and what they are before crews are rounded to whole ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordersim.report.pictures.differences import number
from bordersim.report.readings import own_results
from bordersim.results.store.parts import end_of
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from bordersim.results.experiment import Experiment
    from bordersim.results.store.result import Result

STAFF = ("guards.", "patrols.")  # values of which the hours on shift are made
MANY_CREWS = 10  # beside so many more or fewer, a crew does not matter


def shifts_line(experiment: Experiment) -> str:
    """Return what patrol hours differ by before rounding, and in which steps they move; mostly nothing.

    Stations have whole crews. Where a scenario moves a few, the median of the differences is a whole number
    of crews, so that what one border lends is not what another seems to get.
    """
    results = own_results(experiment)
    varied = {key for draw in experiment.draws for key in draw} if len(experiment.draws) > 1 else set()
    if len(results) == 1 or any(key.startswith(STAFF) for key in varied):
        return ""
    told = [text for each in results[1:] if (text := _told(each, results[0]))]
    if not told:
        return ""
    return (
        "Patrol hours move in steps: a station has whole crews, rounded up or down by a draw. Before"
        f" rounding, {'; '.join(told)}. Over many independent draws the mean is this; medians, and"
        " means of a few, differ from it by a crew or so."
    )


def _told(scenario: Result, reference: Result) -> str:
    """Return by how much the hours of each border differ; nothing where it is none or many crews."""
    if _staff(scenario) == _staff(reference):
        return ""
    planned, hours = _planned(scenario) - _planned(reference), _hours(reference)
    days = planned.any(axis=1)
    crew, by_border = float(hours[days].sum()), hours @ planned
    if not crew or np.abs(by_border).max() > MANY_CREWS * crew:
        return ""
    each = [_of_border(*pair) for pair in zip(COUNTRIES, by_border, strict=True) if pair[1]]
    when = f"on {days.sum()} days, on which one crew is {number(crew, 0)} h"
    return f"{scenario.name} has {' and '.join(each)} than {reference.name} ({when})"


def _staff(result: Result) -> dict[str, object]:
    """Return the values of which the hours on shift are made."""
    known = result.scenario.parameters.items()
    return {key: parameter.value for key, parameter in known if key.startswith(STAFF)}


def _of_border(country: str, hours: float) -> str:
    """Write more or fewer hours at a border."""
    return f"{number(abs(hours), 0)} h {'more' if hours > 0 else 'fewer'} at {country}"


def _planned(result: Result) -> np.ndarray:
    """Return crews on shift by day of a result and border, before rounding."""
    from bordersim.model.world.days import Hours, crews

    config = result.scenario.config
    planned: np.ndarray = crews(config, Hours(config))[_days(result)]
    return planned


def _hours(result: Result) -> np.ndarray:
    """Return how long each day of a result is [h]."""
    from bordersim.model.world.days import Hours

    lengths: np.ndarray = np.diff(Hours(result.scenario.config).day_start_h)
    return lengths[_days(result)]


def _days(result: Result) -> slice:
    """Return where in the whole run the days of a result are."""
    first = (result.land.start - result.scenario.config.period.start).days
    return slice(first, first + (end_of(result.land) - result.land.start).days + 1)
