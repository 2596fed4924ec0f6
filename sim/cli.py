"""The commands: read the options, call one function, print where it went.

Only typer is imported here; every command imports what it needs, so that help, `show` and `scenarios`
come at once.
"""

from __future__ import annotations

import functools
import shlex
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands import arguments
from sim.commands.options import FAILED, FINE, PARTIAL, Options, with_exit_codes, with_options
from sim.limits import LIMITS_OF_USE

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.commands.drawn import Asked
    from sim.commands.progress import Progress
    from sim.experiment import Experiment, Settings
    from sim.scenario import Scenario

app = typer.Typer(
    name="bordersim",
    help=f"Compare border policies on the Lithuania-Belarus border.\n\n{LIMITS_OF_USE}",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

HOW = ("workers", "cluster", "on_error", "json", "debug", "no_plots")
with_how = functools.partial(with_options, names=HOW)
with_draws = functools.partial(with_options, names=("seed", "set", "out", *HOW, "dry_run"))


@app.command()
@with_options
def run(
    scenarios: arguments.Names,
    options: Options,
    until_halfwidth: arguments.Until = None,
    max_replicates: arguments.Most = arguments.MOST_REPLICATES,
    metric: arguments.Metric = None,
) -> int:
    """Run one scenario: totals with their spread, tables, plots and a map."""
    until = (until_halfwidth, max_replicates, metric or [])
    return _experiment(["+".join(scenarios)], options, until=until)


@app.command()
@with_options
def compare(
    reference: arguments.Reference,
    scenarios: arguments.Others,
    options: Options,
    until_halfwidth: arguments.Until = None,
    max_replicates: arguments.Most = arguments.MOST_REPLICATES,
    metric: arguments.Metric = None,
) -> int:
    """Compare scenarios with a reference: paired differences (scenario minus reference) in four ledgers."""
    until = (until_halfwidth, max_replicates, metric or [])
    return _experiment([reference, *scenarios], options, until=until)


@app.command()
@with_draws
def sweep(
    scenarios: arguments.Several,
    options: Options,
    vary: arguments.Vary = None,
    draws: arguments.Listed = None,
    design: arguments.Design = "grid",
    samples: arguments.Samples = None,
    replicates: arguments.Repetitions = 20,
    metric: arguments.Metric = None,
) -> int:
    """Run scenarios with other values: a grid, a list, a Latin hypercube or a Sobol sequence of draws."""
    from sim.commands.drawn import asked_sweep

    loaded, sets = _loaded(scenarios, options)
    asked = asked_sweep(loaded, vary or [], draws, design, samples, metric or [])
    return _drawn(loaded, sets, asked, options, replicates)


@app.command()
@with_draws
def sensitivity(
    scenarios: arguments.Several,
    options: Options,
    method: Annotated[str, typer.Option(metavar="morris|sobol", help="Screening, or shares.")] = "sobol",
    samples: Annotated[int | None, typer.Option(min=1, help="Base points, or trajectories.")] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY,KEY", help="Keys, a confidence (like calibrated), or all; -KEY leaves out."
        ),
    ] = None,
    vary: arguments.Vary = None,
    replicates: arguments.Repetitions = 4,
    metric: arguments.Metric = None,
) -> int:
    """Say which parameters matter: indices with half-widths, and whether the ranking of scenarios flips."""
    from sim.commands.drawn import asked_sensitivity

    loaded, sets = _loaded(scenarios, options)
    asked = asked_sensitivity(loaded, method, samples, parameters or [], vary or [], metric or [])
    return _drawn(loaded, sets, asked, options, replicates)


@app.command(name="map")
@with_options
def draw_map(scenarios: arguments.Names, options: Options) -> int:
    """Run one scenario and draw only its map; the last line is the picture."""
    return _experiment(["+".join(scenarios)], options, ("maps",))


@app.command()
@with_how
def resume(folder: arguments.Folder, options: Options) -> int:
    """Go on with a run that was stopped or killed: make exactly what is missing or damaged."""
    from sim.experiments.resume import resume

    return _go(lambda settings: resume(folder, settings), options)


@app.command()
@with_how
def expand(
    folder: arguments.Folder,
    replicates: arguments.InAll,
    options: Options,
) -> int:
    """Add replicates to a run; it ends as if all had been asked for at once."""
    from sim.experiments.resume import expand

    return _go(lambda settings: expand(folder, replicates, settings), options)


@app.command()
@with_how
def reproduce(
    folder: Annotated[str, typer.Argument(metavar="DIR|manifest.json", help="What is to be made again.")],
    options: Options,
    sample: Annotated[int | None, typer.Option(min=1, help="Only so many blocks, evenly spread.")] = None,
) -> int:
    """Make blocks of a run again, compare digests, say what differs; code 1 if a number does."""
    from sim.commands.progress import Progress
    from sim.commands.showing import print_reproduction
    from sim.experiments.reproduce import reproduce

    with Progress() as progress:
        made = reproduce(folder, _settings(options, (), progress), sample)
    print_reproduction(made, options.json)
    return FINE if made.is_same else FAILED


