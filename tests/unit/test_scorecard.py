"""The scorecard: windows of days, the day of the record, what went into values, naive forecasts, files."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario
from bordersim.report.scorecard_text import failures_first, reading, sheet_of, summary_text, verdict
from bordersim.results.store.columns import SCORECARD_COLUMNS
from bordersim.validation.fitted import Fitted, load_fitted, marks
from bordersim.validation.naive import naive_forecasts
from bordersim.validation.recorded import Recorded, of_folder
from bordersim.validation.scorecard import Card, scorecard
from bordersim.validation.targets import targets
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import METRIC_NAMES

START, DAYS = date(2021, 8, 1), 60
HEADER = "country,series,period_start,period_end,unit,value,low,high\n"


def recorded(shift: int = 0, scale: float = 1.0) -> Recorded:
    """Return 20 replicates that count 1, 2, ... on the days, at LV twice, at PL three times as much."""

    def counted(metric: str, country: str) -> np.ndarray:
        base = np.roll(np.arange(1.0, DAYS + 1), shift) * (COUNTRIES.index(country) + 1)
        noise = np.linspace(-0.4, 0.4, 20)[:, np.newaxis]
        return (base + noise) * scale if metric == "record_turned_back" else np.zeros((20, DAYS))

    return Recorded("made_up", START, DAYS, counted)


def observed(tmp_path: Path, *lines: str, name: str = "seen.csv") -> Path:
    """Write figures of country, series, first day, last day, unit, value, low, high."""
    path = tmp_path / name
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def of_days(count: int, country: str = "LT", off: float = 0.0) -> list[str]:
    """Return figures of single days that the replicates hit but for `off`."""
    lines = []
    for i in range(count):
        day, value = START + timedelta(i), i + 1 + off
        lines.append(f"{country},turned_back,{day},{day},persons,{value},{value},{value}")
    return lines


def carded(seen: Recorded, path: Path, fitted: tuple[Fitted, ...] = ()) -> Card:
    """Score on a file."""
    return scorecard(seen, targets(seen.name, (seen.start, seen.end), path, fitted))


def row(card: Card, **keys: object) -> pd.Series:
    """Return the only row with these values."""
    rows = card.rows
    for name, value in keys.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def test_windows_are_summed_over_exactly_their_days() -> None:
    spans = [(START, START), (START, START + timedelta(2)), (START + timedelta(57), START + timedelta(59))]
    sums = recorded().in_windows("record_turned_back", "LT", spans).mean(axis=0)
    assert sums == pytest.approx([1, 6, 58 + 59 + 60])


def test_a_shifted_window_is_cut_at_the_ends_of_the_run() -> None:
    spans = [(START, START + timedelta(1)), (START + timedelta(58), START + timedelta(59))]
    later = recorded().in_windows("record_turned_back", "LT", spans, 1).mean(axis=0)
    assert later == pytest.approx([2 + 3, 60])
    earlier = recorded().in_windows("record_turned_back", "LT", spans, -1).mean(axis=0)
    assert earlier == pytest.approx([1, 58 + 59])


def test_all_is_the_sum_over_the_borders_and_derived_metrics_are_sums_of_their_parts() -> None:
    both = Recorded("x", START, 2, lambda metric, country: np.full((1, 2), float(len(metric))))
    assert both.daily("attempts", "all").tolist() == [[24.0, 24.0]]
    assert both.daily("unstopped_entries", "LT").tolist() == [[len("got_away") + len("undetected_entry")] * 2]


@pytest.mark.parametrize(("metric", "country"), [("recordd_attempts", "LT"), ("attempts", "EE")])
def test_an_unknown_metric_or_border_is_refused(metric: str, country: str) -> None:
    with pytest.raises(BadInput, match=r"did you mean|allowed"):
        recorded().daily(metric, country)


def test_a_forecast_that_is_right_scores_so(tmp_path: Path) -> None:
    card = carded(recorded(), observed(tmp_path, *of_days(30)))
    found = row(card, resolution="day")
    assert found["n"] == 30
    assert found["observed_total"] == pytest.approx(found["predicted_median"], abs=1e-6)
    assert found["ard"] == pytest.approx(0, abs=1e-6)
    assert found["coverage50"] == found["coverage90"] == 1
    assert found["shift_days"] == 0
    assert not found["missed"]
    assert list(card.rows.columns) == list(SCORECARD_COLUMNS)


def test_a_forecast_twice_too_high_misses_its_aims(tmp_path: Path) -> None:
    """Twice the day before, 2 (d - 1), is nearest to the figure d: |d - 2| / d."""
    found = row(carded(recorded(scale=2), observed(tmp_path, *of_days(30))), resolution="day")
    assert found["shift_days"] == -1
    assert found["ard"] == pytest.approx(np.mean([abs(d - 2) / d for d in range(1, 31)]), abs=1e-6)
    assert set(found["missed"].split()) == {"ard", "coverage90"}


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_the_day_of_the_record_may_be_a_day_off_once_for_a_whole_series(tmp_path: Path, shift: int) -> None:
    card = carded(recorded(shift), observed(tmp_path, *of_days(30)))
    assert row(card, resolution="day")["shift_days"] == shift


def test_a_few_days_are_too_few_to_choose_a_shift(tmp_path: Path) -> None:
    card = carded(recorded(1), observed(tmp_path, *of_days(4)))
    assert row(card, resolution="day")["shift_days"] == 0


def test_two_days_off_are_not_forgiven(tmp_path: Path) -> None:
    found = row(carded(recorded(2), observed(tmp_path, *of_days(30))), resolution="day")
    assert found["ard"] > 0.1


def test_windows_in_the_sample_are_scored_apart(tmp_path: Path) -> None:
    fitted = (Fitted(("LT",), ("turned_back",), START, START + timedelta(9), "a value"),)
    card = carded(recorded(), observed(tmp_path, *of_days(30)), fitted)
    assert row(card, in_sample=True)["n"] == 10
    assert row(card, in_sample=False)["n"] == 20


def test_a_tenth_of_the_days_puts_a_window_in_the_sample_and_a_sum_does_not() -> None:
    windows = pd.DataFrame(
        {
            "country": "LT",
            "series": "turned_back",
            "period_start": pd.to_datetime(["2021-08-01", "2021-08-02"]),
            "period_end": pd.to_datetime(["2021-08-20", "2021-08-21"]),
        }
    )
    put_in = Fitted(("LT",), ("turned_back",), date(2021, 1, 1), date(2021, 8, 2), "a value")
    assert marks(windows, (put_in,))["in_sample"].tolist() == [True, False]
    only_sum = marks(windows, (put_in._replace(only="sum"),))
    assert only_sum["in_sample"].tolist() == [False, False]
    assert only_sum["sum_given"].tolist() == [True, False]
    only_spread = marks(windows, (put_in._replace(only="spread"),))
    assert only_spread["spread_given"].tolist() == [True, False]
    assert not only_spread[["in_sample", "sum_given"]].any(axis=None)


def test_the_packaged_list_names_values_that_exist() -> None:
    keys = set(load_scenario(["history_2021"]).parameters)
    for entry in load_fitted():
        named = [word.strip(",;") for word in entry.into.split() if "." in word.strip(",;.")]
        assert named
        for word in named:
            stem = word.split(".*")[0].removesuffix(".")
            assert any(key.startswith(stem) for key in keys), word


ENTRY = "countries: [LT], series: [other], from: 2021-01-01, to: 2021-01-02, into: x"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("fited: []", "lacks 'fitted'"),
        ("fitted:\n  - {contries: [LT]}", "did you mean 'countries'?"),
        ("fitted:\n  - {countries: [LT]}", "lacks 'series'"),
        (f"fitted:\n  - {{{ENTRY}, only: some}}", "'some' is not known; allowed: sum, spread"),
        (
            "fitted:\n  - {countries: LT, series: [other], from: 2021-01-01, to: 2021-01-02, into: x}",
            "a list",
        ),
        ("fitted:\n  - {countries: [LT], series: [other], from: soon, to: 2021-01-02, into: x}", "a date"),
        ("fitted: 5", "windows.yaml:1: fitted: expects a list of windows, is 5"),
        ("fitted:", "fitted: expects a list of windows, is empty"),
        ("fitted: []\nfited: []", "windows.yaml:2: fited: unknown key; did you mean 'fitted'?"),
        (f"fitted:\n  - {{{ENTRY.replace('LT', 'lt')}}}", "windows.yaml:2: countries: 'lt' is not known"),
        (
            f"fitted:\n  - {{{ENTRY.replace('other', 'others')}}}",
            "series: 'others' is not known; did you mean",
        ),
        (f"fitted:\n  - {{{ENTRY.replace('2021-01-02', '2020-01-02')}}}", "2020-01-02 is before from 2021"),
        (f"fitted:\n  - {{{ENTRY.replace('into: x', 'into: [x]')}}}", "into: expects text, is a list"),
    ],
)
def test_a_wrong_list_of_fitted_windows_is_refused(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "windows.yaml"
    path.write_text(text)
    with pytest.raises(BadInput, match=word):
        load_fitted(path)


def series(*rows: tuple[str, int, float]) -> pd.DataFrame:
    """Return windows: first day, days, value."""
    frame = pd.DataFrame(rows, columns=["period_start", "days", "value"])
    starts = pd.to_datetime(frame["period_start"])
    ends = starts + pd.to_timedelta(frame["days"] - 1, unit="D")
    return frame.assign(period_start=starts, period_end=ends, resolution="month")


def test_naive_forecasts_by_hand() -> None:
    """By the day: 10, then 12 a month later; the line goes on to 14. A year before there were 7 a day."""
    history = series(
        ("2021-03-01", 31, 7 * 31), ("2022-01-01", 31, 310), ("2022-02-01", 28, 336), ("2022-03-01", 31, 999)
    )
    found = naive_forecasts(history.iloc[[3]], history)
    centres = (31 - 1) / 2, 31 + (28 - 1) / 2, 59 + (31 - 1) / 2
    slope = 2 / (centres[1] - centres[0])
    assert found["naive"].tolist() == [12 * 31]
    assert found["seasonal"].tolist() == [7 * 31]
    assert found["trend"] == pytest.approx([31 * (12 + slope * (centres[2] - centres[1]))])


def test_a_naive_forecast_knows_nothing_of_its_own_window_nor_after_its_day() -> None:
    history = series(("2022-01-01", 31, 310), ("2022-02-01", 28, 336), ("2022-03-01", 31, 31))
    assert np.isnan(naive_forecasts(history.iloc[[0]], history)["naive"][0])
    early = naive_forecasts(history.iloc[[2]], history, known_until=date(2022, 2, 15))
    assert early["naive"].tolist() == [10 * 31]
    assert np.isnan(early["trend"][0])


def test_a_falling_trend_ends_at_zero() -> None:
    history = series(("2022-01-01", 31, 310), ("2022-02-01", 28, 28), ("2022-03-01", 31, 31))
    assert naive_forecasts(history.iloc[[2]], history)["trend"].tolist() == [0.0]


def test_scored_on_a_file_the_naive_forecasts_still_know_the_packaged_record(tmp_path: Path) -> None:
    line = "LT,turned_back,2021-08-20,2021-08-20,persons,5,5,5"
    assert row(carded(recorded(), observed(tmp_path, line)))["n_naive"] == 1


def test_figures_that_cannot_be_compared_are_counted_and_named(tmp_path: Path) -> None:
    path = observed(
        tmp_path,
        *of_days(3),
        "DE,other,2021-08-04,2021-08-04,persons,5,5,5",
        "LV,deaths,2021-08-04,2021-08-04,persons,5,5,5",
        "PL,attempts,2021-08-04,2021-08-04,attempts at Mielnik post,5,5,5",
        "LT,turned_back,2022-08-04,2022-08-04,persons,5,5,5",
    )
    card = carded(recorded(), path)
    assert [each.figures for each in card.skipped] == [1, 1, 1, 1]
    assert "attempts at Mielnik post" in reading(card)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("DE,other,2021-08-04,2021-08-04,persons,5,5,5", "of places outside LT, LV, PL"),
        ("LT,turned_back,2022-08-04,2022-08-04,persons,5,5,5", "the nearest speaks of 2022-08-04"),
    ],
)
def test_nothing_to_compare_is_refused_in_one_line(tmp_path: Path, line: str, word: str) -> None:
    with pytest.raises(BadInput, match=word):
        carded(recorded(), observed(tmp_path, line))


def test_failures_stand_first_and_are_counted(tmp_path: Path) -> None:
    path = observed(tmp_path, *of_days(20), *of_days(20, "LV", off=50))
    card = carded(recorded(), path)
    assert failures_first(card.rows)["country"].tolist() == ["LV", "LT"]
    assert sheet_of(card).rows[0][0] == "LV"
    assert verdict(card) == "made_up: 1 of 2 out-of-sample rows miss an aim."
    assert "synthetic people" in summary_text(card)


def run_folder(tmp_path: Path, status: str = "complete") -> Path:
    """Make the folder of a run of two replicates and three days by hand."""
    rows = [
        {"scenario": "s", "replicate": r, "date": pd.Timestamp(START + timedelta(d)), "country": c}
        | {name: float(100 * r + 10 * d + i) for name in METRIC_NAMES}
        for r in range(2)
        for d in range(3)
        for i, c in enumerate(COUNTRIES)
    ]
    (tmp_path / "run").mkdir()
    pd.DataFrame(rows).to_parquet(tmp_path / "run/daily.parquet")
    manifest = {"status": status, "scenarios": ["s"]}
    (tmp_path / "run/manifest.json").write_text(json.dumps(manifest))
    return tmp_path / "run"


def test_a_finished_run_is_read_back(tmp_path: Path) -> None:
    (found,) = of_folder(run_folder(tmp_path))
    assert (found.name, found.start, found.days, found.end) == ("s", START, 3, date(2021, 8, 3))
    assert found.daily("attempts", "LV").tolist() == [[1, 11, 21], [101, 111, 121]]


def test_a_folder_that_is_no_finished_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"lacks manifest\.json"):
        of_folder(tmp_path)
    folder = run_folder(tmp_path, "running")
    with pytest.raises(BadInput, match="the run is running, not complete"):
        of_folder(folder)
    (folder / "manifest.json").write_text("{")
    with pytest.raises(BadInput, match="is not JSON"):
        of_folder(folder)


def test_a_run_without_its_table_is_refused(tmp_path: Path) -> None:
    folder = run_folder(tmp_path)
    (folder / "daily.parquet").unlink()
    with pytest.raises(BadInput, match=r"daily\.parquet: is not there"):
        of_folder(folder)
