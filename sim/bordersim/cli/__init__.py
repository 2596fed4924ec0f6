"""The command line: one file per command, each of which reads its options, calls one function and prints.

Only typer is imported at the start; every command imports what it needs, so that help, `show` and `scenarios`
start fast.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from bordersim import __version__
from bordersim.cli import (
    animate,
    assimilate,
    bench,
    calibrate,
    check,
    compare,
    evidence,
    expand,
    explain,
    export,
    forecast,
    live,
    map,
    metrics,
    new,
    report,
    reproduce,
    resume,
    run,
    runs,
    scenarios,
    schema,
    sensitivity,
    show,
    story,
    streams,
    summary,
    sweep,
    validate,
    value,
)
from bordersim.cli.examples import epilog
from bordersim.cli.options import exit_code
from bordersim.cli.screen import say
from bordersim.cli.slips import Commands
from bordersim.cli.standing import stand_somewhere
from bordersim.limits import LIMITS_OF_USE

app = typer.Typer(
    name="bordersim",
    cls=Commands,
    help=f"Compare border policies on the Lithuania-Belarus border.\n\n{LIMITS_OF_USE}",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def tell_version(asked: bool) -> None:
    """Print the version and exit, if requested."""
    if asked:
        say(f"bordersim {__version__}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=tell_version, help="Print the version.")
    ] = False,
) -> None:
    """Read the options before the command."""


COMMANDS: dict[str, Callable[..., None]] = {
    "run": run.run,
    "compare": compare.compare,
    "sweep": sweep.sweep,
    "sensitivity": sensitivity.sensitivity,
    "map": map.draw_map,
    "animate": animate.animate,
    "export": export.export,
    "runs": runs.runs,
    "summary": summary.summary,
    "report": report.report,
    "story": story.story,
    "resume": resume.resume,
    "expand": expand.expand,
    "reproduce": reproduce.reproduce,
    "value": value.value,
    "validate": validate.validate,
    "calibrate": calibrate.calibrate,
    "assimilate": assimilate.assimilate,
    "evidence": evidence.evidence,
    "forecast": forecast.forecast,
    "check": check.check,
    "scenarios": scenarios.scenarios,
    "show": show.show,
    "metrics": metrics.metrics,
    "explain": explain.explain,
    "new": new.new,
    "schema": schema.schema,
    "app": live.live,
    "bench": bench.bench,
}
for name, command in COMMANDS.items():
    app.command(name=name, epilog=epilog(name))(command)


def main() -> None:
    """Run the command line; SIGTERM, as a cluster sends when time is up, is handled like Ctrl-C."""
    streams.prepare()
    stand_somewhere()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(exit_code(app))
