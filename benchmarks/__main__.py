"""Measure and write docs/benchmarks.md."""

from __future__ import annotations

import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import ensembles, features, replicates, startup

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def machine() -> str:
    """Say what this was measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "mesa"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {platform.machine()}, Python {platform.python_version()}, {packages}."
    )


def main() -> None:
    """Run every benchmark, print its table, keep the page."""
    parts = [
        "# Speed\n",
        "Medians of interleaved runs in one process on a shared machine: trust the ratios, not the times. "
        "`make bench` makes this page anew.\n",
        machine() + "\n",
    ]
    for module in (replicates, ensembles, features, startup):
        text = module.table()
        print(text, flush=True)
        parts.append(text)
    PAGE.write_text("\n".join(parts), encoding="utf-8")
    print(PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE)


if __name__ == "__main__":
    sys.exit(main())
