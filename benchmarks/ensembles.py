"""Many replicates: two threads against one."""

from __future__ import annotations

from statistics import median

from benchmarks.timing import ROUNDS, Taken, cpu, in_turn, markdown, ratio, wall
from bordersim import run

REPLICATES = 600
HEADER = ["how", "time", "processor time", "ratio"]


def table(rounds: int = ROUNDS, replicates: int = REPLICATES) -> str:
    """Measure and return the table."""
    runs = in_turn(
        {
            "one": lambda: run("history_2021", replicates=replicates, workers=1),
            "two": lambda: run("history_2021", replicates=replicates, workers=2),
        },
        rounds,
    )
    pairs = list(zip(runs["one"], runs["two"], strict=True))
    faster = median(one.wall / two.wall for one, two in pairs)
    free = median(2.0 * one.cpu / two.cpu for one, two in pairs)
    rows = [
        _row("one thread", runs["one"], "1"),
        _row("two threads", runs["two"], f"{faster:.2f} x faster"),
    ]
    note = (
        "Time that passed suffers from whatever else the machine does. Two threads use "
        f"{ratio(runs['two'], runs['one']):.2f} times the processor time of one, so on two free cores they "
        f"would be {free:.2f} x faster at best."
    )
    return markdown(f"Threads: {replicates} replicates of history_2021 in memory", HEADER, rows, note)


def _row(name: str, runs: list[Taken], last: str) -> list[str]:
    """Return one line."""
    return [name, f"{wall(runs):.2f} s", f"{cpu(runs):.2f} s", last]
