"""The pytest plugin does nothing in a session that does not ask for it, and collects nobody else's YAML."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_check import BARE, ROOT

from bordersim import pytest_plugin
from bordersim.inputs.finding import SCHEMA_VERSION

FOREIGN = {
    "api.yaml": 'schema_version: "2.1"\nrequest: {url: /login}\nexpect: {status: 200}\n',
    "unruly.yaml": "schema_version: 1\nexpect:\n  - {status: 200}\n",
    "marks.yaml": "schema_version: 1\nexpect:\n  - {status: 200}\nmetric: 1\ncountry: LT\n",
    "other.yaml": "schema_version: 3\nexpect:\n  - {metric: a, country: LT}\n",
    "broken.yaml": "schema_version: 1\nexpect:\n  - {metric: a, country: [\n",
}
OURS = """\
schema_version: 1
title: a week
period: {start: 2021-05-01, end: 2021-05-07}
expect:
  - {metric: attempts, country: LT, from: 2021-05-01, to: 2021-05-07, between: [35, 35], source: a page}
"""
SEEN = """
import os, sys
def pytest_unconfigure():
    print("imported:", *sorted(m for m in sys.modules if m.split(".")[0] in ("bordersim", "numba")))
    print("cache:", os.environ.get("NUMBA_CACHE_DIR"))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of somebody who has bordersim installed, with YAML of other tools beside its test."""
    (tmp_path / "site/bordersim_under_test-0.dist-info").mkdir(parents=True)
    known = tmp_path / "site/bordersim_under_test-0.dist-info"
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: bordersim-under-test\nVersion: 0\n")
    (known / "entry_points.txt").write_text("[pytest11]\nbordersim = bordersim.pytest_plugin\n")
    for folder in ("tests", "worlds", "none"):
        (tmp_path / folder).mkdir()
    for name, text in FOREIGN.items():
        (tmp_path / "tests" / name).write_text(text)
    (tmp_path / "tests/test_theirs.py").write_text("def test_theirs():\n    pass\n")
    (tmp_path / "conftest.py").write_text(SEEN)
    (tmp_path / "worlds/week.yaml").write_text(OURS)
    (tmp_path / "none/a.yaml").write_text(FOREIGN["unruly.yaml"])
    return tmp_path


def session(project: Path, *arguments: str) -> tuple[int, str]:
    """Run pytest there; return its exit code and what it says."""
    environment = {key: value for key, value in os.environ.items() if key != "NUMBA_CACHE_DIR"}
    environment["PYTHONPATH"] = f"{project / 'site'}{os.pathsep}{ROOT / 'sim'}"
    command = [sys.executable, "-m", "pytest", "-q", *BARE, *arguments]
    done = subprocess.run(
        command, cwd=project, capture_output=True, text=True, check=False, env=environment, timeout=300
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("named", [(), ("tests",)])
def test_a_session_that_does_not_ask_is_left_alone(project: Path, named: tuple[str, ...]) -> None:
    """YAML of another tool was taken for scenarios, and their own test did not run."""
    code, said = session(project, *named)
    assert code == 0, said
    assert "1 passed" in said
    assert "\nimported: bordersim bordersim.pytest_plugin\ncache: None\n" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("worlds",),
        ("worlds/week.yaml",),
        ("--bordersim", "worlds", "none"),
        ("-o", "bordersim=true"),
    ],
)
def test_naming_a_scenario_or_its_folder_a_switch_and_a_setting_ask(
    project: Path, arguments: tuple[str, ...]
) -> None:
    (project / "tests/broken.yaml").unlink()  # it has all the marks: whoever asked is told that it is broken
    code, said = session(project, *arguments, "--collect-only")
    assert code == 0, said
    assert "worlds/week.yaml::attempts LT 2021-05-01 to 2021-05-07" in said
    for name in FOREIGN:
        assert name not in said
    assert "numba" not in said


def test_a_named_file_of_another_tool_is_left_alone(project: Path) -> None:
    _, said = session(project, "tests/api.yaml", "none")
    assert "imported: bordersim bordersim.pytest_plugin\n" in said


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--bordersim-replicates", "0"), "--bordersim-replicates: must be between 1 and 1000000, is 0"),
        (("worlds", "--bordersim-set", "x"), "--bordersim-set x: expects KEY=VALUE"),
    ],
)
def test_values_that_cannot_be_are_one_error_of_usage(
    project: Path, arguments: tuple[str, ...], line: str
) -> None:
    code, said = session(project, *arguments)
    assert code == pytest.ExitCode.USAGE_ERROR
    assert sum(each.startswith("ERROR") for each in said.splitlines()) == 1
    assert line in said


def test_the_plugin_knows_the_version_without_the_package() -> None:
    assert pytest_plugin.SCHEMA_VERSION == SCHEMA_VERSION


def test_a_broken_scenario_is_told_to_whoever_asks(project: Path) -> None:
    code, said = session(project, "worlds", "tests", "--collect-only")
    assert code == pytest.ExitCode.INTERRUPTED
    assert "tests/broken.yaml:4: not valid YAML" in said


def test_importing_sim_does_nothing(tmp_path: Path) -> None:
    """It hashed all sources, made a folder and set a variable, in every session of pytest."""
    code = (
        "import os, sys, bordersim\n"
        "print('bordersim.model.compiling.sources' in sys.modules, os.environ.get('NUMBA_CACHE_DIR'))\n"
    )
    code += "import bordersim.model.randomness\nprint(os.environ['NUMBA_CACHE_DIR'])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "sim"), "XDG_CACHE_HOME": str(tmp_path)}
    environment.pop("NUMBA_CACHE_DIR", None)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    first, folder = done.stdout.splitlines()
    assert first == "False None"
    assert Path(folder).parent == tmp_path / "bordersim"
