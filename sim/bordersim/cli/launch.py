"""The course of a command: load, run, print the results; the time and the path are the last lines."""

from __future__ import annotations

import shlex
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from bordersim.cli.options import FINE, PARTIAL, Options
from bordersim.cli.screen import say, say_where, warn
from bordersim.cli.standing import refuse_lost
from bordersim.cli.window import WHOLE, View
from bordersim.errors import BadInput
from bordersim.words.escaping import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bordersim.cli.asked import Asked
    from bordersim.cli.progress import Progress
    from bordersim.cli.until import Until
    from bordersim.experiments.settings import Settings
    from bordersim.inputs import Scenario
    from bordersim.results.draws import Draw
    from bordersim.results.experiment import Experiment

FORGOTTEN = "memory://"
PICTURES = ("plots", "maps")


class Shown(Protocol):
    """An analysis requested, and how what is found is shown."""

    @property
    def analysis(self) -> Mapping[str, Any]:
        """The request as plain data."""

    def show(self, experiment: Experiment) -> None:
        """Print what was found."""

    def json_text(self, experiment: Experiment, seconds: float) -> str:
        """Write what was found as JSON."""


def loaded_scenarios(names: list[str], options: Options) -> tuple[list[Scenario], dict[str, object]]:
    """Load scenarios with the values of ``--set``."""
    from bordersim.inputs import parse_sets
    from bordersim.inputs.loading import load, with_seed

    sets = with_seed(parse_sets(options.set or []), options.seed)
    loaded = [load(name, sets) for name in names]
    tell_notes(loaded)
    return loaded, sets


def tell_notes(loaded: Iterable[Scenario]) -> None:
    """Say what is allowed and should be known, each note once."""
    for note in dict.fromkeys(note for scenario in loaded for note in scenario.notes):
        warn(f"note: {note}")


def show_run(
    loaded: list[Scenario],
    sets: dict[str, object],
    options: Options,
    pictures: tuple[str, ...] = PICTURES,
    until: Until | None = None,
    view: View = WHOLE,
) -> int:
    """Run loaded scenarios and print the results."""
    from bordersim.cli.until import ONCE, call_of, dry_run

    until = until or ONCE
    until.refuse(options.replicates)
    call = call_of(loaded, sets, until)
    if options.dry_run:
        return dry_run(loaded, sets, settings_of(options, pictures), until=until, as_json=options.json)
    return go(call, options, pictures, view)


def run_draws(
    loaded: list[Scenario], sets: dict[str, object], asked: Asked, options: Options, replicates: int
) -> int:
    """Run draws on top of scenarios and print the findings."""

    def changed(settings: Settings) -> Settings:
        return replace(settings, replicates=replicates, keep="totals", analysis=asked.analysis)

    return carry_out(loaded, sets, asked.draws, options, ("plots",), changed, asked)


def carry_out(
    loaded: list[Scenario],
    sets: dict[str, object],
    draws: Sequence[Draw],
    options: Options,
    pictures: tuple[str, ...],
    changed: Callable[[Settings], Settings],
    asked: Shown | View = WHOLE,
) -> int:
    """Run draws, or say what it would cost; `changed` says how, where it is not as usual."""
    from bordersim.api import run_experiment
    from bordersim.cli.until import dry_run

    if options.dry_run:
        settings = changed(settings_of(options, pictures))
        return dry_run(loaded, sets, settings, draws, as_json=options.json)

    def call(settings: Settings) -> Experiment:
        return run_experiment(loaded, changed(settings), sets, draws)

    return go(call, options, pictures, asked)


def go(
    call: Callable[[Settings], Experiment],
    options: Options,
    pictures: tuple[str, ...] = PICTURES,
    asked: Shown | View = WHOLE,
) -> int:
    """Run, resume or expand with progress and print the results; time and path are the last lines."""
    from bordersim.cli.printed import map_path
    from bordersim.cli.progress import Progress

    started = time.monotonic()
    with Progress() as progress:
        experiment = call(settings_of(options, pictures, progress))
    seconds = time.monotonic() - started
    try:
        if options.json:
            say(asked.json_text(experiment, seconds))
        else:
            asked.show(experiment)
    finally:  # whatever happens to the tables, where they are kept is told
        place = map_path(experiment) if pictures == ("maps",) else experiment.folder
        say_where(place, seconds=seconds, as_json=options.json)
    return PARTIAL if experiment.failures else FINE


def typed() -> str:
    """Return what the user typed, quoted for a shell."""
    return visible(shlex.join(["bordersim", *sys.argv[1:]]))


def settings_of(options: Options, pictures: tuple[str, ...], progress: Progress | None = None) -> Settings:
    """Return the settings of a run."""
    from bordersim.experiments.settings import Settings

    if options.out.startswith(FORGOTTEN):
        raise BadInput(
            f"--out {options.out}: memory:// is lost when the command ends; use it from Python only"
        )
    refuse_lost(options.out)
    return Settings(
        replicates=options.replicates,
        workers=options.workers,
        cluster=options.cluster,
        out=options.out,
        pictures=() if options.no_plots and pictures != ("maps",) else pictures,
        command=typed(),
        progress=progress,
        on_error=options.on_error.value,
        tell=progress.tell if progress else None,
    )
