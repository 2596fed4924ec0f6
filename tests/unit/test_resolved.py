"""What is written as YAML reads back as the same values, by readers of YAML 1.2 and of 1.1."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bordersim.inputs import load_scenario
from bordersim.inputs.layers import plain
from bordersim.inputs.resolved import flow, written
from bordersim.inputs.yaml_source import parse
from bordersim.words.text import BREAKS, UNPRINTABLE, normal

yaml = pytest.importorskip("yaml")  # a reader of YAML 1.1

WORDS = (
    *("NO", "No", "no", "n", "N", "y", "Y", "yes", "YES", "on", "On", "OFF", "True", "TRUE", "true", "False"),
    *("null", "Null", "NULL", "~", "", " ", "<<", "=", "-", "?", ":", "#", "a: b", "a #b", "- a", "!x", "&a"),
    *("1e3", "1e-05", "0o7", "0x1F", "010", "1_000", "12:30:00", "1:2", "190:20:30", ".5", ".inf", "-.INF"),
    *(".nan", "2021-08-03", "2021-08-03T00:00:00Z", "+1", "-0", "0b1", "1.", "1.5", "_1", "Türkiye", "שלום"),
    *("'", '"', "\\", "{a}", "[a]", "a,b", "%YAML", "@a", "`a`", "*a", "|", ">", "\ufeff", "\u00a0"),
)


def kept(text: str) -> bool:
    """Return whether a scenario can hold this text."""
    return normal(text) == text and not UNPRINTABLE.search(text) and not BREAKS.search(text)


TEXTS = st.sampled_from(WORDS) | st.text(max_size=100).filter(kept)
KEYS = TEXTS.filter(str.strip)


@given(TEXTS)
def test_a_text_is_the_same_text_to_both_readers(text: str) -> None:
    ours = parse(f"- {flow(text)}\n", "x.yaml")
    assert ours is not None
    assert plain(ours) == (text,)
    assert yaml.safe_load(f"- {flow(text)}\n") == [text]


@given(st.dictionaries(KEYS, TEXTS, min_size=1))
def test_keys_are_the_same_keys_to_both_readers(values: dict[str, str]) -> None:
    block, inline = written(values, None), f"a: {flow(values)}\n"
    for text, expected in ((block, values), (inline, {"a": values})):
        ours = parse(text, "x.yaml")
        assert ours is not None
        assert plain(ours) == expected
        assert yaml.safe_load(text) == expected


@given(st.floats(allow_nan=False))
@example(1e-05)
@example(1e16)
@example(5e-324)
@example(math.inf)
@example(-math.inf)
def test_a_float_is_the_same_float_to_both_readers(value: float) -> None:
    ours = parse(flow(value), "x.yaml")
    assert ours is not None
    theirs = yaml.safe_load(flow(value))
    assert [type(ours.value), type(theirs)] == [float, float]
    assert (ours.value, theirs) == (value, value)


@given(st.integers(-(10**30), 10**30) | st.booleans() | st.dates() | st.none())
def test_other_values_keep_their_type(value: int | bool | date | None) -> None:
    ours = parse(flow(value), "x.yaml")
    theirs = yaml.safe_load(flow(value))
    assert ours is not None
    assert [(type(each), each) for each in (ours.value, theirs)] == [(type(value), value)] * 2


def test_a_scenario_with_words_of_yaml_reads_back_with_its_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    origin = "{flights_per_week: 1, seats_per_flight: 180, cross_share: 0.1, people_per_day: 0.00001}"
    names = ("NO", '"Null"', "1", '"a: b #"', "Türkiye")
    origins = "".join(f"    {name}: {origin}\n" for name in names)
    head = "name: 'Null'\ntitle: 'True'\nextends: history_2021\n"
    Path("x.yaml").write_text(f"{head}inflow:\n  origins:\n{origins}", encoding="utf-8")
    scenario = load_scenario(["x.yaml"])
    Path("r.yaml").write_text(scenario.resolved_yaml(origins=True), encoding="utf-8")
    again = load_scenario(["r.yaml"])
    assert (again.name, again.title, again.digest) == ("Null", "True", scenario.digest)
    theirs = yaml.safe_load(Path("r.yaml").read_text(encoding="utf-8"))
    assert set(theirs["inflow"]["origins"]) == set(scenario.config.inflow.origins)
    assert theirs["inflow"]["origins"]["NO"]["people_per_day"][0]["value"] == 0.00001
