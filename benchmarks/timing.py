"""Timing in turn: what is compared is measured alternately, so that a slow minute hits all alike."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

MS, US, NS = 1e3, 1e6, 1e9
KILOBYTES_PER_MEGABYTE = 1024
ROUNDS = 5


class Taken(NamedTuple):
    """What a call took: time that passed, and processor time of this process and of its children [s]."""

    wall: float
    cpu: float


def taken(call: Callable[[], object]) -> Taken:
    """Call and return what it took."""
    wall, cpu = time.perf_counter(), _cpu_seconds()
    call()
    return Taken(time.perf_counter() - wall, _cpu_seconds() - cpu)


def _cpu_seconds() -> float:
    """Return the processor time used so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def most_memory_mb() -> float:
    """Return the peak memory of this program [MB].

    Not what the system says of finished children: that begins with what the parent held.
    """
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / KILOBYTES_PER_MEGABYTE
    raise RuntimeError("this system does not say how much memory was held")


def in_turn(calls: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, list[Taken]]:
    """Return what each call took, round by round, after one call of each that is not counted."""
    for call in calls.values():
        call()
    found: dict[str, list[Taken]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            found[name].append(taken(call))
    return found


def cpu(runs: Sequence[Taken]) -> float:
    """Return the median processor time [s]."""
    return median(run.cpu for run in runs)


def wall(runs: Sequence[Taken]) -> float:
    """Return the median time that passed [s]."""
    return median(run.wall for run in runs)


def ratio(slow: Sequence[Taken], fast: Sequence[Taken]) -> float:
    """Return the median of the ratios of processor time, round by round."""
    return median(a.cpu / b.cpu for a, b in zip(slow, fast, strict=True))


def markdown(title: str, header: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> str:
    """Return a table with a title, and a note below it."""
    lines = [header, ["---"] * len(header), *rows]
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"## {title}\n\n{table}\n" + (f"\n{note}\n" if note else "")
