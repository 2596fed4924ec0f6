"""Figures of histories: medians, nine tenths, in how many it goes which way; sentences that say so."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bordersim.report.answer import answers_in, line
from bordersim.report.catalogue import ENGLISH, LITHUANIAN, Language
from bordersim.report.given import given_sheets
from bordersim.report.page.ledgers import ledgers
from bordersim.report.told import KEYS, named_figure
from bordersim.results import tested
from bordersim.results.histories import compare_histories, summarise_histories
from bordersim.results.ledgers import Figure
from bordersim.results.tested import Tested as Found

NAMES = ["without", "with"]
ATTEMPTS = Figure("entry", "attempts", "LT", "attempts")
SHARE = Figure("entry", "interdiction_share", "LT", "share")


def by_figure(before: list[float], after: list[float]) -> list[tuple[Figure, np.ndarray]]:
    """Return one figure: scenario, the one draw there is, history."""
    return [(ATTEMPTS, np.array([before, after])[:, np.newaxis])]


def test_differences_are_those_of_each_history() -> None:
    """The medians of both differ by less than the median difference: histories are never mixed."""
    before, after = [0.0, 10.0, 20.0], [12.0, 13.0, 14.0]
    row = compare_histories(NAMES, by_figure(before, after), [0]).iloc[0]
    assert (row.reference_median, row.scenario_median, row["median"]) == (10, 13, 3)
    assert (row.more, row.fewer, row.replicates, row.missing) == (2, 1, 3, 0)
    assert row.difference == pytest.approx(3)
    assert (row.q05, row.q95) == tuple(np.quantile([12, 3, -6], [0.05, 0.95]))


def test_a_range_that_a_test_found_too_narrow_is_stretched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ends, each on its side of the median, of that figure at that border alone."""
    found = Found("attempts", "attempts", "LT", 40, 28, 33, 40, 1.5)
    monkeypatch.setattr(tested, "found_on_borders", lambda: (found,))
    figures = [
        *by_figure([0.0] * 3, [1.0, 3.0, 9.0]),
        (SHARE, np.array([[0.0] * 3, [1.0, 3.0, 9.0]])[:, None]),
    ]
    rows = compare_histories(NAMES, figures, [0]).set_index("metric")
    ends = rows[["q05", "median", "q95", "range_low", "range_high"]]
    assert ends.loc["attempts"].tolist() == pytest.approx([1.2, 3, 8.4, 0.3, 11.1])
    assert ends.loc["interdiction_share"].tolist() == pytest.approx([1.2, 3, 8.4, 1.2, 8.4])
    monkeypatch.setattr(tested, "found_on_borders", lambda: (found._replace(held=33),))
    assert compare_histories(NAMES, figures, [0])["range_high"].tolist() == pytest.approx([8.4, 8.4])


def test_a_range_reaches_farther_where_few_histories_are_independent() -> None:
    """The quantiles stay what they are; 39 independent ones end at the second from below and above."""
    untested = [(SHARE, np.stack([np.zeros(39), np.arange(39.0)])[:, None])]
    known, unknown = (compare_histories(NAMES, untested, [0], worth).iloc[0] for worth in (39.0, None))
    assert (known.range_low, known["median"], known.range_high) == pytest.approx((1, 19, 37))
    assert (unknown.range_low, unknown.range_high) == pytest.approx((known.q05, known.q95))


def test_a_history_without_the_figure_is_left_out_and_not_called_missing() -> None:
    row = compare_histories(NAMES, by_figure([1.0, np.nan, 2.0], [2.0, 5.0, 2.0]), [0]).iloc[0]
    assert (row.replicates, row.missing, row.more, row.fewer) == (2, 0, 1, 0)


def test_figures_of_each_scenario_stand_together() -> None:
    rows = summarise_histories(
        NAMES, [*by_figure([1.0, 3.0], [5.0, 7.0]), (SHARE, np.ones((2, 1, 2)))], [0, 0]
    )
    assert rows["scenario"].tolist() == ["without", "without", "with", "with"]
    assert rows["median"].tolist() == [2, 1, 6, 1]


