"""A YAML file from anywhere costs little: size, nesting, aliases, texts and numbers have their limits."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario
from bordersim.inputs.composing import MOST_DEPTH, MOST_KEY_LETTERS, MOST_WORDS
from bordersim.inputs.nodes import MOST_DIGITS, SET
from bordersim.inputs.scalars import MOST_LETTERS
from bordersim.inputs.yaml_source import MOST_BYTES, from_python, parse, read_yaml

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LEVELS = "abcde"
BOMB = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in pairwise(LEVELS)
)
TOO_MANY = f"holds more than {MOST_WORDS} keys and values, counting the content of an alias each time"
TOO_DEEP = f"is nested deeper than {MOST_DEPTH} levels"
YAML_LETTERS = st.text(st.sampled_from("ab01 \n-:?,[]{}&*!|>'\"%#@~.<=_\\\tx\u2028\x85é"), max_size=60)


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def complaint(text: str, label: str = "x.yaml") -> str:
    """Return the complaint about a YAML text."""
    with pytest.raises(BadInput) as caught:
        parse(text, label)
    return str(caught.value)


def refusal(name: str) -> str:
    """Return the complaint about a file."""
    with pytest.raises(BadInput) as caught:
        read_yaml(Path(name), name)
    return str(caught.value)


def test_aliases_of_aliases_count_what_they_stand_for() -> None:
    assert complaint(BOMB) == f"x.yaml:4: {TOO_MANY}"


def test_an_alias_is_the_value_it_stands_for_in_the_line_it_stands_in() -> None:
    node = parse("a: &a {b: [1, x]}\nc: *a\nd: [*a]\n", "x.yaml")
    assert node is not None
    assert node.mapping()["c"].value == node.mapping()["a"].value
    assert node.mapping()["c"].origin == "x.yaml:2"
    assert node.mapping()["d"].items()[0].origin == "x.yaml:3"


def test_a_key_may_be_an_alias_of_a_word_and_of_nothing_else() -> None:
    node = parse("a: &a b\n*a : 3\n", "x.yaml")
    assert node is not None
    assert node.mapping()["b"].value == 3
    assert complaint("a: &a [1]\n*a : 3\n") == "x.yaml:2: a key must be a word"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &a [*a]\n", "x.yaml:1: an alias refers to itself"),
        ("title: x\nb:\n  a: &a\n    c: [*a]\n", "x.yaml:4: an alias refers to itself"),
        ("a: 1\nb: *c\n", "x.yaml:2: not valid YAML: found undefined alias 'c'"),
    ],
)
def test_an_alias_of_nothing_is_told_at_its_line(text: str, message: str) -> None:
    assert complaint(text) == message


@pytest.mark.parametrize("levels", [MOST_DEPTH + 1, 600, 20_000])
def test_nesting_in_brackets_has_a_limit(levels: int) -> None:
    assert complaint(f"title: t\na: {'[' * levels}") == f"x.yaml:2: {TOO_DEEP}"
    assert complaint("[" * levels, SET) == f"{SET}: {TOO_DEEP}"


def test_nesting_in_lines_has_a_limit() -> None:
    text = "".join(f"{' ' * level}a:\n" for level in range(400))
    assert complaint(text) == f"x.yaml:{MOST_DEPTH + 1}: {TOO_DEEP}"
    assert parse("".join(f"{' ' * level}a:\n" for level in range(MOST_DEPTH)), "x.yaml")


def test_lists_from_python_have_the_same_limit() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(BadInput, match="nested deeper"):
        from_python(endless)


def test_a_list_of_very_many_is_refused_where_it_is_too_long() -> None:
    assert complaint("a:\n" + "- 1\n" * MOST_WORDS).endswith(TOO_MANY)


def test_our_own_files_stay_well_below_the_limits() -> None:
    for path in SCENARIOS.rglob("*.yaml"):
        assert path.stat().st_size < MOST_BYTES / 2
        assert parse("\n".join((path.read_text(encoding="utf-8"), "#" * (MOST_BYTES // 2))), path.name)


def test_a_file_is_measured_before_it_is_read() -> None:
    with Path("x.yaml").open("wb") as file:
        file.truncate(50_000_000_000)  # none of it is on the disk
    assert (
        refusal("x.yaml") == f"x.yaml:1: the file has more than {MOST_BYTES} bytes, which is too much to read"
    )
    assert "is too much to read" in complaint("#" * (MOST_BYTES + 1))


def test_what_is_no_ordinary_file_is_not_read() -> None:
    os.mkfifo("fifo.yaml")
    Path("folder.yaml").mkdir()
    for name in ("fifo.yaml", "folder.yaml", "/dev/zero"):
        assert refusal(name) == f"{name}: cannot be read: is no ordinary file"
    assert refusal("none\0.yaml").startswith(r"none\x00.yaml: cannot be read: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"a: {'x' * (MOST_LETTERS + 1)}\n", f"is a text of more than {MOST_LETTERS} letters"),
        (f"{'k' * (MOST_KEY_LETTERS + 1)}: 1\n", f"a key of more than {MOST_KEY_LETTERS} letters"),
        (f"a: {'9' * 400}\n", f"cannot be read: a number of more than {MOST_DIGITS} digits"),
        (f"a: {'9' * 5_000}\n", f"cannot be read: a number of more than {MOST_DIGITS} digits"),
        (f"a: 0x{'f' * 5_000}\n", f"cannot be read: a number of more than {MOST_DIGITS} digits"),
        ("a: 1e999\n", "'1e999' cannot be read: a number too large"),
        ("a: -1.5e+400\n", "'-1.5e+400' cannot be read: a number too large"),
        ("a: !!float 1e999\n", "'1e999' cannot be read: a number too large"),
    ],
)
def test_texts_and_numbers_have_limits(text: str, message: str) -> None:
    said = complaint(text)
    assert said.startswith("x.yaml:1: ")
    assert said.endswith(message)
    assert len(said) < 200


def test_whole_numbers_from_python_have_the_same_limit() -> None:
    with pytest.raises(BadInput, match=r"--set run.seed: expects a number, is one of hundreds of digits"):
        load_scenario(["history_2021"], {"run.seed": 10**400})


def test_a_chain_of_files_has_an_end() -> None:
    for number in range(60):
        Path(f"x{number}.yaml").write_text(f"extends: x{number + 1}\n")
    with pytest.raises(BadInput, match="extends: is the end of a chain of more than 50 files"):
        load_scenario(["x0.yaml"])


@given(YAML_LETTERS)
def test_any_text_is_read_or_refused_in_one_line_with_its_place(text: str) -> None:
    said = ""
    try:
        parse(text, "x.yaml")
    except BadInput as error:
        said = str(error)
    assert said == "" or re.match(r"x\.yaml:\d+: .+$", said)
