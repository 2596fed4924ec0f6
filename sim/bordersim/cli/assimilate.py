"""Assimilate: find the histories that agree with the published record."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from bordersim.cli.exercises import located, naming
from bordersim.cli.launch import settings_of
from bordersim.cli.options import FINE, Options, with_fit
from bordersim.cli.screen import say, say_where, tell

if TYPE_CHECKING:
    from bordersim.analyses.assimilation.exercise import Exercise
    from bordersim.analyses.assimilation.posterior import Posterior

RUNS = "runs"  # of the model; what progress counts


@with_fit
def assimilate(
    exercise: Annotated[Path, naming("given_2021")],
    options: Options,
) -> int:
    """Find histories that agree with the record. Values, luck and the host state's mind together."""
    from bordersim.analyses.assimilation.exercise import KEYS, read_exercise
    from bordersim.analyses.assimilation.run import assimilate as carried_out
    from bordersim.cli.progress import Progress

    started = time.monotonic()
    asked = read_exercise(located(exercise, KEYS))
    if options.dry_run:
        tell(described(asked))
        return FINE
    with Progress(RUNS) as progress:
        found = carried_out(asked, settings_of(options, (), progress))
    show(found, options.json, time.monotonic() - started)
    return FINE


def show(found: Posterior, as_json: bool, seconds: float) -> None:
    """Print what was found; the time and the path are the last lines."""
    if as_json:
        import json

        say(json.dumps({"digest": found.digest, "sentences": found.sentences}))
    else:
        for sentence in found.sentences:
            tell(sentence)
    say_where(found.folder, seconds=seconds, as_json=as_json)


def described(exercise: Exercise) -> str:
    """Print what would be done."""
    rounds = ", ".join(f"{filters} filters of {particles}" for filters, particles in exercise.rounds)
    windows = len(exercise.study(exercise.ends[-1]).windows)
    return (
        f"would condition {exercise.scenario} on {windows} published windows up to {exercise.ends[-1]} in"
        f" {len(exercise.legs)} legs: {rounds}; then {exercise.histories} chains of"
        f" {exercise.sweeps * exercise.steps} changes each; {len(exercise.ranges)} values vary; about"
        f" {exercise.runs:,} runs of the model"
    )
