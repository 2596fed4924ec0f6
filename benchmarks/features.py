"""What an experiment costs beside simulation: digest, store, progress, tables, pictures."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.timing import markdown
from bordersim.api import run_experiment
from bordersim.experiments.settings import Settings
from bordersim.inputs import load_scenario
from bordersim.model.engine import simulate_block
from bordersim.model.world import build_world
from bordersim.report.files import save_pictures
from bordersim.results.store.block_files import OF_TABLE, Made, block_bytes, narrowed
from bordersim.results.store.blocks import arrays_of, canonical
from bordersim.results.store.digests import digest_of
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.place import Place
from bordersim.results.valuation.formulas import with_valued
from bordersim.results.valuation.rates import Rates

REPLICATES = 50
ROUNDS = 5
TABLES = tuple(OF_TABLE)
SEED = 1


def table() -> str:
    """Measure and return the table: processor time, so that a busy machine disturbs little."""
    with tempfile.TemporaryDirectory() as folder:
        costs = {**_of_a_block(Path(folder)), **_of_a_report(folder)}
    engine = costs["engine"]
    rows = [[name, f"{1e3 * cost:.2f} ms", f"{cost / engine:.1%}"] for name, cost in costs.items()]
    together = sum(costs[name] for name in ("digest", "value", "store", "progress"))
    rows.append(
        ["**digest, value, store and progress**", f"{1e3 * together:.2f} ms", f"{together / engine:.1%}"]
    )
    header = ["what", "processor time a replicate", "share of the engine's"]
    return markdown("What is done beside simulating history_2021", header, rows)


def _of_a_block(folder: Path) -> dict[str, float]:
    """Measure what a worker does with a block."""
    scenario, place = load_scenario(["history_2021"]), Place(folder)
    world, rates = build_world(scenario), Rates(scenario.config)
    arrays = [arrays_of(simulate_block(world, SEED, i, 1)) for i in range(REPLICATES)]
    counted = [canonical(each, 0) for each in arrays]
    columns = [{**each, "daily": with_valued(each["daily"], rates)} for each in counted]
    made = Made(
        tuple(range(REPLICATES)),
        tuple(digest_of(each, i) for i, each in enumerate(columns)),
        narrowed(columns, TABLES),
    )

    def digest() -> None:
        for i, each in enumerate(arrays):
            digest_of(canonical(each, 0), i)

    def value() -> None:
        for each in counted:
            with_valued(each["daily"], rates)

    def store() -> None:
        narrowed(columns, TABLES)
        place.write("block.parquet", block_bytes(made, {}, TABLES))

    return {
        "engine": _seconds(lambda: simulate_block(world, SEED, 0, REPLICATES)),
        "digest": _seconds(digest),
        "value": _seconds(value),
        "store": _seconds(store),
    }


def _of_a_report(folder: str) -> dict[str, float]:
    """Measure what the main process does with a finished run of 200 replicates."""
    from bordersim.cli.progress import Progress

    scenario, count = load_scenario(["history_2021"]), 4 * REPLICATES
    made = run_experiment([scenario], Settings(count, out=folder, pictures=()))
    run = RunFolder.open(str(made.folder))
    with Progress() as progress:
        costs = {"progress": _seconds(lambda: progress(1, count), 4)}
    costs["daily, segments and stretches tables"] = _seconds(lambda: run.write_tables(made.results), 4)
    costs["plots and map (the same for any number of replicates)"] = _seconds(
        lambda: save_pictures(run.path, made, ("plots", "maps")), 4
    )
    return costs


def _seconds(call: Callable[[], object], blocks: int = 1) -> float:
    """Return the median processor time of a call for a replicate [s]."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return median(taken) / (blocks * REPLICATES)


if __name__ == "__main__":
    print(table())
