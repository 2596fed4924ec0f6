"""Timing in turn: what is compared is measured alternately, so that a slow minute hits all alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median


def in_turn(calls: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Return the seconds each call took, round by round, after one call of each that is not counted."""
    for call in calls.values():
        call()
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def ratio(slow: Sequence[float], fast: Sequence[float]) -> float:
    """Return the median of the ratios round by round."""
    return median(a / b for a, b in zip(slow, fast, strict=True))


def markdown(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table with a title."""
    lines = [header, ["---"] * len(header), *rows]
    return f"## {title}\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
