"""Which source files decide a replicate's numbers, and the hash of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

SIM = Path(__file__).parent

# These show, keep, run or compare numbers; every other source file is taken to decide them.
SHOWING = frozenset(
    (
        *("api.py", "app.py", "cachefolder.py", "cli.py", "commands", "comparison.py", "compiling.py"),
        "csv_tables.py",
        "paths.py",
        *(
            "ensemble.py",
            "escaping.py",
            "evidence",
            "experiment.py",
            "experiments",
            "ledgers.py",
            "limits.py",
        ),
        *("pictures", "pytest_plugin.py", "report_files.py", "running.py", "scenario_tests.py"),
        *(
            "sheets.py",
            "sources.py",
            "store",
            "summary.py",
            "testing.py",
            "truth",
            "uncertainty.py",
            "yearly.py",
        ),
    )
)


def model_sources() -> Iterator[Path]:
    """Yield the source files of the model proper: rules, engine, world, values, chance."""
    for path in sorted(SIM.rglob("*.py")):
        if path.relative_to(SIM).parts[0] not in SHOWING:
            yield path


def hash_of_files(root: Path, paths: Iterable[Path]) -> str:
    """Hash the names, from `root` on, and the contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{root.name}/{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
