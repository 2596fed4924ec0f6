"""The published record: repeated reports are resolved, never added."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bordersim.validation.figures import comparable
from bordersim.validation.published import (
    EVENTS_UNIT,
    SERIES,
    YEARLY_PARTS,
    daily_record,
    load_observations,
    period_record,
    record_rows,
    resolve_reports,
)
from bordersim.validation.published.windows import ROUNDING_SHARE, windows_of


def on(frame: pd.DataFrame, day: str) -> pd.Series:
    """Return the only row of a day."""
    return frame.set_index("date").loc[day]


def report(**changes: object) -> dict[str, object]:
    """Return one made-up report of 4 August."""
    day = pd.Timestamp("2021-08-04")
    base = {"country": "LT", "series": "turned_back", "period_start": day, "period_end": day}
    base |= {"cumulative": False, "unit": "persons", "scope": EVENTS_UNIT, "value": 321.0, "low": 321.0}
    base |= {"kind": "whole", "basis": "repeated"}
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


def test_whatever_is_noted_as_part_or_derived_is_read_as_such() -> None:
    rows = load_observations()
    assert (rows["kind"] == "part").equals(rows["note"].str.contains("part of", case=False))
    said = rows["note"].str.contains("derived", case=False) | rows["unit"].str.contains("derived")
    assert (rows["kind"] == "derived").equals(said)
    assert rows["kind"].value_counts().to_dict() == {"whole": 1041, "part": 13, "derived": 3}


def test_no_part_is_scored_or_added_to_a_year() -> None:
    rows = load_observations()
    parts = rows[rows["kind"] == "part"]
    added = {scope for border in YEARLY_PARTS.values() for _, scope in border.values()}
    assert not parts["scope"].isin([EVENTS_UNIT, *added]).any()
    assert not comparable(rows)[0]["kind"].eq("part").any()


def test_a_derived_figure_is_no_second_outlet_and_keeps_its_range() -> None:
    derived = report(kind="derived", value=300.0, low=250.0, high=350.0, reports=9)
    derived["source_url"] = "https://b.example"
    (row,) = resolve_reports(pd.DataFrame([derived, report()])).itertuples()
    assert (row.value, row.low, row.high, row.reports, row.derived) == (321, 250, 350, 1, False)


def test_a_figure_that_is_only_derived_makes_a_derived_window() -> None:
    resolved = resolve_reports(pd.DataFrame([report(kind="derived", reports=9)]))
    assert resolved[["value", "reports", "derived"]].to_numpy().tolist() == [[321, 1, True]]
    assert windows_of(resolved)["derived"].tolist() == [True]


@pytest.mark.parametrize(
    ("first", "last", "value", "low", "high"),
    [
        ("2023-01-01", "2023-01-31", 344, 344, 344),
        ("2023-03-01", "2023-03-31", 559, 556, 559),
        ("2023-04-01", "2023-04-30", 776, 776, 776),
    ],
)
def test_latvian_months_of_2023_are_the_official_ones(
    first: str, last: str, value: float, low: float, high: float
) -> None:
    """Others gave 372, 550 and 750; the 350 of an interview is of each month, not of January and February."""
    rows = record_rows("record_turned_back", "LV")
    found = rows[(rows["period_start"] == first) & (rows["period_end"] == last)]
    assert found[["value", "low", "high"]].to_numpy().tolist() == [[value, low, high]]
    windows = windows_of(rows)
    assert 350 not in set(windows.loc[windows["period_end"] == "2023-02-28", "value"])
    assert windows.loc[windows["period_end"] == "2023-02-25", "value"].tolist() == [706 - 344]


@pytest.mark.parametrize("country", ["LT", "LV", "PL", "LT+LV+PL"])
@pytest.mark.parametrize("metric", SERIES)
def test_no_window_to_score_on_holds_less_than_a_part_of_its_days(metric: str, country: str) -> None:
    windows = windows_of(record_rows(metric, country))
    for each in windows[~windows["derived"]].itertuples():
        within = (windows["period_start"] >= each.period_start) & (windows["period_end"] <= each.period_end)
        assert windows.loc[within, "low"].max() * (1 - ROUNDING_SHARE) <= each.high, each
