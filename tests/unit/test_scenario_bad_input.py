"""Every kind of wrong input is refused in one line: file, line, key, what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario
from bordersim.inputs.schema.border import Respond

HEAD = "title: t\nextends: history_2021\n"
GUARDS = "guards:\n  LT:\n    soldiers:\n"
SECTIONS = ", ".join(Respond.model_fields)


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("guards:\n  LT:\n    offcers: 3\n", "5: guards.LT.offcers: unknown key; did you mean 'officers'?"),
        ("gaurds:\n  LT: 3\n", "3: gaurds: unknown key; did you mean 'guards'?"),
        ("questoin: why\n", "3: questoin: unknown key; did you mean 'question'?"),
        (
            "choice:\n  attraction_factor:\n    Druskininkay: 3\n",
            "5: choice.attraction_factor.Druskininkay: unknown key; did you mean 'Druskininkai'?",
        ),
        (
            "inflow:\n  origins:\n    iraq_drect:\n      people_per_day: 1\n      flights_per_week: 3\n",
            "5: inflow.origins.iraq_drect: lacks 'seats_per_flight'; did you mean 'iraq_direct'?",
        ),
        (
            "policy:\n  LT:\n    - {from: 2021-08-03, value: turn_back}\n",
            "5: policy.LT.value: unknown key; did you mean 'regime'?",
        ),
        (
            "build:\n  LT:\n    fence_km: [{from: 2021-08-03, value: 502}]\n",
            "5: build.LT.fence_km.value: unknown key; did you mean 'km'?",
        ),
    ],
)
def test_unknown_key(text: str, message: str) -> None:
    assert complaint(HEAD + text) == f"x.yaml:{message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "cross:\n  approach_days: 3\n",
            "4: cross.approach_days: unknown key; did you mean 'approach_h' (in h)?",
        ),
        (
            "respond:\n  speed_m_per_s: 3\n",
            "4: respond.speed_m_per_s: unknown key; did you mean 'speed_km_per_h' (in km/h)?",
        ),
        ("respond:\n  handling_h: 20 km\n", "4: respond.handling_h: expects a number in h, is '20 km'"),
        ("respond:\n  handling_h: '3'\n", "4: respond.handling_h: expects a number in h, is '3'"),
        ("respond:\n  handling_h:\n", "4: respond.handling_h: expects a number in h, is empty"),
        ("respond:\n  handling_h: true\n", "4: respond.handling_h: expects a number in h, is True"),
        ("respond:\n  handling_h: .nan\n", "4: respond.handling_h: expects a number in h, is nan"),
        (
            "inflow:\n  vulnerable_share: many\n",
            "4: inflow.vulnerable_share: expects a number (share), is 'many'",
        ),
        ("run:\n  seed: 1.5\n", "4: run.seed: expects a whole number, is 1.5"),
        (
            "return_home:\n  flights_home:\n    - {from: 2021-11-20, seats: 20.5}\n",
            "5: return_home.flights_home.seats: expects a whole number of seats, is 20.5",
        ),
        ("learn:\n  lag_days: 1.5\n", "4: learn.lag_days: expects a whole number of days, is 1.5"),
        (
            "host:\n  focus_days: 2.5\n",
            "4: host.focus_days: expects a whole number of days, is 2.5",
        ),
        ("respond: 5\n", f"3: respond: expects a section with keys {SECTIONS}, is 5"),
        (
            "guards:\n  LT:\n    officers: {a: 1}\n",
            "5: guards.LT.officers: expects a whole number of people, is a section",
        ),
        ("inflow:\n  origins: 3\n", "4: inflow.origins: expects a section with names as keys, is 3"),
        ("choice:\n  month_factor: 3\n", "4: choice.month_factor: expects a list, is 3"),
        (
            "policy:\n  LT: turnback\n",
            "4: policy.LT: must be admit_and_screen, turn_back or asylum_suspended, is 'turnback'",
        ),
        (
            "guards:\n  LT:\n    soldiers: [3, 4]\n",
            "5: guards.LT.soldiers[0]: expects a section with keys from, value, is 3",
        ),
    ],
)
def test_wrong_unit_or_type(text: str, message: str) -> None:
    assert complaint(HEAD + text) == f"x.yaml:{message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("inflow:\n  vulnerable_share: 3\n", "4: inflow.vulnerable_share: must be between 0 and 1, is 3"),
        (
            "respond:\n  speed_km_per_h: 0\n",
            "4: respond.speed_km_per_h: must be between 0.5 and 200, is 0",
        ),
        (
            GUARDS + "      - {from: 2021-07-01, value: 5}\n      - from: 2021-08-01\n        value: -5\n",
            "8: guards.LT.soldiers.value: must be between 0 and 100000, is -5",
        ),
        ("choice:\n  hour_factor: [1, 2]\n", "4: choice.hour_factor: expects 24 entries, has 2"),
        (
            "choice:\n  month_factor: [1, 1, 1,\n    -1, 1, 1, 1, 1, 1, 1, 1, 1]\n",
            "5: choice.month_factor[3]: must be between 0 and 100, is -1",
        ),
        (
            "procedure:\n  LT:\n    admitted_share: 0.9\n    returned_share: 0.5\n",
            "5: procedure.LT.admitted_share: plus returned_share must not exceed 1",
        ),
        ("inflow:\n  minsk_days_mean: 1\n", "4: inflow.minsk_days_mean: must not be below minsk_days_min"),
        (
            "host:\n  steering_initial: {LT: 0, LV: 0, PL: 0}\n",
            "4: host.steering_initial: must have one weight above 0",
        ),
        (
            "choice:\n  hour_factor: [" + "0, " * 23 + "0]\n",
            "4: choice.hour_factor: must have one hour above 0",
        ),
        ("choice:\n  chance_weight: 101\n", "4: choice.chance_weight: must be between 0 and 100, is 101"),
        (
            "land:\n  segment_length_km: 13.5\n",
            "4: land.segment_length_km: must be between 0.05 and 13, is 13.5",
        ),
        ("learn:\n  lag_days: 0\n", "4: learn.lag_days: must be between 1 and 365, is 0"),
        ("host:\n  focus_days: 0\n", "4: host.focus_days: must be between 1 and 365, is 0"),
        (
            "host:\n  steering_floor_people: 0\n",
            "4: host.steering_floor_people: must be between 0.01 and 100000, is 0",
        ),
        *(
            (
                f"learn:\n  {whose}_prior_people: 0\n",
                f"4: learn.{whose}_prior_people: must be between 0.01 and 1e+06, is 0",
            )
            for whose in ("passage", "stretch")
        ),
        ("guards:\n  LT:\n    officers: []\n", "5: guards.LT.officers: expects 1 entries, has 0"),
    ],
)
def test_out_of_range(text: str, message: str) -> None:
    assert complaint(HEAD + text) == f"x.yaml:{message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "policy:\n  LT:\n    - {from: 2202-08-03, regime: turn_back}\n",
            "5: policy.LT: must be between 2020-01-01 and 2025-12-31, is 2202-08-03",
        ),
        ("period:\n  end: 2021-04-01\n", "4: period.end: 2021-04-01 is before start 2021-05-01"),
        (
            "period:\n  end: 2031-04-01\n",
            "4: period.end: must be between 2020-01-01 and 2025-12-31, is 2031-04-01",
        ),
        ("period:\n  end: soon\n", "4: period.end: expects a date like 2021-08-03, is 'soon'"),
        ("period:\n  end: 2021-06-31\n", "4: '2021-06-31' cannot be read: day is out of range for month"),
        (
            GUARDS + "      - {from: 2021-09-01, value: 5}\n      - {from: 2021-08-01, value: 6}\n",
            "7: guards.LT.soldiers: 2021-08-01 does not come after 2021-09-01; dates must ascend",
        ),
        (
            GUARDS + "      - {from: 2021-09-01, value: 5}\n      - {from: 2021-09-01, value: 6}\n",
            "7: guards.LT.soldiers: 2021-09-01 does not come after 2021-09-01; dates must ascend",
        ),
        (
            GUARDS + "      - {value: 5}\n",
            "6: guards.LT.soldiers: lacks 'from', the date the entry holds from",
        ),
        (GUARDS + "      - {from: 2021-09-01}\n", "6: guards.LT.soldiers: lacks 'value'"),
        (
            GUARDS + "      - {from: August, value: 5}\n",
            "6: guards.LT.soldiers.from: expects a date like 2021-08-03, is 'August'",
        ),
        (
            GUARDS + "      - {from: 2021-09-01 10:00:00, value: 5}\n",
            "6: guards.LT.soldiers.from: expects a date like 2021-08-03, is 2021-09-01 10:00:00",
        ),
    ],
)
def test_dates(text: str, message: str) -> None:
    assert complaint(HEAD + text) == f"x.yaml:{message}"


def test_where_a_key_may_be_left_out_nothing_holds_before_its_first_date() -> None:
    origin = (
        "inflow:\n  origins:\n    new:\n      flights_per_week: 1\n      seats_per_flight: 100\n"
        "      cross_share: 1\n      people_per_day:\n        - {from: 2021-06-01, value: 1}\n"
    )
    Path("x.yaml").write_text(HEAD + origin, encoding="utf-8")
    steps = load_scenario(["x.yaml"]).config.inflow.origins["new"].people_per_day
    assert [(str(step.from_), step.value) for step in steps] == [("2020-01-01", 0), ("2021-06-01", 1)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.yaml:1: the file is empty; a scenario needs at least a title and a period or extends"),
        (
            "# only a remark\n",
            "x.yaml:1: the file is empty; a scenario needs at least a title and a period or extends",
        ),
        ("- 1\n", "x.yaml:1: expects keys with values, like 'title: ...'"),
        ("title: [\n", "x.yaml:2: not valid YAML: expected the node content, but found '<stream end>'"),
        (
            "title: x\n\tperiod: 3\n",
            r"x.yaml:2: not valid YAML: found character '\t' that cannot start any token",
        ),
        (
            "title: a\n---\ntitle: b\n",
            "x.yaml:2: not valid YAML: another document begins, where a file holds one",
        ),
        ("title: x\na: &a\n  - *a\n", "x.yaml:3: an alias refers to itself"),
        ("title: !mine x\n", "x.yaml:1: 'x' has an unknown tag, !mine"),
        ("? [1, 2]\n: 3\n", "x.yaml:1: a key must be a word"),
        ("title: x\ntitle: y\n", "x.yaml:2: title: duplicate key, first given in line 1"),
        (HEAD + "guards:\n  LT: {}\n  LT: {}\n", "x.yaml:5: LT: duplicate key, first given in line 4"),
        ("title: x\n", "x.yaml:1: lacks 'period'"),
        ("title: x\nperiod: {start: 2021-01-01}\n", "x.yaml:2: period: lacks 'end'"),
        ("schema_version: 2\n" + HEAD, "x.yaml:1: schema_version: must be 1, is 2"),
        ("title: 3\nextends: history\n", "x.yaml:1: title: expects text, is 3"),
        ("title: x\nextends: [a, b]\n", "x.yaml:2: extends: expects text, is a list"),
        (b"\ntitle: caf\xe9\n", "x.yaml:2: is not UTF-8 text"),
    ],
)
def test_the_file_itself(text: str | bytes, message: str) -> None:
    assert complaint(text) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "{value: 3, confidence: guessed}",
            ".confidence: must be one of official, published, calibrated, assumed, is 'guessed'",
        ),
        ("{value: 30, low: 1, high: 10}", ": 30 is not between low 1 and high 10"),
        ("{valeu: 3, low: 1, high: 10}", ".valeu: unknown key; did you mean 'value'?"),
        ("{low: 1, high: 10}", ": lacks 'value'"),
        ("{value: 3, low: little}", ".low: expects a number, is 'little'"),
        ("{value: 3, source: 5}", ".source: expects text, is 5"),
    ],
)
def test_what_is_said_about_a_value(text: str, message: str) -> None:
    key = "detect.surveillance_rate_per_h"
    assert complaint(f"{HEAD}detect:\n  surveillance_rate_per_h: {text}\n") == f"x.yaml:4: {key}{message}"


def test_parameters_must_say_everything() -> None:
    Path("scenarios").mkdir()
    Path("scenarios/parameters.yaml").write_text(
        "schema_version: 1\nrun:\n  seed: {value: 1, unit: '1', low: 0, high: 9, source: us}\n"
    )
    with pytest.raises(BadInput) as caught:
        load_scenario(["history_2021"])
    assert str(caught.value) == "scenarios/parameters.yaml:3: run.seed: lacks 'confidence'"


def test_parameters_must_not_give_bare_values() -> None:
    Path("scenarios").mkdir()
    Path("scenarios/parameters.yaml").write_text("schema_version: 1\nrun:\n  seed: 1\n")
    with pytest.raises(BadInput) as caught:
        load_scenario(["history_2021"])
    assert str(caught.value) == (
        "scenarios/parameters.yaml:3: run.seed: expects {value, unit, low, high, confidence, source}"
    )
