"""The scorecards on docs/validation.md are those of the model as it is; every expectation is as written."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from bordersim import run
from bordersim.inputs import list_scenarios, load_scenario
from bordersim.validation.expectations import check
from bordersim.validation.recorded import of_results

ROOT = Path(__file__).parents[2]
EXPECTING = [name for name, _ in list_scenarios() if load_scenario([name]).expect]


def test_scorecards_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    made = runpy.run_path(str(ROOT / "docs/make_scorecards.py"))
    assert made["page"]() == made["PAGE"].read_text(encoding="utf-8"), "stale, run: make docs"


@pytest.mark.parametrize("name", EXPECTING)
def test_expectations_are_as_written(name: str, say: Callable[[str], None]) -> None:
    recorded = of_results([run(name, replicates=100)])
    checked = [check(recorded, each) for each in load_scenario([name]).expect]
    say(f"{name}: {sum(each.holds for each in checked)} of {len(checked)} expectations hold")
    assert [each.line for each in checked if not each.passes] == []
