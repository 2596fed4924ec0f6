"""Values by date: the step function, the even growth between points, what a bare value means."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from bordersim.errors import BadInput
from bordersim.inputs.schema.base import DatedKm, DatedPeople, DatedRegime, Flights
from bordersim.inputs.schema.dated import FIRST_DAY, Flight, KmPoint, RegimeStep, Step, by_day, by_day_linear

START = date(2021, 8, 1)


def steps(*pairs: tuple[date, float]) -> list[Step[float]]:
    return [Step[float].model_validate({"from": day, "value": value}) for day, value in pairs]


def points(*pairs: tuple[date, float]) -> list[KmPoint]:
    return [KmPoint.model_validate({"from": day, "km": km}) for day, km in pairs]


def test_a_step_holds_from_its_day_until_the_next() -> None:
    values = by_day(
        steps((date(2021, 7, 1), 1.0), (date(2021, 8, 3), 2.0), (date(2021, 8, 4), 5.0)), START, 5
    )
    np.testing.assert_array_equal(values, [1.0, 1.0, 2.0, 5.0, 5.0])


def test_by_day_returns_floats_even_of_whole_numbers() -> None:
    assert by_day(steps((START, 3)), START, 2).dtype == np.float64


def test_a_step_after_the_last_day_changes_nothing() -> None:
    np.testing.assert_array_equal(by_day(steps((START, 1.0), (date(2022, 1, 1), 9.0)), START, 3), [1, 1, 1])


def test_words_become_codes() -> None:
    regimes = [
        RegimeStep.model_validate({"from": FIRST_DAY, "regime": "admit_and_screen"}),
        RegimeStep.model_validate({"from": date(2021, 8, 2), "regime": "turn_back"}),
    ]
    codes = by_day(regimes, START, 3, ("admit_and_screen", "turn_back"))
    np.testing.assert_array_equal(codes, [0, 1, 1])


def test_a_day_before_the_first_step_has_no_value() -> None:
    with pytest.raises(BadInput, match="no value before 2021-08-02, the period starts on 2021-08-01"):
        by_day(steps((date(2021, 8, 2), 1.0)), START, 3)


def test_no_steps_no_value() -> None:
    with pytest.raises(BadInput, match="no value before any date"):
        by_day([], START, 1)


def test_no_days_is_an_empty_row() -> None:
    assert by_day(steps((START, 1.0)), START, 0).shape == (0,)


def test_kilometres_grow_evenly_between_points() -> None:
    km = by_day_linear(points((date(2021, 8, 2), 0.0), (date(2021, 8, 6), 8.0)), START, 8)
    np.testing.assert_allclose(km, [0, 0, 2, 4, 6, 8, 8, 8])


def test_kilometres_are_none_before_the_first_point() -> None:
    np.testing.assert_array_equal(by_day_linear(points((date(2021, 8, 3), 7.0)), START, 4), [0, 0, 7, 7])


def test_kilometres_begun_before_the_period_are_half_way() -> None:
    km = by_day_linear(points((date(2021, 7, 30), 0.0), (date(2021, 8, 3), 4.0)), START, 2)
    np.testing.assert_allclose(km, [2, 3])


def test_no_points_no_kilometres() -> None:
    np.testing.assert_array_equal(by_day_linear([], START, 2), [0, 0])


@pytest.mark.parametrize(
    ("field", "given", "value"),
    [(DatedPeople, 900, 900.0), (DatedRegime, "turn_back", "turn_back"), (DatedKm, 12.5, 12.5)],
)
def test_a_bare_value_is_the_value_of_all_dates(field: object, given: object, value: object) -> None:
    (step,) = TypeAdapter(field).validate_python(given)
    assert (step.from_, step.value) == (FIRST_DAY, value)


def test_flights_keep_their_day_and_seats() -> None:
    (flight,) = TypeAdapter(Flights).validate_python([{"from": date(2021, 11, 18), "seats": 431}])
    assert isinstance(flight, Flight)
    assert (flight.from_, flight.value) == (date(2021, 11, 18), 431)


@pytest.mark.parametrize(
    "given", ["900", True, None, float("nan"), -1, [{"from": "2021-01-01", "value": 1}], []]
)
def test_nothing_is_guessed(given: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(DatedPeople).validate_python(given)


def test_a_step_cannot_be_changed() -> None:
    (step,) = steps((START, 1.0))
    with pytest.raises(ValidationError, match="frozen"):
        step.value = 2.0
