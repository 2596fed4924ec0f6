"""What common random numbers save in a sensitivity analysis: `python -m benchmarks.common_numbers [designs]`.

The same Sobol analysis is repeated with other designs and other seeds, once with the same replicates in all
draws and once with replicates of its own for every draw. How much an index varies from one repetition to the
next is its error. The ratio of the variances is how many times as many draws the dearer way needs.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from sim.engine import simulate_block
from sim.ensemble import default_workers
from sim.experiments.answers import wanted_figures
from sim.experiments.indices import Index, indices_of
from sim.experiments.ranges import range_of_parameter
from sim.experiments.sensitivity import Question
from sim.scenario import Scenario, load_scenario
from sim.world import build_world

KEYS = (
    *("choice.price_weight_per_1000_eur", "choice.chance_weight"),
    *("detect.patrol_pass_probability", "cross.clear_h"),
)
FIGURES = wanted_figures([])
DESIGNS, BASE_POINTS, REPLICATES = 10, 64, 2


def totals(
    scenario: Scenario, draw: dict[str, object], seed: int, first: int
) -> tuple[np.ndarray, np.ndarray]:
    """Simulate a draw for its sums over days."""
    block = simulate_block(build_world(scenario.with_values(draw)), seed, first, REPLICATES)
    return block.daily.sum(axis=1), block.people


def indices(scenario: Scenario, design: int, common: bool) -> list[list[Index]]:
    """Return the indices of every figure from one design."""
    ranges = tuple(range_of_parameter([scenario], key) for key in KEYS)
    question = Question("sobol", BASE_POINTS, ranges, design)
    draws, shares = question.draws(), question.shares()

    def made(number: int) -> tuple[np.ndarray, np.ndarray]:
        return totals(scenario, dict(draws[number]), design, 0 if common else number * REPLICATES)

    with ThreadPoolExecutor(default_workers()) as executor:
        results = list(executor.map(made, range(len(draws))))
    return [list(indices_of("sobol", KEYS, shares, figure, design)) for figure in figures_of(results)]


def figures_of(results: list[tuple[np.ndarray, np.ndarray]]) -> list[np.ndarray]:
    """Return the mean of every watched figure in every draw."""
    from sim.ledgers import figures

    shape = len(results), REPLICATES
    flat = figures(*(np.concatenate(column) for column in zip(*results, strict=True)))
    named = {(each.metric, each.country): values for each, values in flat.items()}
    return [named[each.metric, each.country].reshape(shape).mean(axis=1) for each in FIGURES]


def main(designs: int) -> None:
    """Print the table of docs/experiments-sweeps.md."""
    scenario = load_scenario(["history_2021"])
    values = {
        common: np.array(
            [[[i.value for i in one] for one in indices(scenario, d, common)] for d in range(designs)]
        )
        for common in (True, False)
    }
    print(f"{designs} designs of {BASE_POINTS * (len(KEYS) + 2)} draws, {REPLICATES} replicates each")
    print(
        "| figure | index | sd, common | sd, own | times as many draws | mean sum, common | mean sum, own |"
    )
    print("|---|---|---:|---:|---:|---:|---:|")
    for f, figure in enumerate(FIGURES):
        for m, measure in enumerate(("total", "first order")):
            part = slice(m * len(KEYS), (m + 1) * len(KEYS))
            variance = {
                common: each[:, f, part].var(axis=0, ddof=1).mean() for common, each in values.items()
            }
            sums = {common: each[:, f, part].sum(axis=1).mean() for common, each in values.items()}
            sds = f"{variance[True] ** 0.5:.3f} | {variance[False] ** 0.5:.3f}"
            ratio = f"{variance[False] / variance[True]:.1f}"
            print(
                f"| {figure} | {measure} | {sds} | {ratio} | {sums[True]:.2f} | {sums[False]:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DESIGNS)
