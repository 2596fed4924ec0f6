"""A value at which a figure reaches a target: closed forms, ranges, whole numbers and what is refused."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fake_model import install, make_world

from bordersim.analyses.finding import Search, UnreachableTarget
from bordersim.errors import BadInput
from bordersim.inputs import Scenario
from bordersim.testing import find_value

SPREAD = np.array([-3.0, -1.0, 0.0, 1.0, 3.0])
STUDENT_OF_FIVE = 2.7764451  # Student's t, 4 degrees of freedom, 97.5 %
WEEK = {"period.end": "2021-05-07"}


def search(at: Callable[[float], Any], target: float, is_whole: bool = False) -> Search:
    """Search between 0 and 10."""
    return Search("key", at, target, 0.0, 10.0, is_whole)


def test_value_and_range_are_those_of_a_straight_line() -> None:
    """Mean 2 v: the target 9 is reached at 4.5; its range is the interval over the slope."""
    found = search(lambda value: 2 * value + SPREAD, 9.0).found("figure")
    half = STUDENT_OF_FIVE * SPREAD.std(ddof=1) / np.sqrt(len(SPREAD)) / 2
    nearest = 10 / 1000
    assert found.value == pytest.approx(4.5, abs=nearest)
    assert found.low == pytest.approx(4.5 - half, abs=2 * nearest)
    assert found.high == pytest.approx(4.5 + half, abs=2 * nearest)


def test_a_falling_figure_has_the_same_range() -> None:
    up = search(lambda value: 2 * value + SPREAD, 9.0).found("figure")
    down = search(lambda value: 20 - 2 * value + SPREAD, 11.0).found("figure")
    assert (down.low, down.value, down.high) == pytest.approx((up.low, up.value, up.high), abs=0.02)


def test_a_range_ends_with_the_search() -> None:
    found = search(lambda value: value / 10 + SPREAD, 0.5).found("figure")
    assert (found.low, found.high) == (0.0, 10.0)


def test_whole_numbers_stay_whole_and_no_value_is_run_twice() -> None:
    asked: list[float] = []

    def at(value: float) -> Any:
        asked.append(value)
        return 2 * value + SPREAD

    found = search(at, 9.0, is_whole=True).found("figure")
    assert found.value in (4, 5)
    assert found.reached == 2 * found.value
    assert all(value == int(value) for value in (*asked, found.low, found.high))
    assert len(asked) == len(set(asked)) == found.runs


def test_what_cannot_be_reached_states_both_ends() -> None:
    with pytest.raises(UnreachableTarget) as caught:
        search(lambda value: 2 * value + SPREAD, 25.0).found("figure at LT")
    assert str(caught.value) == (
        "key: figure at LT does not reach 25 between them: its mean is 0 at 0 and 20 at 10"
    )


@pytest.fixture
def officers_matter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put a stand-in where the model is, with an attempt a day fewer for every hundred officers."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)

    def world(scenario: Scenario) -> Any:
        officers: Any = scenario.parameters["guards.LT.officers"].value
        return make_world(shift=-(officers if isinstance(officers, int) else officers[-1]["value"]) / 100)

    monkeypatch.setitem(sys.modules["bordersim.model.world"].__dict__, "build_world", world)


@pytest.mark.usefixtures("officers_matter")
def test_a_value_of_the_model_is_found_and_is_always_the_same() -> None:
    """The mean without officers is that at 600 and what 600 take away: the rest is a straight line."""
    from bordersim import run

    at_600 = run("history_2021", replicates=10, set={**WEEK, "guards.LT.officers": 600})
    mean = float(at_600.totals.query("country == 'LT'")["attempts"].mean())
    found = find_value("guards.LT.officers", "attempts", mean - 7 * 3, country="LT", replicates=10, set=WEEK)
    assert found.value == pytest.approx(900, abs=1)
    assert 600 <= found.low < found.value < found.high <= 1800
    again = find_value("guards.LT.officers", "attempts", mean - 7 * 3, country="LT", replicates=10, set=WEEK)
    assert again == found


@pytest.mark.usefixtures("officers_matter")
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": "guards.LT.oficers"}, r"did you mean 'guards\.LT\.officers'"),
        ({"key": "policy.LT"}, "is no number"),
        ({"metric": "atempts"}, "did you mean 'attempts'"),
        ({"country": "EE"}, "is not known at 'EE'"),
        ({"target": float("nan")}, "target: expects a number"),
        ({"target": 1e9}, "does not reach 1e\\+09"),
        ({"between": (5, 5)}, "is no range"),
        ({"replicates": 1}, "replicates: "),
    ],
)
def test_what_cannot_be_searched_is_refused(changes: dict[str, Any], message: str) -> None:
    usual = {"key": "guards.LT.officers", "metric": "attempts", "target": 1, "country": "LT"}
    with pytest.raises(BadInput, match=message):
        find_value(**{**usual, "replicates": 3, "set": WEEK, **changes})
