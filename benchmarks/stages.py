"""The stages of a comparison, from the first import to the last picture."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.timing import ROUNDS, Taken, cpu, in_turn, markdown
from benchmarks.worlds import SEED, world_of
from bordersim.api import run_experiment
from bordersim.experiments.settings import Settings
from bordersim.inputs import load_scenario
from bordersim.model.engine import new_state, simulate_block

NAMES = ("no_turn_back_2021", "history_2021")
REPLICATES = 200
FIRST = """
import time
from bordersim.inputs import load_scenario
from bordersim.model.world import build_world
from bordersim.model.engine import simulate_block
world, start = build_world(load_scenario(["history_2021"])), time.process_time()
simulate_block(world, 1, 0, 1)
print(time.process_time() - start)
"""
IMPORTS = (
    "import pandas, pyarrow.parquet, matplotlib.pyplot, bordersim.api, bordersim.model.engine, "
    "bordersim.report.files"
)


def table(rounds: int = ROUNDS, replicates: int = REPLICATES, cold: bool = True) -> str:
    """Measure and return the table."""
    runs = _runs(rounds, replicates)
    engine = cpu(runs["engine"])
    beside = _more(runs["pictures"], runs["engine"], runs["load"])
    stages = {
        "import of everything, by a process of its own": cpu(runs["import"]),
        "compile, by a process of its own with an empty cache": _compile() if cold else None,
        "load scenarios and land": cpu(runs["load"]),
        "engine": engine,
        "of it population, barriers and patrols": cpu(runs["population"]),
        "digests and differences": _more(runs["memory"], runs["engine"], runs["load"]),
        "store, tables and summary": _more(runs["stored"], runs["memory"]),
        "plots and maps": _more(runs["pictures"], runs["stored"]),
        "**store, summarise and plot together**": beside,
    }
    rows = [
        [name, f"{seconds:.2f} s", f"{seconds / engine:.0%}"]
        for name, seconds in stages.items()
        if seconds is not None
    ]
    title = f"Stages of a comparison: {' and '.join(NAMES)}, {replicates} replicates each"
    return markdown(title, ["stage", "processor time", "of the engine's"], rows)


def _runs(rounds: int, replicates: int) -> dict[str, list[Taken]]:
    """Measure what can be measured in turn: each stage alone, or the whole with one stage more."""
    scenarios = [load_scenario([name]) for name in NAMES]
    worlds = [world_of(name) for name in NAMES]
    with tempfile.TemporaryDirectory() as folder:
        stored, out = Settings(replicates, out=Path(folder), pictures=()), Path(folder)
        return in_turn(
            {
                "import": lambda: subprocess.run([sys.executable, "-c", IMPORTS], check=True),
                "load": lambda: [world_of(name) for name in NAMES],
                "engine": lambda: [simulate_block(world, SEED, 0, replicates) for world in worlds],
                "population": lambda: [
                    new_state(w.arrays, SEED, i) for w in worlds for i in range(replicates)
                ],
                "memory": lambda: run_experiment(scenarios, Settings(replicates)),
                "stored": lambda: run_experiment(scenarios, stored),
                "pictures": lambda: run_experiment(scenarios, Settings(replicates, out=out)),
            },
            rounds,
        )


def _more(all_of_it: list[Taken], *without: list[Taken]) -> float:
    """Return the median of what one call took more than others together, round by round [s]."""
    rounds = zip(all_of_it, *without, strict=True)
    return median(whole.cpu - sum(part.cpu for part in parts) for whole, *parts in rounds)


def _compile() -> float:
    """Return how much longer the first replicate takes with nothing in the cache than with all of it [s]."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = _first_replicate(folder), _first_replicate(folder)
    return first - second


def _first_replicate(cache: str) -> float:
    """Return the processor time of the first replicate of a process [s]."""
    environment = {**os.environ, "XDG_CACHE_HOME": cache}
    environment.pop("NUMBA_CACHE_DIR", None)  # this process has set it to its own
    command = [sys.executable, "-c", FIRST]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return float(done.stdout)
