"""Scenario files: found, laid over each other, validated, and able to say where each value comes from."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bordersim.errors import BadInput
from bordersim.inputs import list_scenarios, load_scenario, parse_sets
from bordersim.inputs.schema.dated import by_day

HEAD = "title: t\nextends: history_2021\n"
Steps = list[tuple[date, float]]


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return name


def soldiers(*names: str) -> Steps:
    steps = load_scenario(names).config.guards.LT.soldiers
    return [(step.from_, step.value) for step in steps]


def test_name_title_question_and_period() -> None:
    scenario = load_scenario(["history_2021"])
    assert scenario.name == "history_2021"
    assert scenario.title == "2021 with the policies that applied"
    assert scenario.question.endswith("?")
    assert (scenario.config.period.start, scenario.config.period.days) == (date(2021, 5, 1), 245)


def test_one_name_may_stand_alone() -> None:
    assert load_scenario("history_2021").digest == load_scenario(["history_2021"]).digest


def test_a_file_without_a_name_is_called_as_its_file() -> None:
    assert load_scenario([write("mine.yaml", HEAD)]).name == "mine"


def test_a_path_a_folder_beside_and_the_package_are_searched_in_this_order() -> None:
    write("scenarios/history_2023.yaml", "schema_version: 1\ntitle: mine\nextends: history_2021\n")
    assert load_scenario(["history_2023"]).title == "mine"
    assert load_scenario(["no_loan_2023"]).config.period.start == date(2021, 5, 1)
    assert load_scenario([write("far/away.yaml", "title: away\nextends: ../scenarios/history_2023.yaml\n")])
    write("far/near.yaml", "title: near\nextends: history_2021\nrespond: {handling_h: 2}\n")
    beside = load_scenario([write("far/child.yaml", "title: child\nextends: near\n")])
    assert beside.config.respond.handling_h == 2
    assert beside.origins["respond.handling_h"] == "far/near.yaml:3"


def test_a_file_may_extend_the_packaged_one_of_its_own_name() -> None:
    write("scenarios/mine.yaml", "schema_version: 1\ntitle: mine\nextends: history_2021\n")
    assert load_scenario(["mine"]).config.period.days == 245


def test_mappings_merge_and_scalars_replace() -> None:
    config = load_scenario([write("x.yaml", HEAD + "respond:\n  handling_h: 2\n")]).config
    original = load_scenario(["history_2021"]).config
    assert config.respond.handling_h == 2
    assert config.respond.model_copy(update={"handling_h": original.respond.handling_h}) == original.respond


def test_a_dated_list_replaces_history_from_its_first_date_on() -> None:
    before = [step for step in soldiers("history_2021") if step[0] < date(2021, 9, 1)]
    text = "guards:\n  LT:\n    soldiers:\n      - {from: 2021-09-01, value: 7}\n"
    assert before
    assert soldiers(write("x.yaml", HEAD + text)) == [*before, (date(2021, 9, 1), 7)]


def test_a_dated_list_continues_a_bare_value() -> None:
    write("x.yaml", HEAD + "guards:\n  LT:\n    soldiers: 5\n")
    write("y.yaml", "extends: x\nguards:\n  LT:\n    soldiers:\n      - {from: 2021-09-01, value: 7}\n")
    assert soldiers("y.yaml") == [(date(2020, 1, 1), 5), (date(2021, 9, 1), 7)]


def test_a_bare_value_holds_on_all_dates() -> None:
    assert soldiers(write("x.yaml", HEAD + "guards:\n  LT:\n    soldiers: 5\n")) == [(date(2020, 1, 1), 5)]


def test_an_empty_list_of_flights_takes_them_all_away() -> None:
    scenario = load_scenario([write("x.yaml", HEAD + "return_home:\n  flights_home: []\n")])
    assert scenario.config.return_home.flights_home == ()


def test_a_list_of_numbers_is_replaced_as_a_whole() -> None:
    ones = ", ".join("1" for _ in range(12))
    config = load_scenario([write("x.yaml", f"{HEAD}choice:\n  month_factor: [{ones}]\n")]).config
    assert config.choice.month_factor == (1.0,) * 12


def test_several_names_combine_in_order() -> None:
    write("x.yaml", HEAD + "respond: {handling_h: 2, dispatch_delay_h: 0.4}\n")
    write("y.yaml", "title: u\nextends: history_2021\nrespond: {handling_h: 3}\n")
    both = load_scenario(["x.yaml", "y.yaml"])
    assert (both.config.respond.handling_h, both.config.respond.dispatch_delay_h) == (3, 0.4)
    assert (both.name, both.title) == ("x+y", "t + u")
    assert load_scenario(["y.yaml", "x.yaml"]).config.respond.handling_h == 2


def test_what_two_names_share_is_applied_once() -> None:
    """The second one's parent must not undo the first."""
    both = load_scenario(["no_turn_back_2021", "double_staffing_2021"]).config
    assert both.policy.LT[-1].value == "admit_and_screen"
    assert both.guards.LT.officers[0].value == 1800


