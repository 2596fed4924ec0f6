"""Patrol hours move by whole crews; the answer says what they differ by before rounding."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from bordersim.inputs import load_scenario
from bordersim.report.shifts import shifts_line
from bordersim.results.experiment import Experiment

START, WEEK = {"period.start": "2023-09-01", "period.end": "2023-09-30"}, 7


def result(name: str, first: date = date(2023, 9, 4), days: int = 2 * WEEK, **sets: object) -> Any:
    """Make a result of some days, of a scenario in September."""
    keys = {key.replace("__", "."): value for key, value in sets.items()}
    scenario = load_scenario(name, START | keys)
    return SimpleNamespace(scenario=scenario, name=name, land=SimpleNamespace(start=first, days=days))


def said(*results: Any, draws: tuple[dict[str, object], ...] = ({},)) -> str:
    """Return the line of some results."""
    return shifts_line(cast("Experiment", SimpleNamespace(results=results, draws=draws, readings=())))


def test_a_loan_of_twenty_officers_is_a_crew_and_a_half_from_one_border_to_the_other() -> None:
    """The medians of a loan were −336 h and +672 h, and nothing said why they are no mirror."""
    line = said(result("no_loan_2023"), result("loan_2023"))
    assert "loan_2023 has 504 h fewer at LT and 504 h more at LV than no_loan_2023" in line
    assert "(on 14 days, on which one crew is 336 h)" in line


def test_only_the_days_that_are_shown_count() -> None:
    shown = {"first": date(2023, 9, 16), "days": 10}  # two of the loan
    assert "72 h fewer at LT" in said(*(result(name, **shown) for name in ("no_loan_2023", "loan_2023")))
    later = {"first": date(2023, 9, 18), "days": 3}
    assert said(*(result(name, **later) for name in ("no_loan_2023", "loan_2023"))) == ""


def test_nothing_is_said_where_no_guards_move_or_so_many_that_a_crew_does_not_matter() -> None:
    usual = result("no_loan_2023")
    assert said(usual) == ""
    assert said(usual, result("no_loan_2023", policy__LT="admit_and_screen")) == ""
    assert said(usual, result("no_loan_2023", guards__LT__officers=1800)) == ""


def test_nothing_is_said_where_draws_differ_in_the_staff() -> None:
    both = result("no_loan_2023"), result("loan_2023")
    assert said(*both, draws=({"patrols.crew_size": 2.0}, {"patrols.crew_size": 4.0})) == ""
    assert "504 h" in said(*both, draws=({"choice.chance_weight": 2.0}, {"choice.chance_weight": 4.0}))
