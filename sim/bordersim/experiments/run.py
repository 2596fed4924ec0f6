"""One experiment from scenarios to results: check, simulate, keep.

The caller writes the report while the folder is still locked: `simulated` is a context manager.
"""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from bordersim.errors import RunError
from bordersim.experiments.finished import Finished
from bordersim.experiments.memory import refuse_what_does_not_fit
from bordersim.experiments.plan import Job, Plan
from bordersim.experiments.pool import Pool, StoppedError
from bordersim.experiments.settings import STOP, Settings
from bordersim.experiments.workers import Order, OtherSourcesError, Report, StoreError, make_block, order_of
from bordersim.results.draws import NO_DRAW, Draw, values_of
from bordersim.results.experiment import ALL_TABLES, Cell, Experiment
from bordersim.results.failures import FAILED_FILE, Failure, one_line, told, write_failed
from bordersim.results.paired import refuse_unlike
from bordersim.results.readings import listed
from bordersim.results.store.finished_block import Block
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.names import HISTORIES, REPLICATES
from bordersim.results.store.result import Result
from bordersim.results.store.run_lock import alone_in
from bordersim.results.store.tables import Land

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.model.world import World


Work = Callable[[Order], Report]


class Simulated(NamedTuple):
    """A simulated experiment, and the folder that stays locked until its report is written."""

    experiment: Experiment
    settings: Settings
    folder: RunFolder | None
    started: float


@contextmanager
def simulated(
    scenarios: Sequence[Scenario],
    settings: Settings,
    sets: Mapping[str, object] | None = None,
    draws: Sequence[Draw] = NO_DRAW,
) -> Iterator[Simulated]:
    """Simulate the scenarios, the first of which is the reference, and keep the run folder locked.

    Every draw is a set of values by dotted key, applied to each scenario alike.

    Raises
    ------
    BadInput
        Before anything is simulated or written: the request is invalid.
    RunError
        When no replicate of a scenario succeeded, or results cannot be written.
    """
    started = time.monotonic()
    settings = replace(settings, notes=tuple(dict.fromkeys([*settings.notes, *_notes_of(scenarios)])))
    plan = Plan.of(scenarios, settings, sets or {}, draws)
    empty = empty_results(plan, settings)
    with settings.pool() as pool:  # workers that cannot be reached leave no folder
        folder = new_folder(plan, settings)
        finished = Finished(folder.blocks if folder else None)
        with alone_in(folder), carried_out(plan, empty, settings, pool, folder, finished, started) as made:
            yield made


def _notes_of(scenarios: Sequence[Scenario]) -> Iterator[str]:
    """Yield what a reader must know of the values of the scenarios."""
    return (note for scenario in scenarios for note in scenario.notes)


def new_folder(plan: Plan, settings: Settings) -> RunFolder | None:
    """Make the run folder, if one is wanted, with the plan of the run."""
    if settings.out is None:
        return None
    names, said = listed(plan.names), settings.command or "called from Python"
    draws = f" with {len(plan.cell_draws)} draws" if len(plan.cell_draws) > 1 else ""
    begun = f"{said}: {plan.replicates} replicates of {names}{draws}"
    return RunFolder.create(settings.out, plan.experiment_name, plan.about(settings), plan.texts(), begun)


def empty_results(plan: Plan, settings: Settings) -> list[Result]:
    """Return the results of the scenarios before they have any replicate.

    Refuse scenarios that cannot be compared, or that do not fit into memory.
    """
    from bordersim.model.world import build_world

    worlds = [build_world(scenario) for scenario in plan.scenarios]
    results = [_empty(plan, scenario, world) for scenario, world in zip(plan.scenarios, worlds, strict=True)]
    refuse_unlike(results)
    refuse_what_does_not_fit(worlds, settings, plan.block_count)
    for scenario in plan.scenarios if plan.draws != NO_DRAW else ():
        scenario.with_values(values_of(plan.draws[0], scenario.name))  # refuses an unknown key
    return results


def _empty(plan: Plan, scenario: Scenario, world: World) -> Result:
    """Return the result of a scenario before it has any replicate."""
    land, seed = Land.of(world), scenario.config.run.seed
    return Result(
        *(scenario, seed, plan.replicates, land, (), plan.sets),
        keeps_days=plan.keep == ALL_TABLES,
        repetitions=HISTORIES if plan.is_given else REPLICATES,
    )


@contextmanager
def carried_out(
    plan: Plan,
    empty: Sequence[Result],
    settings: Settings,
    pool: Pool,
    folder: RunFolder | None,
    finished: Finished,
    started: float,
    work: Work = make_block,
) -> Iterator[Simulated]:
    """Make the missing blocks by `work`, which simulates them; errors there or in the report are logged."""
    run = _Run(plan, settings, folder, finished, work)
    with keeping(folder, run.failed):
        run.make_missing(pool)
        yield Simulated(_experiment(run, empty), settings, folder, started)


