"""Work on an executor: not too much ahead, a dead worker noticed, no wait without a limit."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bordersim.errors import BadInput
from bordersim.experiments.pool import AHEAD, Pool, StoppedError, WorkerError, pool_on

FRESH = multiprocessing.get_context("spawn")


def square(number: int) -> int:
    """Do some work."""
    return number * number


def deadly(task: tuple[int, str]) -> int:
    """Kill the own process at task 5: always, or only the first time, told by a file."""
    number, mark = task
    if number == 5 and not (mark and Path(mark).exists()):
        if mark:
            Path(mark).touch()
        os.kill(os.getpid(), 9)
    return number


def test_results_come_with_their_tasks_and_an_error_ends_no_other() -> None:
    with pool_on(None, 2) as pool:
        done = dict(pool.done(lambda n: 1 // n, range(4)))
    assert isinstance(done.pop(0), ZeroDivisionError)
    assert done == {1: 1, 2: 0, 3: 0}


def test_no_more_is_handed_in_than_is_wanted_ahead() -> None:
    """A million tasks need no memory of a million."""
    taken = 0

    def tasks() -> Any:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    with pool_on(None, 2) as pool:
        most = max(taken - i for i, _ in enumerate(pool.done(square, tasks())))
    assert most <= AHEAD * 2 + 1


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    with ProcessPoolExecutor(2, mp_context=FRESH) as mine, pool_on(mine, tell=said.append) as pool:
        started = time.monotonic()
        tasks = [(n, str(tmp_path / "died")) for n in range(12)]
        done = {task[0]: result for task, result in pool.done(deadly, tasks)}
    assert done == {n: n for n in range(12)}
    assert said
    assert all("a worker died" in line for line in said)
    assert time.monotonic() - started < 60


def test_a_task_that_kills_its_worker_is_given_up_and_no_other() -> None:
    with ProcessPoolExecutor(2, mp_context=FRESH) as mine, pool_on(mine) as pool:
        done = {task[0]: result for task, result in pool.done(deadly, [(n, "") for n in range(12)])}
    assert isinstance(done.pop(5), WorkerError)
    assert done == {n: n for n in range(12) if n != 5}


def test_what_never_ends_is_given_up() -> None:
    release = threading.Event()
    with pool_on(None, 2, patience_s=1.5) as pool:
        done = dict(pool.done(lambda n: release.wait(60) if n == 1 else n, range(4)))
    release.set()
    assert isinstance(done[1], WorkerError)
    assert "no answer within 2 s" in str(done[1])
    assert {n: done[n] for n in (0, 2, 3)} == {0: 0, 2: 2, 3: 3}


def test_workers_that_all_fall_silent_end_the_run() -> None:
    release = threading.Event()
    with (
        pytest.raises(StoppedError, match="no worker has answered for 1 s"),
        pool_on(None, 2, None, 1.0) as pool,
    ):
        list(pool.done(lambda _: release.wait(60), range(100)))
    release.set()


class Gone(Executor):
    """An executor whose workers cannot be reached."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Refuse."""
        raise ConnectionError("no route")


def test_workers_out_of_reach_end_the_run_in_one_line() -> None:
    with pytest.raises(StoppedError, match=r"cannot be reached.*no route"):
        list(Pool(Gone(), 1).done(square, [1]))


def test_the_users_executor_is_left_running() -> None:
    with ThreadPoolExecutor(1) as mine:
        with pool_on(mine) as pool:
            assert dict(pool.done(square, [3])) == {3: 9}
        assert mine.submit(square, 2).result() == 4


def test_a_scheduler_that_does_not_answer_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("bordersim.experiments.pool.CONNECT_S", 1)
    with (
        pytest.raises(BadInput, match="no Dask scheduler answers"),
        pool_on(None, cluster="tcp://127.0.0.1:9"),
    ):
        pass


class Cancelling(Executor):
    """Somebody else takes back what was handed in, as a scheduler does that dies."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:  # type: ignore[override]
        future: Future[Any] = Future()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future


def test_what_others_cancel_is_no_failed_task() -> None:
    with pytest.raises(StoppedError, match="is gone"):
        list(Pool(Cancelling(), 2).done(square, [1, 2]))


def test_workers_that_go_and_come_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bordersim.experiments.pool.LOOK_S", 0.0)
    there, said = iter([2, 0, 0, 1]), list[str]()
    with ThreadPoolExecutor(2) as mine:
        pool = Pool(mine, 2, tell=said.append, count=lambda: next(there, 1))
        assert len(list(pool.done(square, range(60)))) == 60
    assert said == [
        "0 of the cluster's 2 workers are there; waiting for others",
        "1 of the cluster's 2 workers are there",
    ]
