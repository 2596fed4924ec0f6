"""Figures of histories: medians, nine tenths, in how many it goes which way; sentences that say so."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from bordersim.report.given import answers, given_sheets, sentence
from bordersim.results.histories import compare_histories, summarise_histories
from bordersim.results.ledgers import Figure

NAMES = ["without", "with"]
ATTEMPTS = Figure("entry", "attempts", "LT", "attempts")
SHARE = Figure("entry", "interdiction_share", "LT", "share")


def by_figure(before: list[float], after: list[float]) -> list[tuple[Figure, np.ndarray]]:
    """Return one figure: scenario, the one draw there is, history."""
    return [(ATTEMPTS, np.array([before, after])[:, np.newaxis])]


def test_differences_are_those_of_each_history() -> None:
    """The medians of both differ by less than the median difference: histories are never mixed."""
    before, after = [0.0, 10.0, 20.0], [12.0, 13.0, 14.0]
    row = compare_histories(NAMES, by_figure(before, after)).iloc[0]
    assert (row.reference_median, row.scenario_median, row["median"]) == (10, 13, 3)
    assert (row.more, row.fewer, row.replicates, row.missing) == (2, 1, 3, 0)
    assert row.difference == pytest.approx(3)
    assert (row.q05, row.q95) == tuple(np.quantile([12, 3, -6], [0.05, 0.95]))


def test_a_history_without_the_figure_is_left_out_and_counted() -> None:
    row = compare_histories(NAMES, by_figure([1.0, np.nan, 2.0], [2.0, 5.0, 2.0])).iloc[0]
    assert (row.replicates, row.missing, row.more, row.fewer) == (2, 1, 1, 0)


def test_figures_of_each_scenario_stand_together() -> None:
    rows = summarise_histories(NAMES, [*by_figure([1.0, 3.0], [5.0, 7.0]), (SHARE, np.ones((2, 1, 2)))])
    assert rows["scenario"].tolist() == ["without", "without", "with", "with"]
    assert rows["median"].tolist() == [2, 1, 6, 1]


def told(**changed: object) -> str:
    row = {
        "metric": "attempts",
        "country": "LT",
        "reference": "without",
        "scenario": "with",
        "q05": -300.0,
        "median": -200.0,
        "q95": -100.0,
        "more": 0,
        "fewer": 200,
        "replicates": 200,
    }
    return sentence(SimpleNamespace(**{**row, **changed}))


def test_a_sentence_has_a_direction_a_count_and_a_range() -> None:
    assert told() == (
        "Attempts at the Lithuanian border: 200 fewer under with than under without (between 100 and 300"
        " fewer); fewer in 200 of 200 histories."
    )


def test_a_direction_is_told_only_where_nearly_all_histories_agree() -> None:
    assert told(fewer=190, more=10).endswith("; fewer in 190 of 200 histories.")
    assert told(fewer=189, more=11).endswith(
        "; more in 11, fewer in 189 of 200 histories, too few to call a direction."
    )
    assert "(from 300 fewer to 100 more)" in told(q95=100.0, fewer=150, more=50)
    assert "200 more under with than under without (between 0 and 300 more)" in told(
        q05=0.0, median=200.0, q95=300.0, fewer=0, more=197
    )


def test_no_difference_anywhere_is_said_so() -> None:
    same = told(q05=0.0, median=0.0, q95=0.0, more=0, fewer=0)
    assert (
        same
        == "Attempts at the Lithuanian border: the same under with as under without in all 200 histories."
    )


def test_a_median_without_a_difference_is_no_change_of_something() -> None:
    none = told(q05=-3.0, median=0.0, q95=5.0, more=40, fewer=39)
    assert (
        ": in the median the same under with as under without (from 3.00 fewer to 5.00 more); more in 40, "
        in none
    )
    rare = told(q05=0.0, median=0.0, q95=0.0, more=1, fewer=0)
    assert "(in nine tenths of the histories none); more in 1, fewer in 0 of 200" in rare


def test_tables_show_medians_ranges_and_counts() -> None:
    comparison = compare_histories(NAMES, by_figure([10.0, 20.0], [11.0, 24.0]))
    sheet = next(iter(given_sheets(comparison)))
    assert sheet.header[2:] == (
        "unit",
        "without",
        "with",
        "difference",
        "90 % of histories",
        "more, fewer in",
    )
    assert sheet.rows == [("attempts", "LT", "attempts", "15.0", "17.5", "2.5", "1.1 to 3.8", "2, 0 of 2")]
    assert len(answers(comparison)) == 1
