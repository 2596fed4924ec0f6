"""Calibrate: run the design of an exercise, compute its posterior, predict from it, score the prediction."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bordersim.cli.arguments import run_folder
from bordersim.cli.exercises import located, naming
from bordersim.cli.launch import settings_of
from bordersim.cli.options import FINE, PARTIAL, Options, with_fit
from bordersim.cli.screen import say, say_where, tell, warn
from bordersim.errors import BadInput
from bordersim.inputs.paths import user_path

if TYPE_CHECKING:
    from bordersim.analyses.exercise import Exercise
    from bordersim.experiments.settings import Settings
    from bordersim.results.draws import Draw
    from bordersim.results.experiment import Experiment


@with_fit
def calibrate(
    exercise: Annotated[Path, naming("order_2021")],
    options: Options,
    fit: Annotated[
        str | None,
        typer.Option(
            metavar="DIR", help="An earlier run of its design to continue from.", callback=run_folder
        ),
    ] = None,
) -> int:
    """Fit parameters to published figures. Then predicts the period after the fit and scores it."""
    from bordersim.analyses.calibration import POSTERIOR
    from bordersim.analyses.exercise import KEYS, read_exercise
    from bordersim.cli.progress import Progress

    started = time.monotonic()
    asked = read_exercise(located(exercise, KEYS))
    if options.dry_run:
        tell(_described(asked))
        return FINE
    with Progress() as progress:
        settings = settings_of(options, ("plots",), progress)
        failures, folder = _fitted(asked, fit, settings)
    places: list[object] = [folder]
    try:
        posterior = _posterior(folder, POSTERIOR, asked)
        with Progress() as progress:
            made = _predicted(asked, posterior, settings_of(options, ("plots",), progress))
        places.append(made.folder)
        _print(folder, made, options.json)
    finally:
        say_where(*places, seconds=time.monotonic() - started, as_json=options.json)
    for failure in (*failures, *made.failures):
        warn(f"failed: {failure}")
    return PARTIAL if failures or made.failures else FINE


def _described(exercise: Exercise) -> str:
    """Print what would be done."""
    return (
        f"would fit {exercise.name}: {exercise.draws} draws of {len(exercise.ranges)} parameters x"
        f" {exercise.replicates} replicates, {exercise.first} to {exercise.last}, on"
        f" {len(exercise.summaries)} figures; then predict to {exercise.predicted_to} with {exercise.kept}"
        f" draws x {exercise.kept_replicates} replicates"
    )


def _fitted(exercise: Exercise, fit: str | None, settings: Settings) -> tuple[list[str], str]:
    """Run the design, or resume a run of it; report failures and the folder."""
    from bordersim.analyses.analysis import calibration_of
    from bordersim.analyses.calibration import CALIBRATION, design_of

    asked = calibration_of(exercise, CALIBRATION)
    if fit is not None:
        fit = user_path(fit)
        return _gone_on(asked, fit, settings), fit
    settings = replace(settings, replicates=exercise.replicates, analysis=asked)
    done = _run(exercise, exercise.last, settings, design_of(exercise))
    return done.failures, str(done.folder)


def _gone_on(asked: dict[str, Any], fit: str, settings: Settings) -> list[str]:
    """Finish an earlier run of the design; refuse the run of another exercise."""
    import json

    from bordersim.api import resume_run
    from bordersim.results.store.folder import RunFolder
    from bordersim.results.store.manifest import COMPLETE

    folder = RunFolder.open(fit)
    if json.loads(json.dumps(asked)) != folder.manifest.get("analysis"):
        raise BadInput(f"--fit {fit}: is the run of another exercise, or of one that was changed since")
    if folder.manifest.get("status") == COMPLETE:
        return []
    return resume_run(fit, settings).failures


def _posterior(folder: str, name: str, exercise: Exercise) -> list[Draw]:
    """Read the draws of a posterior from the folder of its run, which may be a URL."""
    from bordersim.analyses.drawfile import draws_in, read_draws
    from bordersim.analyses.exercise import loaded
    from bordersim.results.store.folder import RunFolder

    place, scenario = RunFolder.open(folder).place, loaded(exercise, exercise.predicted_to)
    if place.is_local:
        return read_draws(place.path / name, [scenario])
    try:
        data = place.read(name)
    except OSError as error:
        raise BadInput(f"{place}/{name}: cannot be read: {error}") from None
    return draws_in(data, f"{place}/{name}", [scenario])


def _predicted(exercise: Exercise, draws: list[Draw], settings: Settings) -> Experiment:
    """Simulate the draws of the posterior over the days of the fit and after."""
    from bordersim.analyses.analysis import calibration_of
    from bordersim.analyses.prediction import PREDICTION

    asked = calibration_of(exercise, PREDICTION)
    settings = replace(settings, replicates=exercise.kept_replicates, analysis=asked)
    return _run(exercise, exercise.predicted_to, settings, draws)


def _run(exercise: Exercise, end: Any, settings: Settings, draws: list[Draw]) -> Experiment:
    """Run draws of an exercise until a day; every draw has its own random numbers."""
    from bordersim.analyses.exercise import loaded
    from bordersim.api import run_experiment
    from bordersim.results.experiment import DAYS_ALONE

    settings = replace(settings, keep=DAYS_ALONE, own_chance=True)
    return run_experiment([loaded(exercise, end)], settings, exercise.sets(end), draws)


def _print(fit: str, made: Experiment, as_json: bool) -> None:
    """Print what was identified and the scorecard."""
    import pandas as pd

    from bordersim.analyses.calibration import IDENTIFIED
    from bordersim.limits import LIMITS_OF_USE
    from bordersim.results.csv_tables import read_csv

    tables = {"identified": f"{fit}/{IDENTIFIED}", "scorecard": f"{made.folder}/scorecard.csv"}
    frames = {name: read_csv(path) for name, path in tables.items()}
    if as_json:
        import json

        say(json.dumps({name: json.loads(each.to_json(orient="records")) for name, each in frames.items()}))
        return
    with pd.option_context("display.width", 180, "display.max_rows", None, "display.max_columns", None):
        say(frames["identified"].to_string(index=False, float_format=lambda value: f"{value:.4g}"))
    say((Path(str(made.folder)) / "scorecard.md").read_text(encoding="utf-8"))
    tell(LIMITS_OF_USE)
