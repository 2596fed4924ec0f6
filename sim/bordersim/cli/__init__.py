"""The commands: read the options, call one function, print where it went.

Only typer is imported here; every command imports what it needs, so that help, `show` and `scenarios`
come at once.
"""

from __future__ import annotations

import functools
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from bordersim.cli import arguments, streams
from bordersim.cli.launch import go, loaded_scenarios, run_and_show, run_draws, settings_of
from bordersim.cli.options import FAILED, FINE, Options, exit_code, whole, with_exit_codes, with_options
from bordersim.cli.screen import hand_out, say
from bordersim.cli.slips import Commands
from bordersim.cli.standing import stand_somewhere
from bordersim.limits import LIMITS_OF_USE
from bordersim.words.escaping import one_line

app = typer.Typer(
    name="bordersim",
    cls=Commands,
    help=f"Compare border policies on the Lithuania-Belarus border.\n\n{LIMITS_OF_USE}",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

HOW = ("workers", "cluster", "on_error", "json", "debug", "no_plots")
with_how = functools.partial(with_options, names=HOW)
with_fit = functools.partial(with_options, names=("out", *HOW, "dry_run"))
with_draws = functools.partial(with_options, names=("seed", "set", "out", *HOW, "dry_run"))


@app.command()
@with_options
def run(
    scenarios: arguments.Names,
    options: Options,
    until_halfwidth: arguments.Until = None,
    max_replicates: arguments.Most = arguments.DEFAULT_MOST,
    metric: arguments.Metric = None,
) -> int:
    """Run one scenario: totals with their spread, tables, plots and a map."""
    until = (until_halfwidth, max_replicates, metric or [])
    return run_and_show(["+".join(scenarios)], options, until=until)


@app.command()
@with_options
def compare(
    reference: arguments.Reference,
    scenarios: arguments.Others,
    options: Options,
    until_halfwidth: arguments.Until = None,
    max_replicates: arguments.Most = arguments.DEFAULT_MOST,
    metric: arguments.Metric = None,
) -> int:
    """Compare scenarios with a reference: paired differences (scenario minus reference) in four ledgers."""
    until = (until_halfwidth, max_replicates, metric or [])
    return run_and_show([reference, *scenarios], options, until=until)


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
    from bordersim.cli.asked import asked_sweep

    loaded, sets = loaded_scenarios(scenarios, options)
    asked = asked_sweep(loaded, vary or [], draws, design, samples, metric or [])
    return run_draws(loaded, sets, asked, options, replicates)


@app.command()
@with_draws
def sensitivity(
    scenarios: arguments.Several,
    options: Options,
    method: arguments.Method = "sobol",
    samples: arguments.BasePoints = None,
    parameters: arguments.Parameters = None,
    vary: arguments.Vary = None,
    replicates: arguments.Repetitions = 4,
    metric: arguments.Metric = None,
) -> int:
    """Say which parameters matter: indices with half-widths, and whether the ranking of scenarios flips."""
    from bordersim.cli.asked import asked_sensitivity

    loaded, sets = loaded_scenarios(scenarios, options)
    asked = asked_sensitivity(loaded, method, samples, parameters or [], vary or [], metric or [])
    return run_draws(loaded, sets, asked, options, replicates)


@app.command(name="map")
@with_options
def draw_map(scenarios: arguments.Names, options: Options) -> int:
    """Run one scenario and draw only its map; the last line is the picture."""
    return run_and_show(["+".join(scenarios)], options, ("maps",))


@app.command()
@with_how
def resume(folder: arguments.Folder, options: Options) -> int:
    """Go on with a run that was stopped or killed: make exactly what is missing or damaged."""
    from bordersim.experiments.resume import resume

    return go(lambda settings: resume(folder, settings), options)


@app.command()
@with_how
def expand(
    folder: arguments.Folder,
    replicates: arguments.InAll,
    options: Options,
) -> int:
    """Add replicates to a run; it ends as if all had been asked for at once."""
    from bordersim.experiments.resume import expand

    return go(lambda settings: expand(folder, replicates, settings), options)


@app.command()
@with_how
def reproduce(
    folder: Annotated[str, typer.Argument(metavar="DIR|manifest.json", help="What is to be made again.")],
    options: Options,
    sample: Annotated[int | None, whole(1, None, "Only so many blocks, evenly spread.")] = None,
) -> int:
    """Make blocks of a run again, compare digests, say what differs; code 1 if a number does."""
    from bordersim.cli.printed import print_reproduction
    from bordersim.cli.progress import Progress
    from bordersim.experiments.reproduce import reproduce

    with Progress() as progress:
        made = reproduce(folder, settings_of(options, (), progress), sample)
    print_reproduction(made, options.json)
    return FINE if made.is_same else FAILED


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
    from bordersim.cli.validate import Basis
    from bordersim.cli.validate import validate as validated

    return validated(names, Basis(observations, fitted, naive_until), markdown, options)


@app.command()
@with_fit
def calibrate(
    exercise: Annotated[
        Path, typer.Argument(metavar="EXERCISE", help="A YAML file, or a name like order_2021.")
    ],
    options: Options,
    fit: Annotated[
        str | None, typer.Option(metavar="DIR", help="The run of its design: go on with that one.")
    ] = None,
) -> int:
    """Fit parameters to published figures, predict what came after, score the prediction."""
    from bordersim.cli.calibrate import calibrate as calibrated

    return calibrated(exercise, fit, options)


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
    from bordersim.cli.check import check as checked

    return checked(names or [], options)


@app.command()
@with_exit_codes
def show(
    scenarios: arguments.Names,
    resolved: Annotated[bool, typer.Option("--resolved", help="Show every value.")] = False,
    origin: Annotated[bool, typer.Option("--origin", help="Show where each value comes from.")] = False,
    set: arguments.Sets = None,
) -> int:
    """Show a scenario: what it asks and what it changes, or all its values."""
    from bordersim.cli.described import described
    from bordersim.inputs import parse_sets
    from bordersim.inputs.loading import load

    scenario = load("+".join(scenarios), parse_sets(set or []))
    if resolved or origin:
        hand_out(scenario.resolved_yaml(origins=origin))
    else:
        say(described(scenario))
    return FINE


@app.command()
@with_exit_codes
def scenarios() -> int:
    """List the scenarios that can be named."""
    from bordersim.inputs import list_scenarios

    listed = list_scenarios()
    width = max((len(name) for name, _ in listed), default=0)
    for name, title in listed:
        say(f"{one_line(name):<{width}}  {one_line(title)}")
    return FINE


@app.command()
@with_exit_codes
def explain(
    key: Annotated[str, typer.Argument(metavar="KEY", help="Like guards.LT.officers.")],
    scenario: Annotated[str, typer.Option(help="The scenario it is looked up in.")] = "history_2021",
) -> int:
    """Explain a value: unit, range, source, confidence, and where it is set."""
    from bordersim.cli.described import explained
    from bordersim.inputs.loading import load

    say(explained(load(scenario, {}).explain(key)))
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
    from bordersim.cli.bench import bench as measured

    return measured(tables or [], quick)


def main() -> None:
    """Run the command line; being told to end, as a cluster does when time is up, is like Ctrl-C."""
    streams.prepare()
    stand_somewhere()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(exit_code(app))


if __name__ == "__main__":
    main()
