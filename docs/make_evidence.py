"""Is an effect found where the truth is known? ``make evidence``: hours; it goes on where it was stopped.

Each synthetic border is a file in results/evidence/, and in the end a line in docs/synthetic_borders.jsonl,
after one with the exercise. It is made anew only if the exercise changed, or the model did: then other things
are true of it. When all are there, the table in docs/validation.md is written.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.analyses.assimilation.exercise import Exercise, read_exercise
from bordersim.analyses.assimilation.synthetic import EFFECTS, Border, border, true_effect
from bordersim.results.ledgers import ALL
from bordersim.results.reach import reach
from bordersim.results.store import provenance
from bordersim.results.store.files import save_text
from bordersim.results.store.folder import hash_of
from bordersim.results.tested import FILE, Tested
from docs.make_tables import DOCS, fill, table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

EXERCISE, OTHER = Path("scenarios/exercises/synthetic_2021.yaml"), "no_turn_back_2021"
PAGE, RESULTS = DOCS / "validation.md", Path("results/evidence")
LINES = DOCS / "synthetic_borders.jsonl"
BORDERS, KEY = 40, 8
MIDDLE, MOST = 0.25, 0.05  # of right ranges, so many of what is true lie beyond either end
FALSE_ALARM, FAILS = 0.01, 0.05
HEADER = (
    *("effect of the order", "50 % intervals that hold the truth", "90 % intervals that hold the truth"),
    *("expected of 90 %", "width over the prior's", "error of the median over the prior's"),
)


def folder_of(exercise: Exercise) -> Path:
    """Return where the borders of an exercise are kept, as long as the model stays what it is."""
    return RESULTS / f"{exercise.name}-{key_of(exercise.plain(), OTHER)}"


def key_of(*asked: object) -> str:
    """Return a key of what is asked, which is another one where the model or its data are."""
    return hash_of([*asked, provenance.model_hash(), provenance.data_hash()])[:KEY]


def kept(exercise: Exercise, number: int) -> Border:
    """Return one border, made if it is not there."""
    path = folder_of(exercise) / f"{number:03d}.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        found = confirmed(exercise, number) or border(exercise, OTHER, number)
        save_text(path, json.dumps(found._asdict()) + "\n")
    return Border(**json.loads(path.read_text(encoding="utf-8")))


def confirmed(exercise: Exercise, number: int) -> Border | None:
    """Return what stands in docs/ of a border if it was asked the same, and the same is still true there."""
    there = shipped(asked_of(exercise)).get(number)
    return there if there and there.truth == true_effect(exercise, OTHER, number) else None


@cache
def shipped(asked: str) -> dict[int, Border]:
    """Return the borders that stand in docs/, by number, if they were asked this."""
    first, *others = LINES.read_text(encoding="utf-8").splitlines() if LINES.exists() else [""]
    borders = (Border(**json.loads(line)) for line in others) if first == asked else ()
    return {each.number: each for each in borders}


def asked_of(exercise: Exercise) -> str:
    """Return what every border is asked."""
    return json.dumps({"other": OTHER, "exercise": exercise.plain()}, allow_nan=False)


def ship(exercise: Exercise, borders: Iterable[Border]) -> None:
    """Write what was asked and what was found of each border, a line each."""
    lines = [asked_of(exercise), *(json.dumps(each._asdict()) for each in borders)]
    save_text(LINES, "\n".join(lines) + "\n")


def rows(borders: Sequence[Border]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each effect."""
    least, greatest = passed_by(len(borders))
    for i, name in enumerate(EFFECTS):
        truth, found = of_effect(borders, i)
        prior = [Found(np.array(each.prior)[:, i], len(each.prior)) for each in borders]
        counts = (f"{holds(truth, found, outside)} of {len(borders)}" for outside in (MIDDLE, MOST))
        narrower, nearer = np.median(widths(found) / widths(prior)), off(truth, found) / off(truth, prior)
        yield name, *counts, f"{least} to {greatest}", f"{narrower:.2f}", f"{nearer:.2f}"


