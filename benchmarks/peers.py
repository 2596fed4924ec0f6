"""The engine beside an hourly Mesa model of the same rules, which agrees with it in distribution."""

from __future__ import annotations

from itertools import count
from typing import Any

import mesa

from benchmarks.hourly_mesa import HourlyGroup, HourlyModel, HourlyPatrol
from benchmarks.timing import MS, NS, ROUNDS, Taken, cpu, in_turn, markdown, ratio
from benchmarks.worlds import SEED, world_of
from sim.engine import simulate_block
from sim.state import ADMITTED
from sim.world import World

IDLE_AGENTS = 20_000
HEADER = ["model", "agents' steps", "a replicate", "ratio"]


class IdleAgent(mesa.Agent):
    """An agent that does nothing when its turn comes."""

    def step(self) -> None:
        """Do nothing."""


def table(rounds: int = ROUNDS, end: str = "2021-12-31") -> str:
    """Measure and return the table."""
    world = world_of(period__end=end)
    idle = mesa.Model(seed=SEED)
    IdleAgent.create_agents(idle, IDLE_AGENTS)
    numbers, seeds = count(), count()
    runs = in_turn(
        {
            "engine": lambda: [simulate_block(world, SEED, next(numbers), 1) for _ in range(10)],
            "hourly": lambda: HourlyModel(world, next(seeds)).run(),
            "idle": lambda: idle.agents.shuffle_do("step"),
        },
        rounds,
    )
    return markdown("One replicate of history_2021 beside an hourly Mesa model", HEADER, *_lines(world, runs))


def _lines(world: World, runs: dict[str, list[Taken]]) -> tuple[list[list[str]], str]:
    """Return the lines of the table and the note below."""
    engine, hourly, idle = cpu(runs["engine"]) / 10, cpu(runs["hourly"]), cpu(runs["idle"]) / IDLE_AGENTS
    times, steps, people = 10 * ratio(runs["hourly"], runs["engine"]), steps_of(world), person_hours(world)
    more = people * idle
    rows = [
        ["engine", "", f"{engine * MS:.1f} ms", "1"],
        ["hourly Mesa: groups and patrols", f"{steps:,}", f"{hourly:.1f} s", f"{times:,.0f} x"],
        [
            "the same, every person an agent, too *(extrapolated)*",
            f"{steps + people:,}",
            f"{hourly + more:.0f} s",
            f"{times * (hourly + more) / hourly:,.0f} x",
        ],
    ]
    note = (
        "The last line adds, for each hour of each person who has landed and not gone for good, one step "
        f"that does nothing ({idle * NS:.0f} ns, measured with {IDLE_AGENTS:,} agents): the least that a "
        "model with persons as agents takes in Mesa. It was not run."
    )
    return rows, note


def steps_of(world: World) -> int:
    """Count how often groups and patrols step in one run."""
    model, steps = HourlyModel(world, 0), 0
    while model.day < model.world.days:
        steps += sum(len(model.agents_by_type.get(kind, ())) for kind in (HourlyGroup, HourlyPatrol))
        model.step()
    return steps


def person_hours(world: World) -> int:
    """Return the hours of all people from landing until they are gone for good, in replicate 0."""
    stock: Any = simulate_block(world, SEED, 0, 1).stock[0]
    return int(24 * stock[:, :ADMITTED].sum())
