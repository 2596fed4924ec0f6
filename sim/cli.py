"""The commands: read the options, call one function, print where it went.

Only typer is imported here; every command imports what it needs, so that help, `show` and `scenarios`
come at once.
"""

from __future__ import annotations

import functools
import shlex
import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands.options import FAILED, FINE, PARTIAL, Options, with_exit_codes, with_options
from sim.limits import LIMITS_OF_USE

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.commands.progress import Progress
    from sim.experiment import Experiment, Settings

app = typer.Typer(
    name="bordersim",
    help=f"Compare border policies on the Lithuania-Belarus border.\n\n{LIMITS_OF_USE}",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(metavar="SCENARIO", help="Name, path, or names joined by + to combine.")]
Names = Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="Several combine in order into one.")]
Reference = Annotated[str, typer.Argument(metavar="REFERENCE", help="What the others are compared with.")]
Others = Annotated[
    list[str], typer.Argument(metavar="SCENARIO...", help="Each is compared with the reference.")
]

Folder = Annotated[str, typer.Argument(metavar="DIR", help="The folder of a run, or its URL.")]
with_how = functools.partial(
    with_options, names=("workers", "cluster", "on_error", "json", "debug", "no_plots")
)


@app.command()
@with_options
def run(scenarios: Names, options: Options) -> int:
    """Run one scenario: totals with their spread, tables, plots and a map."""
    return _experiment(["+".join(scenarios)], options, ("plots", "maps"))


@app.command()
@with_options
def compare(reference: Reference, scenarios: Others, options: Options) -> int:
    """Compare scenarios with a reference: paired differences (scenario minus reference) in four ledgers."""
    return _experiment([reference, *scenarios], options, ("plots", "maps"))


@app.command(name="map")
@with_options
def draw_map(scenarios: Names, options: Options) -> int:
    """Run one scenario and draw only its map; the last line is the picture."""
    return _experiment(["+".join(scenarios)], options, ("maps",))


@app.command()
@with_how
def resume(folder: Folder, options: Options) -> int:
    """Go on with a run that was stopped or killed: make exactly what is missing or damaged."""
    from sim.experiments.resume import resume

    return _go(lambda settings: resume(folder, settings), options)


@app.command()
@with_how
def expand(
    folder: Folder,
    replicates: Annotated[int, typer.Option(min=1, help="Repetitions there are to be in all.")],
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
    scenarios: Names,
    resolved: Annotated[bool, typer.Option("--resolved", help="Show every value.")] = False,
    origin: Annotated[bool, typer.Option("--origin", help="Show where each value comes from.")] = False,
    set: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="Set a value; may be repeated.")
    ] = None,
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


def _experiment(names: list[str], options: Options, pictures: tuple[str, ...]) -> int:
    """Run an experiment and print what came out; the time and the path are the last lines."""
    from sim.scenario import parse_sets
    from sim.scenario.loading import load, with_seed

    sets = with_seed(parse_sets(options.set or []), options.seed)
    loaded = [load(name, sets) for name in names]
    if options.dry_run:
        print(f"would run {options.replicates} replicates of {', '.join(s.name for s in loaded)}")
        return FINE
    from sim.running import run_experiment

    return _go(lambda settings: run_experiment(loaded, settings, sets), options, pictures)


def _go(
    call: Callable[[Settings], Experiment], options: Options, pictures: tuple[str, ...] = ("plots", "maps")
) -> int:
    """Run, resume or expand with progress and print what came out; time and path are the last lines."""
    from sim.commands.progress import Progress
    from sim.commands.showing import json_text, map_path, print_tables

    started = time.monotonic()
    with Progress() as progress:
        experiment = call(_settings(options, pictures, progress))
    seconds = time.monotonic() - started
    if options.json:
        print(json_text(experiment, seconds))
    else:
        print_tables(experiment)
        print(f"{seconds:.1f} s")
        print(map_path(experiment) if pictures == ("maps",) else experiment.folder)
    return PARTIAL if experiment.failures else FINE


def _settings(options: Options, pictures: tuple[str, ...], progress: Progress) -> Settings:
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
        tell=progress.tell,
    )


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
