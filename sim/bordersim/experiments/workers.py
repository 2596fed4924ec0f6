"""The work of a worker: simulate one block, replicate by replicate, and write it to the run folder.

It receives a name and a few numbers, reads the scenario from the run folder, and returns a name.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bordersim.errors import RunError
from bordersim.experiments.plan import Job, Plan
from bordersim.experiments.settings import STOP
from bordersim.results.failures import Failure, one_line
from bordersim.results.lives import as_lived, keys_of, steered_world
from bordersim.results.store import provenance
from bordersim.results.store.block_files import Made, block_bytes, narrowed
from bordersim.results.store.blocks import Columns, arrays_of, canonical
from bordersim.results.store.digests import combined, digest_of
from bordersim.results.store.names import BLOCKS
from bordersim.results.store.place import Place
from bordersim.results.store.scenario_files import read_scenarios
from bordersim.results.valuation.formulas import with_valued
from bordersim.results.valuation.rates import Rates

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.model.engine import Keys
    from bordersim.model.world import Arrays
    from bordersim.results.draws import Draw

WORLDS_AT_HAND = 8


class OtherSourcesError(RunError):
    """A worker whose sources or data are not those of the run: its numbers must not be mixed in."""


class StoreError(RunError):
    """Results can no longer be written: no space, no permission, no connection."""


@dataclass(frozen=True)
class Order:
    """A work order."""

    job: Job
    name: str
    scenario: str
    scenario_digest: str
    draw: Mapping[str, object]
    seed: int
    tables: tuple[str, ...]
    key: str
    sources: tuple[str, ...]
    on_error: str
    root: str | None
    histories: tuple[Draw, ...] = ()
    at_hand: tuple[Scenario, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        span = self.job.span
        return f"{self.scenario}, {span.size} replicates from {span.first} on"


@dataclass(frozen=True)
class Report:
    """The report of a worker; `made` only where nothing is written, or from a thread of this process."""

    name: str
    numbers: tuple[int, ...]
    digest: str
    failed: tuple[Failure, ...]
    seconds: float
    made: Made | None = None


def order_of(
    plan: Plan,
    job: Job,
    root: str | None,
    on_error: str,
    in_process: bool,
    tables: tuple[str, ...] | None = None,
) -> Order:
    """Return the work order for a block."""
    scenario, scenarios = plan.scenarios[job.cell.scenario], plan.scenarios
    return Order(
        job,
        plan.file(job),
        scenario.name,
        plan.digests[job.cell.scenario],
        plan.cell_draws[job.cell.draw],
        plan.seed_of(job.cell.draw),
        plan.tables if tables is None else tables,
        plan.key(job),
        _sources(),
        on_error,
        root,
        plan.histories(job.span),
        scenarios if in_process or root is None else (),
    )


def make_block(order: Order) -> Report:
    """Simulate a block; a replicate that fails is reported and the others continue.

    Raises
    ------
    OtherSourcesError
        If this worker has other sources or data than the run.
    StoreError
        If the block cannot be written.
    """
    started = time.monotonic()
    check_sources(order)
    world, rates, scenario = _world(order), rates_of(order), order.scenario
    failed: list[Failure] = []
    made: dict[int, tuple[str, Columns]] = {}
    for replicate in order.job.span.numbers:
        try:
            made[replicate] = _replicate(world, rates, order, replicate)
        except Exception as error:
            text = "".join(traceback.format_exception(error))
            cell = order.job.cell
            failed.append(Failure(scenario, cell.draw, replicate, order.seed, one_line(error), text))
            if order.on_error == STOP:
                break
    return report_of(order, made, tuple(failed), started)


def _replicate(world: Any, rates: Rates, order: Order, replicate: int) -> tuple[str, Columns]:
    """Simulate one replicate, take its digest while its numbers are at hand, and add what they come to."""
    from bordersim.model import engine

    if order.histories:
        scenario, history = lived_scenario(order, replicate)
        output = engine.simulate_history(*_history(order, scenario, history))
        rates = Rates(scenario.config)
    else:
        output = engine.simulate_block(world, order.seed, replicate, 1)
    counted = canonical(arrays_of(output), 0)
    columns = {**counted, "daily": with_valued(counted["daily"], rates)}
    return digest_of(counted, replicate), columns


def rates_of(order: Order) -> Rates:
    """Return the prices and rates of a cell; a history has its own."""
    return _rates(_Source(order)) if order.root is not None else _rates.__wrapped__(_Source(order))


def lived_scenario(order: Order, replicate: int) -> tuple[Scenario, Draw]:
    """Return the scenario of an order with the values of the history that a replicate is, and the history."""
    history = order.histories[replicate - order.job.span.first]
    return as_lived(_scenario(order), history), history


def _history(order: Order, scenario: Scenario, history: Draw) -> tuple[Arrays, Keys]:
    """Return the world of a history in the scenario as it is lived, and the keys it draws from."""
    return steered_world(scenario, history, _scenarios(order)), keys_of(history, scenario.name)


def lived_in(order: Order) -> tuple[Arrays, Keys]:
    """Return the world of the only replicate of an order, and the keys it draws from."""
    from bordersim.model import engine

    if order.histories:
        return _history(order, *lived_scenario(order, order.job.span.first))
    return _world(order).arrays, engine.Keys.of_replicate(order.seed, order.job.span.first)


def report_of(
    order: Order, made: Mapping[int, tuple[str, Columns]], failed: tuple[Failure, ...], started: float
) -> Report:
    """Write the block, if there is anything to write, and report it."""
    if not made:
        return Report(order.name, (), combined(()), failed, time.monotonic() - started)
    digests = tuple(digest for digest, _ in made.values())
    block = Made(tuple(made), digests, narrowed([columns for _, columns in made.values()], order.tables))
    if order.root is not None:
        _write(order, block, failed)
    kept = _kept(order, block)
    return Report(order.name, block.numbers, combined(digests), failed, time.monotonic() - started, kept)


def _kept(order: Order, block: Made) -> Made | None:
    """Return the numbers that need not be read from disk again: none where they would have to travel."""
    if order.root is None:
        return block if order.tables else None
    return block if order.at_hand else None


def _write(order: Order, block: Made, failed: tuple[Failure, ...]) -> None:
    """Write the block to the run folder."""
    data = block_bytes(block, _about(order, failed), order.tables)
    try:
        (Place(order.root or "") / BLOCKS).write(order.name, data)
    except OSError as error:
        raise StoreError(f"cannot write a block ({error.strerror or error})") from error


def _about(order: Order, failed: tuple[Failure, ...]) -> dict[str, Any]:
    """Return what a block is and where it comes from, to be stored in its file."""
    return {
        "block": order.key,
        "first": order.job.span.first,
        "count": order.job.span.size,
        "scenario": order.scenario,
        "scenario_digest": order.scenario_digest,
        "draw": dict(order.draw),
        "seed": order.seed,
        "tables": order.tables,
        "failed": [failure._asdict() for failure in failed],
        "commit": provenance.commit(),
        "hashes": provenance.hashes(),
        "versions": provenance.versions(),
    }


def check_sources(order: Order) -> None:
    """Raise unless this process has the sources and data the run was started with."""
    if order.sources != _sources():
        raise OtherSourcesError("a worker has other sources of the model, or other data, than the run")


def _sources() -> tuple[str, ...]:
    """Return the hashes of everything but the values that decides numbers."""
    return provenance.model_hash(), provenance.data_hash(), provenance.valuation_hash()


class _Source:
    """Where the world of a cell comes from; equal where the run and the cell are."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._key = (order.root, order.job.cell)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


