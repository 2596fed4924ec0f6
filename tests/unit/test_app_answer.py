"""What the live page answers, in both languages: every number with its range, the same as in the tables."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from test_answers import NUMBER, as_number

from bordersim.report.app.answer import parts_of
from bordersim.report.app.counts import SHOWN, Counts, Pair, Side
from bordersim.report.catalogue import LANGUAGES, Language
from bordersim.report.page.days import Published
from bordersim.report.told import KEYS
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import PEOPLE_METRICS
from bordersim.words.valued import DAILY_NAMES

DAYS, HISTORIES = 9, 10
BOTH = list(LANGUAGES.values())


def side(title: str, seed: int, most: float) -> Side:
    """Return some histories with counts up to a number."""
    chance = np.random.default_rng(seed)
    counts = [
        Counts(
            np.floor(chance.uniform(0, most, (len(COUNTRIES), len(DAILY_NAMES)))),
            np.floor(chance.uniform(0, most, len(PEOPLE_METRICS))),
            {key: np.floor(chance.uniform(0, most, DAYS)) for key in SHOWN},
        )
        for _ in range(HISTORIES)
    ]
    return Side(title, title, date(2021, 8, 1), counts)


def answered(before: Side, after: Side, language: Language) -> dict[str, str]:
    """Return the parts of the answer, with a day and a period published."""
    published = Published([(2, 7.0)], [(3, 5, 2.0)])
    return parts_of(Pair(before, after), ["mind"], HISTORIES, lambda *_: published, language)


def sentences(told: str) -> list[str]:
    """Return what is told first: what comes before the list, and the list."""
    return [re.sub("<[^>]*>", "", each) for each in re.findall("<(?:p class=.lead.|li)>.*?</(?:p|li)>", told)]


@given(st.integers(0, 99), st.sampled_from([3.0, 80.0, 4e6]), st.sampled_from(BOTH))
@settings(max_examples=15, phases=[Phase.explicit, Phase.generate], deadline=None)
def test_numbers_of_sentences_stand_in_a_row_whose_range_holds_them(
    seed: int, most: float, language: Language
) -> None:
    parts = answered(side("this", seed, most), side("that", seed + 100, most), language)
    number = NUMBER[language.code]
    rows = [re.sub("<[^>]*>", " ", row) for row in re.findall("<tr.*?</tr>", parts["ledgers"], re.DOTALL)]
    told = [each for each in sentences(parts["told"]) if re.search(number, each)]
    assert len(told) in (len(KEYS), len(KEYS) + 1)  # a sum over borders is followed by its Lithuanian part
    for sentence in told:
        wanted = set(re.findall(number, sentence.replace("90 %", "")))
        assert any(wanted <= set(re.findall(number, row)) for row in rows), (sentence, rows)


@given(st.integers(0, 99), st.sampled_from([3.0, 80.0, 4e6]), st.sampled_from(BOTH))
@settings(max_examples=15, phases=[Phase.explicit, Phase.generate], deadline=None)
def test_without_a_policy_each_number_has_its_range(seed: int, most: float, language: Language) -> None:
    one = side("this", seed, most)
    parts = answered(one, one, language)
    assert parts["ledgers"] == parts["dots"] == ""
    number = NUMBER[language.code]
    told = [each for each in sentences(parts["told"]) if re.search(number, each)]
    assert len(told) == len(KEYS)
    for sentence in told:
        middle, low, high = (as_number(each, language.code) for each in re.findall(number, sentence)[-3:])
        assert low <= middle <= high, sentence


@pytest.mark.parametrize("language", BOTH)
def test_a_page_is_in_one_language(language: Language) -> None:
    text = " ".join(answered(side("this", 1, 80.0), side("that", 2, 80.0), language).values())
    plain = re.sub("<[^>]*>", " ", text)
    english = {"the", "of", "Attempts", "histories", "Lithuania", "to"} & set(re.findall(r"\w+", plain))
    assert bool(english) == (language.code == "en")
    assert not re.search(r'(?:aria-label|title)="[^"]*\b(?:to|line|from)\b', text) or language.code == "en"


def test_the_server_does_without_pandas() -> None:
    """It takes 45 MB; the record, which needs it, is looked up in a process of its own."""
    code = (
        "import sys, bordersim.analyses.live.server, bordersim.analyses.live.published;"
        "print({'pandas', 'matplotlib', 'mesa'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"
