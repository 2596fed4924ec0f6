"""Where a run comes from: versions, commit, and hashes of code and data."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from sim.cachefolder import source_hash

SIM = Path(__file__).parent.parent
PACKAGES = (
    "bordersim",
    "numba",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "scipy",
    "shapely",
    "mesa",
    "matplotlib",
)

# These show, keep or compare numbers; every other source file is taken to decide them.
SHOWING = (
    *("api.py", "app.py", "cachefolder.py", "cli.py", "commands", "comparison.py", "ensemble.py", "evidence"),
    *(
        "experiment.py",
        "ledgers.py",
        "limits.py",
        "pictures",
        "report_files.py",
        "running.py",
        "store",
        "summary.py",
    ),
)


@cache
def code_hash() -> str:
    """Hash every source file."""
    return source_hash(SIM, *_geo())


@cache
def model_hash() -> str:
    """Hash the source files that decide what a replicate's numbers are."""
    digest = hashlib.sha256()
    for root in (SIM, *_geo()):
        for path in sorted(root.rglob("*.py")):
            name = path.relative_to(root)
            if root != SIM or name.parts[0] not in SHOWING:
                digest.update(f"{root.name}/{name.as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def data_hash() -> str:
    """Hash the data files of the land."""
    digest = hashlib.sha256()
    for root in _geo():
        for path in sorted(p for p in (root / "data").rglob("*") if p.is_file()):
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def hashes() -> dict[str, str]:
    """Give the hashes of the code, of the part of it that decides numbers, and of the data."""
    return {"code": code_hash(), "model": model_hash(), "data": data_hash()}


@cache
def versions() -> dict[str, str | None]:
    """Give the versions of what a run was made with."""
    machine = f"{platform.system()} {platform.machine()}"
    return {
        "machine": machine,
        "python": platform.python_version(),
        **{package: _version(package) for package in PACKAGES},
    }


@cache
def commit() -> str | None:
    """Give the commit of the sources, marked where they were changed since; None outside a checkout."""
    # An installed copy may lie inside somebody else's checkout: ask whether this very file is tracked.
    if _git("ls-files", "--error-unmatch", Path(__file__).name) is None:
        return None
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", "..")
    head = _git("rev-parse", "HEAD")
    return f"{head} with changes" if changed else head


def _git(*arguments: str) -> str | None:
    """Ask git about the sources; None where it cannot say."""
    try:
        done = subprocess.run(
            ["git", "-C", str(SIM), *arguments],
            capture_output=True,
            text=True,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _version(package: str) -> str | None:
    """Look a version up without importing the package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _geo() -> tuple[Path, ...]:
    """Find the land's package without importing it."""
    spec = find_spec("geo")
    return (Path(spec.submodule_search_locations[0]),) if spec and spec.submodule_search_locations else ()
