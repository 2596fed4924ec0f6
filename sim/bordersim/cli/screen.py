"""The output of a command: texts and tables, and last the place of the results."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, TextIO

from bordersim.cli.streams import adjust, lost
from bordersim.words.escaping import one_line, visible

if TYPE_CHECKING:
    from bordersim.report.sheets import Sheet

WIDEST, PROSE = 10_000, 100


def say(text: str) -> None:
    """Print a text."""
    print(visible(text))


def hand_out(text: str) -> None:
    """Print machine-readable output unchanged; in a file or a pipe it has the encoding of files."""
    if not sys.stdout.isatty():
        adjust(sys.stdout, encoding="utf-8")
    print(text, end="")


def tell(text: str, hanging: int = 0) -> None:
    """Print prose; a terminal gets lines that end between two words, all but the first that much indented."""
    say(_between_words(text, sys.stdout, " " * hanging))


def warn(text: str) -> None:
    """Print a line on stderr, at once; a terminal gets lines that end between two words."""
    print(_between_words(one_line(text), sys.stderr), file=sys.stderr, flush=True)


def _between_words(text: str, stream: TextIO, hanging: str = "") -> str:
    """Wrap lines as wide as the terminal, if the stream is one."""
    if not stream.isatty():
        return text
    width = get_terminal_size().columns
    return "\n".join(_wrapped(line, width, hanging) for line in text.split("\n"))


def width_of_lines() -> int:
    """Return how wide prose is that is wrapped also where there is no terminal [letters]."""
    return get_terminal_size().columns if sys.stdout.isatty() else PROSE


def _wrapped(line: str, width: int, hanging: str) -> str:
    """Wrap a line; what follows an indented beginning is indented further."""
    margin = line[: len(line) - len(line.lstrip())]
    further = f"{margin}{margin}" or hanging
    lines = wrap(line, width, break_long_words=False, break_on_hyphens=False, subsequent_indent=further)
    return "\n".join(lines)


def show(sheets: Iterable[Sheet], pipe_width: int | None = None) -> None:
    """Print tables as wide as the terminal; where there is none, of that width or as wide as they need.

    Rows without a difference are one line below their table. No word is broken: a table that is too wide gets
    fewer columns and, if that does not help, is written as a list.
    """
    from bordersim.report.fitting import collapsed

    for sheet in map(collapsed, sheets):
        if sheet.rows:
            _show(sheet, pipe_width)
        else:
            tell(sheet.title)
        for note in sheet.notes:
            tell(f"{note}\n")


def _show(sheet: Sheet, pipe_width: int | None) -> None:
    """Print a table."""
    from rich.console import Console

    from bordersim.report.fitting import fitted, listed
    from bordersim.report.sheets import rich_table

    console = Console(highlight=False, soft_wrap=False)
    if not sys.stdout.isatty():
        console.width = pipe_width or WIDEST
    if found := fitted(sheet, console.width):
        console.print(rich_table(*found))
        return
    for line in (*listed(sheet), ""):
        tell(line)


def say_where(*places: object, seconds: float, as_json: bool = False) -> None:
    """Print the time and the place of the results; the latter on stderr too where stdout is closed."""
    known = [str(place) for place in places if place is not None]
    if not as_json:
        say("\n".join([f"{seconds:.1f} s{'; results are in' if known else ''}", *known]))
    if lost(sys.stdout) is not None:
        warn(" ".join(known))
