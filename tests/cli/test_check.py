"""`check` and pytest on scenario files: expected beside obtained, strict known failures, a readable line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import Result
from fake_model import install
from typer.testing import CliRunner

from bordersim.cli import app

ROOT = Path(__file__).parents[2]
# The stand-in draws attempts from a Poisson distribution of mean 5 on each of 7 days.
WEEK = "metric: attempts, country: LT, from: 2021-05-01, to: 2021-05-07"
ENTRY = f"{{{{{WEEK}, between: [{{0}}, {{0}}], source: a page{{1}}}}}}"
KNOWN = ', known_failure: "the stand-in knows nothing"'
# Of pytest in a process of its own: importing hypothesis, which nobody uses there, is half of its time.
BARE = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")


@pytest.fixture
def _week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenarios in the working folder, and the stand-in for the engine."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    write("plain")


def write(name: str, *entries: str) -> None:
    """Write a scenario of a week."""
    head = "schema_version: 1\ntitle: a week\nperiod: {start: 2021-05-01, end: 2021-05-07}\n"
    expected = "expect:\n" + "".join(f"  - {entry}\n" for entry in entries) if entries else ""
    Path(f"scenarios/{name}.yaml").write_text(head + expected)


def call(*arguments: str) -> Result:
    """Call the command line in this process."""
    return CliRunner().invoke(app, ["check", *arguments, "--replicates", "20"])


@pytest.mark.usefixtures("_week")
@pytest.mark.parametrize(
    ("value", "known", "code", "verdict"),
    [
        (35, "", 0, "holds"),
        (900, "", 1, "FAILS"),
        (900, KNOWN, 0, "fails as known"),
        (35, KNOWN, 1, "HOLDS, though marked as a known failure"),
    ],
)
def test_a_miss_and_a_known_failure_that_holds_are_failures(
    value: int, known: str, code: int, verdict: str
) -> None:
    write("week", ENTRY.format(value, known))
    result = call("week")
    assert result.exit_code == code, result.output
    assert verdict in result.stdout
    assert not Path("results").exists()
    lines = [line for line in result.stdout.splitlines() if line.startswith("attempts LT")]
    assert len(lines) == code
    for line in lines:
        assert f"expected {value}, obtained" in line
        assert "scenarios/week.yaml:5; a page" in line


@pytest.mark.usefixtures("_week")
def test_json_has_every_interval() -> None:
    write("week", ENTRY.format(900, ""))
    (row,) = json.loads(call("week", "--json").stdout)
    assert row["expected"] == [900, 900]
    assert row["obtained"][0] < row["median"] < row["obtained"][1] < 100
    assert not row["passes"]


@pytest.mark.usefixtures("_week")
def test_a_scenario_that_expects_nothing_or_amiss_is_bad_input() -> None:
    write("amiss", ENTRY.format(35, "").replace("metric", "metrik"))
    for name, word in (("plain", "expects nothing"), ("amiss", "did you mean 'metric'?"), ("weak", "weak")):
        result = call(name)
        assert result.exit_code == 2
        assert word in result.stderr


@pytest.mark.usefixtures("_week")
def test_a_dry_run_says_how_many() -> None:
    write("week", ENTRY.format(900, ""))
    assert call("week", "--dry-run").stdout == "would check 1 of week\n"


def pytest_on_scenarios(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on scenario files in a process of its own, the plugin found by its entry point alone."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    entry = project["entry-points"]["pytest11"]["bordersim"]
    known = folder / "site/bordersim_under_test-0.dist-info"
    known.mkdir(parents=True)
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: bordersim-under-test\nVersion: 0\n")
    (known / "entry_points.txt").write_text(f"[pytest11]\nbordersim = {entry}\n")
    environment = {**os.environ, "PYTHONPATH": f"{known.parent}{os.pathsep}{ROOT / 'sim'}"}
    command = [sys.executable, "-m", "pytest", "scenarios/", *BARE, "-rfx", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy the scenarios; leave only one that expects something, and of it what is quick to run."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios", ignore=shutil.ignore_patterns("history_2*"))
    june = "{metric: record_apprehended, country: LT, from: 2021-06-01, to: 2021-06-30,"
    text = f"""\
schema_version: 1
title: the first weeks of 2021
extends: history
period: {{start: 2021-05-01, end: 2021-06-30}}
expect:
  - {june} between: [473, 473], source: four outlets}}
  - {june} between: [5000, 5000], source: nobody, known_failure: "made up, nobody published this"}}
"""
    for path in (tmp_path / "scenarios").glob("*.yaml"):
        if path.stem not in ("parameters", "history"):
            path.unlink()
    (tmp_path / "scenarios/june.yaml").write_text(text)
    return tmp_path


def test_pytest_collects_expectations_and_knows_known_failures(checkout: Path) -> None:
    done = pytest_on_scenarios(checkout, "--bordersim-replicates", "20")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed, 1 xfailed" in done.stdout
    assert "made up, nobody published this" in done.stdout


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--bordersim-replicates", "0"), "--bordersim-replicates: must be between 1 and 1000000, is 0"),
        (("--bordersim-replicates=-1",), "--bordersim-replicates: must be between 1 and 1000000, is -1"),
        (("--bordersim-replicates", "3.0"), "--bordersim-replicates: expects a whole number, is '3.0'"),
        (
            ("--bordersim-set", "officers"),
            "--bordersim-set officers: expects KEY=VALUE, like guards.LT.officers=900",
        ),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_in_one_line(
    checkout: Path, options: tuple[str, ...], line: str
) -> None:
    """No replicates were told as three IndexErrors."""
    done = pytest_on_scenarios(checkout, *options)
    assert done.returncode == 4
    assert done.stderr.strip() == f"ERROR: {line}"


def test_a_broken_parameter_fails_in_a_line_that_says_what_was_expected(checkout: Path) -> None:
    """Of those who flew from Iraq in June nearly all mean to cross, not one in seven."""
    path = checkout / "scenarios/history.yaml"
    text = path.read_text(encoding="utf-8")
    broken = text.replace("{from: 2021-06-01, value: 0.15,", "{from: 2021-06-01, value: 0.95,")
    assert broken != text
    path.write_text(broken, encoding="utf-8")
    done = pytest_on_scenarios(checkout, "--bordersim-replicates", "20")
    assert done.returncode == 1, done.stdout + done.stderr
    line = next(line for line in done.stdout.splitlines() if "expected 473, obtained" in line)
    for word in ("record_apprehended LT 2021-06-01 to 2021-06-30", "FAILS", "june.yaml:6", "four outlets"):
        assert word in line
    assert "Traceback" not in done.stdout


def test_a_file_that_cannot_be_read_is_one_error_and_anybody_elses_yaml_none(checkout: Path) -> None:
    path = checkout / "scenarios/june.yaml"
    path.write_text(path.read_text().replace("four outlets", ""))
    (checkout / "scenarios/theirs.yaml").write_text("expect: [anything, 1]\n")
    done = pytest_on_scenarios(checkout)
    assert done.returncode == 2
    assert "june.yaml:6: expect.source: expects text" in done.stdout
    assert "theirs" not in done.stdout
