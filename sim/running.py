"""One experiment from scenarios to results: check, simulate, keep; `sim.report_files` writes the rest."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.comparison import refuse_unlike
from sim.ensemble import Job, Outcome, RunError, jobs_of, simulate, workers_on
from sim.experiment import Experiment, Settings
from sim.report_files import write_report
from sim.store import provenance
from sim.store.blocks import BLOCK_REPLICATES, BlockArrays
from sim.store.digests import replicate_digests
from sim.store.folder import RunFolder, block_key, block_reader, hash_of
from sim.store.result import Block, Result
from sim.store.tables import Land

if TYPE_CHECKING:
    from sim.scenario import Scenario

MANIFEST_VERSION = 1


def run_experiment(
    scenarios: Sequence[Scenario], settings: Settings, sets: Mapping[str, object] | None = None
) -> Experiment:
    """Simulate the scenarios, the first being the reference of the others, and leave a run folder.

    Raises
    ------
    BadInput
        Before anything is simulated or written: what was asked for makes no sense.
    RunError
        When a scenario has no replicate to show.
    """
    from sim.world import build_world

    started = time.monotonic()
    worlds = [build_world(scenario) for scenario in scenarios]
    results = [
        _empty(scenario, world, settings, sets or {})
        for scenario, world in zip(scenarios, worlds, strict=True)
    ]
    refuse_unlike(results)
    folder = _open_folder(results, settings)
    try:
        experiment = _simulate(results, worlds, settings, folder)
        if folder:
            write_report(folder, experiment, settings, started)
    except BaseException as error:
        if folder:
            folder.log(f"stopped: {error!r}")
            folder.save_manifest(status="stopped" if isinstance(error, KeyboardInterrupt) else "failed")
        raise
    return experiment


def _empty(scenario: Scenario, world: Any, settings: Settings, sets: Mapping[str, object]) -> Result:
    """Make the result of a scenario before it has any replicate."""
    return Result(scenario, scenario.config.run.seed, settings.replicates, Land.of(world), (), sets)


def _open_folder(results: Sequence[Result], settings: Settings) -> RunFolder | None:
    """Make the run folder, if one is wanted, and write down what is about to be done."""
    if settings.out is None:
        return None
    names = [result.name for result in results]
    experiment = names[0] if len(names) == 1 else f"{names[0]}-vs-{'-'.join(names[1:])}"
    folder = RunFolder.create(settings.out, experiment, _about(results, settings))
    folder.log(
        f"{settings.command or 'called from Python'}: {settings.replicates} replicates of {', '.join(names)}"
    )
    return folder


def _about(results: Sequence[Result], settings: Settings) -> dict[str, Any]:
    """Say what decides the numbers of this run, and what it is made with."""
    config = {result.name: result.scenario.digest for result in results}
    decided_by = {
        "seed": results[0].seed,
        "replicates": settings.replicates,
        "hashes": {"config": config, **provenance.hashes()},
    }
    return {
        "manifest_version": MANIFEST_VERSION,
        "identity": hash_of(decided_by),
        "command": settings.command,
        "scenarios": list(config),
        "sets": {key: str(value) for key, value in results[0].sets.items()},
        **decided_by,
        "block_replicates": BLOCK_REPLICATES,
        "versions": provenance.versions(),
        "commit": provenance.commit(),
    }


def _simulate(
    results: Sequence[Result], worlds: Sequence[Any], settings: Settings, folder: RunFolder | None
) -> Experiment:
    """Run all blocks, keep each as it comes, and sort them by scenario and replicate."""
    blocks: dict[Job, Block] = {}
    failures: list[str] = []
    jobs = jobs_of(len(worlds), settings.replicates)
    with workers_on(settings.executor, settings.workers) as executor:
        for outcome in simulate(worlds, results[0].seed, jobs, executor, settings.progress):
            if outcome.arrays is None:
                failures.append(_failure(outcome, results, folder))
            else:
                blocks[outcome.job] = _keep(results[outcome.job.scenario], outcome, outcome.arrays, folder)
    return _experiment(results, blocks, failures, folder)


def _experiment(
    results: Sequence[Result], blocks: Mapping[Job, Block], failures: list[str], folder: RunFolder | None
) -> Experiment:
    """Give each result its blocks; fail if one has none."""
    path = folder.path if folder else None
    done = tuple(
        replace(result, blocks=tuple(blocks[job] for job in sorted(blocks) if job.scenario == i), folder=path)
        for i, result in enumerate(results)
    )
    if not all(result.blocks for result in done):
        raise RunError(failures[0])
    return Experiment(done, failures, path)


def _keep(result: Result, outcome: Outcome, arrays: BlockArrays, folder: RunFolder | None) -> Block:
    """Keep a block: in memory, or on disk with only its sums and digests in memory."""
    span = outcome.job.span
    digests = replicate_digests(arrays, span.first)
    totals, people = arrays.daily.sum(axis=1), arrays.people
    if folder is None:
        return Block(span, digests, totals, people, partial(getattr, arrays))
    key = block_key(result.scenario.digest, result.seed, span)
    path = folder.write_block(result.name, key, span, arrays, result.land)
    folder.log(f"block {path.name}: {span.size} replicates from {span.first}")
    return Block(span, digests, totals, people, block_reader(path, span.size), path.name)


def _failure(outcome: Outcome, results: Sequence[Result], folder: RunFolder | None) -> str:
    """Say which block failed and why."""
    numbers = outcome.job.span.numbers
    name = results[outcome.job.scenario].name
    text = f"{name}, replicates {numbers[0]} to {numbers[-1]}: {outcome.error!r}"
    if folder:
        folder.log(f"failed: {text}")
    return text
