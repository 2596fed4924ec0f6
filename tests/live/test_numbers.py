"""The live page's numbers are those of the command line, to the bit, though its worlds are patched."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd
import pytest

from bordersim import load_scenario
from bordersim.analyses.given import histories_for
from bordersim.analyses.live.levers import POLICY
from bordersim.analyses.live.runs import DroppedError, sizes_of
from bordersim.analyses.live.session import Session
from bordersim.analyses.live.state import State
from bordersim.api import run_experiment
from bordersim.experiments.settings import Settings
from bordersim.inputs import Scenario
from bordersim.model.world import Arrays, build_arrays
from bordersim.report.app.lever import Change, Lever
from bordersim.results.draws import values_of
from bordersim.results.experiment import Experiment
from bordersim.results.reach import worth_of

COUNT = 4
LAYERED = (
    "policy=policy.LT,2021-05-20,2021-06-30,turn_back&policy=guards.LT.officers,2021-05-03,2021-06-15,1500"
    "&policy=build.LT.fence_km,2021-05-10,2021-06-20,300&policy=guards.LT.officers,2021-05-08,2021-05-09,600"
)
ASSUMED = "&assume=choice.rest_days,3.5&assume=cross.approach_h,1.5"


def pairs_of(session: Session, query: str, count: int = COUNT) -> list[Any]:
    """Run some histories of a state."""
    question = session.live.question(session.state(parse_qsl(query)))
    return [question.pair(number) for number in range(count)]


def by_command_line(session: Session, query: str, folder: Path) -> Experiment:
    """Run the scenario file of a state as `compare` does with the values that its first lines name."""
    state = session.state(parse_qsl(query))
    path = folder / session.file
    path.write_text(session.yaml(state), encoding="utf-8")
    sets = {**session.opened.sets, **dict(state.assumptions)}
    scenarios = [load_scenario("history_2021", sets), load_scenario(str(path), sets)]
    given = histories_for("given", scenarios, sets)
    assert given is not None
    settings = Settings(workers=2, worth=worth_of(COUNT, len(given.draws), given.worth))
    return run_experiment(scenarios, settings, sets, given.draws[:COUNT])


@pytest.mark.parametrize("query", [LAYERED, LAYERED + ASSUMED], ids=["policies", "assumptions too"])
def test_the_scenario_file_gives_the_same_numbers_on_the_command_line(
    session: Session, query: str, tmp_path: Path
) -> None:
    question = session.live.question(session.state(parse_qsl(query)))
    found = pd.DataFrame(question.sides(pairs_of(session, query)).differences())
    made = by_command_line(session, query, tmp_path).differences
    named = ["metric", "country"]
    both = found.merge(made, on=named, suffixes=("", "_made"), validate="one_to_one")
    assert len(both) == len(found) > 60
    for column in (
        "reference_median",
        "scenario_median",
        "range_low",
        "median",
        "range_high",
        "more",
        "fewer",
    ):
        np.testing.assert_array_equal(both[column], both[f"{column}_made"])
    assert both["more"].sum() > 0


def test_the_command_names_the_assumptions_and_the_file_does_not(session: Session) -> None:
    text = session.yaml(session.state(parse_qsl(LAYERED + ASSUMED)))
    first, rest = text.split("schema_version")
    assert "--set period.end=2021-06-30 --set choice.rest_days=3.5 --set cross.approach_h=1.5" in first
    assert "rest_days" not in rest
    assert "approach_h" not in rest


def test_without_a_policy_b_is_a(session: Session) -> None:
    for before, after in pairs_of(session, "assume=choice.rest_days,3.5", 2):
        assert before is after


def moved(lever: Lever) -> object:
    """Return a value of a lever that is neither at an end nor where it was."""
    if lever.words:
        return next(word for word in lever.words if word != lever.value)
    value = lever.low + (lever.high - lever.low) / 3
    return round(value) if float(lever.step).is_integer() else value


def from_nothing(session: Session, scenario: Scenario, values: Mapping[str, object]) -> Arrays:
    """Return the world of a scenario with values on top, every table of it made."""
    return build_arrays(scenario.with_values(values).config, session.live.worlds.segments)


def test_a_patched_world_is_the_world_built_from_nothing(session: Session) -> None:
    """A lever of each kind, each in another history and at one of its borders."""
    period = session.reference.config.period
    policy = session.live.choices.policy
    found = [keys for each in POLICY if (keys := [key for key in policy if fnmatchcase(key, each)])]
    assert len(found) == len(POLICY) - 1  # no border has a chance of its own to reach a crossing point
    for number, keys in enumerate(found):
        key = keys[number % len(keys)]
        lever = session.live.choices.policy[key]
        change = Change(key, period.start, period.end, moved(lever))
        question = session.live.question(State((change,), (), COUNT))
        values = values_of(session.live.worlds.draws[number], "history_2021")
        whole = from_nothing(session, question.after, values)
        patched, _ = question.world(number, question.after)
        for name in whole._fields:
            np.testing.assert_array_equal(
                getattr(whole, name), getattr(patched, name), err_msg=f"{key} {name}"
            )


def test_so_is_one_under_an_assumption_that_histories_vary(session: Session) -> None:
    levers = session.live.choices.assumption
    for number, lever in enumerate(each for each in levers.values() if each.varies):
        question = session.live.question(State((), ((lever.key, moved(lever)),), COUNT))
        values = values_of(session.live.worlds.draws[number], "history_2021")
        others = {key: value for key, value in values.items() if key != lever.key}
        whole = from_nothing(session, question.before, others)
        patched, _ = question.world(number, question.before)
        for name in whole._fields:
            np.testing.assert_array_equal(getattr(whole, name), getattr(patched, name), err_msg=lever.key)


def test_a_reference_is_run_once_for_the_same_assumptions(session: Session) -> None:
    query = "assume=choice.rest_days,2.5&policy=guards.LT.officers,2021-05-03,2021-06-15,{}"
    first = pairs_of(session, query.format(1500), 2)
    again = pairs_of(session, query.format(1000), 2)
    assert all(one[0] is other[0] for one, other in zip(first, again, strict=True))
    assert all(one[1] is not other[1] for one, other in zip(first, again, strict=True))


def test_a_dropped_question_runs_no_history(session: Session) -> None:
    question = session.live.question(session.state(parse_qsl(LAYERED)))
    question.dropped = Event()
    question.dropped.set()
    with pytest.raises(DroppedError):
        question.pair(0)


def test_each_set_of_histories_holds_the_one_before(session: Session) -> None:
    assert sizes_of(200) == (10, 30, 50, 200)
    assert sizes_of(50) == (10, 30, 50)
    assert sizes_of(24) == (10, 24)
    question = session.live.question(State(most=50))
    assert question.sizes == (10, 30, 50)
