"""What a run did not keep: attempts by stretch and week, counted by simulating some of its replicates again.

Replicates and histories are exact, so what they had on the way is found by living them again; only few are
needed for a mean. By stretch and week is the finest that is told of places in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from bordersim.errors import RunError
from bordersim.results.draws import LUCK
from bordersim.results.lives import as_lived, attempts_between, evenly, keys_of, steered_world
from bordersim.results.spans import Retraced, months_of, weeks_of
from bordersim.words.metrics import STRETCH_ATTEMPTS, STRETCH_METRICS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario
    from bordersim.model.engine import Keys
    from bordersim.model.world import Arrays
    from bordersim.results.draws import Draw
    from bordersim.results.store.result import Result

    Floats = NDArray[np.float64]
    Progress = Callable[[int, int], None]


def retraced(
    results: Sequence[Result],
    draws: Sequence[Draw],
    scenarios: Sequence[Scenario],
    most: int,
    progress: Progress | None = None,
) -> list[Retraced]:
    """Simulate the same replicates of each result again and count their attempts by stretch.

    Parameters
    ----------
    results
        Those of one run.
    draws
        Its draws: the histories that are its replicates, if it has any.
    scenarios
        All scenarios of the run, one of which may steer another.
    most
        How many replicates of each at most.
    progress
        Called with the number of replicates done and the total.

    Raises
    ------
    RunError
        If a replicate is not what it was in the run.
    """
    numbers = evenly(sorted(set.intersection(*(set(result.numbers) for result in results))), most)
    found, total = [], len(numbers) * len(results)
    for at, result in enumerate(results):
        counts = []
        for done, days in enumerate(_each(result, draws, scenarios, numbers), start=at * len(numbers) + 1):
            counts.append(days)
            if progress:
                progress(done, total)
        found.append(_told(result, np.mean(counts, axis=0), len(numbers)))
    return found


def _told(result: Result, days: Floats, count: int) -> Retraced:
    """Return attempts a day in weeks and months from those of each day."""
    land = result.land
    weeks, months = (
        np.add.reduceat(days, [(start - land.start).days for start in spans.starts], axis=0)
        / np.array(spans.lengths)[:, None]
        for spans in (weeks_of(land.start, land.days), months_of(land.start, land.days))
    )
    return Retraced(result.label, weeks, months, count)


def _each(
    result: Result, draws: Sequence[Draw], scenarios: Sequence[Scenario], numbers: Sequence[int]
) -> Iterator[Floats]:
    """Yield the attempts of each replicate by day and stretch."""
    then = dict(zip(result.numbers, _attempts_then(result), strict=True))
    for number, (world, keys) in zip(numbers, _lives(result, draws, scenarios, numbers), strict=True):
        days = attempts_between(world, keys, range(1, len(world.calendar) + 1))
        if not np.array_equal(days.sum(axis=0), then[number]):
            raise RunError(f"{result.label}: number {number} is not what it was in the run")
        yield days


def _attempts_then(result: Result) -> Floats:
    """Return the attempts of the run: replicate, stretch."""
    name = (STRETCH_METRICS[STRETCH_ATTEMPTS],)
    return np.concatenate([block.values("stretches", name)[..., 0] for block in result.blocks])


def _lives(
    result: Result, draws: Sequence[Draw], scenarios: Sequence[Scenario], numbers: Sequence[int]
) -> Iterator[tuple[Arrays, Keys]]:
    """Yield the world and the keys of each replicate; all have the same world unless they are histories."""
    from bordersim.model.engine import Keys
    from bordersim.model.world import build_world

    if LUCK in draws[0]:
        for number in numbers:
            history = draws[number]
            yield (
                steered_world(as_lived(result.scenario, history), history, scenarios),
                keys_of(history, result.name),
            )
        return
    world = build_world(result.scenario).arrays
    yield from ((world, Keys.of_replicate(result.seed, number)) for number in numbers)