def test_set_comes_last() -> None:
    name = write("x.yaml", HEAD + "respond: {handling_h: 2}\n")
    scenario = load_scenario([name], {"respond.handling_h": 4, "guards.LT.officers": "950"})
    assert scenario.config.respond.handling_h == 4
    assert [step.value for step in scenario.config.guards.LT.officers] == [950]
    assert scenario.origins["respond.handling_h"] == scenario.origins["guards.LT.officers"] == "--set"


@pytest.mark.parametrize(
    ("value", "regimes"),
    [
        ("turn_back", ["turn_back"]),
        (
            "[{from: 2021-10-01, regime: admit_and_screen}]",
            ["admit_and_screen", "turn_back", "admit_and_screen"],
        ),
        ([{"from": date(2021, 7, 1), "regime": "turn_back"}], ["admit_and_screen", "turn_back"]),
    ],
)
def test_set_takes_words_lists_and_python_values(value: object, regimes: list[str]) -> None:
    config = load_scenario(["history_2021"], {"policy.LT": value}).config
    assert [step.value for step in config.policy.LT] == regimes


def test_set_takes_numpy_numbers_and_dates() -> None:
    sets = {"run.seed": np.int64(7), "respond.handling_h": np.float32(0.5), "period.end": date(2021, 6, 1)}
    config = load_scenario(["history_2021"], sets).config
    assert (config.run.seed, config.respond.handling_h, config.period.end) == (7, 0.5, date(2021, 6, 1))


def test_set_reaches_a_name_with_a_dot() -> None:
    name = write("x.yaml", HEAD + "inflow: {origins: {by St. Petersburg: {people_per_day: 1}}}\n")
    config = load_scenario([name], {"inflow.origins.by St. Petersburg.people_per_day": 2}).config
    assert config.inflow.origins["by St. Petersburg"].people_per_day[0].value == 2


def test_sets_are_read_from_texts() -> None:
    assert parse_sets(["guards.LT.officers=900", " a.b = x=y "]) == {
        "guards.LT.officers": "900",
        "a.b": "x=y",
    }


def test_an_inherited_date_after_the_end_is_fine() -> None:
    assert load_scenario(["history_2021"], {"period.end": "2021-06-30"}).config.period.days == 61


def test_a_new_origin_can_be_added() -> None:
    text = (
        "inflow:\n  origins:\n    charter:\n"
        "      {flights_per_week: 1, seats_per_flight: 100, cross_share: 0.5}\n"
    )
    origins = load_scenario([write("x.yaml", HEAD + text)]).config.inflow.origins
    assert origins["charter"].cross_share[0].value == 0.5
    assert "iraq_direct" in origins


def test_origins_name_file_and_line() -> None:
    name = write("x.yaml", HEAD + "respond:\n  handling_h: 2\n")
    scenario = load_scenario([name])
    assert scenario.origins["respond.handling_h"] == "x.yaml:4"
    assert scenario.origins["period.start"].startswith("scenarios/history_2021.yaml:")
    assert scenario.origins["land.segment_length_km"].startswith("scenarios/parameters.yaml:")


def test_explain_says_what_is_known() -> None:
    known = load_scenario(["history_2021"]).explain("patrols.soldier_shift_share")
    assert (known.value, known.unit, known.low, known.high) == (0.064, "share", 0.03, 0.2)
    assert known.confidence == "official"
    assert "kam.lt" in known.source


