"""`bordersim bench`: the benchmarks, which are beside the package in the source tree."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bordersim.cli.options import with_exit_codes
from bordersim.errors import BadInput
from bordersim.shipped import CHECKOUT


def measured(names: Sequence[str], quick: bool, root: Path = CHECKOUT) -> int:
    """Run `python -m benchmarks` in the source tree and return its exit code."""
    if not (root / "benchmarks" / "__main__.py").is_file():
        raise BadInput("bench needs the source tree: benchmarks/ is not part of the installed package")
    command = [sys.executable, "-m", "benchmarks", *names, *(["--quick"] if quick else [])]
    return subprocess.run(command, cwd=root, check=False).returncode


@with_exit_codes
def bench(
    tables: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TABLE...]", help="Benchmarks, like growth or startup; default: all."),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Tiny sizes, to check that everything runs.")
    ] = False,
) -> int:
    """Measure speed and memory. Writes docs/benchmarks.md; takes a quarter of an hour."""
    return measured(tables or [], quick)
