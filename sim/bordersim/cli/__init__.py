"""The command line: one file per command, each of which reads its options, calls one function and prints.

Only typer is imported at the start; a command is imported when it is called, with what it needs, so
that help, `show` and `scenarios` start fast.
"""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from bordersim import __version__
from bordersim.cli import streams
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


def main() -> None:
    """Run the command line; SIGTERM, as a cluster sends when time is up, is handled like Ctrl-C."""
    streams.prepare()
    stand_somewhere()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(exit_code(app))
