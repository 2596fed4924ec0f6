"""How to tune a parameter in a test: name it, run, look at the table.

    result = run("history_2021", replicates=50, set={"guards.LT.officers": 900})

A short period and few replicates keep such a test fast. With the same seed two runs share their people
and their luck, so what differs between them is what the parameter does, and exact statements are possible.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

from bordersim import compare, run

if TYPE_CHECKING:
    from bordersim.results.store.result import Result

DAYS = {"period.start": "2021-07-20", "period.end": "2021-08-05"}


def tuned(values: Mapping[str, object]) -> Result:
    """Run some days of 2021 with values of one's own."""
    return run("history_2021", replicates=4, set={**DAYS, **values})


def lithuania(result: Result, metric: str) -> float:
    """Sum a metric over days and replicates at the Lithuanian border."""
    return float(result.daily.query("country == 'LT'")[metric].sum())


def test_twice_the_officers_cost_twice_as_much_and_patrol_about_twice_the_hours() -> None:
    only_officers = {"guards.LT.soldiers": 0, "guards.LT.frontex": 0}
    some = tuned({"guards.LT.officers": 900, **only_officers})
    twice = tuned({"guards.LT.officers": 1800, **only_officers})
    assert lithuania(twice, "guards_eur") == 2 * lithuania(some, "guards_eur")
    assert lithuania(twice, "patrol_hours") > lithuania(some, "patrol_hours")


def test_without_any_guard_nobody_is_stopped() -> None:
    nobody = {f"guards.LT.{kind}": 0 for kind in ("officers", "soldiers", "frontex", "borrowed")}
    result = tuned(nobody)
    assert lithuania(result, "attempts") > 0
    assert lithuania(result, "intercepted") == 0


def test_a_slower_dispatch_lets_more_of_those_who_evade_get_away() -> None:
    evading = {"inflow.presents_share": 0}
    fast = tuned({"respond.dispatch_delay_h": 0.25, **evading})
    slow = tuned({"respond.dispatch_delay_h": 12, **evading})
    assert lithuania(slow, "got_away") > lithuania(fast, "got_away")
    assert lithuania(slow, "intercepted") == 0  # later than anybody is within reach


def test_nobody_claims_where_crossing_points_are_shut_and_some_where_they_are_open() -> None:
    shut = tuned({"claims.LT.reach_probability": 0})
    opened = tuned({"claims.LT.reach_probability": 1, "claims.LT.places_per_day": 50})
    assert lithuania(shut, "claims_lodged_crossing_point") == 0
    assert lithuania(opened, "claims_lodged_crossing_point") > 0


@pytest.mark.parametrize("date", ["2021-08-03", "2021-07-25"])
def test_the_order_may_be_given_on_another_day(date: str) -> None:
    order = [{"from": "2021-05-01", "regime": "admit_and_screen"}, {"from": date, "regime": "turn_back"}]
    daily = tuned({"policy.LT": order}).daily.query("country == 'LT'")
    assert daily[daily["date"] < date]["turned_back"].sum() == 0
    assert daily[daily["date"] >= date]["turned_back"].sum() > 0


def test_two_scenarios_are_compared_pair_by_pair() -> None:
    """They are one and the same until 2 August; then Lithuania turns back whom it would have taken in."""
    found = compare("no_turn_back_2021", "history_2021", replicates=4, set=DAYS)
    without, history = (
        result.daily.query("date < '2021-08-03'") for result in (found.reference, *found.scenarios)
    )
    assert without["attempts"].tolist() == history["attempts"].tolist()
    assert found.row("apprehended", "LT")["difference"] < 0
    assert found.row("turned_back", "LT")["difference"] > 0
