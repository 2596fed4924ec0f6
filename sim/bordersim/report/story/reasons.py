"""Why two lives part, in rows of words and numbers for A and B."""

from __future__ import annotations

from typing import NamedTuple

from bordersim.report.story.told import Fact, Value, Why
from bordersim.report.story.words import WORDS, word

NOT_ASKED, NEVER = "none", "never"
WHOLE = ("places", "crews", "group", "seats", "willing", "dwell_days")


class Row(NamedTuple):
    """What it is about, and the text under A and B."""

    what: str
    a: str
    b: str


def reason(why: Why) -> str:
    """Return in a few words why two lives part."""
    return str(WORDS["kinds"][why.kind]["words"])


def rows(why: Why) -> list[Row]:
    """Return the facts of a difference as rows."""
    return [Row(_what(fact), _value(fact.key, fact.a), _value(fact.key, fact.b)) for fact in why.facts]


def values(why: Why) -> list[str]:
    """Return the values that the rule uses, each with where it comes from."""
    words = WORDS["page"]
    return [
        words["value_source_same" if each.a == each.b else "value_source"].format(**each._asdict())
        for each in why.sources
    ]


def rule_text(why: Why) -> tuple[str, str]:
    """Return where the rule is written, and its first words."""
    paragraphs = why.rule_words.split("\n\n")[:2]
    said = (each for each in paragraphs if not each.startswith("Parameters"))
    return WORDS["page"]["rule"].format(where=why.rule), " ".join(" ".join(said).split())


def _what(fact: Fact) -> str:
    """Return what a fact is about."""
    about = WORDS["decisions"].get(fact.about, {}).get("words") or word("borders", fact.about)
    return str(WORDS["facts"][fact.key].format(about=about))


def _value(key: str, value: Value) -> str:
    """Return a value as text."""
    if value is None:
        return word("values", NEVER if key == "patrol_after_h" else NOT_ASKED)
    if isinstance(value, str):
        return word("borders", value) if key == "chosen" else WORDS["values"].get(value, value)
    return f"{value:,.0f}" if key in WHOLE else f"{value:.3g}" if key == "patrol_after_h" else _chance(value)


def _chance(value: float) -> str:
    """Return a chance in two decimals, in three where it is small."""
    return f"{value:.2f}" if value in (0.0, 1.0) or round(value, 2) not in (0.0, 1.0) else f"{value:.4f}"
