"""Windows of the record: no event counts twice, and how probable a published count is."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest, t
from small_study import window

from bordersim.validation.evidence import (
    DEGREES,
    Window,
    counted_once,
    log_likelihood,
    windows_in,
    with_discrepancy,
)
from bordersim.validation.targets import targets
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import METRIC_NAMES

START = date(2021, 5, 1)
FALSE_ALARM = 1e-4


def days(each: Window) -> set[int]:
    return {day for first, last in each.spans for day in range(first, last + 1)}


def test_a_longer_window_keeps_what_shorter_ones_leave_over() -> None:
    found = counted_once([window(0, 29, 100), window(10, 14, 30)])
    rest = next(each for each in found if each.value == 70)
    assert rest.spans == ((0, 9), (15, 29))
    assert window(10, 14, 30) in found


def test_the_range_of_a_rest_holds_the_uncertainty_of_both() -> None:
    found = counted_once(
        [window(0, 9, 100)._replace(low=90, high=120), window(0, 4, 30)._replace(low=20, high=35)]
    )
    rest = next(each for each in found if each.value == 70)
    assert (rest.low, rest.high) == (55, 100)


@pytest.mark.parametrize("part", [95, 100, 120])
def test_what_is_left_of_little_is_dropped(part: float) -> None:
    assert counted_once([window(0, 29, 100), window(0, 9, part)]) == [window(0, 9, part)]


def test_a_window_that_shares_days_without_holding_them_gives_way_to_the_shorter() -> None:
    assert counted_once([window(0, 9, 50), window(5, 12, 40)]) == [window(5, 12, 40)]


def test_other_borders_and_series_stand_beside_each_other() -> None:
    both = [window(0, 9, 50), window(0, 9, 50, "PL"), window(0, 9, 50, "LT", "attempts")]
    assert sorted(counted_once(both)) == sorted(both)


@given(st.permutations([window(0, 29, 100), window(0, 9, 30), window(5, 12, 40), window(20, 29, 9)]))
def test_the_order_of_the_record_does_not_matter(mixed: list[Window]) -> None:
    assert sorted(counted_once(mixed)) == sorted(counted_once(sorted(mixed)))


@pytest.mark.parametrize("end", [date(2021, 12, 31), date(2025, 12, 31)])
def test_no_day_of_a_published_series_is_told_twice(end: date) -> None:
    told: dict[tuple[str, str], set[int]] = {}
    found = windows_in(targets("all", (START, end)), START)
    assert len(found) > 20
    for each in found:
        before = told.setdefault((each.country, each.series), set())
        assert not before & days(each)
        assert max(days(each)) <= (end - START).days
        before |= days(each)
    assert [each.last for each in found] == sorted(each.last for each in found)


def test_what_is_known_by_the_end_of_a_leg_is_weighed_alike_in_later_ones() -> None:
    short, long = (
        windows_in(targets("all", (START, end)), START) for end in (date(2021, 12, 31), date(2022, 12, 31))
    )
    last = (date(2021, 12, 31) - START).days
    assert [each for each in long if each.last <= last] == short


def test_counting_adds_up_the_days_of_one_border() -> None:
    daily = np.zeros((10, len(COUNTRIES), len(METRIC_NAMES)))
    daily[:, 1, METRIC_NAMES.index("record_turned_back")] = np.arange(10)
    gaps = window(2, 3, 1, "LV")._replace(spans=((2, 3), (6, 6)))
    assert gaps.counted(daily) == 2 + 3 + 6
    assert window(0, 9, 1, "PL").counted(daily) == 0


def test_the_likelihood_is_a_t_on_the_logarithm() -> None:
    each, counts = window(0, 9, 50), np.array([0.0, 20.0, 50.0, 3000.0])
    size = each.size(0.35)
    assert size == pytest.approx(np.sqrt(0.35**2 + 1 / 51))
    expected = t.logpdf((np.log1p(counts) - np.log1p(50)) / size, DEGREES) - np.log(size)
    constant = t.logpdf(0, DEGREES)
    assert log_likelihood(counts, each, 0.35) == pytest.approx(expected - constant)
    assert log_likelihood(np.array([50.0]), each, 0.35)[0] == pytest.approx(each.most(0.35))


def test_what_might_be_published_has_the_spread_of_the_likelihood() -> None:
    each, chance = window(0, 9, 1000), np.random.default_rng(1)
    published = with_discrepancy(np.full(2000, 1000.0), each, 0.35, chance)
    off = (np.log1p(published) - np.log1p(1000)) / each.size(0.35)
    assert kstest(off, t(DEGREES).cdf).pvalue > FALSE_ALARM
    assert (with_discrepancy(np.zeros(2000), each, 3.0, chance) >= 0).all()


def test_the_days_of_a_window_are_told_in_plain_words() -> None:
    plain = window(0, 9, 5).plain(START)
    assert (plain["first"], plain["last"]) == (str(START), str(START + timedelta(9)))
