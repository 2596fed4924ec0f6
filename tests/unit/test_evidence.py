"""The published record: repeated reports are resolved, never added."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bordersim.validation.published import (
    EVENTS_UNIT,
    SERIES,
    daily_record,
    load_observations,
    period_record,
    resolve_reports,
)


def on(frame: pd.DataFrame, day: str) -> pd.Series:
    """Return the only row of a day."""
    return frame.set_index("date").loc[day]


def report(**changes: object) -> dict[str, object]:
    """Return one made-up report of 4 August."""
    day = pd.Timestamp("2021-08-04")
    base = {"country": "LT", "series": "turned_back", "period_start": day, "period_end": day}
    base |= {"cumulative": False, "unit": "persons", "scope": EVENTS_UNIT, "value": 321.0, "low": 321.0}
    base |= {"high": 321.0, "reports": 1, "date_quality": "stated", "source_url": "https://a.example"}
    return base | changes


def test_every_figure_has_a_source_and_an_ordered_range() -> None:
    rows = load_observations()
    assert rows["source_url"].str.startswith("http").all()
    assert (rows["low"] <= rows["value"]).all()
    assert (rows["value"] <= rows["high"]).all()
    assert (rows["period_start"] <= rows["period_end"]).all()


def test_resolved_figures_are_unique_per_period() -> None:
    resolved = resolve_reports(load_observations())
    key = ["country", "series", "scope", "period_start", "period_end", "cumulative"]
    assert not resolved.duplicated(key).any()
    assert resolved["reports"].ge(1).all()


def test_repeated_reports_of_a_day_are_not_added() -> None:
    rows = pd.DataFrame([report(), report(value=44.0, low=44.0, high=44.0, source_url="https://b.example")])
    resolved = resolve_reports(rows)
    assert resolved[["low", "high", "reports"]].to_numpy().tolist() == [[44.0, 321.0, 2]]
    assert resolved["value"].item() in (44.0, 321.0)


def test_the_same_page_counts_once() -> None:
    resolved = resolve_reports(pd.DataFrame([report(reports=4), report(unit="persons detained")]))
    assert resolved["reports"].item() == 4


def test_the_figure_of_most_outlets_wins() -> None:
    few, many = report(value=180.0, low=180.0), report(value=247.0, reports=3, source_url="https://b.example")
    assert resolve_reports(pd.DataFrame([few, many]))["value"].item() == 247.0
    assert resolve_reports(pd.DataFrame([many, few]))["value"].item() == 247.0


def test_a_regional_unit_is_not_the_whole_border() -> None:
    regional = report(scope="attempts (Podlaski unit)", unit="attempts (Podlaski unit)")
    assert len(resolve_reports(pd.DataFrame([report(), regional]))) == 2


@pytest.mark.parametrize(
    ("metric", "day", "value", "low", "high"),
    [
        ("record_apprehended", "2021-08-01", 294, 287, 294),
        ("record_apprehended", "2021-08-03", 35, 35, 36),
        ("record_turned_back", "2021-08-03", 247, 180, 247),
        ("record_turned_back", "2021-08-04", 321, 44, 321),
    ],
)
def test_known_days_keep_their_disagreement(metric: str, day: str, value: int, low: int, high: int) -> None:
    row = on(daily_record(metric, "LT"), day)
    assert (row["value"], row["low"], row["high"]) == (value, low, high)


def test_one_row_a_day_for_every_metric_and_country() -> None:
    for metric in SERIES:
        for country in ("LT", "LV", "PL"):
            assert daily_record(metric, country)["date"].is_unique


def test_months_are_means_per_day() -> None:
    periods = period_record("record_apprehended", "LT").set_index("period_start")
    assert np.isclose(periods.loc["2021-06-01", "value"] * 30, 473)
    assert np.isclose(periods.loc["2021-07-01", "value"] * 31, 2882)


def test_totals_are_differenced_with_the_uncertainty_of_both_ends() -> None:
    periods = period_record("record_turned_back", "LV").set_index("period_start")
    second = periods.loc["2021-08-16"]
    assert np.isclose(second["value"] * second["days"], 707 - 395)
    assert second["derived"]
    assert (periods["low"] <= periods["value"]).all()
    assert (periods["value"] <= periods["high"]).all()


def test_a_total_that_falls_is_left_out() -> None:
    """22 September gives 'over 2,000' after 'about 2,200' two weeks earlier: no negative day."""
    periods = period_record("record_turned_back", "LT")
    assert pd.Timestamp("2021-09-22") not in set(periods["period_end"])
    assert periods["value"].ge(0).all()
