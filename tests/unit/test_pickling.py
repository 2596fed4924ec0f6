"""Results can leave the process they were made in: pools, caches of notebooks."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from fake_model import install
from run_folders import DRAWN, experiment, quietly

import bordersim
from bordersim.api import resume_run
from bordersim.experiments import finished
from bordersim.experiments.reproduce import reproduce
from bordersim.results.experiment import Experiment

FRESH = multiprocessing.get_context("spawn")
DAYS = {"period.end": "2021-05-03"}


def again(made: Any) -> Any:
    """Send something to another process and back."""
    return pickle.loads(pickle.dumps(made))


def is_whole(sent: Experiment, made: Experiment) -> bool:
    """Return whether an experiment came with all its numbers."""
    for one, other in zip(sent.results, made.results, strict=True):
        assert (one.digest(), one.label, one.numbers) == (other.digest(), other.label, other.numbers)
        for name in ("daily", "stock", "segments", "stretches", "people", "totals"):
            pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    return bool(sent.digest == made.digest)


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("bytes_at_hand", [0, 10**9])
def test_an_experiment_can_be_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool, bytes_at_hand: int
) -> None:
    """A result held a function without a name, seen only after the work was done."""
    install(monkeypatch)
    monkeypatch.setattr(finished, "BYTES_IN_MEMORY", bytes_at_hand)
    made = experiment(tmp_path if kept else None, 60)
    assert is_whole(again(made), made)
    assert is_whole(copy.deepcopy(made), made)
    assert again(made.results[0]).daily.equals(made.results[0].daily)
    if kept:
        resumed = resume_run(str(made.folder), quietly())
        assert is_whole(again(resumed), made)
        assert again(reproduce(str(made.folder), quietly())).is_same


def test_a_comparison_can_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)
    made = bordersim.compare("history_2021", "early_fence_2021", replicates=2)
    assert again(made).table.equals(made.table)
    assert again(made).reference.digest() == made.reference.digest()


def test_draws_and_failures_can_be_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(monkeypatch)
    made = experiment(f"memory://{tmp_path}", 20, DRAWN, keep="totals")
    sent = again(made)
    assert (sent.digest, sent.draws, sent.failed) == (made.digest, made.draws, made.failed)
    pd.testing.assert_frame_equal(sent.metrics, made.metrics)


def one_run(seed: int, out: str | None = None) -> Any:
    """Run in a process of a pool."""
    return bordersim.run("history_2021", replicates=2, seed=seed, set=DAYS, workers=1, out=out)


def test_runs_in_a_pool_of_processes_come_back(tmp_path: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=FRESH) as pool:
        results = list(pool.map(one_run, [1, 2], [None, str(tmp_path)]))
    assert [result.seed for result in results] == [1, 2]
    assert results[0].digest() == one_run(1).digest()
    assert results[1].daily.equals(one_run(2).daily)
    assert (Path(str(results[1].folder)) / "metrics.csv").is_file()
