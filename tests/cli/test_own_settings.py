"""Several scenarios, some with settings of their own, and what should be noticed of their values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import call
from fake_model import install

QUICK = ("--values=fixed", "--replicates=4", "--no-plots", "--set=period.end=2021-05-07")
OWN = "history_2021:guards.LT.officers=100"
NOTE = "--set guards.LT.officers: 100 is outside its range 600 to 1800 people; it runs all the same"


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)


def test_a_scenario_is_compared_with_itself_with_another_value() -> None:
    result = call("compare", "history_2021", OWN, *QUICK)
    assert result.exit_code == 0, result.stderr
    assert f"entry ledger: {OWN} minus history_2021" in result.stdout
    folder = Path(result.stdout.splitlines()[-1])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenarios"] == ["history_2021", OWN]
    assert manifest["sets"] == {"period.end": "2021-05-07"}
    (resolved,) = folder.glob("scenario.history_2021_*.resolved.yaml")
    assert "officers:\n      - {from: 2020-01-01, value: 100}\n" in resolved.read_text(encoding="utf-8")


def test_a_note_is_told_once_and_kept_with_the_results() -> None:
    result = call("compare", "history_2021", OWN, *QUICK)
    assert result.stderr.count(f"note: {NOTE}\n") == 1
    folder = Path(result.stdout.splitlines()[-1])
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["notes"] == [NOTE]
    assert f"note: {NOTE}" in (folder / "summary.md").read_text(encoding="utf-8").replace("\\", "")
    for scenarios in (("history_2021", "no_turn_back_2021"), ("no_turn_back_2021",)):
        again = call("run", *scenarios, *QUICK, "--set=guards.LT.officers=100", "--dry-run")
        assert again.stderr.count(NOTE) == 1


def test_run_puts_several_side_by_side() -> None:
    result = call("run", "history_2021", "no_turn_back_2021", *QUICK)
    assert result.exit_code == 0, result.stderr
    assert Path(result.stdout.splitlines()[-1]).parent == Path(
        "results/history_2021-vs-no_turn_back_2021/compare"
    )


@pytest.mark.parametrize("command", ["show", "map", "validate"])
def test_a_command_for_one_scenario_takes_one(command: str) -> None:
    result = call(command, "history_2021", "no_turn_back_2021")
    said = "one scenario at a time; history_2021+no_turn_back_2021 combines them"
    assert (result.exit_code, result.stderr) == (2, f"history_2021 no_turn_back_2021: {said}\n")


def test_explain_says_how_lists_by_date_merge() -> None:
    said = call("explain", "guards.LT.soldiers").stdout
    assert "Each entry holds until the next. A list in a scenario replaces the entries from its first" in said
    assert "Kilometres grow evenly" in call("explain", "build.LT.fence_km").stdout
    assert "by date" not in call("explain", "choice.rest_days").stdout