@app.command()
@with_exit_codes
def show(
    scenarios: arguments.Names,
    resolved: Annotated[bool, typer.Option("--resolved", help="Show every value.")] = False,
    origin: Annotated[bool, typer.Option("--origin", help="Show where each value comes from.")] = False,
    set: arguments.Sets = None,
) -> int:
    """Show a scenario: what it asks and what it changes, or all its values."""
    from sim.commands.explaining import described
    from sim.scenario import parse_sets
    from sim.scenario.loading import load

    scenario = load("+".join(scenarios), parse_sets(set or []))
    print(scenario.resolved_yaml(origins=origin) if resolved or origin else described(scenario), end="")
    return FINE


@app.command()
@with_exit_codes
def scenarios() -> int:
    """List the scenarios that can be named."""
    from sim.scenario import list_scenarios

    listed = list_scenarios()
    width = max((len(name) for name, _ in listed), default=0)
    for name, title in listed:
        print(f"{name:<{width}}  {title}")
    return FINE


@app.command()
@with_exit_codes
def explain(
    key: Annotated[str, typer.Argument(metavar="KEY", help="Like guards.LT.officers.")],
    scenario: Annotated[str, typer.Option(help="The scenario it is looked up in.")] = "history_2021",
) -> int:
    """Explain a value: unit, range, source, confidence, and where it is set."""
    from sim.commands.explaining import explained
    from sim.scenario.loading import load

    print(explained(load(scenario, {}).explain(key)), end="")
    return FINE


def _loaded(names: list[str], options: Options) -> tuple[list[Scenario], dict[str, object]]:
    """Load scenarios with the values that are set on top."""
    from sim.scenario import parse_sets
    from sim.scenario.loading import load, with_seed

    sets = with_seed(parse_sets(options.set or []), options.seed)
    return [load(name, sets) for name in names], sets


def _experiment(
    names: list[str],
    options: Options,
    pictures: tuple[str, ...] = ("plots", "maps"),
    until: tuple[str | None, int, list[str]] = (None, 0, []),
) -> int:
    """Run an experiment and print what came out; the time and the path are the last lines."""
    from sim.commands.stopping import call_of, dry_run

    loaded, sets = _loaded(names, options)
    call = call_of(loaded, sets, until)
    if options.dry_run:
        return dry_run(loaded, sets, _settings(options, pictures), until=until)
    return _go(call, options, pictures)


def _drawn(
    loaded: list[Scenario], sets: dict[str, object], asked: Asked, options: Options, replicates: int
) -> int:
    """Run draws on top of scenarios and print what was found."""
    from sim.commands.stopping import dry_run
    from sim.running import run_experiment

    def changed(settings: Settings) -> Settings:
        return replace(settings, replicates=replicates, keep="totals", analysis=asked.analysis)

    if options.dry_run:
        return dry_run(loaded, sets, changed(_settings(options, ("plots",))), asked.draws)

    def call(settings: Settings) -> Experiment:
        return run_experiment(loaded, changed(settings), sets, asked.draws)

    return _go(call, options, ("plots",), asked)


def _go(
    call: Callable[[Settings], Experiment],
    options: Options,
    pictures: tuple[str, ...] = ("plots", "maps"),
    asked: Asked | None = None,
) -> int:
    """Run, resume or expand with progress and print what came out; time and path are the last lines."""
    from sim.commands.progress import Progress
    from sim.commands.showing import json_text, map_path, print_tables

    started = time.monotonic()
    with Progress() as progress:
        experiment = call(_settings(options, pictures, progress))
    seconds = time.monotonic() - started
    if options.json:
        print((asked.json_text if asked else json_text)(experiment, seconds))
    else:
        (asked.show if asked else print_tables)(experiment)
        print(f"{seconds:.1f} s")
        print(map_path(experiment) if pictures == ("maps",) else experiment.folder)
    return PARTIAL if experiment.failures else FINE


def _settings(options: Options, pictures: tuple[str, ...], progress: Progress | None = None) -> Settings:
    """Say how to run."""
    from sim.experiment import Settings

    return Settings(
        replicates=options.replicates,
        workers=options.workers,
        cluster=options.cluster,
        out=options.out,
        pictures=() if options.no_plots and pictures != ("maps",) else pictures,
        command=shlex.join(["bordersim", *sys.argv[1:]]),
        progress=progress,
        on_error=options.on_error.value,
        tell=progress.tell if progress else None,
    )


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
