"""An assimilation in a run folder: each filter and each chain a file; a killed run loses those in hand.

What is found depends on the exercise alone: not on the number of workers, their order, or how often it was
stopped and resumed.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bordersim.analyses.assimilation import KIND
from bordersim.analyses.assimilation.exercise import Exercise
from bordersim.analyses.assimilation.posterior import write_posterior
from bordersim.analyses.assimilation.relay import Work, relay
from bordersim.analyses.assimilation.tasks import Found, Task, made, read, task_of
from bordersim.errors import BadInput, RunError
from bordersim.experiments.plan import Plan
from bordersim.experiments.pool import default_workers
from bordersim.experiments.resume import refuse_changed
from bordersim.experiments.run import keeping
from bordersim.results.draws import NO_DRAW
from bordersim.results.store import provenance
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.manifest import COMPLETE
from bordersim.results.store.names import BLOCKS, MANIFEST
from bordersim.results.store.run_lock import alone_in

if TYPE_CHECKING:
    from bordersim.analyses.assimilation.posterior import Posterior
    from bordersim.experiments.pool import Pool
    from bordersim.experiments.settings import Settings
    from bordersim.results.store.place import Place


def assimilate(exercise: Exercise, settings: Settings) -> Posterior:
    """Find the histories that agree with the record, in a run folder of their own.

    Raises
    ------
    BadInput
        Before anything is simulated or written: the request is invalid.
    RunError
        When a filter or a chain fails, or results can no longer be kept.
    """
    plan = _plan(exercise, settings)
    about = plan.about(replace(settings, analysis=exercise.plain()))
    said = f"{settings.command or 'called from Python'}: assimilation {exercise.name}"
    assert settings.out is not None
    folder = RunFolder.create(settings.out, exercise.name, about, plan.texts(), said)
    return _carried_out(exercise, folder, settings)


def found(exercise: Exercise, settings: Settings) -> Path:
    """Return the finished run of an exercise; carry it out, or on, if there is none of this model."""
    assert settings.out is not None
    begun = [each for each in _runs(Path(settings.out) / exercise.name) if _is_same(each, exercise)]
    ended = [folder for folder in begun if folder.manifest["status"] == COMPLETE]
    if ended:
        return Path(ended[-1].location)
    made = gone_on(begun[-1].location, settings) if begun else assimilate(exercise, settings)
    return Path(made.folder)


def _runs(folder: Path) -> Iterator[RunFolder]:
    """Yield the runs that were begun, the oldest first; once they had no folder of their kind."""
    found = [*folder.glob(f"*/{MANIFEST}"), *folder.glob(f"{KIND}/*/{MANIFEST}")]
    return (RunFolder.open(each.parent) for each in sorted(found, key=lambda each: each.parent.name))


def _is_same(folder: RunFolder, exercise: Exercise) -> bool:
    """Return whether a run is of this exercise and of the model as it is."""
    hashes = folder.manifest["hashes"]
    now = (exercise.plain(), provenance.model_hash(), provenance.data_hash())
    return (folder.manifest["analysis"], hashes["model"], hashes["data"]) == now


def gone_on(location: Path | str, settings: Settings) -> Posterior:
    """Resume an interrupted assimilation: compute the filters and chains that are missing or damaged."""
    folder = RunFolder.open(location)
    exercise = Exercise.of_plain(folder.manifest["analysis"], f"{folder.location}: analysis")
    refuse_changed(folder)
    _refuse_other_values(_plan(exercise, settings), folder)
    folder.save_manifest(status="running")
    return _carried_out(exercise, folder, settings)


def _plan(exercise: Exercise, settings: Settings) -> Plan:
    """Return the plan that the manifest keeps: the scenario over all its legs."""
    scenario = exercise.loaded(exercise.ends[-1])
    period = scenario.config.period
    sets = {**exercise.sets, "period.start": str(period.start), "period.end": str(period.end)}
    return Plan.of([scenario], replace(settings, replicates=1), sets, NO_DRAW)


def _refuse_other_values(plan: Plan, folder: RunFolder) -> None:
    """Refuse a scenario whose values changed since: it is looked up by its name."""
    if plan.hashes["config"] != folder.manifest["hashes"]["config"]:
        raise BadInput(f"{folder.location}: cannot go on, the config changed since; nothing was mixed")


def _carried_out(exercise: Exercise, folder: RunFolder, settings: Settings) -> Posterior:
    """Do all that is not there yet and write what was found."""
    started = time.monotonic()
    with alone_in(folder), keeping(folder), processes(settings) as pool:
        folder.tidy()
        doing = Doing(folder.place, settings, pool, exercise.runs, folder.log)
        reached = list(relay(exercise, doing))
        posterior = write_posterior(folder, exercise, reached, pool)
        folder.publish()
        ended = {"status": COMPLETE, "seconds": round(time.monotonic() - started, 1)}
        blocks: dict[str, object] = {name: {"blocks": []} for name in folder.manifest["scenarios"]}
        folder.save_manifest(**ended, results=blocks, digests={"posterior": posterior.digest})
    return posterior


@contextmanager
def processes(settings: Settings) -> Iterator[Pool]:
    """Return the workers: processes, since worlds are built in Python, unless the user brings others."""
    if settings.executor or settings.cluster:
        with settings.pool() as pool:
            yield pool
        return
    workers = settings.workers or default_workers()
    own = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    with own, replace(settings, executor=own).pool() as pool:
        yield pool


@dataclass
class Doing:
    """Does independent pieces of work: those whose results are kept are read, the others handed out.

    Parameters
    ----------
    place
        The folder in which results are kept.
    runs
        How many runs of the model it takes in all.
    log
        Called with what was made.
    done
        Runs of the model that are done.
    """

    place: Place
    settings: Settings
    pool: Pool
    runs: int
    log: Callable[[str], None]
    done: int = 0

    def __call__(self, works: Sequence[Work]) -> list[Found]:
        """Return what each piece of work found, in order."""
        root = str(self.place.absolute)
        tasks = [task_of(*work, root) for work in works]
        found = dict(self._kept(tasks))
        missing = list({task.name: task for task in tasks if task.name not in found}.values())
        for task, answer in self.pool.done(made, missing):
            found[task.name] = self._read(task, answer)
            self._tell(task)
        return [found[task.name] for task in tasks]

    def _kept(self, tasks: Sequence[Task]) -> Iterator[tuple[str, Found]]:
        """Yield the results that are there whole."""
        blocks = self.place / BLOCKS
        there = blocks.names()
        for task in tasks:
            if task.name in there:
                with suppress(ValueError, KeyError, TypeError):
                    yield task.name, read(task, blocks.read(task.name).decode())
                    self._tell(task)

    def _read(self, task: Task, answer: object) -> Found:
        """Read what a worker answered."""
        if isinstance(answer, BaseException):
            raise RunError(f"{task.name}: {answer!r}") from answer
        self.log(f"made {task.name}")
        return read(task, str(answer))

    def _tell(self, task: Task) -> None:
        """Report progress."""
        self.done += task.size
        if self.settings.progress:
            self.settings.progress(self.done, self.runs)