def told(language: Language = ENGLISH, **changed: object) -> str:
    row = {
        "metric": "attempts",
        "country": "LT",
        "reference": "without",
        "scenario": "with",
        "range_low": -300.0,
        "median": -200.0,
        "range_high": -100.0,
        "more": 0,
        "fewer": 200,
        "replicates": 200,
    }
    return line(SimpleNamespace(**{**row, **changed}), language)


def test_a_line_has_a_direction_a_count_and_a_range() -> None:
    assert told() == (
        "Attempts at the Lithuanian border: about 200 fewer (90 % range: 100 to 300 fewer);"
        " fewer in 200 of 200 histories."
    )
    assert told(LITHUANIAN, range_low=-13769.0) == (
        "Bandymai prie Lietuvos sienos: apie 200 mažiau (90 % ribos: nuo 100 iki 14\xa0000 mažiau);"
        " mažiau 200 iš 200 istorijų."
    )


def test_a_direction_is_told_only_where_nearly_all_histories_agree() -> None:
    assert told(fewer=190, more=10).endswith("; fewer in 190 of 200 histories.")
    assert told(fewer=189, more=11).endswith(
        "more in 11, fewer in 189 of 200 histories: fewer in most, not in all."
    )
    open_ = told(range_high=100.0, fewer=150, more=50)
    assert ": the model does not say whether more or fewer (90 % range: 300 fewer to 100 more);" in open_
    assert "about" not in open_
    assert "(90 % range: 0 to 300 more)" in told(
        range_low=0.0, median=200.0, range_high=300.0, fewer=0, more=197
    )


def test_no_difference_anywhere_is_said_so() -> None:
    same = told(range_low=0.0, median=0.0, range_high=0.0, more=0, fewer=0)
    assert same == "Attempts at the Lithuanian border: the same in all 200 histories."
    rare = told(range_low=0.0, median=0.0, range_high=0.0, more=1, fewer=0)
    assert "(90 % range: no difference); more in 1, fewer in 0 of 200" in rare


KEY = {
    "unscreened_returns": ("protection", "all", "returns"),
    "deaths_expected": ("protection", "all", "people"),
    "people_admitted_to_procedure": ("entry", "all", "people"),
    "unstopped_entries": ("entry", "all", "attempts"),
    "attempts": ("entry", "LT", "attempts"),
    "attempts_at_other_borders": ("entry", "LV+PL", "attempts"),
}
FIGURES = [Figure(ledger, metric, place, unit) for metric, (ledger, place, unit) in KEY.items()]
TOTAL = Figure("entry", "attempts", "all", "attempts")  # what the row of the Lithuanian border belongs to
NUMBER = {"en": r"\d+(?:,\d{3})*(?:\.\d+)?", "lt": r"\d+(?:\xa0\d{3})*(?:,\d+)?"}
VALUES = st.floats(0, 1e6).flatmap(lambda top: st.lists(st.floats(0, top), min_size=3, max_size=12))


def as_number(text: str, language: str) -> float:
    """Read a number as a page writes it."""
    plain = text.replace("\N{MINUS SIGN}", "-").replace("\xa0", "")
    return float(plain.replace(",", "") if language == "en" else plain.replace(",", "."))


