"""What a word of a YAML file may be: tags, control characters, dialects, Unicode forms."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario, parse_sets
from bordersim.inputs.layers import plain
from bordersim.inputs.nodes import SET
from bordersim.inputs.yaml_source import parse

COMPOSED = "Türkiye"
APART = unicodedata.normalize("NFD", COMPOSED)
HEAD = "title: t\nextends: history_2021\n"
ORIGIN = "{flights_per_week: 7, seats_per_flight: 180, cross_share: 0.5, people_per_day: 0}"


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def value(text: str) -> object:
    """Return what a YAML text holds, as plain values."""
    node = parse(text, "x.yaml")
    assert node is not None
    return plain(node)


def complaint(text: str, label: str = "x.yaml") -> str:
    """Return the complaint about a YAML text."""
    with pytest.raises(BadInput) as caught:
        parse(text, label)
    return str(caught.value)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("!!bool maybe", "'maybe' cannot be read as !!bool"),
        ("!!bool yes", "'yes' cannot be read as !!bool"),
        ("!!int x", "'x' cannot be read as !!int"),
        ("!!int 3.5", "'3.5' cannot be read as !!int"),
        ("!!float x", "'x' cannot be read as !!float"),
        ("!!null x", "'x' cannot be read as !!null"),
        ("!!timestamp x", "'x' cannot be read as !!timestamp"),
        ("!!binary aGk=", "'aGk=' has an unknown tag, !!binary"),
        ("!!python/name:os.system x", "'x' has an unknown tag, !!python/name:os.system"),
        ("!mine x", "'x' has an unknown tag, !mine"),
        ("!<foo> x", "'x' has an unknown tag, foo"),
        ("!!set {x, y}", "a list or section cannot be read as !!set"),
        ("!!omap [x: 1]", "a list or section cannot be read as !!omap"),
        ("!!python/object/apply:os.system [id]", "cannot be read as !!python/object/apply:os.system"),
        ("2021-02-29", "'2021-02-29' cannot be read: day is out of range for month"),
    ],
)
def test_an_odd_tag_cannot_be_read(word: str, message: str) -> None:
    assert complaint(f"title: x\na: {word}\n").startswith("x.yaml:2: ")
    assert complaint(f"title: x\na: {word}\n").endswith(message)
    assert complaint(word, SET).startswith(f"{SET}: ")


def test_a_letter_there_is_none_of_cannot_be_read() -> None:
    assert complaint('a: "\\U99999999"\n').startswith("x.yaml:1: not valid YAML: ")


def test_a_tag_that_fits_is_fine() -> None:
    words = "a: [!!str 5, !!float 3, !!int '3', ! x, !!bool true, !!seq [1]]\nb: !!map {c: !!null ''}\n"
    assert value(words) == {"a": ("5", 3.0, 3, "x", True, (1,)), "b": {"c": None}}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("title: a\x1bb\n", "U+001B"),
        ("title: a\x9bb\n", "U+009B"),
        ("title: 'a\0b'\n", "U+0000"),
        ("title: a\u2028b\n", "U+2028"),
        ('title: "a\\eb"\n', "U+001B"),
        ('title: "a\\x9bb"\n', "U+009B"),
        ('title: "a\\nb"\n', "U+000A"),
        ('title: "a\\tb"\n', "U+0009"),
        ("title: a\n\n  b\n", "U+000A"),
        ('title: "\\ud800"\n', "U+D800"),
        ('title: "\\r"\n', "U+000D"),
        ('"a\\e[31m": 1\n', "U+001B"),
        ('guards: {LT: ["a\\0b"]}\n', "U+0000"),
        ("# \x07\ntitle: x\n", "U+0007"),
    ],
)
def test_control_characters_are_refused_wherever_they_stand(text: str, code: str) -> None:
    said = complaint(f"schema_version: 1\n{text}")
    assert said.startswith("x.yaml:2: ")
    assert f" holds the character {code}, which cannot be printed" in said


def test_a_block_of_lines_is_one_line_of_text() -> None:
    assert value("a: |\n  one\n  two\n\n  three\nb: >\n  one\n  two\n") == {
        "a": "one two three",
        "b": "one two",
    }


def test_marks_of_direction_and_a_byte_order_mark_are_no_control_characters() -> None:
    assert value("\ufefftitle: \u200fשלום\u202e x\n") == {"title": "\u200fשלום\u202e x"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("b: &a {c: 1}\nd:\n  <<: *a\n", "x.yaml:3: merge keys (<<) are not read; write the keys out"),
        ("b: {<<: {c: 1}}\n", "x.yaml:1: merge keys (<<) are not read; write the keys out"),
        (
            "%YAML 1.1\n---\na: 01100\n",
            "x.yaml:2: %YAML 1.1: only YAML 1.2 is read, where 010 is ten; take this line out",
        ),
        ("? [1]\n: 3\n", "x.yaml:1: a key must be a word"),
        ("? \n: 3\n", "x.yaml:1: a key must be a word"),
        ("{a: 1}: 3\n", "x.yaml:1: a key must be a word"),
    ],
)
def test_what_other_readers_of_yaml_know_is_refused_by_name(text: str, message: str) -> None:
    assert complaint(text) == message


@pytest.mark.parametrize("version", ["1.1", "1.3", "2.0", "1.99999999999999999999"])
def test_no_other_version_of_yaml_is_read(version: str) -> None:
    assert complaint(f"%YAML {version}\n---\na: 1\n").startswith("x.yaml:")


def test_yaml_1_2_may_say_so_and_its_words_are_text() -> None:
    words = "%YAML 1.2\n---\n{a: no, b: 010, c: 12:30, d: =, e: <<, '<<': 1, f: 1e3, g: ~}\n"
    expected = {"a": "no", "b": 10, "c": "12:30", "d": "=", "e": "<<", "<<": 1, "f": 1000.0, "g": None}
    assert value(words) == expected


def test_keys_and_texts_have_one_unicode_form() -> None:
    assert value(f"{APART}: {APART}\n") == {COMPOSED: COMPOSED}
    assert complaint(f"{COMPOSED}: 1\n{APART}: 2\n") == (
        f"x.yaml:2: {COMPOSED}: duplicate key, first given in line 1"
    )


def test_an_origin_in_another_unicode_form_is_the_same_origin() -> None:
    Path("base.yaml").write_text(f"{HEAD}inflow: {{origins: {{{COMPOSED}: {ORIGIN}}}}}\n", encoding="utf-8")
    child = f"extends: base\ninflow: {{origins: {{{APART}: {{flights_per_week: 3}}}}}}\n"
    Path("child.yaml").write_text(child, encoding="utf-8")
    flights = f"inflow.origins.{COMPOSED}.flights_per_week"
    assert load_scenario(["child.yaml"]).explain(flights).value == 3
    sets = parse_sets([f"{unicodedata.normalize('NFD', flights)}=5"])
    changed = load_scenario(["child.yaml"], sets)
    assert changed.explain(unicodedata.normalize("NFD", flights)).value == 5
    assert changed.with_values({unicodedata.normalize("NFD", flights): 6}).explain(flights).value == 6
    assert sum(name == COMPOSED for name in changed.config.inflow.origins) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("guards.LT.officers=9", "guards.LT.officers=10"),
        (f"inflow.origins.{COMPOSED}.cross_share=1", f"inflow.origins.{APART}.cross_share=1"),
    ],
)
def test_one_key_is_set_once(texts: tuple[str, ...]) -> None:
    with pytest.raises(BadInput, match=r"^--set .*: given twice$"):
        parse_sets(texts)
