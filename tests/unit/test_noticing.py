"""What is allowed and still said: values outside their range, entries after the end; and own settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario
from bordersim.inputs.loading import load_each

HEAD = "schema_version: 1\ntitle: t\nextends: history_2021\n"


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def notes(values: str) -> tuple[str, ...]:
    """Return the notes on a file with these values."""
    Path("x.yaml").write_text(HEAD + values, encoding="utf-8")
    return load_scenario("x.yaml").notes


def test_a_value_outside_its_range_is_noted_with_the_range() -> None:
    assert notes("guards: {LT: {officers: 100}}\n") == (
        "x.yaml:4: guards.LT.officers: 100 is outside its range 600 to 1800 people; it runs all the same",
    )
    listed = (
        "[{from: 2021-06-01, value: 5000}, {from: 2021-07-01, value: 90}, {from: 2021-08-01, value: 2001}]"
    )
    (only,) = notes(f"guards: {{LT: {{soldiers: {listed}}}}}\n")
    assert "5000 (and more on other dates) is outside its range 0 to 2000 people" in only


def test_what_the_record_itself_has_is_inside() -> None:
    """The range of parameters.yaml is that of the first day: the Polish fence is 0 km there, 186.25 later."""
    built = "build: {PL: {fence_km: [{from: 2021-06-01, km: %s}]}}\n"
    assert notes(built % 186) == ()
    assert "187 is outside its range 0 to 186.25 km" in notes(built % 187)[0]


def test_a_range_of_ones_own_is_taken() -> None:
    assert notes("guards: {LT: {officers: {value: 100, low: 50, high: 200}}}\n") == ()


def test_what_is_inherited_or_lies_after_the_end_is_not_noted() -> None:
    assert load_scenario("history_2021").notes == ()
    assert (
        notes("guards: {LT: {soldiers: [{from: 2021-06-01, value: 5}, {from: 2022-06-01, value: 5000}]}}\n")
        == ()
    )


def test_entries_after_the_end_are_allowed_and_noted_if_they_are_all() -> None:
    after = "{from: 2022-05-01, regime: turn_back}"
    assert notes(f"policy: {{LT: [{{from: 2021-06-01, regime: turn_back}}, {after}]}}\n") == ()
    assert notes(f"policy: {{LT: [{after}]}}\n") == (
        "x.yaml:4: policy.LT: 2022-05-01 is after the end, 2021-12-31; it changes nothing in this run",
    )


def test_kilometres_after_the_end_are_noted_unless_they_grow_towards_it_from_a_day_of_the_run() -> None:
    """The record has 10 km of fence on the last day of 2021, and 502 km of 29 August 2022 grow from there."""
    (only,) = notes("build: {LT: {fence_km: [{from: 2022-01-01, km: 502}]}}\n")
    assert only.endswith("fence_km: 2022-01-01 is after the end, 2021-12-31; it changes nothing in this run")
    earlier = "{from: 2021-12-01, km: 0}, {from: 2022-01-01, km: 502}"
    assert notes(f"build: {{LT: {{fence_km: [{earlier}]}}}}\n") == ()
    assert notes("period: {end: 2021-12-01}\nbuild: {LT: {fence_km: [{from: 2021-12-02, km: 9}]}}\n") == ()


def test_hard_bounds_stay_errors() -> None:
    for values in ("guards: {LT: {officers: -1}}\n", "inflow: {vulnerable_share: 1.01}\n"):
        with pytest.raises(BadInput, match="must be between"):
            notes(values)


def test_python_hears_of_it_as_a_warning() -> None:
    with pytest.warns(UserWarning, match="100 is outside its range 600 to 1800") as caught:
        load_each(["history_2021", "no_turn_back_2021"], {"guards.LT.officers": 100})
    assert len(caught) == 1


def test_a_scenario_with_settings_of_its_own() -> None:
    found = load_scenario(
        "history_2021:guards.LT.officers=1100,choice.hour_factor=[{}]".format(",".join(["1"] * 24))
    )
    assert found.name.startswith("history_2021:guards.LT.officers=1100,choice")
    assert found.explain("guards.LT.officers").value == 1100
    assert load_scenario(found.name).digest == found.digest


def test_settings_of_one_scenario_stand_above_those_of_all() -> None:
    name, common = "history_2021:guards.LT.officers.add=100", {"guards.LT.officers": 1000}
    assert load_scenario(name, common).explain("guards.LT.officers").value == 1100


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("history_2021:guards.LT.oficers=3", "unknown key; did you mean 'guards.LT.officers'"),
        ("history_2021:guards.LT.officers=5,6", "--set 6: expects KEY=VALUE"),
        ("history_2021:run.seed=5", "--set run.seed: is the same for all scenarios; give --seed"),
        ("histori_2021:guards.LT.officers=5", "no scenario 'histori_2021'; did you mean 'history_2021'"),
    ],
)
def test_a_slip_in_them_is_refused(name: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        load_scenario(name)
    assert message in str(caught.value)


def test_a_file_may_have_a_colon_in_its_name() -> None:
    Path("a:b=c.yaml").write_text(HEAD, encoding="utf-8")
    assert load_scenario("a:b=c.yaml").name == "a:b=c"


def test_an_empty_section_changes_nothing() -> None:
    Path("x.yaml").write_text(HEAD + "guards:\n  LT:\n  PL:\nbuild:\n", encoding="utf-8")
    assert load_scenario("x.yaml").digest == load_scenario("history_2021").digest