@given(st.data(), st.sampled_from([ENGLISH, LITHUANIAN]))
@settings(max_examples=30, phases=[Phase.explicit, Phase.generate])
def test_numbers_of_sentences_stand_in_a_row_whose_range_holds_them(
    data: st.DataObject, language: Language
) -> None:
    """The sentence on a figure and its row are written from the same numbers, with the same rounding."""
    before = data.draw(VALUES)
    pairs = []
    for figure in FIGURES:
        after = data.draw(st.lists(st.floats(0, 1e5), min_size=len(before), max_size=len(before)))
        values = np.array([before, after])[:, np.newaxis]
        pairs += [(figure, np.rint(values) if figure.unit == "attempts" else values)]
    rows = compare_histories(NAMES, [*pairs, (TOTAL, np.zeros((2, 1, len(before))))], [0])
    answer = answers_in(rows, {"without": "this", "with": "that"}, language)[0]
    number, own = NUMBER[language.code], list(rows.itertuples(index=False))
    tables = [re.findall(r"<tr.*?</tr>", text, re.DOTALL) for text in ledgers(own, "A", "B", language)]
    shown = [re.sub(r"<[^>]*>", " ", row) for table in tables for row in table]
    alike = " ".join(text for text in ledgers(own, "A", "B", language) if "<tr" not in text)
    for sentence in (answer.lead, *answer.lines):
        wanted = set(re.findall(number, sentence.replace("90 %", "")))
        holding = [row for row in shown if wanted <= set(re.findall(number, row))]
        assert holding or (len(wanted) == 1 and alike), (sentence, shown)
    for row in shown:
        if found := re.search(rf"(−?{number}) +(?:nuo +)?(−?{number}) (?:to|iki) (−?{number})", row):
            middle, low, high = (as_number(each, language.code) for each in found.groups())
            assert low <= middle <= high, row


def test_the_figure_of_protection_that_is_clearest_comes_first() -> None:
    """Of the two, deaths are more in all histories here, returns in one of four."""
    returns, deaths = FIGURES[:2]
    histories = {returns: [[9.0, 9, 9, 1], [8, 8, 8, 2]], deaths: [[1.0, 1, 1, 1], [2, 2, 2, 2]]}
    rows = compare_histories(
        NAMES, [(key, np.array(each)[:, np.newaxis]) for key, each in histories.items()], [0]
    )
    answer = answers_in(rows, {"without": "A", "with": "B"}, ENGLISH)[0]
    assert answer.lead.startswith(
        "In the model there are about 1 more expected deaths (the sum of assumed risks of death, not a"
    )
    assert "under “B” than under “A”: more in 4 of 4 histories." in answer.lead
    assert len(answer.lines) == 1


@pytest.mark.parametrize("way", [1.0, -1.0])
def test_what_histories_are_worth_stands_beside_the_first_count(way: float) -> None:
    """Where it is known; lines after the first do without."""
    rows = compare_histories(NAMES, [(key, np.array([[[2.0] * 4], [[2 + way] * 4]])) for key in FIGURES], [0])
    worth, titles = 29.6, {"without": "A", "with": "B"}
    answer = answers_in(rows, titles, ENGLISH, worth)[0]
    assert " in 4 of 4 histories (many are alike: they count as about 30 independent ones)." in answer.lead
    assert "worth" not in " ".join(answer.lines)
    assert "(vertos maždaug 30 nepriklausomų)" in answers_in(rows, titles, LITHUANIAN, worth)[0].lead
    assert "worth" not in answers_in(rows, titles, ENGLISH)[0].lead


@pytest.mark.parametrize("language", [ENGLISH, LITHUANIAN])
def test_the_first_colon_of_a_line_stands_after_what_it_is_about(language: Language) -> None:
    """Pages write what comes before in bold letters."""
    assert not [key for key in KEYS if ":" in named_figure(*key, language)]
    assert ":" not in language.say("answer.of_these", line="")


def test_what_is_the_same_in_a_ledger_is_told_with_its_value() -> None:
    barrier = Figure("money", "barrier_eur", "LT", "EUR")
    rows = compare_histories(NAMES, [(barrier, np.full((2, 1, 4), 15_182_400.0))], [0])
    told = " ".join(ledgers(list(rows.itertuples(index=False)), "A", "B"))
    assert "The same under both in every history (medians): Barrier (Lithuania) 15 EUR million." in told


def test_tables_show_medians_ranges_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tested, "found_on_borders", tuple)
    comparison = compare_histories(NAMES, by_figure([10.0, 20.0], [11.0, 24.0]), [0])
    sheet = next(iter(given_sheets(comparison)))
    assert sheet.header[2:] == (
        "unit",
        "without",
        "with",
        "difference",
        "90 % range",
        "more / fewer",
    )
    assert sheet.rows == [("attempts", "LT", "attempts", "15.0", "17.5", "2.5", "1.1 to 3.8", "2 / 0 of 2")]
