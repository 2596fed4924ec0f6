"""What a stranger meets first: two commands, a package that carries its data, files of a readable size."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = ("sim", "geo", "docs", "benchmarks")
CODE = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
LINE_CAP = 300
MOST_PACKAGES, MOST_MODULES, MOST_LAYERS = 10, 7, 12
MEDIAN_BODY, LONG_BODY = 6, 20  # lines; of a hundred functions, five may be longer than a long one


def required(specifications: list[str]) -> set[str]:
    """Names of the distributions in a list of requirements."""
    return {re.split(r"[<>=!~\[ ]", text, maxsplit=1)[0].lower() for text in specifications}


def commands(page: str) -> list[str]:
    """Lines of the first shell block of a page."""
    block = re.search(r"```(?:sh|bash)\n(.*?)```", page, flags=re.DOTALL)
    assert block, "no shell block"
    return block[1].strip().splitlines()


def functions(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each function of a file: the lines of its body without the docstring, and where it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[ast.get_docstring(node) is not None :]
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            yield lines, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


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
    rooms = [path.parent.name for path in package.glob("*/__init__.py")]
    doors = [path.name for path in package.glob("*.py") if path.name != "__init__.py"]
    assert len(rooms) <= MOST_PACKAGES, " ".join(rooms)
    assert len(doors) <= MOST_MODULES, " ".join(doors)


def test_the_rooms_lie_on_twelve_floors() -> None:
    contract = PROJECT["tool"]["importlinter"]["contracts"][0]
    assert contract["containers"] == ["bordersim"]
    assert len(contract["layers"]) <= MOST_LAYERS


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


def test_files_are_short_enough_to_read() -> None:
    lines = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    long = [f"{count} {path}" for path, count in lines.items() if count > LINE_CAP]
    assert not long, "\n".join(long)


def test_functions_are_short_enough_to_read() -> None:
    longest_first = sorted((each for path in CODE for each in functions(path)), reverse=True)
    lines = [count for count, _ in longest_first]
    long = "\n".join(f"{count} {where}" for count, where in longest_first if count > LONG_BODY)
    assert np.median(lines) <= MEDIAN_BODY
    assert np.percentile(lines, 95) <= LONG_BODY, f"longer than {LONG_BODY} lines:\n{long}"


def test_continuous_integration_runs_the_whole_check() -> None:
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & 0o100
    assert "make test" in script.read_text(encoding="utf-8")
