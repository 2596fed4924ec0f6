"""history_2021 against the published record. Inflow is estimated from days up to 2 August 2021 only.

The bars are those the project set itself; figures of the record are from
sim/bordersim/validation/published/observations.csv.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from conftest import counts, day, outputs

from bordersim.words.codes import LT, LV, PL

Say = Callable[[str], None]
SEED = 1


def history(metric: str, country: int) -> np.ndarray:
    """Return a metric of history_2021 by replicate and day."""
    return counts(outputs("history_2021", SEED), metric, country)


@pytest.mark.parametrize(("month", "record"), [(6, 473), (7, 2882)])
def test_apprehensions_of_june_and_july_are_within_35_percent(month: int, record: int, say: Say) -> None:
    monthly = history("record_apprehended", LT)[:, day(month, 1) : day(month + 1, 1)].sum(axis=1)
    say(f"month {month}: median {np.median(monthly):.0f}, record {record}")
    assert 0.65 * record <= np.median(monthly) <= 1.35 * record


def test_the_peak_before_the_order_is_between_150_and_400_a_day(say: Say) -> None:
    peak = history("record_apprehended", LT)[:, day(7, 24) : day(8, 3)].max(axis=1)
    say(f"largest day of 24 July-2 August: median {np.median(peak):.0f}, record 287-294")
    assert 150 <= np.median(peak) <= 400


@pytest.mark.xfail(strict=True, reason="fixed values have too few in the first week: docs/validation.md")
def test_attempts_fall_below_half_after_the_order(say: Say) -> None:
    """Totals, not rates: sixteen days of late August against the seven first ones."""
    attempts = history("attempts", LT)
    first, late = attempts[:, day(8, 1) : day(8, 8)].sum(1), attempts[:, day(8, 16) : day(9, 1)].sum(1)
    say(f"attempts at Lithuania 1-7 August {first.mean():.0f}, 16-31 August {late.mean():.0f}")
    assert np.median(late / first) < 0.5


@pytest.mark.parametrize(("month", "number", "record"), [(9, 8, 2200), (9, 22, 2576)])
def test_turned_back_is_within_a_factor_of_two(month: int, number: int, record: int, say: Say) -> None:
    total = history("record_turned_back", LT)[:, : day(month, number) + 1].sum(axis=1)
    say(f"turned back by {number}.{month}.: median {np.median(total):.0f}, record {record}")
    assert record / 2 <= np.median(total) <= 2 * record


def test_latvia_rises_first_then_poland(say: Say) -> None:
    """Days from the order until the three-day mean is five times that of July; mean of the replicates."""
    reached = {}
    for country in (LV, PL):
        mean = history("attempts", country).mean(axis=0)
        running = np.convolve(mean, np.ones(3) / 3, "valid")[day(8, 3) - 1 :]
        reached[country] = int(np.argmax(running >= 5 * mean[day(7, 1) : day(8, 1)].mean()))
    july, autumn = (history("attempts", PL)[:, day(m, 1) : day(m + 1, 1)].mean() for m in (7, 10))
    say(f"five times the July level after {reached[LV]} days in Latvia, {reached[PL]} in Poland")
    assert 0 < reached[LV] < reached[PL] <= 30
    assert autumn > 10 * july


def test_latvia_peaks_within_weeks_and_poland_in_autumn() -> None:
    first_wave = history("attempts", LV).mean(axis=0)[day(8, 3) : day(9, 1)]
    poland = history("attempts", PL).mean(axis=0)
    assert np.argmax(first_wave) < 14
    assert np.argmax(poland) > day(9, 15)