def tested(borders: Sequence[Border]) -> Iterator[Tested]:
    """Yield what answers say of each effect."""
    least, most = passed_by(len(borders))
    for i, name in enumerate(EFFECTS):
        truth, found = of_effect(borders, i)
        held = holds(truth, found)
        metric, country = EFFECTS[name]
        far = round(times(truth, found), 2)
        yield Tested(name, metric, country or ALL, len(borders), held, least, most, far)


class Found(NamedTuple):
    """An effect in the histories of a border, and how many independent ones these are worth."""

    effects: Floats
    worth: float

    def ends(self, outside: float = MOST) -> list[float]:
        """Return the beginning, the median and the end of the range, as answers have it."""
        return reach(self.effects, self.worth, outside)


def of_effect(borders: Sequence[Border], i: int) -> tuple[Floats, list[Found]]:
    """Return what is true of an effect on each border, and what was found of it."""
    truth = np.array([each.truth[i] for each in borders])
    return truth, [Found(np.array(each.found)[:, i], each.worth) for each in borders]


def times(truth: Floats, found: Sequence[Found]) -> float:
    """Return how many times as far from the median the ends must be for the next truth to be within, in 90 %.

    That is the next larger of nine tenths of the distances there were, each over that of the end on its side
    (split conformal prediction, Vovk and others 2005).
    """
    low, middle, high = np.array([each.ends() for each in found]).T
    side = np.where(truth > middle, high - middle, middle - low)
    far = np.sort(np.abs(truth - middle) / np.maximum(side, np.finfo(float).tiny))
    place = min(int(np.ceil((1 - 2 * MOST) * (len(far) + 1))), len(far))
    return max(float(far[place - 1]), 1.0)


def widths(found: Sequence[Found]) -> Floats:
    """Return how wide the 90 % interval of each border is."""
    return np.array([np.ptp(each.ends()) for each in found])


def off(truth: Floats, found: Sequence[Found]) -> float:
    """Return how far medians are off the truth: the root of the mean square."""
    return float(np.sqrt(np.mean(np.square(truth - [np.median(each.effects) for each in found]))))


def holds(truth: Floats, found: Sequence[Found], outside: float = MOST) -> int:
    """Count the borders whose truth lies within the range of what was found."""
    low, _, high = np.array([each.ends(outside) for each in found]).T
    return int(((low <= truth) & (truth <= high)).sum())


def passed_by(borders: int) -> tuple[int, int]:
    """Return how many 90 % intervals must hold the truth; right ones fail in fewer than one test of 20."""
    from scipy.stats import binom

    return int(binom.ppf(FAILS, borders, 0.9)), borders


def expected(borders: int) -> tuple[int, int]:
    """Return how many right 90 % intervals hold the truth, but for one false alarm in a hundred."""
    from scipy.stats import binom

    low, high = binom.ppf((FALSE_ALARM / 2, 1 - FALSE_ALARM / 2), borders, 0.9)
    return int(low), int(high)


def main() -> None:
    """Make the borders that are not there and write the table."""
    import pandas as pd

    ask = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    ask.add_argument("--borders", type=int, default=BORDERS)
    ask.add_argument("--workers", type=int, default=2)
    asked, exercise = ask.parse_args(), read_exercise(EXERCISE)
    with ProcessPoolExecutor(asked.workers, multiprocessing.get_context("spawn")) as pool:
        made = [pool.submit(kept, exercise, number) for number in range(asked.borders)]
        for number, _ in enumerate(as_completed(made), 1):
            print(f"{number} of {asked.borders} borders are there", flush=True)
    borders = [each.result() for each in made]
    ship(exercise, borders)
    save_text(Path("scenarios", FILE), pd.DataFrame(tested(borders)).to_csv(index=False))
    text = table(HEADER, rows(borders))
    fill(PAGE, "synthetic_borders", text, "docs/make_evidence.py")
    print(text)


if __name__ == "__main__":
    main()
