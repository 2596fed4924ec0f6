"""Names that mean no file, chains of files that go in a circle, and wrong ``--set``."""

from __future__ import annotations

from pathlib import Path

import pytest

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario, parse_sets
from bordersim.inputs.loading import with_seed

SCENARIOS = Path(__file__).parents[2] / "scenarios"

HEAD = "title: t\nextends: history_2021\n"


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def complaint(text: str, sets: dict[str, object]) -> str:
    """Return the complaint about a scenario file with this text and these ``--set``."""
    Path("x.yaml").write_text(text)
    with pytest.raises(BadInput) as caught:
        load_scenario(["x.yaml"], sets)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("histroy_2021", "no scenario 'histroy_2021'; did you mean 'history_2021'?"),
        ("history_2021.yml", "no scenario 'history_2021.yml'; did you mean 'history_2021'?"),
        ("my/no_laon_2023.yaml", "no scenario 'my/no_laon_2023.yaml'; did you mean 'no_loan_2023'?"),
    ],
)
def test_missing_file(name: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        load_scenario([name])
    assert str(caught.value) == message


def test_missing_file_like_nothing_names_a_handful_and_says_where_the_rest_is() -> None:
    with pytest.raises(BadInput) as caught:
        load_scenario(["xyzzy"])
    there_are = sorted(path.stem for path in SCENARIOS.glob("*.yaml") if path.stem != "parameters")
    first, count = ", ".join(there_are[:8]), len(there_are)
    expected = f"no scenario 'xyzzy'; allowed: {first}, ... ({count} in all; see 'bordersim scenarios')"
    assert str(caught.value) == expected


def test_no_name_at_all() -> None:
    with pytest.raises(BadInput, match="no scenario named"):
        load_scenario([])


def test_a_folder_is_no_file() -> None:
    Path("x.yaml").mkdir()
    with pytest.raises(BadInput, match=r"no scenario 'x\.yaml'"):
        load_scenario(["x.yaml"])


def test_missing_parent_names_file_and_line() -> None:
    assert complaint("title: x\nextends: histry_2021\n", {}) == (
        "x.yaml:2: extends: no scenario 'histry_2021'; did you mean 'history_2021'?"
    )


def test_circular_extends_names_the_chain() -> None:
    Path("a.yaml").write_text("title: a\nextends: b\n")
    Path("b.yaml").write_text("title: b\n\nextends: c\n")
    Path("c.yaml").write_text("extends: a\n")
    with pytest.raises(BadInput) as caught:
        load_scenario(["a.yaml"])
    assert str(caught.value) == "c.yaml:1: extends: circular chain a -> b -> c -> a"


def test_a_file_that_extends_itself() -> None:
    assert complaint("extends: x\n", {}) == "x.yaml:1: extends: circular chain x -> x"


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("guards.LT.offcers", 3, "guards.LT.offcers: unknown key; did you mean 'guards.LT.officers'?"),
        ("officers", 3, "officers: unknown key; did you mean 'guards.LT.officers'?"),
        (
            "detect.surveillance_rate_per_day",
            1,
            "detect.surveillance_rate_per_day: unknown key;"
            " did you mean 'detect.surveillance_rate_per_h' (in 1/h)?",
        ),
        ("polici", 3, "polici: unknown key; did you mean 'policy'?"),
        ("guards.EE.officers", 3, "guards.EE.officers: unknown key; in place of 'EE' allowed: LT, LV, PL"),
        ("Guards.lt.OFFICERS", 3, "Guards.lt.OFFICERS: unknown key; did you mean 'guards.LT.officers'?"),
        ("gaurds.LT.offcers", 3, "gaurds.LT.offcers: unknown key; did you mean 'guards.LT.officers'?"),
        ("wire_km", 3, "wire_km: unknown key; did you mean 'build.LT.wire_km'?"),
        ("guards.officers", 3, "guards.officers: unknown key; did you mean 'guards.LT.officers'?"),
        (
            "cross.speed_km_per_h",
            3,
            "cross.speed_km_per_h: unknown key; did you mean 'respond.speed_km_per_h'?",
        ),
        (
            "guards.LT.officers.value",
            3,
            "guards.LT.officers.value: unknown key; did you mean 'guards.LT.officers'?",
        ),
        (
            "xyzzy",
            3,
            "xyzzy: unknown key; allowed: land, inflow, choice, cross, detect, respond, patrols, guards, ..."
            " (23 in all; every key: bordersim show history_2021 --resolved)",
        ),
        (
            "guards.LT",
            3,
            "guards.LT: is a section; set one of officers, soldiers, frontex, borrowed, lent_to_LV",
        ),
        ("guards.LT.officers", "many", "guards.LT.officers: expects a whole number of people, is 'many'"),
        ("guards.LT.officers", "", "guards.LT.officers: expects a whole number of people, is empty"),
        ("guards.LT.officers", -1, "guards.LT.officers: must be between 0 and 100000, is -1"),
        ("period.end", "2021-03-01", "period.end: 2021-03-01 is before start 2021-05-01"),
        (
            "period.end",
            "2021-06-31",
            "period.end: '2021-06-31' cannot be read: day is out of range for month",
        ),
        (
            "guards.LT.soldiers",
            "[{from: 2202-01-01, value: 3}]",
            "guards.LT.soldiers: must be between 2020-01-01 and 2025-12-31, is 2202-01-01",
        ),
        (
            "guards.LT.soldiers",
            "[{from: 2021",
            "guards.LT.soldiers: not valid YAML: expected ',' or '}', but got '<stream end>'",
        ),
    ],
)
def test_set(key: str, value: object, message: str) -> None:
    assert complaint(HEAD, {key: value}) == f"--set {message}"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("guards", "guards: is a section; explain one of LT, LV, PL"),
        ("guards.EE", "guards.EE: unknown key; in place of 'EE' allowed: LT, LV, PL"),
        ("officers", "officers: unknown key; did you mean 'guards.LT.officers'?"),
    ],
)
def test_explain(key: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        load_scenario(["history_2021"]).explain(key)
    assert str(caught.value) == message


def test_the_seed_is_given_once() -> None:
    assert with_seed({"run.seed": "7"}, 7) == {"run.seed": 7}
    with pytest.raises(BadInput) as caught:
        with_seed(parse_sets(["run.seed=7"]), 8)
    assert str(caught.value) == "--seed 8: run.seed is set to 7 as well; give one of them"


@pytest.mark.parametrize("text", ["guards.LT.officers", "=3", "guards.LT.officers="])
def test_set_without_key_or_value(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_sets([text])
    assert str(caught.value) == f"--set {text}: expects KEY=VALUE, like guards.LT.officers=900"
