"""Work on any `concurrent.futures.Executor`: bounded look-ahead, no wait without a time limit.

The kernel holds no lock, so threads are the default. Whatever the number of workers and the order in
which they finish, a block's numbers are the same: each replicate is made from its own keys alone.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from typing import Any, NamedTuple

from bordersim.errors import BadInput, BordersimError, RunError

Progress = Callable[[int, int], None]  # replicates done, replicates in all

CONNECT_S = 10
KNOCK_S = 0.2
SCHEMES = ("tcp", "tls")
THREADS = "blocks"  # what our own threads are called
AHEAD = 3  # tasks handed in for each worker, so that none waits for the next one
LOOK_S = 1.0
PATIENCE_S = 1800.0  # before anything has finished nobody knows how long it takes
SLOWEST_TIMES = 20.0
SHORTEST_PATIENCE_S = 120.0
DEATHS = ("BrokenProcessPool", "BrokenExecutor", "KilledWorker")


class StoppedError(RunError):
    """An error that stops a run; finished blocks are kept."""


class WorkerError(BordersimError):
    """A task that did not finish: its worker died twice, or never answered."""


class Flight(NamedTuple):
    """A submitted task: when, and whether alone because its worker died before."""

    task: Any
    since: float
    alone: bool


class Pool:
    """An executor with its submitted tasks; one whose processes died is restarted.

    Parameters
    ----------
    executor
        The user's, or our own.
    workers
        How many tasks it runs at once, if it does not say so itself.
    patience_s
        How long to wait for a task before it is given up; None takes half an hour for the first and then
        many times what the slowest so far has taken.
    tell
        Called with a message when a worker dies.
    count
        Returns the number of workers, where others start and stop them.
    """

    def __init__(
        self,
        executor: Executor,
        workers: int | None,
        patience_s: float | None = None,
        tell: Callable[[str], None] | None = None,
        count: Callable[[], int] | None = None,
    ) -> None:
        self.executor = executor
        self.workers = getattr(executor, "_max_workers", None) or workers or default_workers()
        self.abandoned = 0
        self._tell = tell or (lambda _: None)
        self._patience_s = patience_s
        self._slowest_s = 0.0
        self._count, self._counted, self._looked = count, self.workers, time.monotonic()
        self._flying: dict[Future[Any], Flight] = {}
        self._suspects: list[Any] = []

    def done(self, call: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """Call for every task and yield each with its result, or its exception, in whatever order.

        When a worker dies, its tasks are tried once more, one at a time, so that only a task
        that kills its worker is abandoned.
        """
        waiting = iter(tasks)
        while self._hand_in(call, waiting):
            yield from self._landed()
            self._recount()
            yield from self._overdue()

    def cancel(self) -> None:
        """Cancel submitted tasks that have not begun."""
        for future in self._flying:
            future.cancel()

    def _hand_in(self, call: Callable[[Any], Any], waiting: Iterator[Any]) -> int:
        """Submit tasks up to the look-ahead limit; return how many are pending."""
        if self._suspects and not self._flying:
            self._submit(call, self._suspects.pop(0), alone=True)
        while not self._suspects and not self._is_alone() and len(self._flying) < AHEAD * self.workers:
            task = next(waiting, None)
            if task is None:
                break
            self._submit(call, task, alone=False)
        return len(self._flying)

    def _is_alone(self) -> bool:
        """Return whether the pending task must run alone."""
        return any(flight.alone for flight in self._flying.values())

    def _submit(self, call: Callable[[Any], Any], task: Any, alone: bool) -> None:
        """Submit a task, to new processes if the old ones died."""
        try:
            try:
                future = self.executor.submit(call, task)
            except BrokenExecutor:
                self.executor = _anew(self.executor)
                future = self.executor.submit(call, task)
        except StoppedError:
            raise
        except Exception as error:
            raise StoppedError(f"the workers cannot be reached ({error!r})") from error
        self._flying[future] = Flight(task, time.monotonic(), alone)

    def _landed(self) -> Iterator[tuple[Any, Any]]:
        """Yield finished tasks; set aside those to be tried again."""
        finished, _ = wait(list(self._flying), timeout=LOOK_S, return_when=FIRST_COMPLETED)
        for future in finished:
            flight = self._flying.pop(future)
            result = _result(future)
            if isinstance(result, CancelledError):  # not by us: we forget what we cancel
                raise StoppedError("the scheduler, or who else hands out work, is gone")
            if type(result).__name__ not in DEATHS:
                self._slowest_s = max(self._slowest_s, time.monotonic() - flight.since)
                yield flight.task, result
            elif flight.alone:
                yield flight.task, WorkerError(f"its worker died twice: {result!r}")
            else:
                self._suspects.append(flight.task)
                self._tell(f"a worker died; made once more: {flight.task}")

    def _recount(self) -> None:
        """Report within seconds when workers left or joined."""
        if self._count is None or time.monotonic() - self._looked < LOOK_S:
            return
        self._looked = time.monotonic()
        there = self._count()
        if there != self._counted:
            lost = "" if there else "; waiting for others"
            self._tell(f"{there} of the cluster's {self.workers} workers are there{lost}")
            self._counted = there

    def _overdue(self) -> Iterator[tuple[Any, Any]]:
        """Abandon tasks that take too long."""
        later = max(SHORTEST_PATIENCE_S, SLOWEST_TIMES * self._slowest_s)
        limit = self._patience_s or (later if self._slowest_s else PATIENCE_S)
        now = time.monotonic()
        late = [f for f, flight in self._flying.items() if now - flight.since > limit and not f.done()]
        for future in late:
            self.abandoned += not future.cancel()
        if len(late) == len(self._flying) >= self.workers:
            raise StoppedError(f"no worker has answered for {limit:.0f} s")
        for future in late:
            yield self._flying.pop(future).task, WorkerError(f"no answer within {limit:.0f} s")


def default_workers() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def pool_on(
    executor: Executor | None,
    workers: int | None = None,
    cluster: str | None = None,
    patience_s: float | None = None,
    tell: Callable[[str], None] | None = None,
) -> Iterator[Pool]:
    """Return the user's executor, a cluster's, or threads of our own that are stopped at the end."""
    if cluster is not None:
        with _client(cluster) as client:
            workers = sum(client.nthreads().values())
            pool = Pool(client.get_executor(), workers, patience_s, tell, _counting(client))
            with _open(pool):
                yield pool
        return
    own = None if executor else ThreadPoolExecutor(workers or default_workers(), THREADS)
    pool = Pool(executor or own, workers, patience_s, tell)  # type: ignore[arg-type]
    try:
        with _open(pool):
            yield pool
    finally:
        if pool.executor is not executor:
            pool.executor.shutdown(wait=not pool.abandoned, cancel_futures=True)


@contextmanager
def _open(pool: Pool) -> Iterator[Pool]:
    """Yield a pool and cancel its remaining tasks at the end."""
    try:
        yield pool
    finally:
        pool.cancel()


def _client(address: str) -> Any:
    """Connect to a Dask scheduler that has workers."""
    try:
        from distributed import Client
    except ImportError:
        raise BadInput("--cluster needs the package distributed: pip install 'bordersim[cluster]'") from None
    try:
        _knock(address)
        for name in ("distributed", "distributed.client"):  # what goes wrong we say in our words
            logging.getLogger(name).setLevel(logging.CRITICAL)
        client: Any = Client(address, timeout=CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise BadInput(f"--cluster {address}: no Dask scheduler answers there ({error})") from None
    if not client.nthreads():
        client.close()
        raise BadInput(f"--cluster {address}: the scheduler has no worker")
    return client


def _counting(client: Any) -> Callable[[], int]:
    """Return what counts the threads of a cluster's workers."""

    def count() -> int:
        try:
            return sum(client.nthreads().values())
        except (OSError, ValueError, RuntimeError) as error:
            raise StoppedError(f"the scheduler is gone ({error})") from error

    return count


def _knock(address: str) -> None:
    """Wait until the scheduler listens: a client that finds none takes long to give up, and to be stopped."""
    from distributed.comm.addressing import get_address_host_port, parse_address, resolve_address

    scheme = parse_address(address)[0]
    if scheme not in SCHEMES:
        raise ValueError(f"expects {' or '.join(f'{each}://HOST:PORT' for each in SCHEMES)}")
    end = time.monotonic() + CONNECT_S
    place = get_address_host_port(resolve_address(address))
    while True:
        try:
            socket.create_connection(place, CONNECT_S).close()
        except (socket.gaierror, OverflowError) as error:
            raise ValueError(str(error)) from error
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(KNOCK_S)
        else:
            return


def _anew(executor: Executor) -> Executor:
    """Start new processes in place of those that died."""
    if not isinstance(executor, ProcessPoolExecutor):
        raise StoppedError("the workers are gone")
    workers, context = executor._max_workers, executor._mp_context  # type: ignore[attr-defined]
    return ProcessPoolExecutor(workers, mp_context=context)


def _result(future: Future[Any]) -> Any:
    """Return the result of a task or its error: one failed task must not end the others."""
    try:
        return future.result()
    except (Exception, CancelledError) as error:
        return error
