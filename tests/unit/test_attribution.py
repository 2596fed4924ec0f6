"""Which change did it: parts of a scenario, contributions in closed form, and what is refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fake_model import install, make_world

from bordersim.analyses.attribution import Parts, attribution_of, contributions
from bordersim.api import resume_run, run_experiment
from bordersim.errors import BadInput
from bordersim.experiments.settings import Settings
from bordersim.inputs import Scenario, load_scenario
from bordersim.report.attribution import attribution_sheets
from bordersim.results.by_draw import Wanted
from bordersim.results.contributions import ALL_CHANGES, ALONE, INTERACTION, LOST, OTHERS, SUM, TOGETHER

ATTEMPTS = "attempts:LT"
DAYS = 7
CHANGES = {"guards.LT.officers": 1300, "cross.clear_h": 4, "choice.retry_days_mean": 4}
PRODUCT = 3  # what the stand-in adds a day where the first two changes are both there


def loaded(values: dict[str, object], name: str) -> Scenario:
    """Load 2021 with values, under a name of its own."""
    from dataclasses import replace

    return replace(load_scenario("history_2021", values), name=name)


@pytest.fixture
def scenarios(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Scenario, Scenario]:
    """Put a stand-in where the model is, in which two changes add up and work together."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)
    usual, changed = loaded({}, "usual"), loaded(CHANGES, "changed")

    def shift(scenario: Scenario) -> float:
        config, before = scenario.config, usual.config
        guards = float(config.guards != before.guards)
        clear = float(config.cross.clear_h != before.cross.clear_h)
        return 1 * guards + 2 * clear + PRODUCT * guards * clear

    worlds = sys.modules["bordersim.model.world"].__dict__
    monkeypatch.setitem(worlds, "build_world", lambda scenario: make_world(shift=shift(scenario)))
    return usual, changed


def made(scenarios: tuple[Scenario, Scenario], out: Path | None = None) -> Any:
    """Run all parts."""
    parts, asked = attribution_of(*scenarios, [ATTEMPTS])
    settings = Settings(replicates=4, out=out, analysis=asked, keep="totals", pictures=("plots",))
    return run_experiment(parts, settings), asked


def test_each_change_is_run_alone_and_left_out(scenarios: tuple[Scenario, Scenario]) -> None:
    parts, asked = attribution_of(*scenarios, [])
    assert set(asked["changes"]) == {"guards.LT", "cross.clear_h", "choice.retry_days_mean"}
    assert len(parts) == 2 + 2 * len(asked["changes"])
    by_name = {each.name: each for each in parts}
    usual, changed = scenarios
    only, without = by_name["changed, only cross.clear_h"], by_name["changed, without cross.clear_h"]
    assert only.config.cross == changed.config.cross
    assert only.config.guards == usual.config.guards
    assert without.config.cross == usual.config.cross
    assert without.config.guards == changed.config.guards


def test_contributions_and_interaction_are_those_of_the_closed_form(
    scenarios: tuple[Scenario, Scenario],
) -> None:
    """1 + 2 + 3 a day: alone 1 and 2, lost when left out 4 and 5, together 6, interaction 3; no spread."""
    experiment, asked = made(scenarios)
    table = contributions(Parts.of(experiment, asked["changes"]), [Wanted("attempts", "LT")])
    found = {(row.change, row.measure): row for row in table.itertuples()}
    expected = {
        ("guards.LT", ALONE): 1,
        ("guards.LT", LOST): 4,
        ("guards.LT", OTHERS): 3,
        ("cross.clear_h", ALONE): 2,
        ("cross.clear_h", LOST): 5,
        ("choice.retry_days_mean", ALONE): 0,
        ("choice.retry_days_mean", LOST): 0,
        (ALL_CHANGES, TOGETHER): 6,
        (ALL_CHANGES, SUM): 3,
        (ALL_CHANGES, INTERACTION): PRODUCT,
    }
    for key, per_day in expected.items():
        row: Any = found[key]
        assert (row.value, row.low, row.high) == (per_day * DAYS,) * 3, key
    assert set(table["replicates"]) == {4}


def test_two_changes_need_no_more_runs_than_each_alone(scenarios: tuple[Scenario, Scenario]) -> None:
    two = loaded({"guards.LT.officers": 1300, "cross.clear_h": 4}, "two")
    parts, asked = attribution_of(scenarios[0], two, [ATTEMPTS])
    assert len(parts) == 4
    experiment = run_experiment(parts, Settings(replicates=3))
    table = contributions(Parts.of(experiment, asked["changes"]), [Wanted("attempts", "LT")])
    values = table.set_index(["change", "measure"])["value"]
    assert values["guards.LT", LOST] == 4 * DAYS
    assert values["cross.clear_h", LOST] == 5 * DAYS


