"""Measure and write docs/benchmarks.md; with names, only these tables, printed and not written."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
TABLES = ("replicates", "peers", "roofline", "growth", "ensembles", "features", "stages", "startup")
NOTE = (
    "Medians of at least five rounds, after one that is not counted; what is compared is measured in turn. "
    "Where no other clock is named, time is processor time, which a busy machine disturbs less: trust the "
    "ratios, not the times. `make bench` or `bordersim bench` makes this page anew.\n"
)
WEEK = "2021-07-07"
# Sizes at which everything runs, and no figure means anything.
QUICK: dict[str, dict[str, object]] = {
    "replicates": {"rounds": 1},
    "peers": {"rounds": 1, "end": WEEK},
    "roofline": {"rounds": 1, "replicates": 1, "end": WEEK},
    "growth": {
        "rounds": 1,
        "many": 2_000,
        "people": (500, 1_000),
        "ends": ("2021-06-30", WEEK),
        "lengths_km": (10.0, 5.0),
    },
    "ensembles": {"rounds": 1, "replicates": 4},
    "features": {},
    "stages": {"rounds": 1, "replicates": 4, "cold": False},
    "startup": {"rounds": 1, "names": ("--help",)},
}


def machine() -> str:
    """Return what this was measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "mesa"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {processor()}, {os.cpu_count()} processors, "
        f"load {os.getloadavg()[0]:.1f} at the start; Python {platform.python_version()}, {packages}.\n"
    )


def processor() -> str:
    """Return the system's name of the processor."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.machine()


def table(name: str, quick: bool) -> str:
    """Measure one table and print it."""
    measure: Callable[..., str] = import_module(f"benchmarks.{name}").table
    text = measure(**(QUICK.get(name, {}) if quick else {}))
    print(text, flush=True)
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every benchmark, print its table, keep the page."""
    parser = argparse.ArgumentParser(prog="bordersim bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="TABLE", help=", ".join(TABLES))
    parser.add_argument("--quick", action="store_true", help="tiny sizes: only to see that all runs")
    given = parser.parse_args(arguments)
    for name in given.names:
        if name not in TABLES:
            print(f"no table {name!r}; there are {', '.join(TABLES)}", file=sys.stderr)
            return 2
    parts = ["# Speed\n", NOTE, machine()]
    print(parts[-1], flush=True)
    parts += [table(name, given.quick) for name in given.names or TABLES]
    if not given.names and not given.quick:
        PAGE.write_text("\n".join(parts), encoding="utf-8")
        print(PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
