"""The histories that come with the package: ``make histories``: hours; it goes on where it was stopped.

Every exercise called given_... is carried out in results/histories/, anew only if the model or the exercise
changed. What answers need of it, and what says how good they are, is copied to scenarios/given/.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from bordersim.analyses.assimilation.exercise import Exercise, read_exercise
from bordersim.analyses.assimilation.run import assimilate, gone_on
from bordersim.experiments.settings import Settings
from bordersim.results.store import provenance
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.manifest import COMPLETE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EXERCISES, SHIPPED = Path("scenarios/exercises"), Path("scenarios/given")
RESULTS = Path("results/histories")
COPIED = ("manifest.json", "scenarios.json", "posterior*.parquet", "*.csv", "summary.md")


def run_of(exercise: Exercise, settings: Settings) -> Path:
    """Return the finished run of an exercise; carry it out, or on, if there is none of this model."""
    begun = [folder for folder in _runs(exercise) if _is_same(folder, exercise)]
    ended = [folder for folder in begun if folder.manifest["status"] == COMPLETE]
    if ended:
        return Path(ended[-1].location)
    made = gone_on(begun[-1].location, settings) if begun else assimilate(exercise, settings)
    return Path(made.folder)


def _runs(exercise: Exercise) -> Iterator[RunFolder]:
    """Yield the runs of an exercise that were begun, the oldest first."""
    manifests = sorted((RESULTS / exercise.name).glob("*/manifest.json"))
    return (RunFolder.open(each.parent) for each in manifests)


def _is_same(folder: RunFolder, exercise: Exercise) -> bool:
    """Return whether a run is of this exercise and of the model as it is."""
    hashes = folder.manifest["hashes"]
    now = (exercise.plain(), provenance.model_hash(), provenance.data_hash())
    return (folder.manifest["analysis"], hashes["model"], hashes["data"]) == now


def ship(run: Path, scenario: str) -> Path:
    """Copy what answers need of a finished run; its blocks stay where they are."""
    target = SHIPPED / scenario
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in sorted(path for pattern in COPIED for path in run.glob(pattern)):
        shutil.copy(path, target)
    return target


def make(paths: Iterable[Path], settings: Settings) -> None:
    """Carry out exercises and ship their histories."""
    for path in paths:
        exercise = read_exercise(path)
        target = ship(run_of(exercise, settings), exercise.scenario)
        print((target / "summary.md").read_text(encoding="utf-8"), target, sep="", flush=True)


def main() -> None:
    """Make the histories of all exercises, or of some."""
    ask = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    ask.add_argument("exercises", nargs="*", type=Path)
    ask.add_argument("--workers", type=int)
    asked = ask.parse_args()
    settings = Settings(workers=asked.workers, out=RESULTS, command="make histories")
    make(asked.exercises or sorted(EXERCISES.glob("given_*.yaml")), settings)


if __name__ == "__main__":
    main()
