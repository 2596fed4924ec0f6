"""A forecast from a day on: histories that agree with what was then published, and what they do afterwards.

Nothing that was published later enters: no figure, no dated value of the scenario from that day on, and no
value that was fitted to later figures, which varies over its whole range instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bordersim.analyses.assimilation.exercise import Exercise
from bordersim.analyses.ranges import Range, changes_by_date, parse_vary, range_of_parameter
from bordersim.errors import BadInput
from bordersim.model.engine import Keys
from bordersim.results.draws import LUCK, Draw
from bordersim.results.store.folder import hash_of
from bordersim.validation.fitted import Fitted, load_fitted
from bordersim.validation.targets import targets

if TYPE_CHECKING:
    from bordersim.inputs import Parameter, Scenario
    from bordersim.inputs.scenario import Entry
    from bordersim.validation.targets import Targets

CALIBRATED = "calibrated"
LEAST_DAYS = 14  # of a record before a forecast begins
MONTHS = 12
KEY_DIGITS = 16  # of a hash in hex: 64 bits
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
    return parse_vary([f"{parameter.key}={parameter.low}:{parameter.high}"], [scenario])[0]


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
    return min(following + timedelta(day.day - 1), _end_of_month(following)) - timedelta(1)


def _end_of_month(first: date) -> date:
    """Return the first day of the month after one."""
    return date(first.year + first.month // MONTHS, first.month % MONTHS + 1, 1)


def freed(draws: Sequence[Draw], start: date, day: date) -> list[Draw]:
    """Return histories that draw from keys of their own from a day on."""
    return [{**draw, LUCK: _freed(draw, number, (day - start).days)} for number, draw in enumerate(draws)]


def _freed(draw: Draw, number: int, day: int) -> str:
    """Return the keys of one history, with one of its own from a day of the run on."""
    own = int(hash_of([FREE, draw[LUCK], number])[:KEY_DIGITS], 16)
    return str(Keys.read(str(draw[LUCK])).changed(day, own))


def held_after(scenario: Scenario, day: date, last: date) -> Targets | None:
    """Return what was published of the days of a forecast, and naive forecasts of the day it began."""
    try:
        return targets(scenario.name, (day, last), known_until=day - timedelta(1))
    except BadInput:
        return None  # nothing was published
