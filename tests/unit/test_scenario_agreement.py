"""What no single value of a scenario shows: sums of several, lists that are none, sections for words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario

HEAD = "title: t\nextends: history_2021\n"


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def complaint(text: str | bytes) -> str:
    """Return the complaint about a scenario file with this text."""
    Path("x.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadInput) as caught:
        load_scenario(["x.yaml"])
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_missions_together_reach_no_more_than_all() -> None:
    """The sum is looked at on each day that a value changes, and told where the largest is set."""
    claims = (
        "claims:\n  LT: {mission_reach_probability: 0.6}\n  PL:\n    mission_reach_probability:\n"
        "      - {from: 2021-01-01, value: 0.1}\n      - {from: 2021-09-01, value: 0.7}\n"
    )
    assert complaint(HEAD + claims) == (
        "x.yaml:8: claims.PL.mission_reach_probability:"
        " must not exceed 1 together, is 0.6 LT + 0 LV + 0.7 PL from 2021-09-01 on"
    )
    key = "claims.LV.mission_reach_probability"
    scenario = load_scenario(["history_2021"], {key: 0.9})
    assert scenario.config.claims.LV.mission_reach_probability[0].value == 0.9
    with pytest.raises(BadInput, match=f"^--set {key.replace('LV', 'PL')}: must not exceed 1 together"):
        scenario.with_values({key.replace("LV", "PL"): 0.95})


def test_values_that_are_sections_are_never_shown_as_python() -> None:
    """A list or section where a word is meant is called that."""
    between = "between: [1, 2], source: s}"
    for entry in ("metric: [1, 2], country: LT", "metric: attempts, country: {a: 1}"):
        text = f"{HEAD}expect:\n  - {{{entry}, date: 2021-08-03, {between}\n"
        assert complaint(text).startswith("x.yaml:4: expect.")
        assert "Node(" not in complaint(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("expect: 5\n", "3: expect: expects a list, is 5"),
        ("expect:\n", "3: expect: expects a list, is empty"),
        ("expect: [5]\n", "3: expect: expects keys with values, is 5"),
        ("source: x\n", "3: source: unknown key"),
    ],
)
def test_what_is_no_list_or_no_value(text: str, message: str) -> None:
    assert complaint(HEAD + text).startswith(f"x.yaml:{message}")


def test_a_wrong_key_of_an_entry_is_told_where_it_stands() -> None:
    """The value without a date that the entry continues is not to blame."""
    text = "claims: {LT: {places_per_day: [{from: 2021-06-01, vlaue: 3}]}}\n"
    assert complaint(HEAD + text) == (
        "x.yaml:3: claims.LT.places_per_day.vlaue: unknown key; did you mean 'value'?"
    )


def test_an_empty_list_of_expectations_is_one() -> None:
    Path("x.yaml").write_text(f"{HEAD}expect: []\n")
    assert load_scenario(["x.yaml"]).expect == ()


def test_the_highest_expected_figure_is_a_number() -> None:
    entry = "metric: attempts, country: LT, date: 2021-08-03, between: [1, .inf], source: s"
    text = f"{HEAD}expect:\n  - {{{entry}}}\n"
    assert complaint(text) == "x.yaml:4: expect.between: expects two numbers, like [100, 300]"
