"""Scenarios with some values set otherwise, totals of a run, and directions with a stated false alarm."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import sqrt

import numpy as np
from conftest import outputs, without
from worlds import valued

from bordersim.inputs import load_scenario
from bordersim.model.engine import BlockOutput, simulate_block
from bordersim.model.world import build_world
from bordersim.results.ledgers import figures

SEED = 1
REPLICATES = 200
BLOCK = 50
# Standard errors a mean must be away from 0: with no effect at all, one test in 1,000 would still pass.
FALSE_ALARM_Z = 3.09
WILSON_Z = 1.96


def run_of(name: str) -> BlockOutput:
    """Return the replicates of a scenario as it stands; kept for the next test."""
    return outputs(name, SEED, REPLICATES)


def varied(name: str, changes: dict[str, object], replicates: int = REPLICATES) -> BlockOutput:
    """Return the replicates of a scenario with some values set otherwise."""
    scenario = load_scenario([name], without() | changes)
    world = build_world(scenario)
    with ThreadPoolExecutor(2) as threads:
        starts = range(0, replicates, BLOCK)
        blocks = list(threads.map(lambda first: simulate_block(world, SEED, first, BLOCK), starts))
    return valued(BlockOutput(*(np.concatenate(column) for column in zip(*blocks, strict=True))), scenario)


def figure(out: BlockOutput, metric: str, country: str) -> np.ndarray:
    """Return a reported figure of a whole run in each replicate."""
    known = figures(out.daily.sum(axis=1), out.people)
    return next(value for key, value in known.items() if (key.metric, key.country) == (metric, country))


def is_above_zero(differences: np.ndarray) -> bool:
    """Return whether the mean of paired differences is above 0 beyond chance."""
    return bool(differences.mean() > FALSE_ALARM_Z * standard_error(differences))


def standard_error(values: np.ndarray) -> float:
    """Return the standard error of a mean."""
    return float(values.std(ddof=1) / sqrt(len(values)))


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a probability."""
    share, z2 = hits / trials, WILSON_Z**2 / trials
    middle = (share + z2 / 2) / (1 + z2)
    half = WILSON_Z * sqrt(share * (1 - share) / trials + z2 / trials / 4) / (1 + z2)
    return max(middle - half, 0.0), min(middle + half, 1.0)
