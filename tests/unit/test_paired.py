"""Paired differences: right numbers, honest intervals, unlike runs refused, misleading ratios in company."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fake_model import install, make_block, make_scenario

from bordersim.api import run_experiment
from bordersim.errors import BadInput
from bordersim.experiments.settings import Settings
from bordersim.report.headlines import HEADLINES
from bordersim.report.summary import comparison_sheets, markdown_table
from bordersim.results.ledgers import figures
from bordersim.results.paired import (
    compare_results,
    mean_interval,
    mean_intervals,
    refuse_unlike,
    smallest_detectable,
)
from bordersim.results.store.blocks import BlockArrays
from bordersim.results.store.result import Result
from bordersim.words.metrics import METRIC_NAMES, PEOPLE_METRICS
from bordersim.words.valued import DAILY_NAMES

COLUMNS = [
    *("reference", "scenario", "ledger", "metric", "country", "unit"),
    *("reference_mean", "scenario_mean", "difference", "low", "high", "replicates", "missing"),
]
T_QUANTILE_9 = 2.2621571628  # 97.5 % of Student's t with 9 degrees of freedom, from printed tables


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)


def result(name: str = "first", replicates: int = 20, **scenario: Any) -> Result:
    """Run one scenario in memory."""
    return run_experiment([make_scenario(name, **scenario)], Settings(replicates)).results[0]  # type: ignore[list-item]


def row(table: pd.DataFrame, metric: str, country: str) -> Any:
    """Pick one row."""
    found = table[(table["metric"] == metric) & (table["country"] == country)]
    assert len(found) == 1
    return found.iloc[0]


def test_the_table_has_exactly_the_columns_of_the_format() -> None:
    assert list(compare_results(result(), [result("second")]).columns) == COLUMNS


def test_a_shift_common_to_all_replicates_is_found_exactly() -> None:
    """Chance is common to both, so nothing but the shift is left: 2 more attempts on each of 7 days."""
    table = compare_results(result(), [result("second", shift=2.0)])
    attempts = row(table, "attempts", "LT")
    assert (attempts.difference, attempts.low, attempts.high) == (14, 14, 14)
    assert row(table, "attempts", "all").difference == 42
    assert row(table, "attempts_at_other_borders", "LV+PL").difference == 28
    assert row(table, "detected", "LT").difference == 0


def test_the_interval_is_students() -> None:
    values = np.arange(10.0)
    interval = mean_interval(values)
    half = T_QUANTILE_9 * values.std(ddof=1) / np.sqrt(10)
    assert interval == pytest.approx((4.5, 4.5 - half, 4.5 + half))


@pytest.mark.parametrize("pairs", [10, 100])
def test_the_smallest_detectable_difference_is_shown_in_four_runs_of_five(pairs: int) -> None:
    """Binomial bounds for 4,000 runs at 80 %, false alarm one in a million on each side."""
    chance = np.random.default_rng(5)
    noise = chance.normal(0, 3, (4000, pairs))
    found = 0
    for row in noise:
        _, low, high = mean_interval(row)
        truth = smallest_detectable(low, high, pairs) / row.std(ddof=1) * 3  # of the known deviation
        found += not low + truth <= 0 <= high + truth
    assert 3078 <= found <= 3318


def test_one_pair_tells_no_smallest_detectable_difference() -> None:
    assert np.isnan(smallest_detectable(np.nan, np.nan, 1))


def test_one_replicate_has_no_interval() -> None:
    interval = mean_interval(np.array([3.0]))
    assert interval.mean == 3
    assert np.isnan(interval.low)
    assert np.isnan(interval.high)


@pytest.mark.parametrize("columns", [0, 1, 2, 130])
def test_many_intervals_at_once_are_those_of_each_alone_to_the_bit(columns: int) -> None:
    table = np.random.default_rng(1).normal(size=(40, columns))
    table[::3, ::7] = np.nan
    alone = [mean_interval(row[np.isfinite(row)]) for row in table]
    assert np.array_equal(mean_intervals(table), alone, equal_nan=True)


def test_a_difference_is_scenario_minus_reference() -> None:
    table = compare_results(result("second", shift=2.0), [result()])
    assert row(table, "attempts", "LT").difference == -14


def test_an_interdiction_share_never_stands_alone() -> None:
    table = compare_results(result(), [result("second")])
    company = {
        "interdiction_share",
        "total_interdiction_share",
        "entered_unstopped_share",
        "returns_per_person",
    }
    assert company <= set(table["metric"])
    shown = {metric for metric, _ in HEADLINES["entry"]}
    assert company <= shown


def test_a_ratio_with_nothing_below_the_line_is_left_out_and_counted() -> None:
    totals = np.ones((4, 3, len(DAILY_NAMES)))
    totals[0, :, METRIC_NAMES.index("responses")] = 0
    values = figures(totals, np.ones((4, len(PEOPLE_METRICS))))
    times = next(v for f, v in values.items() if f.metric == "response_time_h" and f.country == "LT")
    assert np.isnan(times[0])
    assert (times[1:] == 1).all()


def test_ledgers_stand_together_in_their_order() -> None:
    table = compare_results(result(), [result("second")])
    assert list(dict.fromkeys(table["ledger"])) == ["entry", "protection", "guards", "money", "record"]


def test_people_are_given_for_all_borders_together() -> None:
    table = compare_results(result(), [result("second")])
    assert list(table[table["metric"] == "people_entered_unstopped"]["country"]) == ["all"]


@pytest.mark.parametrize(
    ("other", "what"),
    [
        ({"seed": 2}, "seed differs"),
        ({"replicates": 30}, "number of replicates differs"),
        ({"start": date(2021, 6, 1)}, "first day differs"),
        ({"days": 8}, "number of days differs"),
    ],
)
def test_unlike_runs_are_refused(other: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what):
        refuse_unlike([result(), result("second", **other)])


def test_unlike_scenarios_are_refused_before_anything_is_simulated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules["bordersim.model.engine"].__dict__, "simulate_block", None)
    pair = [make_scenario("first"), make_scenario("second", seed=2)]
    with pytest.raises(BadInput, match="seed"):
        run_experiment(pair, Settings(10))  # type: ignore[arg-type]


def test_a_scenario_is_not_compared_with_itself() -> None:
    with pytest.raises(BadInput, match="itself"):
        compare_results(result(), [result()])


def test_one_scenario_with_other_values_is_told_apart_by_them() -> None:
    tuned = replace(result(shift=2.0), sets={"guards.LT.officers": 900})
    table = compare_results(result(), [tuned])
    assert set(table["scenario"]) == {"first [guards.LT.officers=900]"}


def wavering(world: Any, seed: int, first: int, count: int) -> BlockArrays:
    """Draw what the stand-in draws; where there is a shift, detect one more or one less, in turn."""
    block = make_block(world, seed, first, count)
    if world.shift:
        sign = 1 - 2 * (np.arange(first, first + count) % 2)
        block.daily[..., METRIC_NAMES.index("detected")] += sign[:, None, None]
    return block


def test_every_difference_that_may_be_none_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, wavering)
    sheets = list(comparison_sheets(compare_results(result(), [result("second", shift=2.0)])))
    text = "\n".join(map(markdown_table, sheets))
    lines = {line.split(" | LT |")[0]: line for line in text.splitlines()}
    assert len(sheets) == 4
    assert "no difference" not in lines["| attempts"]
    assert "no difference detectable with n = 20 (" in lines["| detected"]
    assert " | about " in lines["| detected"]
    assert " | about " not in lines["| attempts"]
    assert "smallest detectable" in text
    assert "the same in both" in lines["| got_away"]
