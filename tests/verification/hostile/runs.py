"""Folders of runs: made once with the stand-in for the engine, then copied, changed and gone on with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hostile import folders, kinds, rows, seeds, texts
from hostile.kinds import CHANGES, Kind, history

DAYS = {"period.end": "2021-05-07"}
KEPT = {"kept.txt": "mine", "other.part": "mine too", "a/b.parquet": "x", "manifest.json": "{}"}
OF_FOLDERS = ("blocks", "resume", "reproduce", "validate", "posterior")
OWN = ("notes.txt", "blocks/notes.txt")  # no file of a run has such a name


@cache
def finished() -> tuple[Path, Path, Path]:
    """Make the runs that are copied: of one scenario, of a pair, of a scenario with draws."""
    from bordersim.analyses.analysis import sweep_of
    from bordersim.api import run_experiment
    from bordersim.experiments.settings import Settings
    from bordersim.inputs.loading import load

    root = Path("made").absolute()
    how: dict[str, Any] = {"out": str(root), "workers": 1, "pictures": (), "block_replicates": 2}
    pair = [history(), load("no_escorts_2021", DAYS)]
    drawn = [{"guards.LT.officers": 500}, {"guards.LT.officers": 900}]
    asked = sweep_of("list", ["attempts:LT"], [])
    made = (
        run_experiment(pair[:1], Settings(5, **how), DAYS),
        run_experiment(pair, Settings(3, **how), DAYS),
        run_experiment(pair[:1], Settings(2, keep="totals", analysis=asked, **how), DAYS, drawn),
    )
    one, two, three = (Path(str(each.folder)).absolute() for each in made)
    return one, two, three


def _copy(chance: Random) -> tuple[Path, Path]:
    """Copy a run to where it may be spoiled, with files beside it that are no business of a run."""
    original = chance.choice(finished())
    for name, text in KEPT.items():
        path = Path("outside") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    shutil.copytree(original, "run")
    return original, Path("run")


def _check_outside() -> None:
    """Nothing beside the run may be touched, whatever links the folder holds."""
    there = {
        path.relative_to("outside").as_posix(): path.read_text() for path in Path("outside").rglob("*.*")
    }
    assert there == KEPT, f"files outside the run were changed: {sorted(there)}"


def _results(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["results"]


def _gone_on(folder: Path, original: Path, is_same: bool) -> None:
    from bordersim.api import resume_run
    from bordersim.errors import BadInput
    from bordersim.experiments.settings import Settings

    own = [name for name in OWN if (folder / name).is_file()]
    try:
        resume_run(str(folder), Settings(workers=1))
        if is_same:
            assert _results(folder) == _results(original), "went on to other results than the undisturbed run"
    except BadInput as error:
        if not is_same:
            raise
        raise AssertionError(f"a block that was changed has to be made again: {error}") from error
    finally:
        _check_outside()
        lost = [name for name in own if not (folder / name).is_file()]
        assert not lost, f"files of the user are gone: {lost}"


def blocks(chance: Random) -> tuple[str, Callable[[], object]]:
    """A run whose blocks alone were changed: it is made whole again."""
    original, folder = _copy(chance)
    outside = Path("outside").absolute()
    said = [folders.tamper_blocks(folder, outside, chance) for _ in range(chance.choice((1, 1, 2)))]
    return ", ".join(said), lambda: _gone_on(folder, original, True)


def resumed(chance: Random) -> tuple[str, Callable[[], object]]:
    """A run of which anything was changed."""
    original, folder = _copy(chance)
    return _tampered(folder, chance), lambda: _gone_on(folder, original, False)


def _tampered(folder: Path, chance: Random) -> str:
    outside = Path("outside").absolute()
    return ", ".join(folders.tamper(folder, outside, chance) for _ in range(chance.choice((1, 1, 1, 2, 3))))


def reproduced(chance: Random) -> tuple[str, Callable[[], object]]:
    """A run that is made again to compare: from its folder, or from the manifest alone."""
    _, folder = _copy(chance)
    said, is_alone = _tampered(folder, chance), chance.random() < 0.4

    def call() -> None:
        from bordersim.experiments.reproduce import reproduce
        from bordersim.experiments.settings import Settings

        if is_alone and (folder / "manifest.json").exists():
            (folder / "manifest.json").rename("alone.json")
        reproduce("alone.json" if is_alone else str(folder), Settings(workers=1), 1)
        _check_outside()

    return said, call


def validated(chance: Random) -> tuple[str, Callable[[], object]]:
    """A run that is scored."""
    _, folder = _copy(chance)
    said = _tampered(folder, chance)

    def call() -> None:
        from bordersim.validation.recorded import is_run_folder, of_folder

        for recorded in of_folder(folder) if is_run_folder(str(folder)) else ():
            recorded.daily("attempts", "LT")

    return said, call


def posterior(chance: Random) -> tuple[str, Callable[[], object]]:
    """The posterior in the folder of a calibration."""
    _, folder = _copy(chance)
    data = rows.parquet_bytes({key: seeds.DRAWN[key] for key in list(seeds.DRAWN)[:2]}, chance)
    for _ in range(chance.choice((0, 0, *CHANGES))):
        data = texts.change(data, chance)
    said, _ = kinds.put(str(folder / "posterior.parquet"), ("columns or bytes changed", data), chance)
    return said, lambda: _predicted(folder)


def _predicted(folder: Path) -> None:
    from bordersim.analyses.calibration import POSTERIOR
    from bordersim.cli.calibrate import _posterior

    kinds.planned([history()], _posterior(str(folder), POSTERIOR, tiny()))


@cache
def tiny() -> Any:
    """Read the exercise whose posterior it is."""
    from bordersim.analyses.exercise import read_exercise

    path = Path("made/tiny.yaml")
    path.parent.mkdir(exist_ok=True)
    path.write_text(seeds.EXERCISE)
    return read_exercise(path)


KINDS = {
    "scenario": Kind(0.17, kinds.scenario),
    "combined": Kind(0.06, kinds.combined),
    "exercise": Kind(0.04, kinds.exercise),
    "assimilation": Kind(0.04, kinds.assimilation),
    "draws_csv": Kind(0.13, kinds.draws_csv),
    "draws_yaml": Kind(0.09, kinds.draws_yaml),
    "draws_parquet": Kind(0.13, kinds.draws_parquet),
    "observations": Kind(0.08, kinds.observations),
    "fitted": Kind(0.09, kinds.fitted),
    "set": Kind(0.08, kinds.sets),
    "vary": Kind(0.04, kinds.vary),
    "names": Kind(0.017, kinds.names),
    "blocks": Kind(0.006, blocks),
    "resume": Kind(0.011, resumed),
    "reproduce": Kind(0.006, reproduced),
    "validate": Kind(0.005, validated),
    "posterior": Kind(0.005, posterior),
}
