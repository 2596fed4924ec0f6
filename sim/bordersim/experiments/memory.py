"""Whether a run fits into memory: checked before anything is simulated."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bordersim.errors import BadInput
from bordersim.experiments.pool import default_workers

if TYPE_CHECKING:
    from bordersim.experiments.settings import Settings
    from bordersim.model.world import World

KILOBYTE, GIGABYTE = 1024, 1e9
SYSTEM = Path("/proc/meminfo")
GROUP_MOST, GROUP_NOW = (Path("/sys/fs/cgroup") / name for name in ("memory.max", "memory.current"))


def refuse_what_does_not_fit(worlds: Sequence[World], settings: Settings, blocks: int) -> None:
    """Refuse worlds whose concurrent replicates would not fit into the free memory.

    Raises
    ------
    BadInput
        With the memory needed and available.
    """
    workers, free = _workers(settings), free_bytes()
    if workers is None or free is None:
        return
    at_once = min(workers, blocks)
    for world in worlds:
        needed = at_once * world.bytes
        if needed > free:
            raise BadInput(
                f"{world.name}: {at_once} replicates at once, of about {world.people:,.0f} people each, need "
                f"{needed / GIGABYTE:,.1f} GB of memory; {free / GIGABYTE:,.1f} GB are free: take fewer "
                "--workers or fewer people"
            )


def free_bytes() -> float | None:
    """Return the memory this process may still take [bytes]: the least of all limits; None if unknown."""
    known = [found for found in (_of_machine(), _of_group(), _of_process()) if found is not None]
    return min(known) if known else None


def _workers(settings: Settings) -> int | None:
    """Return how many blocks this machine simulates at the same time; None if others do."""
    if settings.cluster is not None:
        return None
    if settings.executor is None:
        return settings.workers or default_workers()
    return getattr(settings.executor, "_max_workers", None)


def _of_machine() -> float | None:
    """Return the free memory of the system."""
    try:
        lines = dict(line.split(":") for line in SYSTEM.read_text().splitlines())
        return float(lines["MemAvailable"].split()[0]) * KILOBYTE
    except (OSError, LookupError, ValueError):
        return None


def _of_group() -> float | None:
    """Return the memory left by the limit of a container."""
    try:
        return float(GROUP_MOST.read_text()) - float(GROUP_NOW.read_text())
    except (OSError, ValueError):  # no limit is the word "max"
        return None


def _of_process() -> float | None:
    """Return the address space left by the limit of this process."""
    try:
        import resource

        most, _ = resource.getrlimit(resource.RLIMIT_AS)
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError, ValueError):
        return None
    return None if most == resource.RLIM_INFINITY else most - pages * os.sysconf("SC_PAGE_SIZE")
