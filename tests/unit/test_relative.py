"""Values relative to those of the base: add and times, by date and without, in files and in settings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bordersim.errors import BadInput
from bordersim.inputs import Scenario, load_scenario, parse_sets
from bordersim.inputs.schema.dated import by_day, by_day_linear

HEAD = "schema_version: 1\ntitle: t\nextends: {base}\n"
START, DAYS = date(2020, 1, 1), 2192
SOLDIERS = "guards.LT.soldiers"


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def scenario(values: str, name: str = "x.yaml", base: str = "history_2021") -> Scenario:
    """Load a file with these values."""
    Path(name).write_text(HEAD.format(base=base) + values, encoding="utf-8")
    return load_scenario(name)


def complaint(values: str) -> str:
    """Return why a file with these values is refused."""
    with pytest.raises(BadInput) as caught:
        scenario(values)
    return str(caught.value)


def soldiers(found: Scenario) -> list[float]:
    """Return the soldiers of every day there is."""
    return list(by_day(found.config.guards.LT.soldiers, START, DAYS))


def fence(found: Scenario) -> list[float]:
    """Return the kilometres of fence of every day there is."""
    return list(by_day_linear(found.config.build.LT.fence_km, START, DAYS))


def day(text: str) -> int:
    """Return the place of a day in these lists."""
    return (date.fromisoformat(text) - START).days


BASE = load_scenario("history_2021")


def test_a_change_without_a_date_holds_on_all_dates_of_the_base() -> None:
    more = scenario("guards: {LT: {soldiers: {add: 200}, officers: {times: 2}}}\n")
    assert soldiers(more) == [each + 200 for each in soldiers(BASE)]
    assert len(set(soldiers(BASE))) > 4
    assert [step.value for step in more.config.guards.LT.officers] == [1800]
    assert more.explain("guards.LT.officers").source == "900 times 2"


def test_a_change_by_date_follows_the_base_until_the_next() -> None:
    listed = "[{from: 2021-08-01, times: 2}, {from: 2021-11-10, add: -100}, {from: 2021-12-01, add: 0}]"
    changed, base = soldiers(scenario(f"guards: {{LT: {{soldiers: {listed}}}}}\n")), soldiers(BASE)
    first, second, third = day("2021-08-01"), day("2021-11-10"), day("2021-12-01")
    assert changed[:first] == base[:first]
    assert changed[first:second] == [2 * each for each in base[first:second]]
    assert changed[second:third] == [each - 100 for each in base[second:third]]
    assert changed[third:] == base[third:]


def test_plain_entries_and_changes_stand_beside_each_other() -> None:
    listed = "[{from: 2021-06-01, value: 7}, {from: 2021-09-01, add: 1}, {from: 2021-10-01, value: 9}]"
    changed, base = soldiers(scenario(f"guards: {{LT: {{soldiers: {listed}}}}}\n")), soldiers(BASE)
    assert changed[day("2021-08-31")] == 7
    assert changed[day("2021-09-01")] == base[day("2021-09-01")] + 1
    assert set(changed[day("2021-10-01") :]) == {9}


def test_kilometres_change_from_their_date_on_and_not_before() -> None:
    """Without the day before, a fence added in October would grow from its last published date on."""
    listed = "[{from: 2021-12-01, add: 50}, {from: 2022-03-01, times: 2}, {from: 2022-05-01, add: 0}]"
    changed, base = fence(scenario(f"build: {{LT: {{fence_km: {listed}}}}}\n")), fence(BASE)
    first, second, third = day("2021-12-01"), day("2022-03-01"), day("2022-05-01")
    assert changed[:first] == pytest.approx(base[:first])
    assert changed[first:second] == pytest.approx([each + 50 for each in base[first:second]])
    assert changed[second:third] == pytest.approx([each * 2 for each in base[second:third]])
    assert changed[third:] == pytest.approx(base[third:])


def test_kilometres_can_be_added_where_there_are_none() -> None:
    more = scenario("build: {LT: {fence_km: {add: 30}}}\n")
    assert fence(more) == pytest.approx([each + 30 for each in fence(BASE)])
    assert fence(BASE)[0] == 0


def test_kilometres_that_begin_with_a_jump_keep_it() -> None:
    """Between nothing and the first kilometres of the base there is no slope to add to."""
    scenario("build: {LT: {fence_km: []}}\n", "none.yaml")
    base = scenario("build: {LT: {fence_km: [{from: 2021-08-01, km: 10}]}}\n", "ten.yaml", base="none.yaml")
    more = scenario("build: {LT: {fence_km: {add: 5}}}\n", base="ten.yaml")
    assert fence(more) == pytest.approx([each + 5 for each in fence(base)])
    assert set(fence(base)) == {0, 10}


def test_whole_numbers_stay_whole_and_others_exact() -> None:
    values = "guards: {LT: {lent_to_LV: {times: 1.1}}}\nharm: {injury_probability: {fence: {times: 1.1}}}\n"
    found = scenario(values)
    assert [step.value for step in found.config.guards.LT.lent_to_LV][1] == 19  # 17 x 1.1
    was = BASE.config.harm.injury_probability.fence
    assert found.config.harm.injury_probability.fence == float(f"{was * 1.1:.12g}")


def test_lists_change_number_by_number_and_flights_on_their_days() -> None:
    found = scenario("choice: {month_factor: {times: 2}}\nreturn_home: {flights_home: {times: 2}}\n")
    assert found.config.choice.month_factor == tuple(2 * each for each in BASE.config.choice.month_factor)
    seats = [flight.value for flight in BASE.config.return_home.flights_home]
    assert [flight.value for flight in found.config.return_home.flights_home] == [2 * each for each in seats]
    assert seats
    none_later = scenario("return_home: {flights_home: [{from: 2025-12-01, times: 3}]}\n")
    assert none_later.config.return_home == BASE.config.return_home


def test_each_file_changes_what_stands_below_it() -> None:
    scenario("guards: {LT: {officers: {add: 100}}}\n", "one.yaml")
    scenario("guards: {LT: {officers: {times: 2}}}\n", "two.yaml", base="one.yaml")
    scenario("guards: {LT: {officers: {add: 7}}}\n", "three.yaml")
    assert load_scenario("two.yaml").explain("guards.LT.officers").value == 2000
    assert load_scenario("one.yaml+three.yaml").explain("guards.LT.officers").value == 1007


def test_settings_change_the_scenario_they_are_set_on() -> None:
    by_text = load_scenario(
        "history_2021", parse_sets(["guards.LT.officers.add=+200", f"{SOLDIERS}.times=2"])
    )
    by_value = load_scenario("history_2021", {"guards.LT.officers": {"add": 200}, SOLDIERS: {"times": 2}})
    assert by_text.digest == by_value.digest
    assert by_text.explain("guards.LT.officers").value == 1100
    assert soldiers(by_text) == [2 * each for each in soldiers(BASE)]
    assert BASE.with_values({"guards.LT.officers.add": 200}).explain("guards.LT.officers").value == 1100


def test_what_was_worked_out_reads_back_from_a_resolved_file() -> None:
    values = (
        "guards: {LT: {soldiers: [{from: 2021-08-01, times: 2}]}}\nbuild: {LT: {wire_km: {times: 1.3}}}\n"
    )
    found = scenario(values)
    Path("resolved.yaml").write_text(found.resolved_yaml(), encoding="utf-8")
    assert load_scenario("resolved.yaml").digest == found.digest != BASE.digest


def test_a_value_that_does_not_change_by_date_takes_no_changes_by_date() -> None:
    found = complaint("respond: {handling_h: [{from: 2021-08-01, add: 0.1}]}\n")
    assert "respond.handling_h: does not change by date; give add or times without dates" in found


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            "{LT: {officers: +200}}",
            "'+200' would be 200; write 200, or add: 200 for 200 more than in the base",
        ),
        (
            "{LT: {soldiers: [{from: 2021-08-01, value: +2}]}}",
            "'+2' would be 2; write 2, or add: 2 for 2 more",
        ),
        ("{LT: {officers: {add: 3, value: 4}}}", "guards.LT.officers: has value and add; give one of them"),
        ("{LT: {officers: {add: 3, times: 4}}}", "guards.LT.officers: has add and times; give one of them"),
        ("{LT: {officers: {add: many}}}", "guards.LT.officers.add: expects a number, is 'many'"),
        ("{LT: {officers: {add: }}}", "guards.LT.officers.add: expects a number, is empty"),
        ("{LT: {add: 5}}", "guards.LT: is a section; add and times go with one of officers"),
        ("{LT: {oficers: {add: 1}}}", "guards.LT.oficers: unknown key; did you mean 'officers'?"),
        (
            "{LT: {oficers: [{from: 2021-08-01, add: 1}]}}",
            "guards.LT.oficers: unknown key; did you mean 'officers'?",
        ),
        ("{LT: {officers: {add: -901}}}", "guards.LT.officers: must be between 0 and 100000, is -1"),
        (
            "{LT: {soldiers: [{from: 2021-08-01, ad: 5}]}}",
            "guards.LT.soldiers.ad: unknown key; did you mean 'add'?",
        ),
        (
            "{LT: {soldiers: [{from: 2021-08-01, add: 5, sorce: x}]}}",
            "guards.LT.soldiers.sorce: unknown key; did you mean 'source'?",
        ),
        (
            "{LT: {officers: {times: 1.0e+308}}}",
            "guards.LT.officers: expects a whole number of people, is inf",
        ),
        ("{}\npolicy: {LT: {add: 1}}", "policy.LT: the base has no number there"),
        ("{}\nperiod: {end: {add: 1}}", "period.end: the base has no number there"),
        (
            "{}\ninflow: {origins: {moon: {flights_per_week: {add: 1}}}}",
            "inflow.origins.moon.flights_per_week: has no value yet to which add and times could refer",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(values: str, message: str) -> None:
    found = complaint(f"guards: {values}\n")
    assert message in found
    assert found.startswith("x.yaml:")


def test_a_base_that_is_wrong_itself_is_refused_in_one_line() -> None:
    for wrong in ("[3, 4]", "[{from: 2021-08-01, km: 3}]", "many", "[]"):
        scenario_text = HEAD.format(base="history_2021") + f"guards: {{LT: {{soldiers: {wrong}}}}}\n"
        Path("wrong.yaml").write_text(scenario_text, encoding="utf-8")
        with pytest.raises(BadInput, match=r"guards\.LT\.soldiers: the base has no"):
            scenario("guards: {LT: {soldiers: {add: 1}}}\n", base="wrong.yaml")


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (
            ["guards.LT.officers=+200"],
            "--set guards.LT.officers: '+200' would be 200; write 200, or add: 200",
        ),
        (
            ["guards.LT.officers+=200"],
            "guards.LT.officers+: unknown key; did you mean guards.LT.officers.add=200?",
        ),
        (
            ["guards.LT.officers*=2"],
            "guards.LT.officers*: unknown key; did you mean guards.LT.officers.times=2?",
        ),
        (["guards.LT.officers.add=1", "guards.LT.officers=3"], "--set guards.LT.officers: given twice"),
        (["guards.LT.add=1"], "--set guards.LT: is a section; set one of"),
        (
            ["guards.LT.oficers.add=1"],
            "--set guards.LT.oficers: unknown key; did you mean 'guards.LT.officers'?",
        ),
        (["guards.LT.officers.add=x"], "--set guards.LT.officers.add: expects a number, is 'x'"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(texts: list[str], message: str) -> None:
    with pytest.raises(BadInput) as caught:
        load_scenario("history_2021", parse_sets(texts))
    assert message in str(caught.value)
