"""Threads, processes and a Dask cluster give the same bits; a worker killed in mid-run costs no number."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from bordersim.api import resume_run, run_experiment
from bordersim.errors import RunError
from bordersim.experiments.reproduce import reproduce
from bordersim.experiments.settings import Settings
from bordersim.inputs import load_scenario
from bordersim.results.experiment import Experiment

ROOT = Path(__file__).parents[2]
SUMMER = {"period.end": "2021-08-31"}
REPLICATES = 300


def experiment(out: Path, **how: object) -> Experiment:
    """Run a summer of one scenario; a block takes about a quarter of a second."""
    scenario = load_scenario(["history_2021"], SUMMER)
    settings = Settings(REPLICATES, out=out, pictures=(), block_replicates=20, **how)  # type: ignore[arg-type]
    return run_experiment([scenario], settings, SUMMER)


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one thread gives."""
    return experiment(tmp_path_factory.mktemp("one"), workers=1).digest


class Cluster:
    """A Dask scheduler and two workers, each a process of its own, on the loopback interface."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
        port = self.address.rpartition(":")[2]
        self.scheduler = _start("dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        self.workers = [
            _start("dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
            for _ in range(2)
        ]
        self._wait_for_workers()

    def _wait_for_workers(self) -> None:
        from distributed import Client

        with Client(self.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)

    def stop(self) -> None:
        """Stop what is still running."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def _start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a part of Dask."""
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT / "sim")},
    )


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    made = Cluster()
    yield made
    made.stop()


def when_there_is_a_block(out: Path, call: object) -> threading.Thread:
    """Call as soon as the first block is on disk, in the middle of the run."""

    def wait() -> None:
        while not list(out.glob("*/*/*/blocks/*.parquet")):
            time.sleep(0.01)
        call()  # type: ignore[operator]

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def test_two_threads_and_two_processes_give_the_bits_of_one_thread(tmp_path: Path, digest: str) -> None:
    assert experiment(tmp_path / "threads", workers=2).digest == digest
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        made = experiment(tmp_path / "processes", executor=processes)
        assert made.digest == digest
        assert reproduce(str(made.folder), Settings(executor=processes), sample=3).is_same


def test_a_process_killed_in_mid_run_costs_no_number(tmp_path: Path, digest: str) -> None:
    said: list[str] = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        kill = when_there_is_a_block(tmp_path, lambda: next(iter(processes._processes.values())).kill())
        made = experiment(tmp_path, executor=processes, tell=said.append)
        kill.join()
    assert (made.digest, made.failures) == (digest, [])
    assert any("a worker died" in line for line in said)


def test_a_cluster_gives_the_same_bits(tmp_path: Path, digest: str, cluster: Cluster) -> None:
    made = experiment(tmp_path, cluster=cluster.address)
    assert made.digest == digest
    assert reproduce(str(made.folder), Settings(cluster=cluster.address), sample=2).is_same


def test_one_of_two_cluster_workers_killed_in_mid_run_costs_no_number(
    tmp_path: Path, digest: str, cluster: Cluster, say: object
) -> None:
    at: list[float] = []

    def kill() -> None:
        cluster.workers[0].kill()
        at.append(time.monotonic())

    said: list[tuple[str, float]] = []
    thread = when_there_is_a_block(tmp_path, kill)
    made = experiment(
        tmp_path, cluster=cluster.address, tell=lambda line: said.append((line, time.monotonic()))
    )
    after = time.monotonic() - at[0]
    thread.join()
    assert (made.digest, made.failures) == (digest, [])
    say(f"one worker of two killed: the other finished {after:.1f} s later")  # type: ignore[operator]
    assert after < 60
    assert said[0][0] == "1 of the cluster's 2 workers are there"
    assert said[0][1] - at[0] < 10


def test_a_scheduler_that_dies_ends_the_run_with_nothing_counted_as_failed(
    tmp_path: Path, digest: str, cluster: Cluster
) -> None:
    when_there_is_a_block(tmp_path, cluster.scheduler.kill)
    with pytest.raises(RunError, match=r"the scheduler.* is gone.*resume with: bordersim resume"):
        experiment(tmp_path, cluster=cluster.address)
    (folder,) = (path.parent for path in tmp_path.glob("*/*/*/manifest.json"))
    assert not (folder / "failed.csv").exists()
    assert resume_run(folder, Settings(workers=2, pictures=())).digest == digest


def test_without_any_worker_left_the_run_ends_and_is_finished_elsewhere(
    tmp_path: Path, digest: str, cluster: Cluster
) -> None:
    def kill() -> None:
        for worker in cluster.workers:
            worker.kill()

    when_there_is_a_block(tmp_path, kill)
    with pytest.raises(RunError, match=r"no worker has answered for 15 s; .*resume with: bordersim resume"):
        experiment(tmp_path, cluster=cluster.address, patience_s=15)
    (folder,) = (path.parent for path in tmp_path.glob("*/*/*/manifest.json"))
    assert json.loads((folder / "manifest.json").read_text())["status"] == "failed"
    assert resume_run(folder, Settings(workers=2, pictures=())).digest == digest
