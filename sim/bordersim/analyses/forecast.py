"""A forecast from a day on: histories that agree with what was then published, and what they do afterwards.

Nothing that was published later enters: no figure, no dated value of the scenario from that day on, and no
value that was fitted to later figures, which varies over its whole range instead.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bordersim.analyses.assimilation.exercise import Exercise
from bordersim.analyses.fresh import fresh_from
from bordersim.analyses.ranges import Range, changes_by_date, parse_range, range_of_parameter
from bordersim.errors import BadInput
from bordersim.results.draws import LUCK, Draw
from bordersim.validation.fitted import Fitted, load_fitted

if TYPE_CHECKING:
    from bordersim.inputs import Parameter, Scenario
    from bordersim.inputs.scenario import Entry

CALIBRATED = "calibrated"
LEAST_DAYS = 14  # of a record before a forecast begins
MONTHS = 12
FREE = "free from here on"


def exercise_from(exercise: Exercise, day: date) -> Exercise:
    """Return the exercise of a forecast: the same, up to a day and with what was published before it.

    Raises
    ------
    BadInput
        If the day is too early, or values were fitted to later figures and have no range.
    """
    scenario = exercise.loaded(exercise.ends[-1])
    start = scenario.config.period.start
    if day < start + timedelta(LEAST_DAYS):
        begins = f"{exercise.scenario} begins on {start}"
        raise BadInput(f"--from {day}: {begins}; a forecast begins {LEAST_DAYS} days later, or after that")
    last = str(day - timedelta(1))
    changed = {
        "name": f"{exercise.name}_from_{day}",
        "title": f"{exercise.title or exercise.name}, as known on {day}",
        "legs": (*(leg for leg in exercise.legs if leg < last), last),
        "known_before": str(day),
        "ranges": (*exercise.ranges, *_fitted_later(exercise, scenario, day)),
    }
    return exercise.model_copy(update=changed)


def _fitted_later(exercise: Exercise, scenario: Scenario, day: date) -> Iterator[Range]:
    """Yield values fitted to figures of that day or later, over their ranges, unless they vary already."""
    varied = {each.key for each in exercise.ranges}
    for key in sorted(set(_keys_of(load_fitted(), scenario, day)) - varied):
        if not changes_by_date(scenario, key):
            yield range_of_parameter([scenario], key, "--from")
        elif any(_is_fitted(each, day) for each in scenario.parameters[key].entries):
            yield _on_all_days(scenario.parameters[key], scenario)


def _is_fitted(entry: Entry, day: date) -> bool:
    """Return whether an entry by date is known before a day, but fitted."""
    return entry.from_ < day and entry.confidence == CALIBRATED


def _on_all_days(parameter: Parameter, scenario: Scenario) -> Range:
    """Return the range of a value that is then one on all days."""
    return parse_range(f"{parameter.key}={parameter.low}:{parameter.high}", [scenario])


def _keys_of(fitted: Sequence[Fitted], scenario: Scenario, day: date) -> Iterator[str]:
    """Yield the keys that later figures went into."""
    for each in (each for each in fitted if each.last >= day):
        keys = [word for word in re.findall(r"[\w.]+\w", each.into) if word in scenario.parameters]
        if not keys:
            raise BadInput(f"--from {day}: figures up to {each.last} went into {each.into}; begin after that")
        yield from keys


def months_on(day: date, months: int) -> date:
    """Return the last day of so many months that begin on a day."""
    year, month = divmod(day.month - 1 + months, MONTHS)
    following = date(day.year + year, month + 1, 1)
    days = monthrange(following.year, following.month)[1]
    return following + timedelta(min(day.day - 1, days) - 1)


def freed(draws: Sequence[Draw], start: date, day: date) -> list[Draw]:
    """Return histories that draw from keys of their own from a day on."""
    begins = (day - start).days
    return [{**draw, LUCK: fresh_from(draw, begins, FREE, number)} for number, draw in enumerate(draws)]
