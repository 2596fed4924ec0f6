"""`bordersim runs`: what lies in a folder of results."""

from __future__ import annotations

from collections.abc import Sequence
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
BELOW = "  "


@with_exit_codes
def runs(
    out: Annotated[str, typer.Argument(metavar="[DIR]", help="The folder of results.")] = "results",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the list as JSON, with whole paths.")
    ] = False,
) -> int:
    """List the runs in a folder of results, the newest last. The first column names one in other commands."""
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
    """Print one line for each run; its scenarios below where a terminal has no room; in a pipe its folder."""
    import sys

    from bordersim.results.readings import listed, own_names
    from bordersim.results.store.runs import calls

    called = calls([run.path for run in found])
    heads = _columns([_cells(run, name) for run, name in zip(found, called, strict=True)])
    names = [listed(own_names(run.scenarios)) or str(run.path) for run in found]
    if not sys.stdout.isatty():
        for line, run in zip(_columns(list(zip(heads, names, strict=True))), found, strict=True):
            say(f"{line}  {run.path}")
        return
    lines = [f"{head}  {each}" for head, each in zip(heads, names, strict=True)]
    if max(map(len, lines)) > get_terminal_size().columns:
        lines = [f"{head.rstrip()}\n{BELOW}{each}" for head, each in zip(heads, names, strict=True)]
    for line in lines:
        tell(line)


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return each row as a line, its cells below those of the others."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows]


def _cells(run: Run, called: str) -> tuple[str, ...]:
    """Return how a run is called, when it was begun, its kind, whether it ended, how much it is."""
    begun = run.started[:MINUTES].replace("T", " ")
    return called, begun, run.kind, run.status, run.size
