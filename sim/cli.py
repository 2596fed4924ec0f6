"""The commands: read the options, call one function, print where it went.

Only typer is imported here; every command imports what it needs, so that help, `show` and `scenarios`
come at once.
"""

from __future__ import annotations

import shlex
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from sim.commands.options import FINE, PARTIAL, Options, with_exit_codes, with_options
from sim.limits import LIMITS_OF_USE

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
@with_options
def validate(
    names: Annotated[
        list[str], typer.Argument(metavar="SCENARIO|FOLDER", help="A scenario, or the folder of a run.")
    ],
    options: Options,
    observations: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Published figures to score on, CSV like ours.")
    ] = None,
    fitted: Annotated[
        Path | None, typer.Option(metavar="FILE", help="YAML of the windows that went into values.")
    ] = None,
    naive_until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day that the naive forecasts know.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the scorecard for a page.")] = False,
) -> int:
    """Score the model's record on the published one: error, against naive forecasts, coverage."""
    from sim.commands.validating import Basis
    from sim.commands.validating import validate as validated

    return validated(names, Basis(observations, fitted, naive_until), markdown, options)


@app.command()
@with_options
def check(
    options: Options,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SCENARIO...]", help="All that expect something."),
    ] = None,
) -> int:
    """Run scenarios and compare them with what their files expect, each figure with its source."""
    from sim.commands.checking import check as checked

    return checked(names or [], options)


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


@app.command()
@with_exit_codes
def bench(
    tables: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TABLE...]", help="Only these: growth, roofline, startup...; all if none."),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Tiny sizes, only to see that all runs.")] = False,
) -> int:
    """Measure speed and memory and write docs/benchmarks.md; takes a quarter of an hour."""
    from sim.commands.benching import bench as measured

    return measured(tables or [], quick)


def _experiment(names: list[str], options: Options, pictures: tuple[str, ...]) -> int:
    """Run an experiment and print what came out; the time and the path are the last lines."""
    from sim.scenario import parse_sets
    from sim.scenario.loading import load, with_seed

    started = time.monotonic()
    sets = with_seed(parse_sets(options.set or []), options.seed)
    loaded = [load(name, sets) for name in names]
    if options.dry_run:
        print(f"would run {options.replicates} replicates of {', '.join(s.name for s in loaded)}")
        return FINE
    from sim.commands.progress import Progress
    from sim.commands.showing import json_text, map_path, print_tables
    from sim.experiment import Settings
    from sim.running import run_experiment

    with Progress() as progress:
        settings = Settings(
            replicates=options.replicates,
            workers=options.workers,
            out=options.out,
            pictures=() if options.no_plots and pictures != ("maps",) else pictures,
            command=shlex.join(["bordersim", *sys.argv[1:]]),
            progress=progress,
        )
        experiment = run_experiment(loaded, settings, sets)
    seconds = time.monotonic() - started
    if options.json:
        print(json_text(experiment, seconds))
    else:
        print_tables(experiment)
        print(f"{seconds:.1f} s")
        print(map_path(experiment) if pictures == ("maps",) else experiment.folder)
    return PARTIAL if experiment.failures else FINE


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
