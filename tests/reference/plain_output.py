"""What the plain model counted, in arrays of the shapes in which the engine returns it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.words.codes import COUNTRIES, STATES
from bordersim.words.metrics import METRIC_NAMES, PEOPLE_METRICS, SEGMENT_METRICS, STRETCH_METRICS

if TYPE_CHECKING:
    from plain_model import PlainModel

# By what name the agents know the columns.
NAMES = {"patrol_busy_hours": "busy_hours"}


class PlainOutput(NamedTuple):
    """Counts of one replicate, named as the engine's."""

    daily: np.ndarray
    stock: np.ndarray
    segments: np.ndarray
    stretches: np.ndarray
    people: np.ndarray


def arrays_of(model: PlainModel) -> PlainOutput:
    """Return the counts of a model that has run."""
    return PlainOutput(
        daily=daily(model),
        stock=np.array([[day[state] for state in STATES] for day in model.stock], np.int32),
        segments=np.array([[getattr(s, name) for name in SEGMENT_METRICS] for s in model.segments], np.int32),
        stretches=np.array(
            [[getattr(s, NAMES.get(name, name)) for name in STRETCH_METRICS] for s in model.stretches],
            np.float64,
        ),
        people=people(model),
    )


def daily(model: PlainModel) -> np.ndarray:
    """Return all metrics by day and country."""
    table = np.zeros((model.world.days, len(COUNTRIES), len(METRIC_NAMES)))
    for (day, country, metric), amount in model.counts.items():
        table[day, country, METRIC_NAMES.index(metric)] = amount
    return table


def people(model: PlainModel) -> np.ndarray:
    """Return how many people did what at least once."""
    persons = [person for family in model.families for person in family.persons]
    counts = {
        "people_arrived": sum(person.state != "en_route" for person in persons),
        "people_attempted": sum(person.attempts > 0 for person in persons),
        "people_entered_unstopped": sum(person.entered_unstopped for person in persons),
        "people_admitted_to_procedure": sum(person.admitted_to_procedure for person in persons),
        "people_pushed_back": sum(person.returns > 0 for person in persons),
    }
    return np.array([counts[metric.name] for metric in PEOPLE_METRICS], np.float64)
