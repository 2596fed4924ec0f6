"""`bordersim runs`: what lies in a folder of results."""

from __future__ import annotations

from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from bordersim.cli.options import FINE, with_exit_codes
from bordersim.cli.screen import say, tell
from bordersim.inputs.paths import user_path

if TYPE_CHECKING:
    from bordersim.results.store.runs import Run

MINUTES = len("2026-11-29T03:25")
CUT = "..."


@with_exit_codes
def runs(
    out: Annotated[str, typer.Argument(metavar="[DIR]", help="The folder of results.")] = "results",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the list as JSON, with whole paths.")
    ] = False,
) -> int:
    """List the runs in a folder of results, the newest last. Eight characters name one in other commands."""
    from bordersim.results.store.runs import runs_in

    found = runs_in(Path(user_path(out)))
    if as_json:
        import json

        say(json.dumps([each._asdict() | {"path": str(each.path)} for each in found], indent=1))
        return FINE
    if not found:
        say(f"no runs in {out}")
        return FINE
    _list(found)
    tell("Any command that takes a run folder takes the first column, or 'latest', in its place.")
    return FINE


def _list(found: list[Run]) -> None:
    """Print one line for each run, as wide as the terminal; in a pipe with the folder at its end."""
    import sys

    rows = [(*_cells(run), ", ".join(run.scenarios) or str(run.path)) for run in found]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for run, row in zip(found, rows, strict=True):
        line = "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        say(_cut(line) if sys.stdout.isatty() else f"{line}  {run.path}")


def _cells(run: Run) -> tuple[str, ...]:
    """Return how a run is called, when it was begun, its kind, whether it ended, how much it is."""
    begun = run.started[:MINUTES].replace("T", " ")
    return run.called, begun, run.kind, run.status, run.size


def _cut(line: str) -> str:
    """Cut a line at the end of the terminal."""
    width = get_terminal_size().columns
    return line if len(line) <= width else line[: width - len(CUT)] + CUT
