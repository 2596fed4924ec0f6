"""Lives of families under two policies: the log changes nothing, and lives part when and as it says."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lively import LIVELY
from worlds import plain_world

import bordersim.model.engine as engine_package
from bordersim.analyses.given import histories_for
from bordersim.analyses.lives.again import Again, Run, again_of
from bordersim.analyses.lives.apart import KINDS, LIVED, Lives, Log, lives_of
from bordersim.analyses.lives.telling import Teller
from bordersim.analyses.lives.why import why
from bordersim.analyses.readings import parting_day
from bordersim.experiments.values import GIVEN
from bordersim.inputs.loading import load
from bordersim.model.engine import Keys, simulate_block, simulate_history
from bordersim.model.engine.noted_draws import OF_GROUPS, decisions_of_event
from bordersim.model.engine.traced import FLIGHT, MORNING, stopped_before, traced
from bordersim.model.records import NO_ONE
from bordersim.report.story.told import Why
from bordersim.words.codes import BORDER_ZONE, EVENTS

NAMES = ("no_turn_back_2021", "history_2021")
FIXED_DAYS, GIVEN_DAYS = {"period.end": "2021-08-25"}, {"period.end": "2021-08-12"}
HISTORIES, HOURS_PER_DAY = 20, 24
DRIFTING = {"host.mind_sd": 1.2, "inflow.drift_sd": 0.5, "inflow.drift_most_factor": 2}
Pair = tuple[Run, Run]


@pytest.fixture(scope="module")
def fixed() -> Again:
    return again_of([load(name, FIXED_DAYS) for name in NAMES], FIXED_DAYS)


@pytest.fixture(scope="module")
def pair(fixed: Again) -> Pair:
    return fixed.runs(1)


@pytest.fixture(scope="module")
def logs(pair: Pair) -> list[Log]:
    return [Log.of(run.traced) for run in pair]


@pytest.fixture(scope="module")
def lives(logs: list[Log]) -> Lives:
    return lives_of(*logs)


def same_counts(one: Any, other: Any) -> bool:
    """Return whether two outputs are equal to the bit."""
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_the_counts_of_a_replicate_are_those_of_the_untraced_run(fixed: Again, pair: Pair) -> None:
    for run in pair:
        again = simulate_history(run.world, Keys.of_replicate(fixed.plan.seed, 1))
        assert same_counts(again, [each[None] for each in run.traced.output])


def test_they_are_so_where_everything_happens_and_keys_change() -> None:
    world = plain_world(LIVELY, DRIFTING)
    keys = Keys.of_replicate(1, 0).changed(4, 99).changed(7, 5).changed(10_000, 6)
    untraced, log = simulate_history(world.arrays, keys), traced(world.arrays, keys, "")
    assert same_counts(untraced, [each[None] for each in log.output])
    plain = traced(world.arrays, Keys.of_replicate(1, 0), "")
    assert same_counts(simulate_block(world, 1, 0, 1), [each[None] for each in plain.output])
    assert not same_counts(log.output, plain.output)
    assert set(log.log["event"]) == {*range(len(EVENTS)), MORNING, FLIGHT}


def test_the_log_grows_where_more_happens_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    world, keys = plain_world(LIVELY).arrays, Keys.of_replicate(1, 0)
    roomy = traced(world, keys, "")
    monkeypatch.setattr("bordersim.model.engine.traced.ENTRIES_A_FAMILY", 1)
    tight = traced(world, keys, "")
    assert len(roomy.log) > len(roomy.families)
    assert np.array_equal(roomy.log, tight.log)


def test_the_last_entry_of_each_family_is_how_it_ends(pair: Pair, logs: list[Log]) -> None:
    for run, log in zip(pair, logs, strict=True):
        lasts = log.entries[log.starts + log.counts - 1]
        order = np.argsort(run.traced.families["key"])
        at = order[np.searchsorted(run.traced.families["key"][order], lasts["key"])]
        assert np.array_equal(run.traced.families["state"][at], lasts["now"])


def test_in_20_histories_nobodys_lives_differ_before_the_policies_do() -> None:
    scenarios = [load(name, GIVEN_DAYS) for name in NAMES]
    given = histories_for(GIVEN, scenarios, GIVEN_DAYS)
    assert given
    again = again_of(scenarios, GIVEN_DAYS, given.draws)
    counted: Counter[str] = Counter()
    for history in again.spread(HISTORIES):
        runs = again.runs(history)
        day = parting_day(*scenarios, given.draws[history])
        logs = [run.traced.log for run in runs]
        before = [each[each["time_h"] < day * HOURS_PER_DAY] for each in logs]
        assert np.array_equal(*before)  # type: ignore[call-overload]
        lives = lives_of(*(Log.of(run.traced) for run in runs))
        assert lives.time_h.min() >= day * HOURS_PER_DAY
        for run in runs:
            untraced = simulate_history(run.world, run.keys)
            assert same_counts(untraced, [each[None] for each in run.traced.output])
        counted += Counter({"families": len(lives.keys), "parted": int((lives.kind != NO_ONE).sum())})
        counted[f"day {day}"] += 1
    assert counted["day 94"] == HISTORIES
    assert counted["families"] > counted["parted"] > 0


def test_a_life_is_the_same_up_to_where_it_parts_and_not_there(logs: list[Log], lives: Lives) -> None:
    fields = list(LIVED)
    for at in range(0, len(lives.keys), 7):
        a, b = (log.of_family(int(lives.keys[at]))[fields] for log in logs)
        parted = int(lives.parted[at])
        assert np.array_equal(a[:parted], b[:parted])
        if lives.kind[at] == NO_ONE:
            assert len(a) == len(b) == parted
        else:
            assert not np.array_equal(a[parted : parted + 1], b[parted : parted + 1])


def test_lives_part_in_several_ways_and_the_law_parts_some(lives: Lives) -> None:
    kinds = Counter(KINDS[kind] for kind in lives.kind if kind != NO_ONE)
    assert {"place", "law", "presents", "patrol"} <= set(kinds)


def test_an_event_run_as_plain_python_ends_as_the_log_says(pair: Pair, logs: list[Log]) -> None:
    run, entries = pair[1], logs[1].entries
    seen = set()
    for event in range(len(EVENTS)):
        of_event = entries[entries["event"] == event]
        for entry in of_event[:: max(1, len(of_event) // 3)][:3]:
            state = stopped_before(run.world, run.keys, int(entry.step))
            f = int(entry.family)
            assert state.clock[0].now_h == entry.time_h
            decisions_of_event(run.world, state, int(state.families[f].group), f)
            family, group = state.families[f], state.groups[state.families[f].group]
            assert (family.state, group.attempt, group.stretch) == (entry.now, entry.attempt, entry.stretch)
            if entry.now == BORDER_ZONE:
                assert (group.time_h, group.event) == (entry.next_h, entry.next_event)
            seen.add(event)
    assert seen == set(range(len(EVENTS)))


def test_draws_of_groups_are_those_that_the_engine_draws_by_their_key() -> None:
    folder = Path(str(engine_package.__file__)).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    of_groups = set(re.findall(r"\bluck\(state, \w+, chance\.(\w+)", text))
    of_families = set(re.findall(r"\bluck_(?:at|once)\(state, family, chance\.(\w+)", text))
    known = {name.upper() for name in OF_GROUPS} | {"ALARM_AT_BARRIER"}
    assert of_groups <= known
    assert not of_families & known


@pytest.fixture(scope="module")
def reasons(fixed: Again, pair: Pair, logs: list[Log], lives: Lives) -> list[tuple[int, Why]]:
    """Return why some lives part, of every kind."""
    names, found = Teller(fixed, 1).names, []
    for kind in range(len(KINDS)):
        families = np.flatnonzero(lives.kind == kind)
        for at in families[:: max(1, len(families) // 6)][:6]:
            told = (int(lives.keys[at]), kind, int(lives.parted[at]))
            found.append((int(at), why(pair, logs, *told, [(each, each) for each in fixed.scenarios], names)))
    return found


def test_a_draw_for_a_place_falls_to_where_they_go(reasons: list[tuple[int, Why]]) -> None:
    chosen = Counter[str]()
    for _, reason in reasons:
        facts = {(fact.key, fact.about): fact for fact in reason.facts}
        draw = next((fact for fact in reason.facts if fact.key == "draw"), None)
        if reason.kind != "place" or draw is None:
            continue
        goes = facts["chosen", ""]
        assert goes.a != goes.b
        for side in ("a", "b"):
            low, high = getattr(facts["share", getattr(goes, side)], side)
            assert low - 0.001 <= getattr(draw, side) <= high + 0.001
        chosen[draw.about] += 1
    assert chosen


def test_a_draw_that_parts_lives_comes_out_as_it_is_held_against(reasons: list[tuple[int, Why]]) -> None:
    drawn = 0
    for _, reason in reasons:
        facts = {fact.key: fact for fact in reason.facts}
        if reason.kind == "law":
            assert facts["regime"].a != facts["regime"].b
            taken = [end == "yes" for end in (facts["taken_in"].a, facts["taken_in"].b)]
            assert taken[0] != taken[1]
        if "held" in facts:
            drawn += 1
            held, so = facts["held"], facts["outcome"]
            for bound, outcome in ((held.a, so.a), (held.b, so.b)):
                assert (bound is None) == (outcome is None)
                assert bound is None or (facts["draw"].a < bound) == (outcome == "yes")  # type: ignore[operator]
    assert drawn


def test_who_waits_for_guards_under_one_policy_alone_believes_so(reasons: list[tuple[int, Why]]) -> None:
    found = 0
    for _, reason in reasons:
        if reason.kind == "presents":
            facts = {fact.key: fact for fact in reason.facts}
            sides = [facts["admission"].a >= facts["passage"].a, facts["admission"].b >= facts["passage"].b]  # type: ignore[operator]
            assert sides[0] != sides[1]
            found += 1
    assert found
