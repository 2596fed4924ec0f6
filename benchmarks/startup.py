"""Whole commands, from the shell's point of view, with a warm cache."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from statistics import median

from benchmarks.timing import in_turn, markdown

COMMANDS = {
    "--help": ["--help"],
    "scenarios": ["scenarios"],
    "show history_2021": ["show", "history_2021"],
    "run history_2021 --replicates 1 --no-plots": ["run", "history_2021", "--replicates", "1", "--no-plots"],
}
ROUNDS = 5


def call(arguments: list[str], folder: str) -> None:
    """Run one command in a process of its own."""
    out = ["--out", folder] if arguments[0] == "run" else []
    subprocess.run([sys.executable, "-m", "sim.cli", *arguments, *out], check=True, capture_output=True)


def table() -> str:
    """Measure and return the table."""
    with tempfile.TemporaryDirectory() as folder:
        calls = {name: lambda a=arguments: call(a, folder) for name, arguments in COMMANDS.items()}
        seconds = in_turn(calls, ROUNDS)
    rows = [[f"`bordersim {name}`", f"{median(taken):.2f} s"] for name, taken in seconds.items()]
    return markdown("Commands, warm", ["command", "time"], rows)
