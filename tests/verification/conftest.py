"""What the slow checks share: real scenarios, many replicates, figures printed for whoever reads the log."""

from __future__ import annotations

import os
import shlex
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import lru_cache

import numpy as np
import pytest
from worlds import valued

from bordersim.inputs import load_scenario, parse_sets
from bordersim.model.engine import BlockOutput, simulate_block
from bordersim.model.world import build_world
from bordersim.words.valued import DAILY_NAMES

REPLICATES = 400
KEPT = 4  # runs held in memory, some 300 MB each
START = date(2021, 5, 1)


@lru_cache(maxsize=KEPT)
def outputs(name: str, seed: int, replicates: int = REPLICATES) -> BlockOutput:
    """Return the counts of a scenario's replicates, and what they come to."""
    scenario = load_scenario([name], without())
    world = build_world(scenario)
    starts = range(0, replicates, 50)
    with ThreadPoolExecutor(2) as threads:
        blocks = list(threads.map(lambda first: simulate_block(world, seed, first, 50), starts))
    return valued(BlockOutput(*(np.concatenate(column) for column in zip(*blocks, strict=True))), scenario)


def without() -> dict[str, object]:
    """Return the values that switch a rule off, where one is on trial (docs/make_needed.py)."""
    return parse_sets(shlex.split(os.environ.get("BORDERSIM_WITHOUT", "")))


def day(month: int, number: int) -> int:
    """Return the index of a day of 2021 in a run from 1 May."""
    return (date(2021, month, number) - START).days


def counts(out: BlockOutput, metric: str, country: int) -> np.ndarray:
    """Return a metric by replicate and day."""
    return out.daily[:, :, country, DAILY_NAMES.index(metric)]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> object:
    """Print a line past pytest's capture."""

    def line(text: str) -> None:
        with capsys.disabled():
            print(f"\n  {text}", end="")

    return line
