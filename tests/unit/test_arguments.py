"""What callers may pass: one rule for whole numbers, dates, names, values; all else is refused in a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from bordersim.errors import BadInput
from bordersim.inputs import arguments as a

DAY = date(2021, 5, 10)
HUGE = 10**5000  # Python itself refuses to write it
KIND = lambda value: type(value).__name__  # noqa: E731
MIDNIGHTS = [
    DAY,
    datetime(2021, 5, 10),
    pd.Timestamp("2021-05-10"),
    np.datetime64("2021-05-10"),
    np.datetime64("2021-05-10T00:00:00.000000000"),
    np.array("2021-05-10", dtype="datetime64[ns]"),
]
NO_MIDNIGHTS = [
    datetime(2021, 5, 10, 12),
    pd.Timestamp("2021-05-10 00:00:00.000000001"),
    pd.Timestamp("2021-05-10", tz="Europe/Vilnius"),
    pd.NaT,
    np.datetime64("NaT"),
    np.datetime64("2021-05-10T00:00:00.000000001"),
    np.datetime64("2021-05"),  # a month is no day, though numpy makes it its first
    np.datetime64(10**6, "Y"),
]


def refused(call: Callable[..., object], *given: object) -> str:
    """Return the one line of a refusal."""
    with pytest.raises(BadInput) as caught:
        call(*given)
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 200
    return line


@pytest.mark.parametrize("value", [3, np.int64(3), np.uint8(3), np.array(3)])
def test_a_whole_number_of_any_integral_type_becomes_one_of_python(value: object) -> None:
    found = a.whole_number("replicates", value, 1, 9)
    assert found == 3
    assert type(found) is int


@pytest.mark.parametrize(
    "value",
    [
        *(3.0, 1.5, np.float64(3), float("nan"), Decimal(3), "3", b"3", None, True, np.True_),
        *(np.array(True), np.array([3]), np.array(3.0), [3], {}, pd.NA, pd.NaT, pd.Series([3])),
    ],
    ids=repr,
)
def test_what_is_no_whole_number_is_refused(value: object) -> None:
    assert refused(a.whole_number, "replicates", value, 1, 9).startswith(
        "replicates: expects a whole number, is "
    )


@pytest.mark.parametrize("value", [0, -1, 10, np.int64(0), HUGE, -HUGE], ids=KIND)
def test_a_whole_number_out_of_its_bounds_is_refused_with_them(value: int) -> None:
    assert "workers: must be between 1 and 9, is " in refused(a.whole_number, "workers", value, 1, 9)


def test_without_an_upper_bound_only_the_lower_one_is_said() -> None:
    assert a.whole_number("sample", HUGE, 1, None) == HUGE
    assert refused(a.whole_number, "sample", 0, 1, None) == "sample: must be at least 1, is 0"


@pytest.mark.parametrize("text", ["3", " 3 ", "+3", "03", 3])
def test_a_text_of_digits_is_a_whole_number(text: object) -> None:
    assert a.read_whole_number("--seed", text, 0, None) == 3


@pytest.mark.parametrize(
    "text", ["3.0", "3e0", "1_000", "", "x", "٣", "0x3", "9" * 5000, 3.0, True, None], ids=KIND
)
def test_another_text_is_none(text: object) -> None:
    assert "--seed: expects a whole number, is " in refused(a.read_whole_number, "--seed", text, 0, None)


@pytest.mark.parametrize(
    "value", [2, 2.0, np.float32(2), np.int8(2), np.array(2), Decimal(2), Fraction(4, 2)]
)
def test_a_number_of_any_kind_is_a_number(value: object) -> None:
    found = a.number("low", value)
    assert found == 2
    assert type(found) is float
    assert a.number("high", np.inf) == np.inf


@pytest.mark.parametrize(
    "value", ["2", None, True, np.True_, float("nan"), [2], 1j, HUGE, DAY, np.array([2])], ids=KIND
)
def test_what_is_no_number_is_refused(value: object) -> None:
    assert "low: expects a number, is " in refused(a.number, "low", value)


@pytest.mark.parametrize("value", [*MIDNIGHTS, "2021-05-10"], ids=repr)
def test_a_day_may_come_in_any_form(value: object) -> None:
    found = a.day("first", value)
    assert found == DAY
    assert type(found) is date


@pytest.mark.parametrize("value", [*NO_MIDNIGHTS, "May", "", 5, None, False], ids=repr)
def test_what_is_no_day_is_refused(value: object) -> None:
    assert "first: expects a date like 2021-08-03, is " in refused(a.day, "first", value)


def test_a_word_that_is_not_known_is_refused_with_the_nearest() -> None:
    assert a.choice("direction", "higher", ("higher", "lower")) == "higher"
    line = refused(a.choice, "direction", "highr", ("higher", "lower"))
    assert line == "direction: 'highr' is not known; did you mean 'higher'?"
    assert "expects text, is None" in refused(a.choice, "direction", None, ("higher", "lower"))
    assert "expects text" in refused(a.choice, "direction", np.array(["higher"]), ("higher", "lower"))


def test_a_folder_is_a_text_or_a_path() -> None:
    assert a.folder_or_url("out", "memory://x") == "memory://x"
    assert a.folder_or_url("out", Path("x")) == Path("x")
    assert type(a.folder_or_url("out", np.str_("x"))) is str
    for value in (5, True, b"x", ["x"], None):
        assert "out: expects a folder or a URL, is " in refused(a.folder_or_url, "out", value)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("one", ["one"]),
        (Path("one.yaml"), ["one.yaml"]),
        ("one+two", ["one", "two"]),
        (Path("one+two.yaml"), ["one+two.yaml"]),  # a path is never cut
        (["one", Path("two.yaml")], ["one", "two.yaml"]),
        (("one+two", "three"), ["one", "two", "three"]),
        (np.array(["one", "two"]), ["one", "two"]),
        (pd.Series(["one", "two"]), ["one", "two"]),
        ((name for name in ("one", "two")), ["one", "two"]),
    ],
)
def test_scenarios_are_named_by_texts_and_paths_alone_or_in_order(given: Any, names: list[str]) -> None:
    found = a.scenario_names(given)
    assert found == names
    assert {type(name) for name in found} == {str}


def test_a_text_that_is_a_file_is_not_cut_at_its_plus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a+b.yaml").touch()
    assert a.scenario_names(["a+b.yaml", "c+d.yaml"]) == ["a+b.yaml", "c", "d.yaml"]


@pytest.mark.parametrize(
    "given", [None, 5, True, b"x", {"one": 1}, {"one"}, [None], [["one"]], 1.0, object()]
)
def test_what_names_no_scenario_is_refused(given: Any) -> None:
    """A set has no order, and scenarios combine in order."""
    assert "scenario: expects a name" in refused(a.scenario_names, given)


def test_no_scenario_at_all_is_refused() -> None:
    assert "no scenario named" in refused(a.scenario_names, [])


@pytest.mark.parametrize(
    "given",
    [
        {"a.b": 900, "c.d": 0.5},
        pd.Series({"a.b": 900, "c.d": 0.5}),
        pd.DataFrame({"a.b": [1, 900], "c.d": [0.1, 0.5]}).iloc[1],
        {np.str_("a.b"): np.int64(900), "c.d": np.float64(0.5)},
    ],
)
def test_values_to_set_come_as_any_mapping_or_as_a_row(given: Any) -> None:
    found = a.values_to_set(given)
    assert found == {"a.b": 900, "c.d": 0.5}
    assert {type(key) for key in found} == {str}
    assert {type(value) for value in found.values()} <= {int, float}


@pytest.mark.parametrize(
    "given",
    [5, "a.b=9", ["a"], [("a", 1)], True, pd.DataFrame({"a": [1]}), {5: 1}, {None: 1}, pd.Series([1])],
)
def test_what_is_no_mapping_by_text_is_refused(given: Any) -> None:
    assert refused(a.values_to_set, given).startswith("set: expects ")


def test_nothing_to_set_is_nothing() -> None:
    assert a.values_to_set(None) == a.values_to_set({}) == {}


@pytest.mark.parametrize("value", MIDNIGHTS, ids=repr)
def test_a_midnight_is_a_date_wherever_it_stands(value: object) -> None:
    found = a.as_python({"alone": value, "entries": [{"from": value}]})
    assert found == {"alone": DAY, "entries": [{"from": DAY}]}
    assert type(found["alone"]) is date


@pytest.mark.parametrize("value", NO_MIDNIGHTS, ids=repr)
def test_a_time_of_day_is_refused_with_its_key(value: object) -> None:
    line = refused(a.values_to_set, {"period.end": value})
    assert line.startswith("--set period.end: expects a date without a time of day")


def test_columns_of_dates_are_lists_of_dates() -> None:
    dates = pd.to_datetime(["2021-05-10", "2021-05-10"])
    for column in (dates, pd.Series(dates), dates.to_numpy(), list(dates)):
        assert a.as_python(column) == [DAY, DAY]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.ones(2), [1.0, 1.0]),
        (np.ones((1, 2), dtype=int), [[1, 1]]),
        (range(2), [0, 1]),
        ((1, "x"), [1, "x"]),
        (pd.array([1, 2]), [1, 2]),
        (np.bool_(True), True),
        (np.str_("x"), "x"),
        (Decimal("0.5"), 0.5),
        (np.longdouble(0.5), 0.5),
        (None, None),
    ],
)
def test_values_of_numpy_and_pandas_become_those_of_python(value: object, plain: object) -> None:
    found = a.as_python(value)
    assert found == plain
    assert type(found) is type(plain)


@pytest.mark.parametrize(
    "value",
    [
        b"x",
        {1, 2},
        object(),
        1j,
        pd.NA,
        timedelta(1),
        pd.Timedelta(1),
        pd.DataFrame({"a": [1]}),
        HUGE,
        [b"x"],
    ],
    ids=KIND,
)
def test_what_is_no_value_of_a_scenario_is_refused_with_its_key(value: object) -> None:
    assert refused(a.values_to_set, {"a.b": value}).startswith("--set a.b: expects ")
