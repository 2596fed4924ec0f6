"""What a log says of one family, as it is told: days and parts of days, stretches, states by their words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.inputs.schema.dated import FIRST_DAY
from bordersim.model.engine.traced import MORNING
from bordersim.report.story.told import Life, Moment
from bordersim.words.codes import BORDER_ZONE, COUNTRIES, EN_ROUTE, EVENTS, RELEASE, SET_OUT, STATES

if TYPE_CHECKING:
    from bordersim.analyses.lives.again import Run
    from bordersim.inputs import Scenario

HAPPENED = (*EVENTS, "morning", "flight")
PARTS, HOURS_PER_DAY = 4, 24.0


def life(run: Run, entries: Any, scenario: Scenario, names: Sequence[str]) -> Life:
    """Return the life of a family under one scenario; `names` are those of the stretches."""
    pairs = zip([None, *entries], entries, strict=False)
    moments = tuple(_moment(run, entry, before, names) for before, entry in pairs)
    ending = STATES[entries[-1].now] if len(entries) else STATES[EN_ROUTE]
    return Life(scenario.name, scenario.title, moments, ending)


def deaths(run: Run, entries: Any) -> tuple[int, date | None]:
    """Return how many of a family die, and on which day the first does."""
    died = np.flatnonzero(entries["dead"] > 0)
    if not len(died):
        return 0, None
    return int(entries[-1].dead), date_at(run, float(entries[died[0]].time_h))


def date_at(run: Run, time_h: float) -> date:
    """Return the day of a time of the run [h]."""
    number = int(run.world.derived[0].first_day + run.world.hours[int(time_h)].day)
    return FIRST_DAY + timedelta(number)


def _moment(run: Run, entry: Any, before: Any, names: Sequence[str]) -> Moment:
    """Return an entry of the log as it is told."""
    place, border = _place(run, entry, names)
    attempts, returns = (before.attempt, before.returns) if before is not None else (0, 0)
    tries = bool(entry.event in (SET_OUT, RELEASE) and entry.attempt > attempts)
    return Moment(
        date_at(run, float(entry.time_h)),
        _part(run, float(entry.time_h)),
        float(entry.time_h) / HOURS_PER_DAY,
        HAPPENED[entry.event],
        STATES[entry.was],
        STATES[entry.now],
        place,
        border,
        int(entry.attempt),
        tries,
        int(entry.returns),
        bool(entry.returns > returns),
        bool(entry.presenting),
        bool(entry.breached),
        bool(entry.detected),
        bool(entry.turned_round),
        bool(entry.captive),
        bool(entry.time_h >= entry.line_h),
        bool(tries and entry.next_event == SET_OUT and entry.now == BORDER_ZONE),
        bool(entry.event == SET_OUT and not tries),
    )


def _place(run: Run, entry: Any, names: Sequence[str]) -> tuple[str, str]:
    """Return the stretch and the border of an entry; nothing where it has none."""
    if entry.event >= MORNING or entry.stretch >= len(names):
        return "", ""
    return names[entry.stretch], COUNTRIES[run.world.stretches[int(entry.stretch)].country]


def _part(run: Run, time_h: float) -> int:
    """Return the part of its day at which a time of the run [h] is."""
    start_h = float(run.world.calendar[int(run.world.hours[int(time_h)].day)].start_h)
    return min(int((time_h - start_h) / HOURS_PER_DAY * PARTS), PARTS - 1)
