"""Run folders of a week of two scenarios, made with the stand-in for the engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bordersim.api import run_experiment
from bordersim.experiments.settings import Settings
from bordersim.inputs import load_scenario
from bordersim.results.experiment import Experiment

WEEK = {"period.end": "2021-05-07"}
DRAWN = ({"guards.LT.officers": 400}, {"guards.LT.officers": 900})


def experiment(
    out: Path | str | None,
    replicates: Any = 120,
    draws: Any = ({},),
    names: tuple[str, ...] = ("week0", "week1"),
    **how: Any,
) -> Experiment:
    """Run a week of two scenarios that differ, without pictures unless they are asked for."""
    sets = ({}, {"cross.approach_h": 0.6}, {"cross.approach_h": 0.7})
    scenarios = [load_scenario(["history_2021"], WEEK | more) for more in sets[: len(names)]]
    named = [
        type(each)(**{**each.__dict__, "name": name}) for each, name in zip(scenarios, names, strict=True)
    ]
    settings = Settings(replicates, **({"out": out, "pictures": ()} | how))
    return run_experiment(named, settings, WEEK, draws)


def quietly(**how: Any) -> Settings:
    """Settings of a run that goes on."""
    return Settings(pictures=(), **how)


def folder_of(made: Experiment) -> Path:
    """Return its folder."""
    return Path(str(made.folder))


def blocks_of(made: Experiment) -> list[Path]:
    """Return its block files, in order."""
    return sorted((folder_of(made) / "blocks").iterdir())


def manifest_of(folder: Path) -> dict[str, Any]:
    """Read its manifest."""
    read: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return read


def whole(folder: Path) -> dict[str, Any]:
    """Return all that is in a folder: names, links, contents."""
    return {
        str(path.relative_to(folder)): path.readlink() if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }
