"""A language: its words from the catalogue, plural forms, numbers, shares and days."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.resources import files
from math import floor, isfinite, log10
from typing import Any

from bordersim.errors import BadInput
from bordersim.inputs.nearest import did_you_mean
from bordersim.report.pictures.differences import EUR_PER_MILLION, UNITS, number

NO_BREAK = "\N{NO-BREAK SPACE}"
PERCENT = 100
FIGURES = 2  # that are written of an uncertain number
FORMS = frozenset({"one", "few", "many"})
WHOLE = frozenset({"attempts", "people", "claims", "returns", "person-days", "rescues", "incidents"})
ESTIMATED = "_expected"
PARTS = ("words", "app", "story")  # files of each language: of reports and answers, of each other page
TENS, HUNDREDS, TEENS = 10, 100, range(11, 20)


@dataclass(frozen=True)
class Language:
    """The words of one language, read on first use.

    Parameters
    ----------
    code
        As in `lang` of HTML: "en", "lt".
    form
        Which plural form a whole number takes: a name of those in the catalogue.
    marks
        What a language writes for "," and "." in numbers.

    Examples
    --------
    >>> from bordersim.report.catalogue import ENGLISH
    >>> ENGLISH.number(13769.4, 1), ENGLISH.rounded(-13769.4), ENGLISH.counted("histories", 1)
    ('13,769.4', '−14,000', '1 history')
    """

    code: str
    form: Callable[[int], str] = field(repr=False)
    marks: Mapping[int, str] = field(repr=False)

    @cached_property
    def words(self) -> dict[str, Any]:
        """Every entry of the catalogue by dotted key; those with plural forms are tables."""
        texts = (files(__package__).joinpath(f"{part}.{self.code}.toml") for part in PARTS)
        return {
            key: entry
            for text in texts
            for key, entry in _flat(tomllib.loads(text.read_text(encoding="utf-8")))
        }

    def say(self, key: str, /, **values: object) -> str:
        """Return an entry with values in its places."""
        text: str = self.words[key]
        return text.format(**values)

    def section(self, name: str) -> dict[str, str]:
        """Return the entries of a section, in order."""
        start = f"{name}."
        return {key.removeprefix(start): text for key, text in self.words.items() if key.startswith(start)}

    def says(self, key: str) -> bool:
        """Return whether there is such an entry."""
        return key in self.words

    def counted(self, key: str, count: int) -> str:
        """Return how many of something there are, in the plural form of that number."""
        forms: Mapping[str, str] = self.words[key]
        return forms[self.form(count)].format(count=self.number(count, 0))

    def number(self, value: float, places: int) -> str:
        """Write a number with so many decimals."""
        return number(value, places).translate(self.marks)

    def as_typed(self, number: str) -> str:
        """Return a number that a user typed with the marks of the language."""
        return number.translate(self.marks)

    def rounded(self, value: float) -> str:
        """Write an uncertain number with two figures, a small whole one as it is; of nothing none."""
        if not isfinite(value):
            return self.number(value, 0)
        near = two_figures(value)
        places = 0 if near == round(near) else max(0, FIGURES - 1 - floor(log10(abs(near))))
        return self.number(near, places)

    def share(self, value: float) -> str:
        """Write a share in whole per cent."""
        return f"{self.number(PERCENT * value, 0)}{NO_BREAK}%"

    def amount(self, value: float, metric: str) -> str:
        """Write an uncertain value of a metric with two figures, money in millions."""
        if UNITS[metric] == "EUR":
            return self.rounded(value / EUR_PER_MILLION)
        return self.rounded(round(value) if _is_whole(metric) and abs(value) < TENS else value)

    def metric(self, name: str) -> str:
        """Return a metric in words."""
        return self.say(f"metric.{name}")

    def unit(self, metric: str) -> str:
        """Return the unit in which `amount` writes a metric."""
        return self.say(f"unit.{UNITS[metric]}")

    def place(self, code: str) -> str:
        """Return the name of a border, or of several together."""
        return self.say(f"place.{code}")

    def day(self, day: date) -> str:
        """Write a day."""
        return self.say(
            "date.day", year=day.year, month=self.words["date.months"][day.month - 1], day=day.day
        )

    def month(self, day: date) -> str:
        """Return the short name of a month."""
        name: str = self.words["date.short"][day.month - 1]
        return name

    def span(self, first: date, last: date) -> str:
        """Write from when to when."""
        return self.say("date.span", first=self.day(first), last=self.day(last))

    def listed(self, texts: Iterable[str]) -> str:
        """Write several things in a row."""
        return "; ".join(texts)


def two_figures(value: float) -> float:
    """Return a number rounded to two figures; whole ones below a hundred stay as they are."""
    if not isfinite(value) or value == 0:
        return value
    return round(value, FIGURES - 1 - floor(log10(abs(value))))


def _is_whole(metric: str) -> bool:
    """Return whether a metric is a count: the middle of two counts is written as a whole number."""
    return UNITS[metric] in WHOLE and not metric.endswith(ESTIMATED)


def _flat(table: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    """Yield every entry by dotted key."""
    for key, value in table.items():
        if isinstance(value, dict) and not _has_forms(value):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _has_forms(table: Mapping[str, Any]) -> bool:
    """Return whether a table holds the plural forms of one entry."""
    return set(table) <= FORMS


def _english(count: int) -> str:
    """Return the plural form of English."""
    return "one" if count == 1 else "many"


def _lithuanian(count: int) -> str:
    """Return the plural form of Lithuanian: 21 takes that of 1, 11 to 19 and round tens that of many."""
    if count % HUNDREDS in TEENS or count % TENS == 0:
        return "many"
    return "one" if count % TENS == 1 else "few"


ENGLISH = Language("en", _english, {})
LITHUANIAN = Language("lt", _lithuanian, str.maketrans({",": NO_BREAK, ".": ","}))
LANGUAGES = {each.code: each for each in (ENGLISH, LITHUANIAN)}


def language_of(code: str) -> Language:
    """Return the language of a code.

    Raises
    ------
    BadInput
        If there is none.
    """
    if code not in LANGUAGES:
        raise BadInput(f"lang: '{code}' is unknown{did_you_mean(code, LANGUAGES)}")
    return LANGUAGES[code]
