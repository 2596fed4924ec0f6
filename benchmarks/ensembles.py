"""Many replicates: two threads against one, and what storing costs."""

from __future__ import annotations

import tempfile
from statistics import median

from benchmarks.timing import in_turn, markdown, ratio
from sim import run

REPLICATES = 200
ROUNDS = 3


def table() -> str:
    """Measure and return the table."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = in_turn(
            {
                "one": lambda: run("history_2021", replicates=REPLICATES, workers=1),
                "two": lambda: run("history_2021", replicates=REPLICATES, workers=2),
                "stored": lambda: run("history_2021", replicates=REPLICATES, workers=2, out=folder),
            },
            ROUNDS,
        )
    one, two, stored = (median(seconds[name]) for name in ("one", "two", "stored"))
    rows = [
        ["one thread, in memory", f"{one:.1f} s", "1"],
        ["two threads, in memory", f"{two:.1f} s", f"{ratio(seconds['one'], seconds['two']):.2f} x faster"],
        ["two threads, run folder with pictures", f"{stored:.1f} s", ""],
    ]
    return markdown(f"{REPLICATES} replicates of history_2021", ["how", "time", "ratio"], rows)
