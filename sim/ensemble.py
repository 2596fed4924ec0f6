"""Scenarios x blocks of replicates on any `concurrent.futures.Executor`, one failure hurting no other.

The kernel holds no lock, so threads are the default. Whatever the number of workers and the order in
which they finish, a block's numbers are the same: each replicate is made from its own keys alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Any, NamedTuple

from sim.store.blocks import BlockArrays, Span, arrays_of, block_spans, join, piece_spans

Progress = Callable[[int, int], None]  # replicates done, replicates in all


class RunError(Exception):
    """A run that left nothing to show, told in one line."""


class Job(NamedTuple):
    """One block of one scenario."""

    scenario: int
    span: Span


class Outcome(NamedTuple):
    """What came of a job: its arrays, or why there are none."""

    job: Job
    arrays: BlockArrays | None
    error: Exception | None


def jobs_of(scenarios: int, replicates: int) -> list[Job]:
    """List the jobs, block by block, so that a run that is stopped early still holds pairs."""
    return [Job(scenario, span) for span in block_spans(replicates) for scenario in range(scenarios)]


def default_workers() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def workers_on(executor: Executor | None, workers: int | None) -> Iterator[Executor]:
    """Give the user's executor, or threads that are stopped at the end, waiting work thrown away."""
    if executor is not None:
        yield executor
        return
    own = ThreadPoolExecutor(workers or default_workers(), thread_name_prefix="replicates")
    try:
        yield own
    finally:
        own.shutdown(cancel_futures=True)


def simulate(
    worlds: Sequence[Any],
    seed: int,
    jobs: Sequence[Job],
    executor: Executor,
    progress: Progress | None = None,
) -> Iterator[Outcome]:
    """Simulate the jobs and yield each as soon as it is complete, in whatever order that is."""
    total, done = sum(job.span.size for job in jobs), 0
    pieces = _submit(worlds, seed, jobs, executor)
    parts: dict[Job, dict[Span, BlockArrays | Exception]] = {job: {} for job in jobs}
    for future in as_completed(list(pieces)):
        job, span = pieces.pop(future)  # nothing else holds the arrays then
        parts[job][span] = _result(future)
        done += span.size
        if progress:
            progress(done, total)
        if len(parts[job]) == len(piece_spans(job.span)):
            yield _outcome(job, parts.pop(job))


def _submit(
    worlds: Sequence[Any], seed: int, jobs: Sequence[Job], executor: Executor
) -> dict[Future[Any], tuple[Job, Span]]:
    """Hand every piece of every job to the executor."""
    from sim.engine import simulate_block

    return {
        executor.submit(simulate_block, worlds[job.scenario], seed, *span): (job, span)
        for job in jobs
        for span in piece_spans(job.span)
    }


def _result(future: Future[Any]) -> BlockArrays | Exception:
    """Take the arrays of a piece, or its error: one failed replicate must not end the others."""
    try:
        return arrays_of(future.result())
    except Exception as error:
        return error


def _outcome(job: Job, parts: dict[Span, BlockArrays | Exception]) -> Outcome:
    """Put a block together from its pieces, in order of replicate."""
    results = [parts[span] for span in sorted(parts)]
    errors = [result for result in results if isinstance(result, Exception)]
    if errors:
        return Outcome(job, None, errors[0])
    return Outcome(job, join([result for result in results if isinstance(result, BlockArrays)]), None)
