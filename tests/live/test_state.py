"""A state of the levers: what an address may say, and which days of scenario B differ by it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bordersim.analyses.live.levers import POLICY, held_in
from bordersim.analyses.live.session import Session
from bordersim.analyses.live.state import MOST_CHANGES, State, scenarios_of
from bordersim.errors import BadInput
from bordersim.inputs import Scenario
from bordersim.inputs.schema.dated import by_day, by_day_linear
from bordersim.report.app.lever import Change, Lever
from bordersim.report.catalogue import ENGLISH
from bordersim.results.draws import values_of
from bordersim.words.codes import COUNTRIES, REGIMES

FIRST, LAST = date(2021, 5, 1), date(2021, 6, 30)
FULL = "2021-05-01,2021-06-30"
REFUSED = {
    "policies=policy.LT,2021-05-01,2021-06-30,turn_back": "policies: unknown; did you mean 'policy'?",
    "policy=guards.LT.oficers,2021-05-01,2021-06-30,900": "did you mean 'guards.LT.officers'?",
    "policy=choice.rest_days,2021-05-01,2021-06-30,2": "is an assumption, the two are never mixed",
    "assume=guards.LT.officers,900": "is a policy, the two are never mixed",
    "assume=policy.LT,turn_back": "is a policy, the two are never mixed",
    "policy=guards.LT.officers,900": "expects KEY,FIRST,LAST,VALUE",
    "assume=choice.rest_days": "expects KEY,VALUE",
    "policy=guards.LT.officers,2021-05-01,2021-07-01,900": "expects a day between 2021-05-01 and 2021-06-30",
    "policy=guards.LT.officers,2021-06-02,2021-06-01,900": "the last day, 2021-06-01, is before the first",
    "policy=guards.LT.officers,2021-05-01,2021-06-30,many": "expects a number, is 'many'",
    "policy=guards.LT.officers,2021-05-01,2021-06-30,nan": "expects a number, is 'nan'",
    "policy=guards.LT.officers,2021-05-01,2021-06-30,200000": "must be between 0 and 100000, is 200000",
    "policy=claims.reach_probability,2021-05-01,2021-06-30,1.5": "must be between 0 and 1, is 1.5",
    "policy=policy.LT,2021-05-01,2021-06-30,open": "must be one of admit_and_screen, turn_back",
    "assume=choice.rest_days,20": "must be between 0.5 and 5 days, is 20",
    "assume=choice.rest_days,2&assume=choice.rest_days,3": "given twice",
    "histories=7": "histories=7: must be 50, 10, 30 or 200",
    "histories=10&histories=30": "histories: given twice",
}


def read(session: Session, query: str) -> State:
    """Read a state as the server does."""
    return session.state(parse_qsl(query))


@pytest.mark.parametrize(("query", "why"), REFUSED.items())
def test_what_cannot_be_run_is_refused_in_one_line(session: Session, query: str, why: str) -> None:
    with pytest.raises(BadInput) as found:
        read(session, query)
    assert why in str(found.value)
    assert "\n" not in str(found.value)


def test_values_that_do_not_go_together_are_refused(session: Session) -> None:
    with pytest.raises(BadInput, match="minsk_days_mean: must not be below minsk_days_min"):
        read(session, "assume=inflow.minsk_days_min,3&assume=inflow.minsk_days_mean,2")


def test_no_more_changes_than_can_be_meant(session: Session) -> None:
    one = f"policy=policy.LT,{FULL},turn_back"
    assert len(read(session, "&".join([one] * MOST_CHANGES)).policies) == MOST_CHANGES
    with pytest.raises(BadInput, match=f"at most {MOST_CHANGES}"):
        read(session, "&".join([one] * (MOST_CHANGES + 1)))


def test_an_address_restores_the_state_it_was_written_from(session: Session) -> None:
    query = (
        "policy=policy.LT,2021-05-10,2021-06-01,turn_back&policy=build.LT.fence_km,2021-05-02,2021-05-02,12.5"
        "&policy=policy.LT,2021-05-20,2021-05-21,asylum_suspended"
        "&assume=choice.attraction_factor.Šalčininkai,0.5&histories=10"
    )
    state = read(session, query)
    assert len(state.policies) == 3
    assert parse_qsl(state.query(session.sizes[0])) == parse_qsl(query)
    assert read(session, state.query(session.sizes[0])) == state


def test_a_value_is_in_one_group_only_and_every_pattern_names_some(session: Session) -> None:
    choices = session.live.choices
    assert not set(choices.policy) & set(choices.assumption)
    headings = {lever.section for lever in choices.policy.values()}
    assert headings == set(POLICY.values())


def test_no_policy_is_a_value_that_histories_vary(session: Session) -> None:
    """A policy would else be wiped out by each of them."""
    varied = values_of(session.live.worlds.draws[0], "history_2021")
    assert len(varied) > 10
    assert not set(varied) & set(session.live.choices.policy)
    assert {key for key, lever in session.live.choices.assumption.items() if lever.varies} == set(varied)


def days_of(scenario: Scenario, key: str) -> Any:
    """Return the value of each day."""
    steps: Any = scenario.config
    for part in key.split("."):
        steps = steps[part] if isinstance(steps, dict) else getattr(steps, part)
    period = scenario.config.period
    if key.startswith("build."):
        return by_day_linear(steps, period.start, period.days)
    return by_day(steps, period.start, period.days, REGIMES if key.startswith("policy.") else ())


def in_range(lever: Lever, share: float) -> object:
    """Return a value of a lever at a share of its range."""
    if lever.words:
        return lever.words[int(share * (len(lever.words) - 1))]
    value = lever.low + share * (lever.high - lever.low)
    return round(value) if float(lever.step).is_integer() else value


@settings(max_examples=30)
@given(st.data(), st.floats(0, 1), st.tuples(st.integers(0, 60), st.integers(0, 60)), st.integers(0, 60))
def test_a_policy_holds_on_its_days_and_on_no_other(
    session: Session, data: st.DataObject, share: float, days: tuple[int, int], inner: int
) -> None:
    """The second layer lies over the first; before, between and after all is as without."""
    key = data.draw(st.sampled_from(sorted(session.live.choices.policy)))
    lever, (first, last) = session.live.choices.policy[key], sorted(days)
    values = in_range(lever, share), in_range(lever, 1 - share)
    layers = (
        Change(key, FIRST + timedelta(first), FIRST + timedelta(last), values[0]),
        Change(key, FIRST + timedelta(inner), FIRST + timedelta(inner), values[1]),
    )
    before, after = scenarios_of(State(layers), session.reference, session.live.choices)
    wanted = days_of(before, key)
    codes = [REGIMES.index(str(value)) if lever.words else value for value in values]
    wanted[first : last + 1] = codes[0]
    wanted[inner] = codes[1]
    np.testing.assert_allclose(days_of(after, key), wanted, rtol=1e-12)
    assert before.config == session.reference.config


def test_an_assumption_is_of_both_sides_and_a_policy_of_b_alone(session: Session) -> None:
    state = read(session, f"policy=guards.LT.officers,{FULL},1200&assume=choice.rest_days,3.5")
    before, after = scenarios_of(state, session.reference, session.live.choices)
    assert [held_in(each, "choice.rest_days") for each in (before, after)] == [3.5, 3.5]
    assert [days_of(each, "guards.LT.officers")[0] for each in (before, after)] == [900, 1200]
    assert before.config.choice == after.config.choice


def test_each_policy_has_a_name_and_each_name_a_policy(session: Session) -> None:
    """In the catalogue: a key that is renamed would be shown as it is typed."""
    names = {key.removeprefix("app.name.") for key in ENGLISH.words if key.startswith("app.name.")}
    parts = {key.rpartition(".")[2] for key in session.live.choices.policy}
    assert parts - set(COUNTRIES) == names - {"regime"}
