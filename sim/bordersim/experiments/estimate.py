"""What an experiment will cost, before it is run: replicates, blocks, time and space."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bordersim.errors import RunError
from bordersim.experiments.plan import Job, Plan
from bordersim.experiments.pool import default_workers
from bordersim.experiments.settings import STOP
from bordersim.experiments.workers import make_block, order_of
from bordersim.results.experiment import ALL_TABLES, Cell
from bordersim.results.readings import listed
from bordersim.results.store.block_files import block_bytes
from bordersim.results.store.blocks import Span

if TYPE_CHECKING:
    from bordersim.experiments.settings import Settings

TRIED = 3  # replicates of each scenario, if one is quick
QUICK_S = 2.0
MEGABYTE, GIGABYTE, TERABYTE = 1e6, 1e9, 1e12
MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400


@dataclass(frozen=True)
class Estimate:
    """The estimated cost of an experiment.

    Parameters
    ----------
    replicates
        Simulated in all: scenarios x draws x replicates.
    blocks
        Files they are kept in.
    seconds
        Time to simulate them on that many workers [s], without tables and pictures.
    bytes
        Size of the blocks and the tables made of them [bytes].
    people
        People who land in a replicate of the largest scenario [people].
    memory
        Most memory that concurrent replicates take beside the program itself [bytes].
    tried
        Replicates simulated for the estimate.
    """

    scenarios: tuple[str, ...]
    draws: int
    each: int
    replicates: int
    blocks: int
    workers: int
    seconds: float
    bytes: float
    people: float
    memory: float
    tried: int

    def __str__(self) -> str:
        draws = f" x {self.draws} draws" if self.draws > 1 else ""
        what = f"{listed(self.scenarios)}{draws} x {self.each}"
        lines = (
            f"would simulate {self.replicates} replicates: {what}, in {self.blocks} blocks",
            f"about {duration(self.seconds)} on {self.workers} threads, without tables and pictures",
            f"about {size(self.bytes)} on disk, without pictures",
            f"about {size(self.memory)} of memory for {self.people:,.0f} people per replicate,"
            " without the program itself",
            f"estimated from {self.tried} replicate{'s' * (self.tried > 1)} of each scenario,"
            " simulated in memory for this estimate; nothing was written",
        )
        return "\n".join(lines)


class Cost(NamedTuple):
    """What a block costs: once, and for each of its replicates."""

    block_s: float
    replicate_s: float
    block_bytes: float
    replicate_bytes: float
    tried: int


def estimate(plan: Plan, settings: Settings) -> Estimate:
    """Simulate a few replicates of each scenario in memory, with the first and the last draw; scale up."""
    draws = sorted({0, len(plan.cell_draws) - 1})
    cells = [Cell(scenario, draw) for scenario in range(len(plan.scenarios)) for draw in draws]
    people, memory = _fullest(plan)
    _made(plan, cells[0], 1)  # the first of all may have to compile the model
    costs = [_cost(plan, cell) for cell in cells]
    mean = Cost(*(sum(column) / len(costs) for column in zip(*costs, strict=True)))
    workers = settings.workers or default_workers()
    seconds = plan.block_count * mean.block_s + plan.total * mean.replicate_s
    kept = plan.block_count * mean.block_bytes + plan.total * mean.replicate_bytes
    has_tables = plan.keep == ALL_TABLES and len(plan.cell_draws) == 1
    return Estimate(
        tuple(plan.names),
        len(plan.cell_draws),
        plan.replicates,
        plan.total,
        plan.block_count,
        workers,
        seconds / min(workers, plan.block_count),
        kept * (2 if has_tables else 1),
        people,
        memory * min(workers, plan.block_count),
        min(cost.tried for cost in costs),
    )


def _fullest(plan: Plan) -> tuple[float, float]:
    """Return the people and the memory [bytes] of a replicate of the scenario that takes most."""
    from bordersim.model.world import build_world

    worlds = [build_world(scenario) for scenario in plan.scenarios]
    return max(world.people for world in worlds), max(world.bytes for world in worlds)


def duration(seconds: float) -> str:
    """Write a time in convenient units."""
    if seconds < MINUTE_S:
        return f"{seconds:.2g} s"
    if seconds < HOUR_S:
        return f"{seconds / MINUTE_S:.0f} min"
    if seconds < 2 * DAY_S:
        return f"{seconds / HOUR_S:.1f} h"
    return f"{seconds / DAY_S:,.0f} days"


def size(count: float) -> str:
    """Write a number of bytes in convenient units."""
    for unit, name in ((TERABYTE, "TB"), (GIGABYTE, "GB")):
        if count >= unit:
            return f"{count / unit:,.1f} {name}"
    return f"{count / MEGABYTE:,.1f} MB"


def _cost(plan: Plan, cell: Cell) -> Cost:
    """Return the cost of one replicate: the difference between few and one, or that of a slow one itself."""
    one_s, one_bytes = _made(plan, cell, 1)
    more = min(TRIED, plan.replicates - 1) if plan.is_given else TRIED
    if one_s > QUICK_S or not more:
        return Cost(0.0, one_s, 0.0, one_bytes, 1)
    few_s, few_bytes = _made(plan, cell, 1 + more)
    replicate_s, replicate_bytes = max(few_s - one_s, 0.0) / more, (few_bytes - one_bytes) / more
    return Cost(
        max(one_s - replicate_s, 0.0), replicate_s, one_bytes - replicate_bytes, replicate_bytes, more
    )


def _made(plan: Plan, cell: Cell, replicates: int) -> tuple[float, int]:
    """Make a block in memory; return the time it took [s] and the size of its file [bytes]."""
    started = time.monotonic()
    report = make_block(order_of(plan, Job(cell, Span(0, replicates)), None, STOP, in_process=True))
    if report.made is None:
        raise RunError(f"the first replicate fails: {report.failed[0].error}")
    kept = len(block_bytes(report.made, {}, plan.tables))
    return time.monotonic() - started, kept
