"""Whole commands with a warm cache, from the shell: time and peak memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.timing import ROUNDS, markdown, taken

FEW = ["--replicates", "1"]
ONE = ["--values", "fixed", *FEW]
COMMANDS = {
    "--help": ["--help"],
    "scenarios": ["scenarios"],
    "show history_2021": ["show", "history_2021"],
    "explain guards.LT.officers": ["explain", "guards.LT.officers"],
    "run history_2021 --values fixed --replicates 1 --no-plots": [
        "run",
        "history_2021",
        *ONE,
        "--no-plots",
    ],
    "run history_2021 --values fixed --replicates 1": ["run", "history_2021", *ONE],
    "map history_2021 --values fixed --replicates 1": ["map", "history_2021", *ONE],
    "compare no_turn_back_2021 history_2021 --values fixed --replicates 1": [
        "compare",
        "no_turn_back_2021",
        "history_2021",
        *ONE,
    ],
    "validate history_2021 --replicates 1": ["validate", "history_2021", *FEW],
    "check history_2021 --replicates 1": ["check", "history_2021", *FEW],
}
WRITING = ("run", "map", "compare", "validate", "check")
PROGRAM = """
import atexit, pathlib, sys
from benchmarks.timing import most_memory_mb
atexit.register(lambda: pathlib.Path(path).write_text(str(most_memory_mb()), encoding="utf-8"))
path = sys.argv.pop()
from bordersim.cli import main
main()
"""


class Used(NamedTuple):
    """What a command took."""

    wall_s: float
    cpu_s: float
    memory_mb: float


def call(arguments: list[str], folder: str) -> Used:
    """Run one command in a process of its own."""
    out, note = ["--out", folder] if arguments[0] in WRITING else [], Path(folder) / "memory"
    command = [sys.executable, "-c", PROGRAM, *arguments, *out, str(note)]
    used = taken(lambda: _finished(command))
    return Used(*used, float(note.read_text(encoding="utf-8")))


def _finished(command: list[str]) -> None:
    """Run a command to its end; 1 is what `check` says when one replicate does not meet expectations."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr}")


def table(rounds: int = ROUNDS, names: tuple[str, ...] = tuple(COMMANDS)) -> str:
    """Measure and return the table."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [{name: call(COMMANDS[name], folder) for name in names} for _ in range(rounds + 1)][1:]
    rows = []
    for name in names:
        wall, cpu, memory = (median(column) for column in zip(*(each[name] for each in runs), strict=True))
        rows.append([f"`bordersim {name}`", f"{wall:.2f} s", f"{cpu:.2f} s", f"{memory:.0f} MB"])
    return markdown("Commands, warm", ["command", "time", "processor time", "most memory"], rows)
