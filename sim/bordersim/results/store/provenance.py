"""Where a run comes from: versions, commit, and hashes of code and data."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bordersim import __version__
from bordersim.model.compiling.sources import DECIDING, hash_of_files, sources_in
from bordersim.results.valuation.standing import record
from bordersim.shipped import PACKAGE, shipped

PACKAGES = (
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


@cache
def code_hash() -> str:
    """Hash every source file."""
    return hash_of_files(PACKAGE, sorted(PACKAGE.rglob("*.py")))


@cache
def model_hash() -> str:
    """Hash the source files that decide what a replicate's numbers are."""
    return hash_of_files(PACKAGE, sources_in(DECIDING))


@cache
def results_hash() -> str:
    """Hash the source files that turn a replicate's numbers into figures."""
    return hash_of_files(PACKAGE, sources_in(("results",)))


@cache
def valuation_hash() -> str:
    """Hash what turns counts into money and harm: source files, and what stood by the record."""
    sources = hash_of_files(PACKAGE, sources_in(("results/valuation",)))
    stood = {country: built.model_dump_json() for country, built in record().build}
    return hashlib.sha256(f"{sources}{stood}".encode()).hexdigest()


@cache
def data_hash() -> str:
    """Hash the data files of the land."""
    land = shipped("geo/data")
    return hash_of_files(land, sorted(path for path in land.rglob("*") if path.is_file()))


def hashes() -> dict[str, str]:
    """Return the hashes of all code, the model, what values its counts, what makes figures, and the data."""
    return {
        "code": code_hash(),
        "model": model_hash(),
        "valuation": valuation_hash(),
        "results": results_hash(),
        "data": data_hash(),
    }


@cache
def versions() -> dict[str, str | None]:
    """Return the versions of Python and packages."""
    machine = f"{platform.system()} {platform.machine()}"
    return {
        "machine": machine,
        "python": platform.python_version(),
        "bordersim": __version__,
        **{package: _version(package) for package in PACKAGES},
    }


@cache
def commit() -> str | None:
    """Return the commit of the sources, marked if they were changed since; None outside a checkout."""
    # An installed copy may lie inside somebody else's checkout: ask whether this very file is tracked.
    if _git("ls-files", "--error-unmatch", str(Path(__file__).relative_to(PACKAGE))) is None:
        return None
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ":/")
    head = _git("rev-parse", "HEAD")
    return f"{head} with changes" if changed else head


def _git(*arguments: str) -> str | None:
    """Ask git about the sources; None where it cannot say.

    A hook, or a command in another work tree, sets the environment that tells git which repository is meant.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "-C", str(PACKAGE), *arguments],
            capture_output=True,
            text=True,
            check=True,
            stdin=subprocess.DEVNULL,
            env=ours,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _version(package: str) -> str | None:
    """Return a version without importing the package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
