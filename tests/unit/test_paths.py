"""Paths of users: a leading ~ is the home folder, once; a working folder that is gone is no hindrance."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fake_model import install
from run_folders import experiment, folder_of, quietly
from typer.testing import CliRunner

import bordersim
from bordersim.analyses.drawfile import read_draws
from bordersim.api import expand_run, resume_run
from bordersim.cli import app
from bordersim.experiments.reproduce import reproduce
from bordersim.inputs import load_scenario
from bordersim.inputs.loading import load
from bordersim.inputs.paths import user_path
from bordersim.validation.fitted import load_fitted
from bordersim.validation.published import load_observations
from bordersim.validation.recorded import is_run_folder, of_folder

ROOT = Path(__file__).parents[2]
EXERCISE = ROOT / "scenarios/exercises/order_2021.yaml"
SCENARIO = "schema_version: 1\ntitle: mine\nextends: history_2021\nperiod: {end: 2021-05-07}\n"
FIGURES = (
    "country,series,period_start,period_end,unit,value\nLT,turned_back,2021-05-01,2021-05-01,persons,4\n"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with scenarios, draws and figures; the working folder is another."""
    install(monkeypatch)
    (tmp_path / "home").mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "work")
    place = tmp_path / "home"
    (place / "mine.yaml").write_text(SCENARIO)
    (place / "more+less.yaml").write_text(SCENARIO)
    (place / "child.yaml").write_text("schema_version: 1\ntitle: child\nextends: ~/mine.yaml\n")
    (place / "draws.csv").write_text("guards.LT.officers\n900\n")
    (place / "seen.csv").write_text(FIGURES)
    window = "{countries: [LT], series: [turned_back], from: 2021-05-01, to: 2021-05-02, into: mine}"
    (place / "fitted.yaml").write_text(f"fitted:\n  - {window}\n")
    (place / "exercise.yaml").write_bytes(EXERCISE.read_bytes())
    return place


def test_a_home_is_put_in_once(home: Path) -> None:
    assert user_path("~/x") == f"{home}/x"
    assert user_path(Path("~/x")) == home / "x"
    assert user_path("~") == str(home)
    for other in ("x/~/y", "x~", "/x/~", "s3://~/x", "memory://~", "history_2021"):
        assert user_path(other) == other


@pytest.mark.parametrize("given", ["~/x", "./~/x", "~nobody-of-this-name/x", "./~"])
def test_what_comes_out_is_not_expanded_again(given: str) -> None:
    """Pandas put the home in where the folder itself was meant."""
    once = user_path(given)
    assert user_path(once) == once
    assert os.path.expanduser(str(Path(once))) == str(Path(once))
    assert not given.startswith("./") or once == str(Path.cwd() / given)


def test_runs_are_made_found_and_gone_on_with_below_the_home(home: Path) -> None:
    """Blocks were written into a folder called ~, tables into the home; half of the run was lost."""
    made = experiment("~/out", 20)
    folder = folder_of(made)
    assert folder.is_relative_to(home / "out")
    named = f"~/{folder.relative_to(home)}"
    assert resume_run(named, quietly()).folder == folder
    assert expand_run(named, 30, quietly()).folder == folder
    assert reproduce(f"{named}/manifest.json", quietly()).is_same
    (home / "alone.json").write_bytes((folder / "manifest.json").read_bytes())
    assert is_run_folder(named)
    assert [each.name for each in of_folder(Path(named))] == ["week0", "week1"]
    assert list(Path().iterdir()) == []


def test_a_folder_called_tilde_is_one(home: Path) -> None:
    made = experiment("./~", 20)
    folder = folder_of(made)
    assert folder.is_relative_to(Path.cwd() / "~")
    assert (folder / "metrics.csv").is_file()
    assert expand_run(folder, 30, quietly()).folder == folder
    assert not (home / "week0-vs-week1").exists()


@pytest.mark.parametrize("name", ["mine", "child", "more+less"])
def test_scenarios_may_lie_below_the_home(home: Path, name: str) -> None:
    one = load(f"~/{name}.yaml", {})
    assert one.config.period.end.isoformat() == "2021-05-07"
    assert one.digest == load(str(home / f"{name}.yaml"), {}).digest
    assert load_scenario([f"~/{name}.yaml"]).digest == one.digest


def test_scenarios_below_the_home_combine() -> None:
    assert load("~/mine.yaml+~/child.yaml", {}).config == load("~/mine.yaml", {}).config


def test_draws_figures_and_windows_may_lie_below_the_home() -> None:
    draws = read_draws(Path("~/draws.csv"), [load_scenario(["history_2021"])])
    assert draws == [{"guards.LT.officers": 900}]
    assert len(load_observations(Path("~/seen.csv"))) == 1
    assert len(load_fitted(Path("~/fitted.yaml"))) == 1


def test_every_command_takes_a_home(home: Path) -> None:
    sets = ("--set", "period.end=2021-05-07")
    for command in (
        ("run", "--values=fixed", "~/mine.yaml", "--out", "~/a", "--replicates", "2", "--no-plots"),
        ("sweep", "~/mine.yaml", "--draws", "~/draws.csv", "--dry-run"),
        ("validate", "~/mine.yaml", "--observations", "~/seen.csv", "--fitted", "~/fitted.yaml", "--dry-run"),
        ("calibrate", "~/exercise.yaml", "--dry-run"),
        ("show", "~/mine.yaml", *sets),
    ):
        done = CliRunner().invoke(app, list(command))
        assert done.exit_code == 0, done.stderr
    folder = next((home / "a").glob("*/*/*"))
    named = f"~/{folder.relative_to(home)}"
    for command in (
        ("resume", named, "--no-plots"),
        ("expand", named, "--replicates", "3", "--no-plots"),
        ("reproduce", named),
        ("validate", named, "--observations", "~/seen.csv", "--no-plots"),
    ):
        done = CliRunner().invoke(app, list(command))
        assert done.exit_code == 0, done.stderr
    assert (folder / "scorecard-seen.csv").is_file()
    assert list(Path().iterdir()) == []


def test_python_takes_a_home(home: Path) -> None:
    made = bordersim.run("~/mine.yaml", replicates=2, out=Path("~/b"))
    assert made.folder
    assert Path(made.folder).is_relative_to(home / "b")
    assert bordersim.compare(
        "history_2021", "~/mine.yaml", replicates=2, set={"period.end": "2021-05-07"}
    ).table.size


GONE = """
import os, tempfile
gone = tempfile.mkdtemp()
os.chdir(gone)
os.rmdir(gone)
from bordersim.cli import main
main()
"""


def test_a_working_folder_that_was_removed_is_no_hindrance(tmp_path: Path) -> None:
    """`--out` was absolute and nothing else was asked of the working folder, and yet the run failed."""
    arguments = (
        "run",
        "--values=fixed",
        "history_2021",
        "--set",
        "period.end=2021-05-02",
        "--replicates",
        "2",
        "--no-plots",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "sim")}

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", GONE, *words]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    done = call(*arguments, "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.splitlines()[-1], "metrics.csv").is_file()
    done = call(*arguments, "--out", "relative")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
