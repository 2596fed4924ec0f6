"""No number depends on workers, order or length of the run; one failure hurts no other block."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from executors import LastFirst
from fake_model import install, make_block, make_scenario

from bordersim.api import run_experiment
from bordersim.errors import RunError
from bordersim.experiments.plan import Plan
from bordersim.experiments.settings import Settings
from bordersim.results.experiment import Experiment
from bordersim.results.failures import Failure, told
from bordersim.results.store.blocks import Span, block_spans


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)


def experiment(replicates: int, **settings: Any) -> Experiment:
    """Run two scenarios that differ, in memory."""
    scenarios = [make_scenario("first"), make_scenario("second", shift=2.0)]
    return run_experiment(scenarios, Settings(replicates, **settings))  # type: ignore[arg-type]


def test_blocks_are_aligned_and_only_the_last_is_shorter() -> None:
    assert list(block_spans(120)) == [Span(0, 50), Span(50, 50), Span(100, 20)]
    assert list(block_spans(50)) == [Span(0, 50)]
    assert list(block_spans(100)) == list(block_spans(200))[:2]


def test_jobs_go_block_by_block_so_that_a_stopped_run_holds_pairs() -> None:
    plan = Plan.of([make_scenario("a"), make_scenario("b")], Settings(100), {}, [{}])  # type: ignore[list-item]
    jobs = [(job.cell.scenario, job.span.first) for job in plan.jobs()]
    assert jobs == [(0, 0), (1, 0), (0, 50), (1, 50)]


def test_one_worker_two_workers_and_reverse_order_give_the_same_digest() -> None:
    one, two = experiment(120, workers=1), experiment(120, workers=2)
    reverse = experiment(120, executor=LastFirst())
    assert one.digest == two.digest == reverse.digest


def test_the_first_replicates_of_a_longer_run_are_those_of_a_shorter_one() -> None:
    for short, long in zip(experiment(70).results, experiment(130).results, strict=True):
        assert long.digest(first=70) == short.digest()
        assert long.digest() != short.digest()
        np.testing.assert_array_equal(long.totals[: len(short.totals)], short.totals)


def test_a_number_that_differs_changes_the_digest() -> None:
    first, second = experiment(10).results
    assert first.digest() != second.digest()


def test_progress_counts_up_to_the_number_of_replicates_of_all_scenarios() -> None:
    seen: list[tuple[int, int]] = []
    experiment(60, progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1] == (120, 120)


def failing(world: Any, seed: int, first_replicate: int, count: int) -> Any:
    """Fail where replicate 55 is made."""
    if first_replicate <= 55 < first_replicate + count:
        raise RuntimeError("replicate 55 does not add up")
    return make_block(world, seed, first_replicate, count)


@pytest.fixture
def _failing_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules["bordersim.model.engine"].__dict__, "simulate_block", failing)


@pytest.mark.usefixtures("_failing_engine")
def test_a_failed_replicate_costs_itself_and_no_other() -> None:
    made = experiment(100)
    assert [result.numbers for result in made.results] == [[n for n in range(100) if n != 55]] * 2
    assert [(each.scenario, each.replicate) for each in made.failed] == [("first", 55), ("second", 55)]
    assert made.failures[0] == "first, replicate 55: RuntimeError: replicate 55 does not add up"
    assert "in failing" in made.failed[0].traceback
    assert (made.differences["replicates"].max(), set(made.differences["missing"])) == (99, {1})
    assert (made.missing, set(made.metrics["missing"])) == (2, {1})


@pytest.mark.usefixtures("_failing_engine")
def test_on_error_stop_ends_at_the_first_failure() -> None:
    with pytest.raises(RunError, match=r"first failure: (first|second), replicate 55"):
        experiment(100, on_error="stop")


def test_a_scenario_without_any_replicate_is_a_failed_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules["bordersim.model.engine"].__dict__, "simulate_block", _always_failing)
    with pytest.raises(RunError, match="no luck"):
        run_experiment([make_scenario()], Settings(40))  # type: ignore[list-item]


@pytest.mark.parametrize("on_error", ["continue", "stop"])
def test_a_run_that_ends_without_a_result_leaves_the_tracebacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_error: str
) -> None:
    monkeypatch.setitem(sys.modules["bordersim.model.engine"].__dict__, "simulate_block", _always_failing)
    with pytest.raises(RunError, match="no luck"):
        run_experiment([make_scenario()], Settings(40, out=tmp_path, on_error=on_error))  # type: ignore[list-item]
    (written,) = tmp_path.glob("*/*/*/failed.csv")
    assert "in _always_failing" in written.read_text()


def test_of_many_failures_the_first_few_are_named() -> None:
    failed = [Failure("first", 0, n, 1, "no luck", "") for n in (4, 8, 19, 33)]
    assert told(failed) == ["first, 4 replicates (4, 8, 19, ...): no luck"]
    assert told(failed[:2]) == ["first, 2 replicates (4, 8): no luck"]


def _always_failing(*_: Any) -> Any:
    raise RuntimeError("no luck")


def test_the_users_executor_is_left_running() -> None:
    with ThreadPoolExecutor(1) as mine:
        experiment(10, executor=mine)
        assert mine.submit(lambda: 1).result() == 1
