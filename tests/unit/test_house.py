"""What a stranger meets first: two commands, a package that carries its data, files of a readable size."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CODE = sorted([*(ROOT / "sim").rglob("*.py"), *(ROOT / "geo").rglob("*.py")])
LINE_CAP = 300


def required(specifications: list[str]) -> set[str]:
    """Names of the distributions in a list of requirements."""
    return {re.split(r"[<>=!~\[ ]", text, maxsplit=1)[0].lower() for text in specifications}


def commands(page: str) -> list[str]:
    """Lines of the first shell block of a page."""
    block = re.search(r"```(?:sh|bash)\n(.*?)```", page, flags=re.DOTALL)
    assert block, "no shell block"
    return block[1].strip().splitlines()


def test_readme_sets_up_with_exactly_two_commands() -> None:
    first = commands((ROOT / "README.md").read_text(encoding="utf-8"))
    assert [line.split("#")[0].strip() for line in first] == ["make run", "make test"]


def test_readme_is_one_screen_and_states_the_limits_of_use() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(page.splitlines()) <= 60
    assert "not by itself a better outcome" in " ".join(page.split())
    assert "OpenStreetMap contributors" in page


def test_wheel_has_one_name_at_the_top_and_carries_scenarios_and_land() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    inside = {wheel["sources"][name] for name in wheel["only-include"]}
    assert inside == {"bordersim", "bordersim/scenarios", "bordersim/geo/data"}
    assert "exclude" not in wheel
    assert (ROOT / "geo/data/SOURCES.md").exists()


def test_nothing_but_the_package_can_be_imported_from_sim() -> None:
    """Everybody who has the checkout installed could import whatever else lay there."""
    assert {path.relative_to(ROOT / "sim").parts[0] for path in (ROOT / "sim").rglob("*.py")} == {"bordersim"}


def test_the_package_is_ten_rooms_and_a_few_doors() -> None:
    package = ROOT / "sim/bordersim"
    assert len(list(package.glob("*.py"))) <= 7
    assert len(list(package.glob("*/__init__.py"))) <= 10


def test_no_data_file_is_hidden_from_the_wheel_by_gitignore() -> None:
    """What git ignores, the wheel leaves out."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert not any(
        pattern.lstrip("/").startswith(("geo", "scenarios", "*.yaml", "*.csv")) for pattern in ignored
    )


def test_every_dependency_has_a_tested_version_and_a_sentence() -> None:
    tested = required((ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())
    sentences = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").lower()
    extras = PROJECT["project"]["optional-dependencies"]
    needed = required(PROJECT["project"]["dependencies"] + extras["test"] + extras["dev"]) - {"bordersim"}
    assert needed <= tested
    missing = [name for name in needed | required(extras["build"]) if f"**{name}**" not in sentences]
    assert not missing


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line) for line in lines)


def test_every_change_says_whether_results_change() -> None:
    page = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = re.split(r"\n- ", page)[1:]
    assert entries
    for entry in entries:
        assert re.search(r"Results change: (no|yes, because .+)\.\s*(\n|$)", entry), entry


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINE_CAP


def test_continuous_integration_runs_the_whole_check() -> None:
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & 0o100
    assert "make test" in script.read_text(encoding="utf-8")
