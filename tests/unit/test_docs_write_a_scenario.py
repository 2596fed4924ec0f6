"""The page "Write a scenario": its commands work as they stand, and print what it shows."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from test_docs_commands import MADE, parsed
from typer.testing import CliRunner

from bordersim.cli import app
from bordersim.inputs import load_scenario, parse_sets

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/write-a-scenario.md").read_text(encoding="utf-8")
FILE = re.compile(r"(?<=^```yaml\n)# (?P<name>\S+)\n.*?(?=^```$)", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"(?<=^```python\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
STEPS = [step for session in MADE["SESSION"].findall(PAGE) for step in MADE["steps"](session)]
SIMULATES = ("compare", "run")
CUT = "..."


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder with the file that the page shows."""
    monkeypatch.chdir(tmp_path)
    for found in FILE.finditer(PAGE):
        Path(found["name"]).write_text(found[0], encoding="utf-8")


def printed_by(command: str) -> list[str]:
    """Run a command and return what it prints, complaints among it."""
    _, *words = shlex.split(command)
    return CliRunner().invoke(app, words).output.splitlines()


def named_in(given: dict[str, Any]) -> list[str]:
    """Return the scenarios that a command names."""
    return [name for name in [given.get("reference"), *given["scenarios"]] if name]


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Return whether what is shown was printed; a line of dots stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == CUT else re.escape(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def test_it_shows_a_file_and_commands() -> None:
    assert len(FILE.findall(PAGE)) == 1
    assert len(STEPS) > 10


def test_new_prints_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (step,) = [step for step in STEPS if " new " in step.plain]
    assert agrees(step.printed.splitlines(), printed_by(step.plain))
    assert Path("more_guards.yaml").exists()


@pytest.mark.usefixtures("in_folder")
@pytest.mark.parametrize("step", [s for s in STEPS if s.plain.split()[1] in ("show", "explain")], ids=str)
def test_what_is_shown_is_printed(step: object) -> None:
    shown = step.printed.splitlines()  # type: ignore[attr-defined]
    printed = printed_by(step.plain)  # type: ignore[attr-defined]
    assert shown
    assert agrees(shown, printed), "\n".join(printed)


@pytest.mark.usefixtures("in_folder")
@pytest.mark.parametrize("step", [s for s in STEPS if s.plain.split()[1] in SIMULATES], ids=str)
def test_what_would_be_simulated_can_be(step: object) -> None:
    given = parsed(step.plain)  # type: ignore[attr-defined]
    loaded = [load_scenario(name, parse_sets(given["set"] or [])) for name in named_in(given)]
    assert len({scenario.digest for scenario in loaded}) == len(loaded) > 1


@pytest.mark.usefixtures("in_folder")
def test_each_kind_of_command_is_looked_at() -> None:
    kinds = {step.plain.split()[1] for step in STEPS}
    assert kinds == {"new", "show", "explain", *SIMULATES}
    for step in STEPS:
        assert parsed(step.plain)


@pytest.mark.usefixtures("in_folder")
def test_values_in_the_table_can_be_given() -> None:
    values = re.findall(r"^\| `(officers: .*?)` \|", PAGE, re.MULTILINE)
    values += re.findall(r"^`(officers: \{value.*\})`", PAGE, re.MULTILINE)
    assert len(values) == 5
    for value in values:
        Path("x.yaml").write_text(f"extends: history_2021\nguards:\n  LT:\n    {value}\n", encoding="utf-8")
        assert load_scenario("x.yaml").config.guards.LT.officers


def test_the_code_is_python() -> None:
    (code,) = CODE.findall(PAGE)
    assert ast.parse(code)
