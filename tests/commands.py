"""The command line, called in this process."""

from __future__ import annotations

from click.testing import Result
from typer.testing import CliRunner

from bordersim.cli import app


def call(*arguments: str) -> Result:
    """Call the command line."""
    return CliRunner().invoke(app, list(arguments))


def ran(*arguments: str) -> tuple[int, str]:
    """Call the command line; return its exit code and all it said."""
    result = call(*arguments)
    return result.exit_code, result.output