def test_explain_a_dated_value_entry_by_entry() -> None:
    known = load_scenario(["history_2021"]).explain("guards.LT.frontex")
    assert (known.unit, known.source, known.confidence) == ("people", "by date", "assumed")
    arrived = known.entries[3]
    assert (arrived.from_, arrived.value, arrived.confidence) == (date(2021, 7, 30), 100, "official")
    assert "frontex.europa.eu" in arrived.source
    assert arrived.origin.startswith("scenarios/history.yaml:")


def test_an_overridden_value_keeps_its_unit_but_not_its_source() -> None:
    scenario = load_scenario(["history_2021"], {"patrols.soldier_shift_share": 0.1})
    known = scenario.explain("patrols.soldier_shift_share")
    assert (known.unit, known.low, known.high) == ("share", 0.03, 0.2)
    assert (known.confidence, known.source) == ("assumed", "set in --set")


def test_a_scenario_may_give_a_source_of_its_own() -> None:
    text = "respond:\n  handling_h: {value: 2, confidence: published, source: a report}\n"
    known = load_scenario([write("x.yaml", HEAD + text)]).explain("respond.handling_h")
    assert (known.value, known.unit, known.confidence, known.source) == (2, "h", "published", "a report")


def test_explain_an_unknown_key() -> None:
    with pytest.raises(BadInput, match=r"did you mean 'guards\.LT\.officers'"):
        load_scenario(["history_2021"]).explain("guards.LT.oficers")


def test_the_resolved_text_is_the_same_scenario() -> None:
    scenario = load_scenario(["no_turn_back_2021"], {"guards.LT.officers": 1000})
    for origins in (False, True):
        name = write("resolved.yaml", scenario.resolved_yaml(origins))
        again = load_scenario([name])
        assert again.digest == scenario.digest
        assert (again.name, again.title) == (scenario.name, scenario.title)


def test_the_resolved_text_tells_origins() -> None:
    text = load_scenario(["history_2021"], {"guards.LT.officers": 1000}).resolved_yaml(origins=True)
    assert "- {from: 2020-01-01, value: 1000}  # --set" in text
    assert "  start: 2021-05-01  # scenarios/history_2021.yaml:" in text
    assert "#" not in load_scenario(["history_2021"]).resolved_yaml()


def test_the_digest_follows_values_only() -> None:
    reference = load_scenario(["history_2021"])
    same = load_scenario([write("x.yaml", HEAD)], {"guards.LT.officers": 900.0})
    other = load_scenario(["history_2021"], {"guards.LT.officers": 901})
    assert same.digest == reference.digest
    assert other.digest != reference.digest
    assert len(reference.digest) == 64


def test_an_edited_file_is_read_again() -> None:
    name = write("x.yaml", HEAD + "respond: {handling_h: 2}\n")
    assert load_scenario([name]).config.respond.handling_h == 2
    write("x.yaml", HEAD + "respond: {handling_h: 2.25}\n")
    assert load_scenario([name]).config.respond.handling_h == 2.25


def test_a_scenario_travels_between_processes() -> None:
    scenario = load_scenario(["history_2021"])
    again = pickle.loads(pickle.dumps(scenario))
    assert again.digest == scenario.digest
    assert again.config == scenario.config


def test_the_configuration_cannot_be_changed() -> None:
    config = load_scenario(["history_2021"]).config
    with pytest.raises(ValueError, match="frozen"):
        config.respond.handling_h = 1.0


def test_countries_can_be_asked_by_name() -> None:
    config = load_scenario(["history_2021"]).config
    assert config.guards["PL"] is config.guards.PL


def test_the_list_has_name_and_title_and_is_what_can_be_run() -> None:
    listed = dict(list_scenarios())
    assert listed["history_2021"] == "2021 with the policies that applied"
    assert "parameters" not in listed
    write("scenarios/mine.yaml", "schema_version: 1\ntitle: my own\nextends: history_2021\n")
    assert dict(list_scenarios())["mine"] == "my own"


def test_a_list_by_day_covers_every_dated_number() -> None:
    config = load_scenario(["history_2021"]).config
    by_day(config.guards.LT.soldiers, config.period.start, config.period.days)


def test_loading_needs_no_heavy_package() -> None:
    code = (
        "import sys; from bordersim.inputs import load_scenario; load_scenario(['history_2021']);"
        "print(sorted({'numpy', 'pandas', 'numba', 'mesa', 'shapely', 'matplotlib'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert run.stdout.strip() == "[]"
