"""The versions of dependencies that are allowed are those that are tried, from the lowest named on."""

from __future__ import annotations

import re
import stat
from importlib.metadata import version
from pathlib import Path

import pytest
from lowest import lowest, requirements
from typer.testing import CliRunner

from bordersim import __version__
from bordersim.cli import app

ROOT = Path(__file__).parents[2]


def as_numbers(version: str) -> tuple[int, ...]:
    """Return a version in a form that can be compared."""
    return tuple(int(part) for part in version.split("."))


def test_every_dependency_names_its_lowest_version() -> None:
    lines = lowest(requirements())
    assert len(lines) == len(set(lines)) == len(requirements())
    assert all(re.fullmatch(r"[\w.-]+==[\d.]+", line) for line in lines)


def test_a_dependency_without_a_lowest_version_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"no lowest version, like name>=1\.2: pandas, scipy<2$"):
        lowest(["numpy>=2.1", "pandas", "scipy<2"])


def test_an_upper_end_is_not_the_lowest_version() -> None:
    assert lowest(["mesa>=3.3.1,<3.4", "ruamel.yaml>=0.18"]) == ["mesa==3.3.1", "ruamel.yaml==0.18"]


def test_numba_has_an_end_and_the_tested_one_lies_below() -> None:
    """Rules and the way they are handed on lean on it; the next one has not been tried."""
    text = next(each for each in requirements() if each.startswith("numba"))
    low, high = re.fullmatch(r"numba>=([\d.]+),<([\d.]+)", text).groups()  # type: ignore[union-attr]
    tested = re.search(r"^numba==([\d.]+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    assert tested
    assert as_numbers(low) <= as_numbers(tested[1]) < as_numbers(high)


def test_the_environments_of_other_versions_are_no_part_of_the_project() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert {".venv-oldest-*/", ".venv-newest-*/", ".release-*/"} <= set(ignored)
    for name in ("on_each_python.sh", "release_check.sh"):
        assert (ROOT / "tests" / name).stat().st_mode & stat.S_IXUSR


def test_the_version_has_one_source() -> None:
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert cited
    assert cited[1] == __version__
    assert version("bordersim") == __version__, "the environment holds another one: install anew"
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_command_tells_the_version() -> None:
    told = CliRunner().invoke(app, ["--version"])
    assert (told.exit_code, told.output) == (0, f"bordersim {__version__}\n")
