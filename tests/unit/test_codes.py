"""Codes are in the order of their words; metrics and decisions too."""

from __future__ import annotations

import pytest

from bordersim.model import randomness
from bordersim.words import codes, metrics

WORDS = {
    "COUNTRIES": codes.COUNTRIES,
    "STATES": codes.STATES,
    "OUTCOMES": codes.OUTCOMES,
    "REGIMES": codes.REGIMES,
    "TERRAINS": codes.TERRAINS,
    "EVENTS": codes.EVENTS,
}
RENAMED = {"alarm": "ALARM_AT_BARRIER", "presents": "PRESENTS_THEMSELF"}


@pytest.mark.parametrize("words", WORDS)
def test_codes_are_in_the_order_of_their_words(words: str) -> None:
    assert [getattr(codes, word.upper()) for word in WORDS[words]] == list(range(len(WORDS[words])))


def test_codes_of_barriers_are_in_the_order_of_their_words() -> None:
    assert codes.BARRIERS == ("none", "wire", "fence")
    assert (codes.NO_BARRIER, codes.WIRE, codes.FENCE) == (0, 1, 2)


def test_metrics_are_in_the_order_of_their_codes() -> None:
    assert [getattr(metrics, name.upper()) for name in metrics.METRIC_NAMES] == list(
        range(len(metrics.METRICS))
    )
    assert len(set(metrics.METRIC_NAMES)) == len(metrics.METRICS)


@pytest.mark.parametrize("kind", ["SEGMENT", "STRETCH"])
def test_metrics_of_places_are_in_the_order_of_their_codes(kind: str) -> None:
    names = [name.removeprefix("patrol_").upper() for name in getattr(metrics, f"{kind}_METRICS")]
    codes = [getattr(metrics, f"{kind}_{name}", getattr(metrics, name, None)) for name in names]
    assert codes == list(range(len(names)))


def test_metrics_of_people_are_in_the_order_of_their_codes() -> None:
    names = [metric.name for metric in metrics.PEOPLE_METRICS]
    assert [getattr(metrics, name.upper()) for name in names] == list(range(len(names)))


def test_every_metric_has_a_ledger_and_is_made_of_counted_ones() -> None:
    for metric in (*metrics.METRICS, *metrics.DERIVED, *metrics.PEOPLE_METRICS):
        assert metric.ledger in metrics.LEDGERS
        assert metric.unit
        assert metric.definition
    assert all(metric.formula == () for metric in metrics.METRICS)
    assert all(set(metric.formula) <= set(metrics.METRIC_NAMES) for metric in metrics.DERIVED)


def test_every_outcome_of_an_attempt_is_counted() -> None:
    assert set(codes.OUTCOMES) - {"died"} <= set(metrics.METRIC_NAMES)
    assert "deaths" in metrics.METRIC_NAMES


def test_every_decision_has_a_code_of_its_own() -> None:
    names = [RENAMED.get(name, name.upper()) for name in randomness.DECISIONS]
    assert [getattr(randomness, name) for name in names] == list(range(len(names)))
