"""One replicate: the engine against the plain-Mesa reference, which gives the same bits."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from benchmarks.timing import MS, ROUNDS, US, cpu, in_turn, markdown, ratio
from bordersim.inputs import load_scenario
from bordersim.model.engine import simulate_block
from bordersim.model.world import build_world

SCENARIOS = ("history_2021", "history_2023")
SEED = 1

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "reference"))


def table(rounds: int = ROUNDS) -> str:
    """Measure and return the table."""
    header = ["scenario", "engine, one replicate", "per attempt", "plain Mesa, same bits", "ratio"]
    return markdown("One replicate, three borders", header, [row(name, rounds) for name in SCENARIOS])


def row(name: str, rounds: int) -> list[str]:
    """Measure one scenario."""
    from plain_model import PlainModel

    world, numbers, twins = build_world(load_scenario([name])), count(), count()
    attempts = simulate_block(world, SEED, 0, 1).daily[..., 0].sum()
    seconds = in_turn(
        {
            "engine": lambda: simulate_block(world, SEED, next(numbers), 1),
            "plain": lambda: PlainModel(world, SEED, next(twins)).run(),
        },
        rounds,
    )
    engine, plain = cpu(seconds["engine"]), cpu(seconds["plain"])
    times = ratio(seconds["plain"], seconds["engine"])
    return [
        name,
        f"{engine * MS:.1f} ms",
        f"{engine * US / attempts:.2f} µs",
        f"{plain:.2f} s",
        f"{times:.0f} x",
    ]
