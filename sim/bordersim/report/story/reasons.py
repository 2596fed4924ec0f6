"""Why two lives part, in rows of words and numbers for A and B."""

from __future__ import annotations

from typing import NamedTuple

from bordersim.report.catalogue import Language
from bordersim.report.pictures.differences import decimals
from bordersim.report.story.sentences import word
from bordersim.report.story.told import Fact, Value, Why
from bordersim.words.codes import COUNTRIES, REGIMES

NOT_ASKED, NEVER = "none", "never"
WHOLE = ("places", "crews", "group", "seats", "willing", "dwell_days")
CHANCE, OF_DRAWS, SMALL_CHANCE = 2, 3, 4  # decimals


class Row(NamedTuple):
    """What it is about, and the text under A and B."""

    what: str
    a: str
    b: str


def reason(why: Why, language: Language) -> str:
    """Return in a few words why two lives part."""
    return language.say(f"story.kinds.{why.kind}")


def rows(why: Why, language: Language) -> list[Row]:
    """Return the facts of a difference as rows."""
    return [
        Row(_what(fact, language), _value(fact.key, fact.a, language), _value(fact.key, fact.b, language))
        for fact in why.facts
    ]


def values(why: Why, language: Language) -> list[str]:
    """Return the values that the rule uses, each with where it comes from."""
    return [
        language.say(
            "story.page.value_source_same" if each.a == each.b else "story.page.value_source",
            **each._asdict(),
        )
        for each in why.sources
    ]


def rule_text(why: Why, language: Language) -> tuple[str, str]:
    """Return where the rule is written, and its first words, in English."""
    paragraphs = why.rule_words.split("\n\n")[:2]
    said = (each for each in paragraphs if not each.startswith("Parameters"))
    return language.say("story.page.rule", where=why.rule), " ".join(" ".join(said).split())


def _what(fact: Fact, language: Language) -> str:
    """Return what a fact is about."""
    decision = f"story.decisions.{fact.about}"
    about = language.say(decision) if language.says(decision) else _place(fact.about, language)
    return language.say(f"story.facts.{fact.key}", about=about)


def _place(name: str, language: Language) -> str:
    """Return a border, a stretch, or what is drawn of the two."""
    return language.place(name) if name in COUNTRIES else word("borders", name, language)


def _value(key: str, value: Value, language: Language) -> str:
    """Return a value as text."""
    if value is None:
        return word("values", NEVER if key == "patrol_after_h" else NOT_ASKED, language)
    if isinstance(value, str):
        return _said(key, value, language)
    if isinstance(value, tuple):
        low, high = (language.number(end, OF_DRAWS) for end in value)
        return language.say("cell.between", low=low, high=high)
    if key in WHOLE:
        return language.number(value, 0)
    return language.number(value, decimals(value)) if key == "patrol_after_h" else _chance(value, language)


def _said(key: str, value: str, language: Language) -> str:
    """Return a value that is a word: a place, a regime, who decides."""
    if key == "chosen":
        return _place(value, language)
    return language.say(f"app.regime.{value}") if value in REGIMES else word("values", value, language)


def _chance(value: float, language: Language) -> str:
    """Return a chance in two decimals, in four where it is small."""
    plain = value in (0.0, 1.0) or round(value, CHANCE) not in (0.0, 1.0)
    return language.number(value, CHANCE if plain else SMALL_CHANCE)
