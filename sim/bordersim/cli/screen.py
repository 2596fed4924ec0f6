"""The output of a command: texts and tables, and last the place of the results."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bordersim.cli.streams import adjust, lost
from bordersim.words.escaping import one_line, visible

if TYPE_CHECKING:
    from bordersim.report.sheets import Sheet

WIDEST = 10_000


def say(text: str) -> None:
    """Print a text."""
    print(visible(text))


def hand_out(text: str) -> None:
    """Print machine-readable output unchanged; in a file or a pipe it has the encoding of files."""
    if not sys.stdout.isatty():
        adjust(sys.stdout, encoding="utf-8")
    print(text, end="")


def warn(text: str) -> None:
    """Print a line on stderr, at once."""
    print(one_line(text), file=sys.stderr, flush=True)


def show(sheets: Iterable[Sheet], pipe_width: int | None = None) -> None:
    """Print tables as wide as the terminal; where there is none, of that width or as wide as they need."""
    from rich.console import Console

    from bordersim.report.sheets import rich_table

    console, free = Console(highlight=False, soft_wrap=False), Console(width=WIDEST)
    for table in map(rich_table, sheets):
        if not sys.stdout.isatty():
            console.width = pipe_width or free.measure(table).maximum
        console.print(table)


def say_where(*places: object, seconds: float, as_json: bool = False) -> None:
    """Print the time and the place of the results; the latter on stderr too where stdout is closed."""
    known = [str(place) for place in places if place is not None]
    if not as_json:
        say("\n".join([f"{seconds:.1f} s", *known]))
    if lost(sys.stdout) is not None:
        warn(" ".join(known))
