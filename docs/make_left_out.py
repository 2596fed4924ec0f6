"""Windows left out: does the model say what it was not shown? ``python -m docs.make_left_out``: two hours.

Three random halves of the published windows of each year are kept from all filters and chains, each in turn.
Each half is a file in results/left_out/, made anew only if the model or the exercise changed. When all are
there, the table in docs/given-what-happened.md is written.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bordersim.analyses.assimilation.exercise import Exercise, read_exercise
from bordersim.analyses.assimilation.findings import windows
from bordersim.analyses.assimilation.posterior import daily_of
from bordersim.analyses.assimilation.relay import relay
from bordersim.analyses.assimilation.synthetic import here
from bordersim.words.codes import COUNTRIES
from docs.make_evidence import EXERCISE, expected, key_of
from docs.make_tables import DOCS, fill, table

if TYPE_CHECKING:
    import pandas as pd

PAGE, RESULTS = DOCS / "given-what-happened.md", Path("results/left_out")
GIVEN, LATER = Path("scenarios/exercises"), (2023, 2022, 2024, 2025)
# Less than for the histories that ship: there are fifteen halves.
EFFORT = {"rounds": ((4, 80), (6, 120)), "histories": 40, "sweeps": 4, "steps": 50}
SEED_OF_2021 = 40
SHARE, SEEDS = 0.5, (1, 2, 3)
FEW = 50  # events: below, a relative error says nothing
HEADER = (
    "border",
    "windows left out",
    "in the 90 % range",
    "expected",
    "median relative error",
    "due by the ranges",
    "used: error",
)
SETS, SIDES = 2000, 2 * 1.645  # of counts drawn; standard deviations from end to end of a 90 % range


def exercises() -> Iterator[Exercise]:
    """Yield the exercise of every year with that effort."""
    yield read_exercise(EXERCISE).model_copy(update=EFFORT | {"seed": SEED_OF_2021})
    for year in LATER:
        yield read_exercise(GIVEN / f"given_{year}.yaml").model_copy(update=EFFORT)


def half(exercise: Exercise, seed: int) -> Path:
    """Return the file of what was found of one half of the windows, made if it is not there."""
    own = exercise.model_copy(update={"left_out": SHARE, "left_out_seed": seed, "seed": exercise.seed + seed})
    path = RESULTS / f"{exercise.name}-{seed}-{key_of(own.plain())}.csv"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        reached = list(relay(own, here))[-1]
        daily = [daily_of(reached.study, each) for each in reached.histories]
        windows(own, reached, daily).to_csv(path, index=False)
    return path


def rows(found: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Yield a row for each border, and one for all."""
    for name in (*COUNTRIES, "all"):
        there = found if name == "all" else found[found["country"] == name]
        out, used = there[~there["used"]], there[there["used"]]
        least, greatest = expected(len(out))
        inside = int(out["modelled_inside"].sum())
        yield name, str(len(out)), str(inside), f"{least} to {greatest}", error(out), due(out), error(used)


def error(rows: pd.DataFrame) -> str:
    """Return the median relative error of the medians, of windows of at least a few events."""
    many = rows[rows["value"] >= FEW]
    off = (many["modelled_median"] - many["value"]).abs() / many["value"]
    return f"{off.median():.2f} ({len(many)})"


def due(rows: pd.DataFrame) -> str:
    """Return the same error of counts drawn from the ranges: the median, and where nine tenths of sets lie.

    Right medians with right ranges are that far off. The logarithm of a count and one is taken as normal.
    """
    middle, low, high = (np.log1p(rows[f"modelled_{end}"].to_numpy()) for end in ("median", "low", "high"))
    drawn = np.random.default_rng(len(rows)).normal(size=(SETS, len(rows)))
    counts = np.expm1(middle + (high - low) / SIDES * drawn)
    off = np.where(counts >= FEW, np.abs(np.expm1(middle) / counts.clip(min=1) - 1), np.nan)
    least, usual, most = np.quantile(np.nanmedian(off, axis=1), (0.05, 0.5, 0.95))
    return f"{usual:.2f} ({least:.2f} to {most:.2f})"


def main() -> None:
    """Make the halves that are not there and write the table."""
    import pandas as pd

    ask = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--years", type=int, default=1 + len(LATER))
    asked = ask.parse_args()
    each = [(exercise, seed) for exercise in list(exercises())[: asked.years] for seed in SEEDS]
    with ProcessPoolExecutor(asked.workers, multiprocessing.get_context("spawn")) as pool:
        paths = list(pool.map(half, *zip(*each, strict=True)))
    found = pd.concat([pd.read_csv(path) for path in paths])
    text = table(HEADER, rows(found))
    fill(PAGE, "left_out", text, "docs/make_left_out.py")
    print(text)


if __name__ == "__main__":
    main()
