"""Codes are repeated where a rule or a table must not import the model: here they are held together."""

from __future__ import annotations

import pytest

import bordersim.geo.border
import bordersim.geo.segments
from bordersim.model import randomness
from bordersim.model import records as state
from bordersim.model.rules import policy, reception
from bordersim.words import metrics as outcomes

WORDS = {
    "COUNTRIES": state.COUNTRIES,
    "STATES": state.STATES,
    "OUTCOMES": state.OUTCOMES,
    "REGIMES": state.REGIMES,
    "TERRAINS": state.TERRAINS,
    "EVENTS": state.EVENTS,
}
RENAMED = {"alarm": "ALARM_AT_BARRIER", "presents": "PRESENTS_THEMSELF"}


@pytest.mark.parametrize("words", WORDS)
def test_codes_are_in_the_order_of_their_words(words: str) -> None:
    assert [getattr(state, word.upper()) for word in WORDS[words]] == list(range(len(WORDS[words])))


def test_codes_of_barriers_are_in_the_order_of_their_words() -> None:
    assert state.BARRIERS == ("none", "wire", "fence")
    assert (state.NO_BARRIER, state.WIRE, state.FENCE) == (0, 1, 2)


def test_land_and_model_speak_of_the_same_countries_and_terrains() -> None:
    assert tuple(bordersim.geo.border.COUNTRIES) == state.COUNTRIES
    assert bordersim.geo.segments.TERRAINS == state.TERRAINS


def test_the_rule_of_interception_means_the_outcomes_of_the_state() -> None:
    assert state.ADMIT_AND_SCREEN == policy._ADMIT_AND_SCREEN
    assert state.ASYLUM_SUSPENDED == policy._ASYLUM_SUSPENDED
    assert state.ENTRY_PREVENTED == policy._ENTRY_PREVENTED
    assert state.TURNED_BACK == policy._TURNED_BACK
    assert state.APPREHENDED == policy._APPREHENDED


def test_the_rule_of_reception_means_the_states_of_the_state() -> None:
    assert state.IN_PROCEDURE == reception._IN_PROCEDURE
    assert state.ADMITTED == reception._ADMITTED
    assert state.MOVED_ON == reception._MOVED_ON
    assert state.RETURNED_HOME == reception._RETURNED_HOME


def test_metrics_are_in_the_order_of_their_codes() -> None:
    assert [getattr(outcomes, name.upper()) for name in outcomes.METRIC_NAMES] == list(
        range(len(outcomes.METRICS))
    )
    assert len(set(outcomes.METRIC_NAMES)) == len(outcomes.METRICS)


@pytest.mark.parametrize("kind", ["SEGMENT", "STRETCH"])
def test_metrics_of_places_are_in_the_order_of_their_codes(kind: str) -> None:
    names = [name.removeprefix("patrol_").upper() for name in getattr(outcomes, f"{kind}_METRICS")]
    codes = [getattr(outcomes, f"{kind}_{name}", getattr(outcomes, name, None)) for name in names]
    assert codes == list(range(len(names)))


def test_metrics_of_people_are_in_the_order_of_their_codes() -> None:
    names = [metric.name for metric in outcomes.PEOPLE_METRICS]
    assert [getattr(outcomes, name.upper()) for name in names] == list(range(len(names)))


def test_every_metric_has_a_ledger_and_is_made_of_counted_ones() -> None:
    for metric in (*outcomes.METRICS, *outcomes.DERIVED, *outcomes.PEOPLE_METRICS):
        assert metric.ledger in outcomes.LEDGERS
        assert metric.unit
        assert metric.definition
    assert all(metric.formula == () for metric in outcomes.METRICS)
    assert all(set(metric.formula) <= set(outcomes.METRIC_NAMES) for metric in outcomes.DERIVED)


def test_every_outcome_of_an_attempt_is_counted() -> None:
    assert set(state.OUTCOMES) - {"died"} <= set(outcomes.METRIC_NAMES)
    assert "deaths" in outcomes.METRIC_NAMES


def test_every_decision_has_a_code_of_its_own() -> None:
    names = [RENAMED.get(name, name.upper()) for name in randomness.DECISIONS]
    assert [getattr(randomness, name) for name in names] == list(range(len(names)))
