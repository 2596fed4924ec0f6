"""A forecast knows nothing that was published, set by date or fitted later; then its histories are free."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from bordersim import load_scenario
from bordersim.analyses.assimilation import exercise as exercises
from bordersim.analyses.assimilation.exercise import Exercise, read_exercise
from bordersim.analyses.assimilation.tasks import study_digest
from bordersim.analyses.forecast import exercise_from, freed, months_on
from bordersim.cli import app
from bordersim.errors import BadInput
from bordersim.inputs.as_known import as_known_on
from bordersim.model.engine import Keys
from bordersim.report.forecast import months
from bordersim.results.draws import LUCK
from bordersim.validation import targets
from bordersim.validation.published import load_observations
from bordersim.validation.published.known import last_day, published_before

SHIPPED = Path("scenarios/exercises")
ORIGINS = [
    (2021, date(2021, 9, 1)),
    (2021, date(2022, 1, 1)),
    (2022, date(2022, 6, 1)),
    (2024, date(2024, 9, 1)),
]
SMALL = """\
schema_version: 1
name: small
scenario: history_2021
legs: [2021-12-31]
seed: 3
rounds: [{filters: 2, particles: 6}]
chains: {histories: 4, sweeps: 2, steps: 3}
parameters: {host.mind_sd: {low: 0.5, high: 1.8}, choice.rest_days: prior}
"""


def given(year: int) -> Exercise:
    """Return the exercise of a year."""
    return read_exercise(SHIPPED / f"given_{year}.yaml")


@pytest.fixture
def fresh() -> Iterator[Callable[[], None]]:
    """Return what forgets the windows that were read before."""
    exercises._windows.cache_clear()
    yield exercises._windows.cache_clear
    exercises._windows.cache_clear()


@pytest.mark.parametrize(("year", "day"), [ORIGINS[0], ORIGINS[-1]])
def test_a_forecast_does_not_hang_on_any_row_published_later(
    year: int, day: date, monkeypatch: pytest.MonkeyPatch, fresh: Callable[[], None]
) -> None:
    before = digest(year, day)
    rows = load_observations()
    later = [last_day(str(text)) >= day for text in rows["published"]]
    assert 0 < sum(later) < len(rows)
    changed = rows.copy()
    changed.loc[later, ["value", "low", "high"]] *= 7
    monkeypatch.setattr(targets, "load_observations", lambda _: changed)
    fresh()
    assert digest(year, day) == before
    earlier = rows.copy()
    earlier.loc[[not each for each in later], ["value", "low", "high"]] *= 7
    monkeypatch.setattr(targets, "load_observations", lambda _: earlier)
    fresh()
    assert digest(year, day) != before


def digest(year: int, day: date) -> str:
    """Return the digest of all that decides the histories of a forecast."""
    asked = exercise_from(given(year), day)
    return study_digest(asked.study(asked.ends[-1]))


@pytest.mark.parametrize(("year", "day"), ORIGINS)
def test_no_window_of_a_forecast_ends_on_its_first_day_or_later(year: int, day: date) -> None:
    asked = exercise_from(given(year), day)
    start = asked.loaded(day).config.period.start
    windows = asked.study(asked.ends[-1]).windows
    assert windows
    assert max(each.last for each in windows) < (day - start).days


def test_values_by_date_are_those_of_the_day_before() -> None:
    day = date(2021, 8, 3)
    scenario = load_scenario("history_2021")
    known = as_known_on(scenario, day)
    assert {step.value for step in known.config.policy.LT} == {"admit_and_screen"}
    assert "turn_back" in {step.value for step in scenario.config.policy.LT}
    dated = {key: each.entries for key, each in known.parameters.items() if each.entries}
    assert all(entry.from_ < day for entries in dated.values() for entry in entries)
    alone = {key: each.value for key, each in scenario.parameters.items() if not each.entries}
    assert alone == {key: known.parameters[key].value for key in alone}


def test_values_fitted_to_later_figures_vary_over_their_ranges() -> None:
    early = {each.key for each in exercise_from(given(2021), date(2021, 9, 1)).ranges}
    later = {each.key for each in exercise_from(given(2022), date(2022, 6, 1)).ranges}
    assert "law.LV.recognition_probability" in early & later
    assert "inflow.origins.via_russia.people_per_day" in later - early


def test_a_day_before_the_figures_that_were_fitted_is_refused() -> None:
    with pytest.raises(BadInput, match=r"^--from 2021-07-01: figures up to 2021-08-\d\d went into "):
        exercise_from(given(2021), date(2021, 7, 1))
    with pytest.raises(BadInput, match=r"^--from 2021-05-02: history_2021 begins on 2021-05-01; "):
        exercise_from(given(2021), date(2021, 5, 2))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-08-03", date(2021, 8, 3)),
        ("2024-02", date(2024, 2, 29)),
        ("2023", date(2023, 12, 31)),
        ("", date.max),
        ("spring 2022", date.max),
        ("2022-13", date.max),
    ],
)
def test_a_figure_is_known_once_the_last_day_it_can_be_of_is_over(text: str, day: date) -> None:
    assert last_day(text) == day
    rows = pd.DataFrame({"published": [text]})
    assert len(published_before(rows, day)) == 0
    if day < date.max:
        assert len(published_before(rows, date.fromordinal(day.toordinal() + 1))) == 1


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2021, 9, 1), 6, date(2022, 2, 28)),
        (date(2021, 12, 1), 1, date(2021, 12, 31)),
        (date(2021, 10, 15), 2, date(2021, 12, 14)),
        (date(2021, 12, 31), 2, date(2022, 2, 28)),
    ],
)
def test_months_from_a_day_on(day: date, count: int, last: date) -> None:
    assert months_on(day, count) == last
    spans = list(months(day, last))
    assert (spans[0][0], spans[-1][1]) == (day, last)
    assert all(one[1].toordinal() + 1 == other[0].toordinal() for one, other in pairwise(spans))


def test_histories_are_free_from_the_first_day_of_a_forecast_on() -> None:
    draws = [{LUCK: str(Keys(5, ((3, 7), (40, 8))))}] * 2
    one, other = (Keys.read(str(each[LUCK])) for each in freed(draws, date(2021, 5, 1), date(2021, 5, 11)))
    assert [one.on(day) for day in (0, 9)] == [other.on(day) for day in (0, 9)] == [5, 7]
    assert len({one.on(10), other.on(10), 8}) == 3
    assert one.on(50) == one.on(10)


def test_a_forecast_is_made_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    asked = [
        "forecast",
        str(path),
        "--from",
        "2021-09-01",
        "--months",
        "1",
        "--no-plots",
        "--out",
        str(tmp_path),
    ]
    first, again = (CliRunner().invoke(app, asked) for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert len(list((tmp_path / "small_from_2021-09-01").iterdir())) == 1
    tables = [pd.read_csv(Path(each.output.splitlines()[-1]) / "forecast.csv") for each in (first, again)]
    assert tables[0].equals(tables[1])
    assert len(tables[0]) == 3
    assert (tables[0]["range_low"] <= tables[0]["range_high"]).all()
    windows = pd.read_csv(Path(first.output.splitlines()[-1]) / "forecast_windows.csv")
    assert (windows["first"] >= "2021-09-01").all()
    assert (windows["crps"] >= 0).all()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("autumn",), "--from: expects a date like 2021-10-01, is 'autumn'"),
        (
            ("2025-10-01", "--months", "4"),
            "--from 2025-10-01, --months 4: ends on 2026-01-31; the last possible day is 2025-12-31",
        ),
        (
            ("9999-12-01",),
            "--from 9999-12-01, --months 6: ends on 9999-12-01; the last possible day is 2025-12-31",
        ),
    ],
)
def test_what_cannot_be_forecast_is_refused_in_one_line_before_anything_runs(
    asked: tuple[str, ...], said: str
) -> None:
    result = CliRunner().invoke(app, ["forecast", "given_2025", "--from", *asked])
    assert (result.exit_code, result.output) == (2, f"{said}\n")