@contextmanager
def keeping(folder: RunFolder | None, failed: list[Failure] | None = None) -> Iterator[None]:
    """Write down what stops a run, keep what is there, and say how to go on."""
    try:
        yield
    except BaseException as error:
        if folder:
            with suppress(OSError):
                write_failed(folder, failed or [])
            folder.say_stopped(error)
        if isinstance(error, (StoppedError, StoreError, OtherSourcesError, OSError)):
            raise RunError(_how_to_go_on(_words(error), folder)) from error
        if isinstance(error, KeyboardInterrupt):
            raise KeyboardInterrupt(_how_to_go_on("stopped", folder)) from error
        raise


def _words(error: BaseException) -> str:
    """Return what stopped a run; for a system error, the system's message."""
    if isinstance(error, OSError) and error.errno:
        return f"cannot write the results ({os.strerror(error.errno)})"
    return str(error) or repr(error)


def _how_to_go_on(text: str, folder: RunFolder | None) -> str:
    """Return the command that resumes an interrupted run, quoted for a shell."""
    if folder is None:
        return text
    where = shlex.quote(str(folder.location))
    return f"{text}; finished blocks are kept, resume with: bordersim resume {where}"


@dataclass
class _Run:
    """A run in progress: finished blocks and failures."""

    plan: Plan
    settings: Settings
    folder: RunFolder | None
    finished: Finished
    work: Work
    failed: list[Failure] = field(default_factory=list)

    def make_missing(self, pool: Pool) -> None:
        """Simulate every missing block, keeping just enough queued for the workers."""
        blocks = self.finished.blocks
        done = sum(block.span.size for block in blocks.values())
        todo = (job for job in self.plan.jobs() if job not in blocks)
        for order, answer in pool.done(self.work, self._orders(todo, pool)):
            if isinstance(answer, Report):
                self._keep(order.job, answer)
            else:
                self._lose(order.job, answer)
            done += order.job.span.size
            if self.settings.progress:
                self.settings.progress(done, self.plan.total)
            if self.settings.on_error == STOP and self.failed:
                raise StoppedError(f"stopped at the first failure: {told(self.failed)[0]}")

    def _orders(self, todo: Iterable[Job], pool: Pool) -> Iterable[Any]:
        """Yield work orders lazily."""
        root = str(self.folder.place.absolute) if self.folder else None
        in_process = isinstance(pool.executor, ThreadPoolExecutor)
        for job in todo:
            yield order_of(self.plan, job, root, self.settings.on_error, in_process)

    def _keep(self, job: Job, report: Report) -> None:
        """Record a finished block: on disk or, where nothing is written, in memory."""
        self.failed += report.failed
        if report.made is not None:
            self.finished.add(job, report.name, report.made)
        elif report.numbers:
            self.finished.add_stored(job, report.name, report.numbers)
        if self.folder:
            self.folder.log(f"block {report.name}: {len(report.numbers)} replicates, {report.seconds:.1f} s")
            for text in told(report.failed):
                self.folder.log(f"failed: {text}")

    def _lose(self, job: Job, error: BaseException) -> None:
        """Record a failed block; stop where results can no longer be written."""
        if isinstance(error, (StoreError, OtherSourcesError)):
            raise error
        name, draw, seed = self.plan.names[job.cell.scenario], job.cell.draw, self.plan.seed_of(job.cell.draw)
        lost = [Failure(name, draw, n, seed, one_line(error), repr(error)) for n in job.span.numbers]
        self.failed += lost
        if self.folder:
            self.folder.log(f"failed: {told(lost)[0]}")


def experiment_of(
    plan: Plan, settings: Settings, folder: RunFolder, finished: Finished, empty: Sequence[Result]
) -> Experiment:
    """Return the experiment of blocks that are all there."""
    return _experiment(_Run(plan, settings, folder, finished, make_block), empty)


def _experiment(run: _Run, empty: Sequence[Result]) -> Experiment:
    """Return each result with its blocks; raise if one has none."""
    by_cell: dict[Cell, list[Block]] = {}
    for job in sorted(run.finished.blocks, key=lambda job: (job.cell, job.span)):
        by_cell.setdefault(job.cell, []).append(run.finished.blocks[job])
    cells = {
        Cell(i, d): _filled(result, by_cell.get(Cell(i, d), []), draw, run.folder)
        for i, result in enumerate(empty)
        for d, draw in enumerate(run.plan.cell_draws)
    }
    names = run.plan.names
    failed = sorted(run.failed, key=lambda each: (names.index(each.scenario), each.draw, each.replicate))
    failures = told(failed)
    if len({cell.scenario for cell in by_cell}) < len(empty):
        where = f"; its traceback: {run.folder.location}/{FAILED_FILE}" if run.folder else ""
        raise RunError(failures[0] + where)
    results = tuple(cells[Cell(i, 0)] for i in range(len(empty)))
    location = run.folder.location if run.folder else None
    worth = run.settings.worth
    return Experiment(results, failures, location, run.plan.cell_draws, cells, tuple(failed), worth)


def _filled(result: Result, blocks: Sequence[Block], draw: Draw, folder: RunFolder | None) -> Result:
    """Return a result with its blocks."""
    location = folder.location if folder else None
    return replace(result, blocks=tuple(blocks), sets={**result.sets, **draw}, folder=location)
