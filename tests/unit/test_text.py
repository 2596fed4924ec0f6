"""Text in one Unicode form, and complaints that steer no terminal and stay short."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.errors import MOST_LETTERS, BadInput
from bordersim.inputs.nearest import HANDFUL, did_you_mean
from bordersim.inputs.nodes import Node
from bordersim.inputs.yaml_source import place, shown
from bordersim.words.text import SHOWN_LETTERS, UNPRINTABLE, normal, shortened, visible

ANY_TEXT = st.text(st.characters())  # surrogates and control characters too


@given(ANY_TEXT)
def test_no_complaint_holds_what_cannot_be_printed_in_one_line(text: str) -> None:
    said = str(BadInput(f"x.yaml:1: {text}"))
    assert not UNPRINTABLE.search(said)
    assert not {"\n", "\t"} & set(said)
    said.encode("utf-8")


@given(ANY_TEXT)
def test_what_is_visible_can_be_printed_and_stays_what_it_is(text: str) -> None:
    assert not UNPRINTABLE.search(visible(text))
    assert visible(visible(text)) == visible(text)


@given(ANY_TEXT, st.integers(20, 200))
def test_a_shortened_text_is_no_longer_than_asked(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most
    assert shortened(text, most) == text or len(text) > most


def test_an_escape_sequence_is_told_as_letters() -> None:
    assert str(BadInput("guards.\x1b[31mLT\x9b: \ud800")) == r"guards.\x1b[31mLT\x9b: \ud800"


@pytest.mark.parametrize("text", ["שלום \u200f", "a\u202eb", "Türkiye", "Šalčininkai"])
def test_marks_of_direction_and_letters_of_all_languages_are_text(text: str) -> None:
    assert str(BadInput(text)) == text


def test_a_long_complaint_keeps_its_place_and_its_end() -> None:
    said = str(BadInput(f"x.yaml:3: {'a' * 9_000}: must be above 0"))
    assert len(said) == MOST_LETTERS
    assert said.startswith("x.yaml:3: ")
    assert said.endswith(": must be above 0")


def test_a_long_value_and_a_long_key_are_shortened() -> None:
    assert len(shown("a" * 9_000)) == SHOWN_LETTERS + 2  # two quotes
    assert len(shown(10**99)) <= SHOWN_LETTERS
    assert len(place("x.yaml:3", "a" * 9_000)) < SHOWN_LETTERS + 12


def test_an_empty_list_is_shown_as_empty() -> None:
    assert [shown(value) for value in ([], [Node(1, "")], {}, {"a": 1})] == [
        *("an empty list", "a list", "an empty section", "a section"),
    ]


def test_a_hint_names_a_handful_and_says_how_many_there_are() -> None:
    options = [f"option_{i:03}" for i in range(300)]
    hint = did_you_mean("xyzzy", options, more="see the manual")
    assert hint.count("option_") == HANDFUL
    assert hint.endswith(", ... (300 in all; see the manual)")
    assert did_you_mean("x" * 5_000, ["one", "two"]) == "; allowed: one, two"


def test_what_differs_by_case_only_is_meant_first() -> None:
    assert did_you_mean("lt", ["PL", "LT", "lts"]) == "; did you mean 'LT'?"


@given(st.text())
def test_two_forms_of_a_text_have_one_normal_form(text: str) -> None:
    assert normal(unicodedata.normalize("NFD", text)) == normal(text)
    assert normal(normal(text)) == normal(text)
