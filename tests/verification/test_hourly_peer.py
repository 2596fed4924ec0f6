"""The hourly Mesa models that speed is compared with agree with the engine: the same model, other chance.

Over independent replicates, attempts are compared by their means and all else by how much there is of it
for each attempt, with Welch's t test, two-sided (shares by the delta method). All of them together fail
with a chance of `FALSE_ALARM` although the models are the same in distribution, shared out evenly. The
world is small and has many rules at work; what differs (patrols stand still for an hour, groups or persons
act in no order within an hour) is too small to be found with so many replicates.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from scipy import stats
from small_worlds import ORIGINS, small_world

from benchmarks.hourly_mesa import HourlyModel, HourlyPatrol
from benchmarks.hourly_persons import HourlyPerson, PersonsModel
from bordersim.model.engine import simulate_block
from bordersim.model.world import World
from bordersim.words.codes import ADMITTED, STATES
from bordersim.words.metrics import METRIC_NAMES

Say = Callable[[str], None]
FALSE_ALARM = 1e-4
HOURLY, ENGINE = 300, 4000
MODELS = {"groups": HourlyModel, "persons": PersonsModel}
# What is compared, and the relative fault that so many replicates can hardly miss.
FINDS = {
    "attempts": 0.06,
    "detected": 0.05,
    "entry_prevented": 0.1,
    "turned_back": 0.06,
    "apprehended": 0.12,
    "undetected_entry": 0.05,
    "got_away": 0.2,
    "responses": 0.06,
    "response_hours": 0.08,
    "patrol_busy_hours": 0.06,
    "captive_person_days": 0.2,
    "deaths": 0.12,
    "repeat_returns": 0.12,
    "record_attempts": 0.06,
}


@cache
def world() -> World:
    """Return twelve days of turning back all but recognised vulnerable people, with many people."""
    return small_world({f"inflow.origins.{name}.people_per_day": 60 for name in ORIGINS})


def run_hourly(kind: str) -> np.ndarray:
    """Return all metrics by replicate of an hourly model."""
    model = MODELS[kind]
    return np.array([model(world(), seed).run().daily.sum(axis=(0, 1)) for seed in range(HOURLY)])


@cache
def hourly_totals(kind: str) -> np.ndarray:
    """Return the same, run once."""
    return run_hourly(kind)


@cache
def engine_totals() -> np.ndarray:
    """Return all metrics by replicate of the engine."""
    return simulate_block(world(), 1, 0, ENGINE).daily.sum(axis=(1, 2))


def assert_same(hourly: np.ndarray, engine: np.ndarray, metric: str) -> float:
    """Check two samples, large enough to find a fault; return the relative difference."""
    levels, errors = np.array([level_and_error(sample, metric) for sample in (hourly, engine)]).T
    freedom = errors.sum() ** 2 / (errors**2 / (HOURLY - 1, ENGINE - 1)).sum()
    bound = stats.t.isf(FALSE_ALARM / len(FINDS) / len(MODELS) / 2, freedom) * np.sqrt(errors.sum())
    assert 2 * bound <= FINDS[metric] * levels[1], f"so few replicates find no fault of {FINDS[metric]}"
    difference = levels[0] - levels[1]
    assert abs(difference) <= bound, f"hourly {levels[0]:.4g}, engine {levels[1]:.4g} +- {bound:.2g}"
    return float(difference / levels[1])


def level_and_error(sample: np.ndarray, metric: str) -> tuple[float, float]:
    """Return the mean of attempts, or of a metric for each attempt, and the variance of that mean."""
    attempts, counted = (sample[:, METRIC_NAMES.index(name)] for name in ("attempts", metric))
    if metric == "attempts":
        return counted.mean(), counted.var(ddof=1) / len(sample)
    share = counted.mean() / attempts.mean()
    return share, (counted - share * attempts).var(ddof=1) / len(sample) / attempts.mean() ** 2


@pytest.mark.parametrize("kind", MODELS)
@pytest.mark.parametrize("metric", FINDS)
def test_hourly_model_and_engine_have_the_same_mean(kind: str, metric: str, say: Say) -> None:
    say(f"{metric}: {kind} {assert_same(hourly_totals(kind), engine_totals(), metric):+.2%}")


@pytest.mark.parametrize("kind", MODELS)
def test_a_slower_response_would_be_found(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    arrival_h = HourlyPatrol.arrival_h
    monkeypatch.setattr(HourlyPatrol, "arrival_h", lambda patrol, place: arrival_h(patrol, place) + 0.2)
    with pytest.raises(AssertionError, match="hourly"):
        assert_same(run_hourly(kind), engine_totals(), "entry_prevented")


def test_every_person_not_gone_for_good_is_an_agent_and_steps_each_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    step, model, steps, patrols = HourlyPerson.step, PersonsModel(world(), 1), 0, 0

    def counted_step(person: HourlyPerson) -> None:
        nonlocal steps
        steps += 1
        step(person)

    monkeypatch.setattr(HourlyPerson, "step", counted_step)
    while model.day < model.world.days:
        model.step()
        patrols += len(model.agents_by_type[HourlyPatrol])
        if model.hour % 24 == 0:
            people = sum(model.stock[-1][state] for state in STATES[:ADMITTED])
            assert len(model.agents_by_type[HourlyPerson]) == people > 0
    assert model.turns == steps + patrols
    assert steps > patrols
