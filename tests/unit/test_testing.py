"""Helpers for users' tests: pass on a real effect, fail in one line without one, refuse what is no test."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from fake_model import install, make_world

from bordersim import run
from bordersim.errors import BadInput
from bordersim.testing import Direction, assert_between, assert_effect

if TYPE_CHECKING:
    from bordersim.results.store.result import Result

DAYS = "schema_version: 1\ntitle: a week\nperiod: {start: 2021-05-01, end: 2021-05-07}\n"


@pytest.fixture
def week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Run a week of the stand-in for the engine."""
    return made(tmp_path, monkeypatch, "week")


@pytest.fixture
def more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Run it with two more attempts at each border and day."""
    return made(tmp_path, monkeypatch, "more")


def made(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> Result:
    """Run the stand-in with a shift of attempts."""
    install(monkeypatch)
    monkeypatch.chdir(folder)
    (folder / f"{name}.yaml").write_text(DAYS)
    world = lambda scenario: make_world(shift=2.0 if scenario.name == "more" else 0.0)  # noqa: E731
    monkeypatch.setitem(sys.modules["bordersim.model.world"].__dict__, "build_world", world)
    return run(f"{name}.yaml", replicates=20)


def test_an_effect_passes_in_its_direction_only(week: Result, more: Result) -> None:
    assert_effect(week, more, "attempts", "higher", 0.999)
    assert_effect(more, week, "attempts", "lower", 0.999, "LT")
    with pytest.raises(AssertionError) as caught:
        assert_effect(week, more, "attempts", "lower", country="LV")
    line = str(caught.value)
    assert "\n" not in line
    for word in ("attempts at LV", "lower in more", "confidence 0.95", "+14 over 20 replicates"):
        assert word in line


@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_no_difference_is_no_effect(week: Result, more: Result, direction: Direction) -> None:
    """Detentions depend on seed and replicate alone, so they are the same in both."""
    with pytest.raises(AssertionError, match=r"has 0: mean paired difference 0 "):
        assert_effect(week, more, "apprehended", direction)


def test_confidence_is_that_of_the_one_sided_t_test() -> None:
    """Differences 1, 2, 3: t = 2 sqrt 3; with two degrees of freedom 1/2 + t / (2 sqrt(2 + t^2))."""
    from bordersim.testing import _confidence_above_zero

    t = 2 * np.sqrt(3)
    expected = 0.5 + t / (2 * np.sqrt(2 + t * t))
    assert _confidence_above_zero(np.array([1.0, 2.0, 3.0])) == pytest.approx(expected)


def test_between_holds_for_the_median_of_the_run_and_of_days(week: Result) -> None:
    total = float(np.median(week.totals.query("country == 'LT'")["attempts"]))
    assert_between(week, "attempts", "LT", total, total)
    days = week.daily.query("country == 'LT' and date <= '2021-05-03'")
    daily = days.groupby("replicate")["attempts"].sum()
    assert_between(week, "attempts", "LT", daily.median(), daily.median(), last="2021-05-03")
    with pytest.raises(AssertionError) as caught:
        assert_between(week, "attempts", "LT", 1, 2, first="2021-05-02")
    for word in ("wanted 1 to 2, median", "from 2021-05-02 to the end", "90 % of 20 replicates"):
        assert word in str(caught.value)


def test_a_ratio_can_be_asserted(week: Result) -> None:
    assert_between(week, "interdiction_share", "all", 0, 1)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"metric": "atempts"}, "did you mean 'attempts'?"),
        ({"country": "EE"}, "is not known at 'EE'; known at LT"),
        ({"low": 9, "high": 8}, "low 9 is above high 8"),
        ({"first": "May"}, "expects a date like"),
        ({"first": "2021-04-30"}, "must lie within 2021-05-01 to 2021-05-07"),
        ({"metric": "people_entered_unstopped", "country": "LT"}, "known at all"),
        ({"country": "LTU"}, "did you mean 'LT'?"),
        ({"country": "LTU", "first": "2021-05-02"}, "did you mean 'LT'?"),
        ({"metric": "atempts", "first": "2021-05-02"}, "did you mean 'attempts'?"),
        ({"metric": None}, "metric: expects text"),
        ({"country": 5}, "country: expects text"),
        ({"country": 5, "first": "2021-05-02"}, "country: expects text"),
        ({"low": "1"}, "low: expects a number, is '1'"),
        ({"low": None}, "low: expects a number, is None"),
        ({"high": float("nan")}, "high: expects a number, is nan"),
        ({"high": True}, "high: expects a number, is True"),
        ({"first": 5}, "first: expects a date like"),
        ({"last": pd.Timestamp("2021-05-02 12:00")}, "last: expects a date like"),
        ({"last": pd.NaT}, "last: expects a date like"),
    ],
)
def test_what_cannot_be_meant_is_refused(week: Result, changes: dict[str, object], word: str) -> None:
    given = {"metric": "attempts", "country": "LT", "low": 1, "high": 2} | changes
    with pytest.raises(BadInput, match=word.replace("?", r"\?")):
        assert_between(week, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("direction", "confidence"),
    [
        *(("up", 0.95), ("", 0.95), (None, 0.95), (["higher"], 0.95)),
        *(("higher", value) for value in (1.0, 0.1, 95, float("nan"), "0.9", None, True)),
    ],
)
def test_a_direction_and_a_confidence_must_make_sense(
    week: Result, direction: str, confidence: float
) -> None:
    with pytest.raises(BadInput, match=r"direction|confidence"):
        assert_effect(week, week, "attempts", direction, confidence)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "day", [date(2021, 5, 3), pd.Timestamp("2021-05-03"), np.datetime64("2021-05-03"), datetime(2021, 5, 3)]
)
def test_a_day_may_come_from_pandas_and_numpy(week: Result, day: Any) -> None:
    daily = week.daily.query("country == 'LT'")
    value = float(np.median(daily[daily["date"] == pd.Timestamp("2021-05-03")]["attempts"]))
    assert_between(week, "attempts", "LT", value, np.float32(value), first=day, last=day)  # type: ignore[arg-type]


def test_a_figure_may_have_no_upper_bound(week: Result) -> None:
    assert_between(week, "attempts", "LT", 0, np.inf)


def test_what_is_no_result_is_refused(week: Result) -> None:
    for wrong in (None, "week", week.daily, [week], week.scenario):
        for call in (
            lambda x: assert_between(x, "attempts", "LT", 0, 1),
            lambda x: assert_effect(x, week, "attempts", "higher"),
            lambda x: assert_effect(week, x, "attempts", "higher"),
        ):
            with pytest.raises(BadInput, match="expects the result of a run"):
                call(wrong)


def test_unlike_runs_are_no_pairs(week: Result) -> None:
    other = run("week.yaml", replicates=20, seed=9)
    with pytest.raises(BadInput, match="seed"):
        assert_effect(week, other, "attempts", "higher")
