"""Expectations of scenario files: strict reading, and the published range against nine in ten replicates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from bordersim.errors import BadInput
from bordersim.inputs import list_scenarios, load_scenario
from bordersim.inputs.expecting import Expectation
from bordersim.validation.expectations import FAILS, HOLDS, KNOWN, MENDED, Checked, check
from bordersim.validation.published import SERIES, record_rows
from bordersim.validation.recorded import Recorded

GOOD = "{metric: record_attempts, country: PL, date: 2021-05-02, between: [1, 2], source: a page}"
START = date(2021, 5, 1)


def load(tmp_path: Path, *entries: str) -> tuple[Expectation, ...]:
    """Write a scenario with these expectations and read it."""
    lines = "\n".join(f"  - {entry}" for entry in entries)
    period = "period: {start: 2021-05-01, end: 2021-05-07}"
    text = f"schema_version: 1\ntitle: t\n{period}\nexpect:\n{lines}\n"
    (tmp_path / "mine.yaml").write_text(text)
    return load_scenario([str(tmp_path / "mine.yaml")]).expect


def test_an_expectation_is_read_with_its_line(tmp_path: Path) -> None:
    (found,) = load(tmp_path, GOOD)
    assert (found.metric, found.country, found.first, found.last) == (
        "record_attempts",
        "PL",
        date(2021, 5, 2),
        date(2021, 5, 2),
    )
    assert (found.low, found.high, found.measure, found.known_failure) == (1, 2, "total", "")
    assert found.origin.endswith("mine.yaml:5")


def changed(old: str, new: str) -> str:
    """Return the good entry with another text in it."""
    assert old in GOOD
    return GOOD.replace(old, new)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (changed("metric", "metrik"), ("mine.yaml:5: expect.metrik", "did you mean 'metric'?")),
        (changed("record_attempts", "recordattempts"), ("mine.yaml:5", "did you mean 'record_attempts'?")),
        (changed("PL", "EE"), ("expect.country: 'EE'", "PL")),
        (changed("source: a page", "measure: total"), ("lacks 'source'",)),
        (changed("a page", "' '"), ("expect.source: expects text",)),
        (changed("date: 2021-05-02", "day: 2021-05-02"), ("expect.day", "it is now called 'date'")),
        (changed("date: 2021-05-02, ", ""), ("needs a 'date', or 'from' and 'to'",)),
        (changed("date: 2021-05-02", "from: 2021-05-02"), ("needs a 'date', or 'from' and 'to'",)),
        (changed("date: 2021-05-02", "from: 2021-05-03, to: 2021-05-02"), ("2021-05-02 is before from",)),
        (changed("2021-05-02", "2021-06-02"), ("must be between 2021-05-01 and 2021-05-07",)),
        (changed("2021-05-02", "soon"), ("expect.date: expects a date like 2021-08-03",)),
        (changed("[1, 2]", "[2, 1]"), ("expect.between: must rise",)),
        (changed("[1, 2]", "3"), ("expect.between: expects two numbers",)),
        (changed("[1, 2]", "[1, many]"), ("expect.between: expects two numbers",)),
        (changed("source", "measure: peak, source"), ("'peak' is not known", "largest_day")),
    ],
)
def test_a_wrong_entry_is_refused_in_one_line(tmp_path: Path, entry: str, words: tuple[str, ...]) -> None:
    with pytest.raises(BadInput) as caught:
        load(tmp_path, entry)
    for word in words:
        assert word in str(caught.value)


def test_expectations_are_not_inherited_nor_combined(tmp_path: Path) -> None:
    load(tmp_path, GOOD)
    (tmp_path / "child.yaml").write_text("schema_version: 1\ntitle: c\nextends: mine\n")
    child, parent = str(tmp_path / "child.yaml"), str(tmp_path / "mine.yaml")
    assert load_scenario([child]).expect == ()
    assert load_scenario([parent, child]).expect == ()


def test_a_period_set_on_top_leaves_them_and_a_check_outside_it_is_refused(tmp_path: Path) -> None:
    load(tmp_path, GOOD)
    (found,) = load_scenario([str(tmp_path / "mine.yaml")], {"period.start": "2021-05-03"}).expect
    with pytest.raises(BadInput, match=r"mine\.yaml:5: .* lies outside the days of the run"):
        check(replace(recorded(), start=date(2021, 5, 3), days=5), found)


def test_they_change_no_digest(tmp_path: Path) -> None:
    load(tmp_path, GOOD)
    with_them = load_scenario([str(tmp_path / "mine.yaml")]).digest
    load(tmp_path, GOOD, changed("PL", "LT"))
    assert load_scenario([str(tmp_path / "mine.yaml")]).digest == with_them


def recorded(first: float = 0.0) -> Recorded:
    """Return 101 replicates that count 0, 1, ... 100 on the third day and `first` on the first."""
    daily = np.zeros((101, 7))
    daily[:, 2], daily[:, 0] = np.arange(101.0), first
    return Recorded("made_up", START, 7, lambda metric, country: daily)


def expected(low: float, high: float, **more: object) -> Expectation:
    """Expect a range on the third day."""
    day = START + timedelta(2)
    base = Expectation("record_attempts", "PL", day, day, "total", low, high, "a page", "", "mine.yaml:5")
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("low", "high", "holds"), [(0, 4, False), (0, 5, True), (40, 60, True), (95, 200, True), (96, 200, False)]
)
def test_it_holds_if_the_range_meets_nine_in_ten_replicates(low: float, high: float, holds: bool) -> None:
    checked = check(recorded(), expected(low, high, first=START, last=START + timedelta(6)))
    assert (checked.low, checked.median, checked.high) == pytest.approx((5, 50, 95))
    assert checked.holds == holds


@pytest.mark.parametrize(("off", "holds"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_day_of_the_record_may_be_a_day_off(off: int, holds: bool) -> None:
    day = START + timedelta(2 + off)
    assert check(recorded(), expected(50, 50, first=day, last=day)).holds == holds


def test_the_largest_day_is_not_the_total() -> None:
    week = {"first": START, "last": START + timedelta(6)}
    assert check(recorded(70), expected(999, 999, measure="largest_day", **week)).low == 70
    assert check(recorded(70), expected(130, 130, **week)).holds


@pytest.mark.parametrize(
    ("value", "known", "verdict", "passes"),
    [
        (50, "", HOLDS, True),
        (200, "", FAILS, False),
        (200, "a reason", KNOWN, True),
        (50, "a reason", MENDED, False),
    ],
)
def test_a_known_failure_must_fail(value: float, known: str, verdict: str, passes: bool) -> None:
    checked = check(recorded(), expected(value, value, known_failure=known))
    assert (checked.verdict, checked.passes) == (verdict, passes)


def test_the_line_says_expected_obtained_source_and_place() -> None:
    line = Checked(expected(180, 247), 0.0, 1.0, 23.0, 50).line
    for word in (
        "expected 180 to 247",
        "obtained 0 to 23",
        "50 replicates",
        "FAILS",
        "mine.yaml:5",
        "a page",
    ):
        assert word in line


EXPECTED = [(name, each) for name, _ in list_scenarios() for each in load_scenario([name]).expect]


def test_the_histories_expect_what_was_published() -> None:
    assert {name for name, _ in EXPECTED} == {f"history_{year}" for year in (2020, 2021, 2022, 2023)}


@pytest.mark.parametrize(("name", "each"), EXPECTED, ids=lambda value: getattr(value, "title", value))
def test_every_bound_is_a_published_one(name: str, each: Expectation) -> None:
    """The ends of each range are lowest and highest reports of just these days; a day may be missing."""
    rows = record_rows(each.metric, each.country)
    first, last = np.datetime64(each.first), np.datetime64(each.last)
    slack = np.timedelta64(1, "D")
    if each.measure == "total":
        told = ((rows["period_start"] - first).abs() <= slack) & (rows["period_end"] == last)
    else:
        told = (rows["period_start"] >= first) & (rows["period_end"] <= last)
        told &= rows["period_start"] == rows["period_end"]
    published = {*rows.loc[told, "low"], *rows.loc[told, "high"]}
    assert SERIES[each.metric]
    assert {each.low, each.high} <= published
