"""What common random numbers save in a sensitivity analysis: `python -m benchmarks.common_numbers STUDY`.

The same analysis is repeated with other chance, 10 times or as often as a second argument says: once with
the same replicates in all draws and once with replicates of its own for every draw. STUDY is morris or
sobol, with one design for all repetitions, so that all that varies is chance; or sobol-designs, where the
design is another each time, as a user would see it.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from bordersim.analyses.indices import indices_of
from bordersim.analyses.ranges import range_of_parameter
from bordersim.analyses.sensitivity import Question
from bordersim.experiments.pool import default_workers
from bordersim.inputs import Scenario, load_scenario
from bordersim.model.engine import simulate_block
from bordersim.model.world import build_world
from bordersim.results.by_draw import wanted_figures
from bordersim.results.ledgers import figures

KEYS = (
    *("choice.price_weight_per_1000_eur", "choice.chance_weight"),
    *("detect.patrol_pass_probability", "cross.clear_h"),
)
SMALL_KEY = "respond.handling_per_person_h"  # does next to nothing
FIGURES = wanted_figures([])
REPLICATES = 2
Sums = tuple[np.ndarray, np.ndarray]


class Study(NamedTuple):
    """An analysis, the base points or trajectories, and whether the design is another each time."""

    method: str
    samples: int
    keys: tuple[str, ...]
    new_designs: bool


STUDIES = {
    "morris": Study("morris", 8, (*KEYS, SMALL_KEY), False),
    "sobol": Study("sobol", 32, KEYS, False),
    "sobol-designs": Study("sobol", 64, KEYS, True),
}


def indices(scenario: Scenario, study: Study, time: int, common: bool) -> np.ndarray:
    """Return the indices of one repetition: figure, index."""
    ranges = tuple(range_of_parameter([scenario], key) for key in study.keys)
    question = Question(study.method, study.samples, ranges, time if study.new_designs else 0)
    draws, shares = question.draws(), question.shares()

    def made(number: int) -> Sums:
        world = build_world(scenario.with_values(draws[number]))
        block = simulate_block(world, time, 0 if common else number * REPLICATES, REPLICATES)
        return block.daily.sum(axis=1), block.people

    with ThreadPoolExecutor(default_workers()) as executor:
        results = list(executor.map(made, range(len(draws))))
    found = (indices_of(study.method, study.keys, shares, each, 0) for each in means_of(results))
    return np.array([[index.value for index in one] for one in found])


def means_of(results: list[Sums]) -> list[np.ndarray]:
    """Return the mean of every watched figure in every draw."""
    flat = figures(*(np.concatenate(column) for column in zip(*results, strict=True)))
    named = {(each.metric, each.country): values for each, values in flat.items()}
    return [named[each.metric, each.country].reshape(-1, REPLICATES).mean(axis=1) for each in FIGURES]


def main(name: str, times: int) -> None:
    """Print a table of docs/experiments-sweeps.md."""
    scenario, study = load_scenario(["history_2021"]), STUDIES[name]
    values = {c: np.array([indices(scenario, study, t, c) for t in range(times)]) for c in (True, False)}
    measures = ("mean change",) if study.method == "morris" else ("total", "first order")
    print(f"{name}, {times} times")
    print("| figure | index | sd, common | sd, own | variance, times | mean, common | mean, own |")
    print("|---|---|---:|---:|---:|---:|---:|")
    count = len(study.keys)
    for f, figure in enumerate(FIGURES):
        for m, measure in enumerate(measures):
            part = slice(m * count, (m + 1) * count)
            (same, own), (mean, mean_own) = (
                [each[:, f, part].var(axis=0, ddof=1).mean() for each in values.values()],
                [each[:, f, part].mean() for each in values.values()],
            )
            numbers = f"{same**0.5:.3g} | {own**0.5:.3g} | {own / same:.1f} | {mean:.3g} | {mean_own:.3g}"
            print(f"| {figure} | {measure} | {numbers} |")
            if study.method == "morris":
                low, high = (each[:, f, part][:, -1].mean() for each in values.values())
                print(f"| {figure} | mean change of {SMALL_KEY} | | | | {low:.3g} | {high:.3g} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10)
