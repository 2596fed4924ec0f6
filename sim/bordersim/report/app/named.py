"""What a lever is called, in a language: its place first, then what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from bordersim.report.app.lever import Lever
    from bordersim.report.catalogue import Language

SILENT = "origins"  # a part of keys that says nothing to a reader


def label_of(key: str, language: Language) -> str:
    """Return what the lever of a dotted key is called; parts without words of their own as they are."""
    parts = [part for part in key.split(".")[1:] if part != SILENT]
    places = [language.place(part) for part in parts if part in COUNTRIES]
    others = [_said("app.name", part, language) for part in parts if part not in COUNTRIES]
    what = ", ".join(others) or language.say("app.name.regime")
    return f"{places[0]}: {what}" if places else what


def unit_of(lever: Lever, language: Language) -> str:
    """Return the unit of a lever; nothing for regimes."""
    return _said("app.unit", lever.unit, language) if lever.unit else ""


def regime_of(word: str, language: Language) -> str:
    """Return a regime in words."""
    return _said("app.regime", word, language)


def recorded_of(lever: Lever, language: Language) -> str:
    """Write the values that a lever has by date without being set, and their unit."""
    first, *later = lever.recorded
    texts = [_word(lever, first.value, language)]
    for each in later:
        value = _word(lever, each.value, language)
        texts.append(language.say("app.lever.since", value=value, day=each.day))
    return f"{', '.join(texts)} {unit_of(lever, language)}".rstrip()


def _word(lever: Lever, value: str, language: Language) -> str:
    """Write one value, without its unit."""
    return regime_of(value, language) if lever.words else language.as_typed(value)


def _said(section: str, part: str, language: Language) -> str:
    """Return the words of the catalogue, or the part itself."""
    key = f"{section}.{part}"
    return language.say(key) if language.says(key) else part.replace("_", " ")
