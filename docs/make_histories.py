"""The histories that come with the package: ``make histories``: hours; it goes on where it was stopped.

Every exercise called given_... is carried out in results/histories/, anew only if the model or the exercise
changed. What answers need of it, and what says how good they are, is copied to scenarios/given/. Where the
sources of the model changed and every history still lives as it did, to the bit, they are confirmed instead.
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from bordersim import run
from bordersim.analyses.assimilation.exercise import Exercise, read_exercise
from bordersim.analyses.assimilation.run import found
from bordersim.experiments.settings import Settings
from bordersim.results.store import provenance
from bordersim.results.store.files import save_text
from bordersim.results.store.names import SCENARIOS
from bordersim.results.store.scenario_files import scenarios_json
from bordersim.words.codes import COUNTRIES
from docs.make_left_out import error
from docs.make_tables import DOCS, fill, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EXERCISES, SHIPPED = Path("scenarios/exercises"), Path("scenarios/given")
RESULTS = Path("results/histories")
COPIED = ("manifest.json", "scenarios.json", "posterior*.parquet", "*.csv", "summary.md")
PAGE = DOCS / "given-what-happened.md"
HEADER = (
    *("scenario", "windows in the 90 % range", "error LT", "error LV", "error PL"),
    *("sets of values", "kinds of luck in every month", "correlation"),
)
DIGESTS = "digests.txt"  # of each history under its own policy, a line each


def ship(made: Path, exercise: Exercise) -> None:
    """Copy what answers need of a finished run; its blocks stay where they are."""
    target = SHIPPED / exercise.scenario
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in sorted(path for pattern in COPIED for path in made.glob(pattern)):
        shutil.copy(path, target)
    save_text(target / DIGESTS, lived(target, exercise))


def lived(target: Path, exercise: Exercise) -> str:
    """Run all histories under their own policy; return the digest of each."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        days = {**exercise.sets, "period.end": str(exercise.ends[-1])}
        result = run(exercise.scenario, values=str(target), set=days)
    return "".join(f"{digest}\n" for digest in result.replicate_digests)


def confirmed(exercise: Exercise) -> bool:
    """Return whether the shipped histories are of this exercise and live as they did; then say so in them.

    What they were simulated with is written anew, since names of values change.
    """
    target = SHIPPED / exercise.scenario
    if not (target / DIGESTS).exists():
        return False
    about = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    if about["analysis"] != exercise.plain():
        return False
    told = exercise.loaded(exercise.ends[-1])
    save_text(target / SCENARIOS, scenarios_json([told]))
    if lived(target, exercise) != (target / DIGESTS).read_text(encoding="utf-8"):
        return False
    about["hashes"] |= {"model": provenance.model_hash(), "data": provenance.data_hash()}
    about["hashes"]["config"] = {told.name: told.digest}
    save_text(target / "manifest.json", json.dumps(about, indent=1) + "\n")
    return True


def make(paths: Iterable[Path], settings: Settings) -> None:
    """Confirm the histories of exercises, or make and ship them."""
    for exercise in map(read_exercise, paths):
        if not confirmed(exercise):
            ship(found(exercise, settings), exercise)
        target = SHIPPED / exercise.scenario
        print((target / "summary.md").read_text(encoding="utf-8"), target, sep="", flush=True)


def rows() -> Iterator[tuple[str, ...]]:
    """Yield how well the shipped histories of a scenario agree with the record, and their worth."""
    import pandas as pd

    for folder in sorted(path.parent for path in SHIPPED.glob(f"*/{DIGESTS}")):
        used = pd.read_csv(folder / "windows.csv").query("used")
        worth = pd.read_csv(folder / "independence.csv").iloc[0]
        keys = int(pd.read_csv(folder / "ancestors.csv")["ancestors"].min())
        inside = f"{int(used['modelled_inside'].sum())} of {len(used)}"
        errors = (error(used[used["country"] == country]) for country in COUNTRIES)
        sets = f"{worth['sets']:.0f}, worth {worth['worth']:.0f}"
        yield folder.name, inside, *errors, sets, str(keys), f"{worth['correlation_with_half_way']:.2f}"


def main() -> None:
    """Make the histories of all exercises, or of some."""
    ask = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    ask.add_argument("exercises", nargs="*", type=Path)
    ask.add_argument("--workers", type=int)
    asked = ask.parse_args()
    settings = Settings(workers=asked.workers, out=RESULTS, command="make histories")
    make(asked.exercises or sorted(EXERCISES.glob("given_*.yaml")), settings)
    fill(PAGE, "years", table(HEADER, rows()), "docs/make_histories.py")


if __name__ == "__main__":
    main()