def test_one_part_with_two_values_is_taken_apart(scenarios: tuple[Scenario, Scenario]) -> None:
    both = loaded({"guards.LT.officers": 1300, "guards.LT.soldiers": 10}, "both")
    _, asked = attribution_of(scenarios[0], both, [])
    assert asked["changes"] == ["guards.LT.officers", "guards.LT.soldiers"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "differs from usual in nothing"),
        ({**CHANGES, "period.end": "2021-06-01"}, "has another period"),
    ],
)
def test_what_has_no_parts_is_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        attribution_of(loaded({}, "usual"), loaded(values, "other"), [])


def test_the_only_change_is_told_with_its_way(scenarios: tuple[Scenario, Scenario]) -> None:
    """A fence alone was refused, so that nothing said how it works."""
    from bordersim.analyses.ways import ways
    from bordersim.report.fitting import collapsed, fitted

    usual, one = scenarios[0], loaded({"cross.clear_h": 4}, "one")
    experiment, asked = made((usual, one))
    assert experiment.names == ["usual", "one"]
    parts = Parts.of(experiment, asked["changes"])
    figures, way = attribution_sheets(contributions(parts, [Wanted("attempts", "LT")]), ways(parts))
    assert figures.rows == [("attempts", "LT", "attempts", "14.0 (14.0 to 14.0)")]
    assert fitted(collapsed(figures), 40) is not None
    assert ("cross.clear_h, at LT", "attempts", "attempts", "+14.0 (14.0 to 14.0)") in way.rows


def test_the_folder_has_tables_picture_and_summary_and_resumes(
    scenarios: tuple[Scenario, Scenario], tmp_path: Path
) -> None:
    experiment, _ = made(scenarios, tmp_path / "out")
    folder = Path(experiment.folder)
    assert (folder.parent.parent.name, folder.parent.name) == ("usual-vs-changed", "attribution")
    assert (folder / "plots" / "attribution.png").stat().st_size > 0
    summary = (folder / "summary.md").read_text()
    assert "Which change did it" in summary
    assert "interaction of" in summary
    assert "only guards.LT" not in summary.split("## Digests")[0]
    before = (folder / "attribution.csv").read_bytes()
    (folder / "attribution.csv").unlink()
    next((folder / "blocks").glob("changed*only*")).unlink()
    again = resume_run(folder, Settings())
    assert (folder / "attribution.csv").read_bytes() == before
    assert again.digest == experiment.digest
    assert json.loads((folder / "manifest.json").read_text())["analysis"]["kind"] == "attribution"


@pytest.mark.parametrize(
    ("times", "worth", "ends"),
    [(1.0, None, (1.0, 19.0)), (1.5, None, (-3.5, 23.5)), (1.0, 10.0, (0.0, 20.0))],
)
def test_ranges_of_histories_hold_nine_in_ten(
    monkeypatch: pytest.MonkeyPatch, times: float, worth: float | None, ends: tuple[float, float]
) -> None:
    """Or are stretched, and reach farther where few are independent, as those of a comparison do."""
    monkeypatch.setattr("bordersim.results.tested.stretch", lambda metric, country: times)
    values = np.vstack([np.zeros(21), np.arange(21.0), np.arange(21.0), np.zeros(21)])
    names = ("a", "b", "b, only x", "b, only y")
    parts = Parts(("x", "y"), names, {Wanted("attempts", "LT"): values}, is_given=True, worth=worth)
    row: Any = next(contributions(parts, [Wanted("attempts", "LT")]).itertuples())
    assert (row.value, row.low, row.high) == (10.0, *ends)


def test_a_change_that_moves_nothing_is_named_below_and_no_other(
    scenarios: tuple[Scenario, Scenario],
) -> None:
    """One that moves things alone, but nothing beside the others, was listed as the same in both."""
    from bordersim.report.fitting import collapsed

    experiment, asked = made(scenarios)
    table = contributions(Parts.of(experiment, asked["changes"]), [Wanted("attempts", "LT")])
    unmoved = (table["change"] == "guards.LT") & (table["measure"] == LOST)
    table.loc[unmoved, ["value", "low", "high"]] = 0.0
    first = collapsed(next(attribution_sheets(table, table.iloc[:0])))
    guards = next(row for row in first.rows if row[0] == "guards.LT")
    assert guards[1:3] == ("7.00 (7.00 to 7.00)", "0 (0 to 0)")
    assert first.notes == ("move nothing here, alone or with the others: choice.retry_days_mean",)


def test_the_way_names_what_moves_only(scenarios: tuple[Scenario, Scenario]) -> None:
    from bordersim.analyses.ways import ways

    experiment, asked = made(scenarios)
    parts = Parts.of(experiment, asked["changes"])
    *_, way = attribution_sheets(contributions(parts, [Wanted("attempts", "LT")]), ways(parts))
    told = {row[:2]: row[2:] for row in way.rows}
    assert told["guards.LT, at LT", "attempts"] == ("attempts", "+7.00 (7.00 to 7.00)")
    assert told["choice.retry_days_mean, at LT", "no step moves beyond its range"] == ("", "")
    assert ("cross.clear_h, at LV", "attempts") not in told
