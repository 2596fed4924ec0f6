"""The commands: exit codes, one line for a mistake, nothing left behind, a fast start, the path last."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from commands import call
from fake_model import install

ROOT = Path(__file__).parents[2]
HEAVY = ("numba", "numpy", "pandas", "matplotlib", "pyarrow", "mesa", "scipy")
DAYS = "period: {start: 2021-05-01, end: 2021-05-07}\n"


@pytest.fixture(autouse=True)
def _short_scenarios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two scenarios in the working folder, and the stand-in for the engine."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    write("first", DAYS)
    write("second", DAYS + "cross: {approach_h: 0.6}\n")


def write(name: str, values: str) -> None:
    """Write a scenario file."""
    text = f"schema_version: 1\nname: {name}\ntitle: the {name} week\n{values}"
    Path(f"scenarios/{name}.yaml").write_text(text)


def last_folder(result: Result) -> Path:
    """Take the path off the last line."""
    return Path(result.stdout.splitlines()[-1])


def test_compare_prints_four_ledgers_then_the_time_and_the_path() -> None:
    result = call("compare", "--values=fixed", "first", "second", "--replicates", "20", "--no-plots")
    assert result.exit_code == 0, result.stderr
    for ledger in ("entry", "protection", "guards", "money"):
        assert f"{ledger} ledger: second minus first" in result.stdout
    *_, seconds, path = result.stdout.splitlines()
    assert seconds.endswith(" s; results are in")
    assert (Path(path) / "comparison.csv").exists()
    assert Path(path).parent == Path("results/first-vs-second/compare")
    assert "no difference detectable" in result.stdout
    assert "are assumed" in result.stdout
    assert result.stderr == ""


def test_run_prints_figures_with_their_spread() -> None:
    result = call("run", "--values=fixed", "first", "--replicates", "10", "--no-plots", "--out", "elsewhere")
    assert result.exit_code == 0, result.stderr
    assert "entry ledger: first" in result.stdout
    assert last_folder(result).parent == Path("elsewhere/first/run")


def test_names_joined_by_a_plus_combine_into_one_scenario() -> None:
    result = call("run", "--values=fixed", "first+second", "--replicates", "5", "--no-plots")
    assert last_folder(result).parent == Path("results/first+second/run")


def test_set_and_seed_reach_the_scenario_and_are_written_down() -> None:
    result = call(
        "run",
        "--values=fixed",
        "first",
        "--replicates",
        "5",
        "--no-plots",
        "--set",
        "cross.approach_h=0.7",
        "--seed",
        "8",
    )
    folder = last_folder(result)
    assert (folder / "overrides.yaml").read_text() == "cross.approach_h: 0.7\nrun.seed: 8\n"
    assert "approach_h: 0.7" in (folder / "scenario.resolved.yaml").read_text()
    assert json.loads((folder / "manifest.json").read_text())["seed"] == 8


def test_workers_change_no_number() -> None:
    digests = {
        json.loads(
            call(
                "run", "--values=fixed", "first", "--replicates", "60", "--no-plots", "--json", "--workers", n
            ).stdout
        )["digest"]
        for n in ("1", "2")
    }
    assert len(digests) == 1


def test_json_is_all_there_is_on_stdout() -> None:
    result = call("compare", "--values=fixed", "first", "second", "--replicates", "5", "--no-plots", "--json")
    read = json.loads(result.stdout)
    assert set(read["comparison"][0]) >= {"ledger", "metric", "country", "difference", "low", "high"}
    assert Path(read["folder"]).is_dir()


def test_map_ends_with_the_picture() -> None:
    result = call("map", "--values=fixed", "first", "--replicates", "5")
    assert last_folder(result).read_bytes() == b"first"


def test_a_dry_run_leaves_nothing() -> None:
    result = call("compare", "--values=fixed", "first", "second", "--dry-run")
    assert result.exit_code == 0
    assert "first, second" in result.stdout
    assert not Path("results").exists()


BAD = {
    "unknown_key": (DAYS + "cross: {aproach_h: 1}\n", ["run"], "unknown_key.yaml:5", "approach_h"),
    "wrong_unit": (DAYS + "cross: {approach_h: 20 km}\n", ["run"], "wrong_unit.yaml:5", "h"),
    "out_of_range": (
        DAYS + "inflow: {vulnerable_share: 3}\n",
        ["run"],
        "out_of_range.yaml:5",
        "between 0 and 1",
    ),
    "late_date": (
        DAYS + "guards:\n  LT:\n    officers:\n      - {from: 2201-09-01, value: 5}\n",
        ["run"],
        "late_date.yaml:8",
        "2025-12-31",
    ),
    "circle": (DAYS + "extends: circle\n", ["run"], "circle.yaml", "circ"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_and_leaves_no_folder(name: str) -> None:
    values, command, where, hint = BAD[name]
    write(name, values)
    result = call(*command, name, "--replicates", "5")
    _assert_bad(result, where, hint)


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    _assert_bad(call("compare", "--values=fixed", "first", "secnd"), "secnd", "second")


def test_an_empty_file_is_bad_input() -> None:
    Path("scenarios/empty.yaml").touch()
    _assert_bad(call("run", "empty"), "empty.yaml", "empty")


def test_a_scenario_compared_with_itself_is_bad_input() -> None:
    _assert_bad(call("compare", "--values=fixed", "first", "first"), "first", "itself")


def test_scenarios_of_different_length_are_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    from fake_model import make_world

    days = lambda scenario: make_world(days=7 if scenario.name == "first" else 8)  # noqa: E731
    monkeypatch.setitem(sys.modules["bordersim.model.world"].__dict__, "build_world", days)
    _assert_bad(call("compare", "--values=fixed", "first", "second"), "second", "number of days differs")


def _assert_bad(result: Result, *words: str) -> None:
    """Check a mistake: exit code 2, one line with these words, nothing left behind."""
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.splitlines()
    for word in words:
        assert word in line
    assert "Traceback" not in result.output
    assert not Path("results").exists()


def test_debug_shows_where_an_error_came_from() -> None:
    result = call("run", "--values=fixed", "secnd", "--debug")
    assert result.exit_code == 2
    assert "Traceback" in result.stderr
    assert "finding.py" in result.stderr


def _failing(*_: Any) -> Any:
    raise RuntimeError("people do not add up")


def test_a_failed_run_ends_with_one_line_and_code_one(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, _failing)
    result = call("run", "--values=fixed", "first", "--replicates", "5", "--no-plots")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "people do not add up" in result.stderr


def test_a_run_that_lacks_a_picture_is_partial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        sys.modules["bordersim.report.pictures.map_differences"].__dict__, "save_maps", _failing
    )
    result = call("map", "--values=fixed", "first", "--replicates", "5")
    assert result.exit_code == 3
    assert "pictures" in result.stderr


def test_scenarios_lists_names_and_titles() -> None:
    assert "the second week" in call("scenarios").stdout


def test_show_names_the_origin_of_every_value() -> None:
    text = call("show", "second", "--resolved", "--origin").stdout
    line = next(line for line in text.splitlines() if "approach_h" in line)
    assert "0.6" in line
    assert "second.yaml:5" in line


def test_show_alone_says_what_the_scenario_sets() -> None:
    text = call("show", "second").stdout
    assert "the second week" in text
    assert "cross.approach_h = 0.6" in text
    assert "clear_h" not in text


def test_explain_gives_unit_range_confidence_and_source() -> None:
    text = call("explain", "cross.approach_h", "--scenario", "second").stdout
    for word in ("cross.approach_h", "0.6", "unit", "range", "confidence", "source", "second.yaml:5"):
        assert word in text


@pytest.mark.parametrize(
    "arguments",
    [
        *(["--help"], ["run", "--help"], ["bench", "--help"], ["scenarios"], ["show", "second"]),
        ["explain", "cross.approach_h"],
    ],
)
def test_what_only_tells_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from bordersim.cli import app\n"
        "try:\n    app(sys.argv[1:])\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print(*sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "sim")}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout
    assert done.stderr.strip() == ""


def test_help_states_the_limits_of_use() -> None:
    text = " ".join(call("--help").stdout.split())
    assert "synthetic people" in text
    assert "not by itself a better outcome" in text
