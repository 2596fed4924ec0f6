"""The words of pages: the same entries in every language, nothing that ranks policies, numbers as written."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

import pytest

from bordersim.errors import BadInput
from bordersim.limits import LIMITS_OF_USE
from bordersim.report.answer import words_of
from bordersim.report.catalogue import ENGLISH, LANGUAGES, LITHUANIAN, Language, language_of
from bordersim.report.catalogue.language import two_figures
from bordersim.report.headlines import ASKED_FIRST, HEADLINES
from bordersim.report.pictures.differences import UNITS
from bordersim.report.told import KEYS

BOTH = [ENGLISH, LITHUANIAN]
# Words that would call one policy better than another, fewer crossings a gain, or people what they are not.
RANKING = {
    "en": r"\b(better|best|wors[et]+|success\w*|effective\w*|improv\w*|prevents?|sav(?:es?|ed)|illegals?)\b",
    "lt": r"\b(geriau|geresn\w*|blog\w*|sėkm\w*|veiksming\w*|efektyv\w*|pagerin\w*|užker\w+|nelegal\w*)\b",
}
THE_LIMIT = "limits_of_use"  # says that a lower count is not by itself a better outcome


def texts(language: Language, key: str) -> list[str]:
    """Return all texts of an entry: plural forms, names of months."""
    entry = language.words[key]
    if isinstance(entry, str):
        return [entry]
    return list(entry.values() if isinstance(entry, dict) else entry)


def fields(text: str) -> set[str]:
    """Return the places of a text that are filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_languages_have_the_same_entries() -> None:
    assert set(ENGLISH.words) == set(LITHUANIAN.words)


@pytest.mark.parametrize("key", sorted(ENGLISH.words))
def test_an_entry_is_filled_with_the_same_in_every_language(key: str) -> None:
    wanted = {frozenset(fields(text)) for language in BOTH for text in texts(language, key)}
    assert len(wanted) == 1


@pytest.mark.parametrize("language", BOTH)
def test_no_word_ranks_policies(language: Language) -> None:
    said = {key: " ".join(texts(language, key)) for key in language.words if key != THE_LIMIT}
    ranking = {
        key: found[0]
        for key, text in said.items()
        if (found := re.search(RANKING[language.code], text, re.I))
    }
    assert not ranking


@pytest.mark.parametrize("language", BOTH)
def test_every_figure_of_the_ledgers_and_of_the_answer_has_its_words(language: Language) -> None:
    metrics = {metric for rows in HEADLINES.values() for metric, _ in rows} | {metric for metric, _ in KEYS}
    assert all(language.metric(each) and language.unit(each) for each in metrics)
    assert all(language.say(f"of.{metric}") and language.say(f"where.{place}") for metric, place in KEYS)
    assert metrics <= set(UNITS)


def test_every_word_explained_is_of_a_figure_that_tables_show() -> None:
    shown = {metric for rows in HEADLINES.values() for metric, _ in rows}
    assert set(ENGLISH.section("explained")) <= shown
    assert words_of({"cost_eur"}) == [ENGLISH.say("explained.cost_eur")]
    assert words_of() == list(ENGLISH.section("explained").values())


def test_what_is_asked_first_is_in_the_ledgers() -> None:
    ledgers = {
        (metric, border) for rows in HEADLINES.values() for metric, borders in rows for border in borders
    }
    assert {(metric, border) for metric, borders in ASKED_FIRST for border in borders} <= ledgers


def test_the_limits_of_use_are_those_printed_everywhere() -> None:
    assert ENGLISH.say("limits_of_use") == LIMITS_OF_USE


@pytest.mark.parametrize(
    ("count", "form"),
    [
        (0, "istorijų"),
        (1, "istorija"),
        (2, "istorijos"),
        (9, "istorijos"),
        (10, "istorijų"),
        (11, "istorijų"),
        (19, "istorijų"),
        (20, "istorijų"),
        (21, "istorija"),
        (22, "istorijos"),
        (112, "istorijų"),
        (200, "istorijų"),
    ],
)
def test_lithuanian_has_three_plural_forms(count: int, form: str) -> None:
    assert LITHUANIAN.counted("histories", count) == f"{count} {form}"


def test_english_has_two() -> None:
    assert [ENGLISH.counted("histories", n) for n in (1, 2, 1000)] == [
        "1 history",
        "2 histories",
        "1,000 histories",
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (35550.4, "36,000"),
        (-13769, "−14,000"),
        (19.4, "19"),
        (9.96, "10"),
        (0.163, "0.16"),
        (5, "5"),
        (0, "0"),
        (0.996, "1"),
    ],
)
def test_an_uncertain_number_has_two_figures(value: float, written: str) -> None:
    assert ENGLISH.rounded(value) == written
    assert two_figures(two_figures(value)) == two_figures(value)


def test_a_share_of_nothing_is_written_as_none() -> None:
    assert ENGLISH.rounded(float("nan")) == ENGLISH.amount(float("nan"), "interdiction_share") == "n/a"


def test_numbers_shares_and_days_are_written_as_the_language_does() -> None:
    day = date(2021, 8, 3)
    assert (ENGLISH.number(1234.5, 1), LITHUANIAN.number(-1234.5, 1)) == ("1,234.5", "−1\xa0234,5")
    assert (ENGLISH.share(0.765), LITHUANIAN.share(0.765)) == ("76\xa0%", "76\xa0%")
    assert (ENGLISH.day(day), LITHUANIAN.day(day)) == ("3 August 2021", "2021 m. rugpjūčio 3 d.")


def test_counts_are_whole_and_money_is_in_millions() -> None:
    """The middle of nobody and one person is not a tenth of a person; an expected number of deaths may be."""
    assert ENGLISH.amount(-0.05, "attempts") == "0"
    assert ENGLISH.amount(0.5, "deaths_expected") == "0.50"
    assert ENGLISH.amount(66_637_785, "cost_eur") == "67"


def test_a_language_that_is_not_there_is_refused_in_a_line() -> None:
    assert language_of("lt") is LANGUAGES["lt"]
    with pytest.raises(BadInput, match=r"^lang: 'ltt' is unknown; did you mean"):
        language_of("ltt")
