"""Wrong exercises and lists of fitted windows are refused in one line with file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from bordersim.analyses.exercise import read_exercise
from bordersim.errors import BadInput
from bordersim.validation.fitted import load_fitted

EXERCISES = Path(__file__).resolve().parents[2] / "scenarios/exercises"
LINES = {
    "schema_version": "1",
    "name": "mine",
    "title": "t",
    "scenario": "history_2021",
    "fit": "{from: 2021-05-01, to: 2021-08-02}",
    "predict": "{to: 2021-12-31}",
    "seed": "1",
    "draws": "8",
    "posterior": "{draws: 4, replicates: 2}",
    "discrepancy": "0.2",
    "rule_out_above": "3",
    "parameters": "{cross.approach_h: prior}",
    "summaries": "[{country: LT, series: arrivals_detained, from: 2021-05-01, to: 2021-05-31}]",
}
WINDOW = {
    "countries": "[LT]",
    "series": "[attempts]",
    "from": "2021-01-01",
    "to": "2021-02-01",
    "into": "x",
}


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(**changed: str) -> Path:
    Path("x.yaml").write_text("".join(f"{key}: {value}\n" for key, value in (LINES | changed).items()))
    return Path("x.yaml")


def test_the_exercise_that_is_changed_below_is_fine() -> None:
    assert read_exercise(write()).draws == 8


@pytest.mark.parametrize(("name", "figures"), [("order_2021", 5), ("year_2022", 17), ("fence_2023", 29)])
def test_what_an_exercise_was_fitted_to_stays_published(name: str, figures: int) -> None:
    """A total that came to the record later cut 16 to 20 August 2021 in two, and year_2022 was refused."""
    assert len(read_exercise(EXERCISES / f"{name}.yaml").summaries) == figures


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("scenario", "history_-2021", "scenario: no scenario 'history_-2021'; did you mean 'history_2021'?"),
        ("scenario", "[a]", "scenario: expects text, is a list"),
        ("scenario", "a" * 300, f"scenario: no scenario '{'a' * 50}"),
        ("name", "[a, b]", "name: expects text, is a list"),
        ("name", '"a\\nb"', "'a b' holds the character U+000A, which cannot be printed in a line"),
        ("title", "{a: 1}", "title: expects text, is a section"),
        ("schema_version", "7", "schema_version: must be 1, is 7"),
        ("fit", "3", "fit: expects keys with values, is 3"),
        ("fit", "{from: 2021-05-01, to: 2021-08-02, too: 1}", "fit.too: unknown key; did you mean 'to'?"),
        ("fit", "{from: 1999-05-01, to: 2021-08-02}", "fit.from: must be between 2020-01-01 and 2025-12-31"),
        ("predict", "{to: 2031-12-31}", "predict.to: must be between 2020-01-01 and 2025-12-31"),
        ("predict", "[1]", "predict: expects keys with values, is a list"),
        ("seed", "9" * 25, f"seed: expects a whole number from 0 to {2**63 - 1}, is 999"),
        ("seed", "9" * 400, f"'{'9' * 58}...{'9' * 19}' cannot be read: a number of more than 100 digits"),
        ("draws", "1000000000000", "draws: expects a whole number from 2 to 100000, is 1000000000000"),
        ("draws", "!!bool maybe", "'maybe' cannot be read as !!bool"),
        ("posterior", "5", "posterior: expects keys with values, is 5"),
        ("posterior", "{draws: 200000}", "draws: expects a whole number from 2 to 100000, is 200000"),
        ("discrepancy", "9" * 400, f"'{'9' * 58}...{'9' * 19}' cannot be read: a number of more than 100"),
        ("discrepancy", ".inf", "discrepancy: expects a number above 0 and at most 100, is inf"),
        ("rule_out_above", ".nan", "rule_out_above: expects a number above 0 and at most 1e+06, is nan"),
        (
            "parameters",
            "{cross.approach_h: {low: [1], high: 2}}",
            "cross.approach_h.low: expects a number, is a list",
        ),
        (
            "parameters",
            "{cross.approach_h: {low: 1, high: .inf}}",
            "cross.approach_h.high: expects a number, is inf",
        ),
        ("parameters", "{guards.EE.officers: prior}", "guards.EE.officers: unknown key; in place of 'EE'"),
        ("summaries", "[]", "summaries: expects a list, like '- {country: LT, ...}', is an empty list"),
        ("summaries", "[5]", "summaries: expects keys with values, is 5"),
        (
            "summaries",
            "[{country: [LT], series: x, from: 2021-05-01, to: 2021-05-31}]",
            "summaries.country: expects text, is a list",
        ),
    ],
)
def test_a_wrong_exercise(key: str, value: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_exercise(write(**{key: value}))
    assert str(caught.value).startswith(f"x.yaml:{[*LINES].index(key) + 1}: {message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fitted: 5", "1: fitted: expects a list of windows, is 5"),
        ("fitted:", "1: fitted: expects a list of windows, is empty"),
        ("fitted: {a: 1}", "1: fitted: expects a list of windows, is a section"),
        ("fitted: [5]", "1: fitted: expects keys with values, is 5"),
        ("fitted: []\nfited: []", "2: fited: unknown key; did you mean 'fitted'?"),
    ],
)
def test_a_list_of_windows_that_is_none(text: str, message: str) -> None:
    Path("x.yaml").write_text(text)
    with pytest.raises(BadInput) as caught:
        load_fitted(Path("x.yaml"))
    assert str(caught.value) == f"x.yaml:{message}"


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("countries", "[]", "countries: expects a list of names, is an empty list"),
        ("countries", "[[LT]]", "countries: a list is not known; allowed: LT, LV, PL, LT+LV+PL, BY, DE"),
        (
            "series",
            "[{a: 1}]",
            "series: a section is not known; allowed: arrivals_detained, turned_back, attempts,"
            " deaths, asylum, other",
        ),
        ("to", "2020-12-31", "to: 2020-12-31 is before from 2021-01-01"),
        ("into", "{a: 1}", "into: expects text, is a section"),
    ],
)
def test_a_wrong_window(key: str, value: str, message: str) -> None:
    entry = ", ".join(f"{name}: {given}" for name, given in (WINDOW | {key: value}).items())
    Path("x.yaml").write_text(f"fitted:\n  - {{{entry}}}\n")
    with pytest.raises(BadInput) as caught:
        load_fitted(Path("x.yaml"))
    assert str(caught.value) == f"x.yaml:2: {message}"


def test_no_window_at_all_is_a_list_too() -> None:
    Path("x.yaml").write_text("fitted: []\n")
    assert load_fitted(Path("x.yaml")) == ()
