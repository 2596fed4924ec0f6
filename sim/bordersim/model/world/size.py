"""The size of a world before anybody is drawn: people, possible tries, memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordersim.errors import BadInput
from bordersim.model.records import Family, Group, Patrol, Person, StretchNews
from bordersim.model.rules.elementary import exp
from bordersim.model.rules.migrants import people_per_group
from bordersim.model.world.arrays import Arrays
from bordersim.words.codes import COUNTRIES, STATES
from bordersim.words.metrics import METRICS, SEGMENT_METRICS, STRETCH_METRICS

if TYPE_CHECKING:
    from bordersim.inputs.schema import Config

MOST_PEOPLE = 10_000_000
MOST_ATTEMPTS = 1_000_000_000
HOURS_PER_DAY = 24
# Two buckets of the calendar.
BYTES_BESIDE_A_FAMILY = 2 * np.dtype(np.int32).itemsize


def family_size_mean(world: Arrays) -> float:
    """Return the mean people in a family [people]."""
    return 1.0 / (1.0 - exp(world.derived[0].log_of_one_more))


def people_expected(world: Arrays) -> np.ndarray:
    """Return how many people are expected to land who intend to cross, by origin [people]."""
    family = family_size_mean(world)
    sizes = [people_per_group(mean, family) for mean in world.calendar["group_size_mean"].tolist()]
    return np.asarray(np.array(sizes) @ world.inflow)


def candidates_expected(world: Arrays) -> float:
    """Return how many people are expected to be drawn, of whom some may stay away on the day [people]."""
    return float(people_expected(world).sum() * world.derived[0].most_inflow_factor)


def bytes_expected(world: Arrays) -> float:
    """Return the memory that one replicate is expected to take while it is simulated [bytes]."""
    people = candidates_expected(world)
    families = people / family_size_mean(world)
    days, stretches = len(world.calendar), len(world.stretches)
    figures = days * len(COUNTRIES) * len(METRICS) + stretches * len(STRETCH_METRICS)
    counts = days * len(STATES) + len(world.segments) * len(SEGMENT_METRICS)
    return (
        people * Person.dtype.itemsize
        + families * (Family.dtype.itemsize + Group.dtype.itemsize + BYTES_BESIDE_A_FAMILY)
        + int(world.stretches["patrols"].sum()) * Patrol.dtype.itemsize
        + days * stretches * StretchNews.dtype.itemsize
        + figures * np.dtype(np.float64).itemsize
        + counts * np.dtype(np.int32).itemsize
    )


def days_between_tries(config: Config) -> float:
    """Return the mean days from one try to the next, with the shortest possible waits [d].

    A share of the tries ends at the sight of a patrol, with a short wait; of the others some are not
    readmitted, but held between the lines and driven forward again.
    """
    choice, host = config.choice, config.host
    at_once = config.respond.turn_round_probability
    closed = 1.0 - min(host.let_back_probability.by_code)
    driven = host.captives_driven_per_day
    forward = 1.0 / driven + config.cross.approach_h / HOURS_PER_DAY if driven else np.inf
    back = choice.rest_days + choice.retry_days_mean
    again = choice.first_try_days_mean + config.respond.dispatch_delay_h / HOURS_PER_DAY
    return at_once * again + (1.0 - at_once) * ((1.0 - closed) * back + closed * min(forward, back))


def refuse_too_large(config: Config, world: Arrays) -> None:
    """Refuse a world too large for any machine."""
    landing = people_expected(world)
    people, days = candidates_expected(world), len(world.calendar)
    if people > MOST_PEOPLE:
        most = list(config.inflow.origins)[int(landing.argmax())]
        raise BadInput(
            f"inflow: about {people:,.0f} people would land in {days} days, most of them by {most}; "
            f"more than {MOST_PEOPLE:,} cannot be simulated"
        )
    wait = days_between_tries(config)
    if people * days > MOST_ATTEMPTS * wait:
        raise BadInput(
            f"choice: about {people:,.0f} people, {wait:.2g} days between two tries, for {days} days: "
            f"more than {MOST_ATTEMPTS:,} tries cannot be simulated"
        )
