"""What the cases of single rules are for does occur in the plain model, not only in the sums."""

from __future__ import annotations

from collections import Counter

import pytest
from plain_groups import MigrantGroup
from plain_land import Segment
from plain_model import PlainModel
from test_agreement import LT, LV, PL, RUNS, counted, days_of, metric, world_of

from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import METRIC_NAMES


def by_day(case: str, name: str, country: int) -> list[float]:
    """Return a metric of one country by day, over all runs."""
    outputs = [counted(case, *run) for run in RUNS]
    return [float(x) for x in sum(out.daily[:, country, METRIC_NAMES.index(name)] for out in outputs)]


def test_who_is_stopped_by_the_host_does_not_try() -> None:
    """Captives do all the same: it is the host that drives them forward."""
    stopped, tried, driven = (
        [sum(by_day("a host that prevents", name, country)[day] for country in range(len(COUNTRIES)))
         for day in range(world_of("a host that prevents").days)]
        for name in ("stopped_by_host", "attempts", "driven_attempts")
    )  # fmt: skip
    assert not any(stopped[:3])
    assert all(stopped[4:])
    assert sum(tried[3:7]) > 0
    assert tried[7:] == driven[7:]


def test_where_asylum_is_suspended_only_the_vulnerable_are_taken_in() -> None:
    def taken_in(model: PlainModel) -> Counter[tuple[int, bool]]:
        there = [family for family in model.families if family.state == "in_procedure" and family.country]
        return Counter((family.country.code, family.vulnerable) for family in there if family.country)

    last = days_of("asylum suspended", taken_in)[-1]
    assert last[LT, True] + last[PL, True] > 0
    assert last[LT, False] + last[PL, False] == 0
    assert last[LV, False] > 0  # from before the suspension


def test_nobody_claims_where_all_crossing_points_are_closed() -> None:
    lithuania, poland = (
        by_day("crossing points close", "claims_lodged_crossing_point", country) for country in (LT, PL)
    )
    assert any(lithuania[:6])
    assert not any(lithuania[6:])
    assert not any(poland[:3])
    assert any(poland[3:])


def test_a_dwell_is_that_of_the_day_of_admission() -> None:
    def ended(model: PlainModel) -> int:
        return sum(family.state in ("admitted", "moved_on") for family in model.families)

    seen = days_of("reception overflows", ended)
    assert not any(seen[:5])
    assert seen[-1] > 0


def test_restrictions_end_and_what_was_due_later_does_not_end_again() -> None:
    def look(model: PlainModel) -> tuple[int, int]:
        free = [family for family in model.families if family.state == "moved_on"]
        due = {family for day, ending in model.endings.items() if day > model.day for family in ending}
        return sum(family.country is model.countries[LT] for family in free), len(due & set(free))

    seen = days_of("restrictions end", look)
    assert not any(free for free, _ in seen[:6])
    assert len({free for free, _ in seen[6:]}) == 1
    assert seen[6][0] > 0
    assert any(due for _, due in seen)


def test_crews_move_to_where_people_are_noticed() -> None:
    seen = days_of(
        "crews follow what is noticed",
        lambda model: [[stretch.crews for stretch in country.stretches] for country in model.countries],
    )
    assert all(any(day[country] != seen[0][country] for day in seen) for country in (LT, LV, PL))


def test_some_captives_are_let_in_and_some_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    released: Counter[bool] = Counter()
    plain_release = MigrantGroup.be_released

    def watch(group: MigrantGroup) -> None:
        held = group.people
        plain_release(group)
        released[held > 0 and group.people == 0] += 1

    monkeypatch.setattr(MigrantGroup, "be_released", watch)
    PlainModel(world_of("rescued from the frost"), *RUNS[0]).run()
    assert released[True] > 0
    assert released[False] > 0


def test_time_in_water_is_part_of_the_time_of_attempts() -> None:
    long, short = (counted(case, *RUNS[0]) for case in ("cold and wet", "turn back"))
    hours = [metric(each, "attempt_person_hours") / metric(each, "attempts") for each in (long, short)]
    assert hours[0] > hours[1] > 0
    assert 0 < metric(long, "wet_attempt_person_hours") < metric(long, "attempt_person_hours")


def test_holes_are_mended_and_draw_people_while_they_are_open() -> None:
    # Once, the engine weighed the segments anew only on days on which a barrier grew, so that whether a
    # hole drew anybody hung on what was being built elsewhere.
    def look(model: PlainModel) -> tuple[set[Segment], float]:
        holes = {each for each in model.segments if model.day < each.mended_day}
        return holes, sum(stretch.weight for stretch in model.stretches)

    seen = days_of("a fence with holes", look)
    everything = set.union(*(holes for holes, _ in seen))
    assert any(holes for holes, _ in seen)
    assert everything - seen[-1][0]
    assert len({weight for _, weight in seen}) > 1