def _world(order: Order) -> Any:
    """Return the world of a cell, built once in this process for all its blocks in a run folder."""
    return _built(_Source(order)) if order.root is not None else _built.__wrapped__(_Source(order))


@lru_cache(maxsize=WORLDS_AT_HAND)
def _built(source: _Source) -> Any:
    """Build the world of a cell."""
    from bordersim.model.world import build_world

    return build_world(_of_cell(source.order))


@lru_cache(maxsize=WORLDS_AT_HAND)
def _rates(source: _Source) -> Rates:
    """Return the prices and rates of a cell."""
    return Rates(_of_cell(source.order).config)


def _of_cell(order: Order) -> Scenario:
    """Return the scenario of an order with its draw on top."""
    return _scenario(order).with_values(order.draw) if order.draw else _scenario(order)


def _scenario(order: Order) -> Scenario:
    """Return the scenario of an order, which is in memory or read from the run folder."""
    return _scenarios(order)[order.job.cell.scenario]


def _scenarios(order: Order) -> tuple[Scenario, ...]:
    """Return the scenarios of the run of an order."""
    return order.at_hand or _stored_scenarios(str(order.root))


@lru_cache(maxsize=2)
def _stored_scenarios(root: str) -> tuple[Scenario, ...]:
    """Read the scenarios of a run once in this process."""
    return read_scenarios(Place(root))
