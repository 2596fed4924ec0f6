"""Whole years beside the record: nothing is invented, ranges are kept, and what was put in is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from bordersim.inputs import Scenario, load_scenario
from bordersim.report.summary import years_line, years_sheets
from bordersim.results.experiment import Experiment
from bordersim.results.store.blocks import Span
from bordersim.results.store.columns import YEARS_COLUMNS
from bordersim.results.store.finished_block import Block
from bordersim.results.store.names import HISTORIES
from bordersim.results.store.result import Result
from bordersim.results.store.tables import Land
from bordersim.validation.published import YEAR_SLACK, YEARLY_PARTS, load_observations, yearly_record
from bordersim.validation.yearly import (
    CIRCULAR,
    FITTED,
    LOOKED_AT,
    circular_years,
    what_was_put_in,
    whole_years,
    yearly_totals,
    years_beside_record,
)
from bordersim.words.codes import COUNTRIES
from bordersim.words.valued import DAILY_NAMES

START, DAYS = date(2021, 12, 30), 370  # two days of 2021, all of 2022, three of 2023
YEARS = range(2020, 2026)


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).resolve().parents[2])


@pytest.fixture(scope="module")
def history() -> Scenario:
    return load_scenario(["history_2020_2025"])


def land(start: date = START, days: int = DAYS) -> Land:
    """Make the days of a run; where they are does not matter here."""
    return Land(start, days, {}, {})


def block(first: int, daily: np.ndarray) -> Block:
    """Make a finished block of daily counts."""
    tables = {"daily": daily, "totals": daily.sum(axis=1), "people": np.zeros((len(daily), 4))}
    span = Span(first, len(daily))
    return Block(span, span.numbers, lambda table, _=(): tables[table], lambda: ())


def made(scenario: Scenario, *dailies: np.ndarray, days: Land | None = None) -> Result:
    """Make the result of blocks of daily counts."""
    firsts = np.cumsum([0, *(len(daily) for daily in dailies)])
    blocks = tuple(block(int(first), daily) for first, daily in zip(firsts, dailies, strict=False))
    return Result(scenario, 1, int(firsts[-1]), days or land(), blocks)


def counts(replicates: int, days: int = DAYS) -> np.ndarray:
    """Count nothing, in the shape of the daily table."""
    return np.zeros((replicates, days, len(COUNTRIES), len(DAILY_NAMES)))


@pytest.mark.parametrize(
    ("start", "days", "years"),
    [
        (date(2020, 1, 1), 2192, list(YEARS)),
        (START, DAYS, [2022]),
        (date(2023, 1, 1), 365, [2023]),
        (date(2023, 1, 1), 364, []),
        (date(2021, 5, 1), 245, []),
        (date(2020, 1, 2), 365 + 365, [2021]),
    ],
)
def test_only_years_covered_from_first_to_last_day_count(start: date, days: int, years: list[int]) -> None:
    assert whole_years(land(start, days)) == years


def test_totals_add_the_days_of_the_year_and_the_metrics_of_the_border(history: Scenario) -> None:
    daily = counts(2)
    turned, held, tried = (
        DAILY_NAMES.index(f"record_{name}") for name in ("turned_back", "apprehended", "attempts")
    )
    daily[:, [1, 2, 366, 367], 0, turned] = [
        1000,
        1,
        2,
        4000,
    ]  # 31 December, 1 January, 31 December, 1 January
    daily[1, 5, 0, held] = 7
    daily[:, 5, 1, [turned, held, tried]] = [10, 20, 900]
    daily[:, 5, 2, [turned, held, tried]] = [900, 900, 30]
    totals = yearly_totals(made(history, daily), [2022])
    assert totals[:, 0].tolist() == [[3, 30, 30], [10, 30, 30]]


def test_totals_of_blocks_stand_in_order_of_replicate(history: Scenario) -> None:
    daily = counts(5)
    daily[:, 5, 2, DAILY_NAMES.index("record_attempts")] = np.arange(5)
    totals = yearly_totals(made(history, daily[:3], daily[3:]), [2022])
    assert totals[:, 0, 2].tolist() == [0, 1, 2, 3, 4]


def test_every_whole_year_has_its_four_rows(history: Scenario) -> None:
    rows = years_beside_record([made(history, counts(3, 2192), days=land(date(2020, 1, 1), 2192))])
    assert tuple(rows.columns) == YEARS_COLUMNS
    keys = [(year, country) for year in YEARS for country in (*COUNTRIES, "all")]
    assert list(zip(rows["year"], rows["country"], strict=True)) == keys
    assert rows["replicates"].eq(3).all()


def test_the_spread_over_replicates_is_of_the_sum_not_the_sum_of_spreads(history: Scenario) -> None:
    daily = counts(2)
    daily[0, 5, 2, DAILY_NAMES.index("record_attempts")] = 100
    daily[1, 5, 0, DAILY_NAMES.index("record_turned_back")] = 100
    rows = years_beside_record([made(history, daily)]).set_index("country")
    assert rows.loc["all", ["q05", "median", "q95"]].tolist() == [100, 100, 100]
    assert rows.loc["PL", ["q05", "median", "q95"]].tolist() == pytest.approx([5, 50, 95])


def test_a_run_without_a_whole_year_has_no_rows_and_no_sheet(history: Scenario) -> None:
    result = made(history, counts(1, 200), days=land(date(2021, 5, 1), 200))
    experiment = Experiment((result,), [], None)
    assert years_beside_record([result]).empty
    assert not list(years_sheets(experiment))
    assert years_line(experiment) == ""


def test_the_sheet_says_which_years_are_circular(history: Scenario) -> None:
    result = made(history, counts(2, 2192), days=land(date(2020, 1, 1), 2192))
    experiment = Experiment((result,), [], None)
    (sheet,) = years_sheets(experiment)
    assert len(sheet.rows) == 24
    assert {row[0] for row in sheet.rows if row[-1] == CIRCULAR} == {"2022", "2023", "2024", "2025"}
    assert "For 2022, 2023, 2024, 2025 the published sum" in years_line(experiment)


def test_the_sheet_of_a_year_without_such_input_says_so() -> None:
    result = made(load_scenario(["history_2020"]), counts(1, 366), days=land(date(2020, 1, 1), 366))
    assert "No year's sum" in years_line(Experiment((result,), [], None))


def test_what_was_put_in_follows_the_inflow(history: Scenario) -> None:
    whole = made(history, counts(1, 2192), days=land(date(2020, 1, 1), 2192))
    assert [what_was_put_in(whole, year) == CIRCULAR for year in YEARS] == [False, False, *[True] * 4]
    assert what_was_put_in(whole, 2021) == FITTED
    nobody = load_scenario(["history_2023"], {"inflow.origins.via_russia.people_per_day": 0})
    assert circular_years(made(nobody, counts(1, 365), days=land(date(2023, 1, 1), 365))) == []


def test_histories_prove_nothing_by_agreeing_with_a_year() -> None:
    days = land(date(2023, 1, 1), 365)
    given = replace(made(load_scenario("history_2023"), counts(2, 365), days=days), repetitions=HISTORIES)
    experiment = Experiment((given,), [], None)
    (sheet,) = years_sheets(experiment)
    assert {row[-1] for row in sheet.rows} == {LOOKED_AT}
    assert years_line(experiment).endswith("that these agree proves nothing.")


@pytest.mark.parametrize(
    ("year", "country", "parts"),
    [
        (2020, "LT", {"detained": (74, 74, 81)}),
        (2020, "PL", {"attempts": (129, 129, 129)}),
        (2021, "LT", {"turned back": (8106, 8106, 8106), "detained": (4200, 4200, 4200)}),
        (2021, "LV", {"turned back": (4023, 4023, 4045), "detained": (446, 446, 446)}),
        (2022, "LT", {"turned back": (11211, 11000, 11238)}),
        (2023, "LV", {"turned back": (13863, 13799, 13863), "admitted": (428, 428, 428)}),
        (2024, "PL", {"attempts": (29700, 29616, 30400)}),
    ],
)
def test_published_years_are_as_printed(
    year: int, country: str, parts: dict[str, tuple[float, float, float]]
) -> None:
    rows = yearly_record(year, country)
    assert {row.part: (row.value, row.low, row.high) for row in rows.itertuples()} == parts


def test_a_total_that_ends_early_keeps_its_last_day(history: Scenario) -> None:
    (row,) = yearly_record(2025, "PL").itertuples()
    assert row.period_end == pd.Timestamp("2025-12-29")
    rows = years_beside_record([made(history, counts(1, 365), days=land(date(2025, 1, 1), 365))])
    assert rows.set_index("country")["published_counted"]["PL"] == "attempts to 2025-12-29"


def test_a_year_nobody_published_is_left_empty() -> None:
    assert yearly_record(2018, "LV").empty
    assert list(yearly_record(2018, "LV").columns) == list(yearly_record(2021, "LV").columns)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("year", YEARS)
def test_every_published_value_is_a_row_of_the_record(year: int, country: str) -> None:
    known = load_observations()
    for row in yearly_record(year, country).itertuples():
        series, scope = YEARLY_PARTS[country][row.part]
        same = known[
            (known["country"] == country)
            & (known["series"] == series)
            & (known["scope"] == scope)
            & (known["period_start"] == row.period_start)
            & (known["period_end"] == row.period_end)
        ]
        assert row.value in set(same["value"])
        assert row.low <= row.value <= row.high
        assert abs(row.period_end - pd.Timestamp(year, 12, 31)) <= YEAR_SLACK


def test_the_sum_is_published_only_where_all_three_borders_are(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = load_scenario(["history_2022"])
    result = made(scenario, counts(1))
    rows = years_beside_record([result]).set_index("country")
    assert rows["published"]["all"] == rows["published"][list(COUNTRIES)].sum()
    silent = SimpleNamespace(empty=True)
    monkeypatch.setattr(
        "bordersim.validation.yearly.yearly_record", lambda y, c: silent if c == "LV" else yearly_record(y, c)
    )
    assert years_beside_record([result]).set_index("country")["published"][["LV", "all"]].isna().all()


@pytest.mark.parametrize("year", [2020, 2022, 2023, 2024, 2025])
def test_each_year_but_2021_is_a_scenario_from_january_to_december(year: int) -> None:
    period = load_scenario([f"history_{year}"]).config.period
    assert (period.start, period.end) == (date(year, 1, 1), date(year, 12, 31))


def test_the_six_years_are_one_scenario_that_changes_nothing(history: Scenario) -> None:
    period = history.config.period
    assert (period.start, period.end, period.days) == (date(2020, 1, 1), date(2025, 12, 31), 2192)
    ours = {key for key, origin in history.origins.items() if "history_2020_2025" in origin}
    assert {key.rpartition(".")[0] for key in ours} == {"period"}


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_years_that_begin_under_turn_backs_begin_with_that_belief(year: int) -> None:
    believed = load_scenario([f"history_{year}"]).config.learn.admits_at_first
    assert set(believed.by_code) == {0.02}
