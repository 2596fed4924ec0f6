"""Resume a run: simulate exactly what is missing, or additional replicates."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bordersim.errors import BadInput
from bordersim.experiments.finished import Finished
from bordersim.experiments.plan import Job, Plan
from bordersim.experiments.run import Simulated, carried_out, empty_results, experiment_of
from bordersim.experiments.settings import Settings
from bordersim.inputs.arguments import MOST_REPLICATES, whole_number
from bordersim.results.store import provenance
from bordersim.results.store.block_files import DamagedError, Made, opened
from bordersim.results.store.block_layout import Layout
from bordersim.results.store.digests import combined
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.names import HASH_CHARACTERS, cell_of
from bordersim.results.store.result import Result
from bordersim.results.store.run_lock import alone_in

Tell = Callable[[str], None] | None
Refuse = Callable[[Mapping[str, Any] | None, int, str], None]  # an analysis, draws, where
DECIDING = {"model": "the sources of the model", "data": "the data of the land"}


@contextmanager
def gone_on(
    location: Path | str, settings: Settings, refuse: Refuse, replicates: int | None = None
) -> Iterator[Simulated]:
    """Simulate the blocks of a run that are missing, damaged, or lack a replicate that failed.

    `refuse` checks whether its analysis can be made. With `replicates` it has that many in the end,
    as if all had been requested at once. The folder stays locked.

    Raises
    ------
    BadInput
        If this is not a run folder, or the model or its data have changed since.
    """
    folder = RunFolder.open(location)
    refuse_changed(folder)
    with alone_in(folder), _gone_on(folder, settings, refuse, replicates) as made:
        yield made


@contextmanager
def _gone_on(
    folder: RunFolder, settings: Settings, refuse: Refuse, replicates: int | None
) -> Iterator[Simulated]:
    """Read the plan, find which blocks are intact, simulate the others."""
    started = time.monotonic()
    plan = _extended(Plan.read(folder), folder, replicates)
    empty = empty_results(plan, settings)
    refuse(folder.manifest.get("analysis"), len(plan.cell_draws), f"{folder.location}: analysis")
    said = settings.command or "called from Python"
    settings = _as_then(plan, folder, settings)
    folder.begin_again(plan.about(settings))
    whole = whole_blocks(plan, empty, folder, settings.tell)
    folder.log(f"{said}: {len(whole.blocks)} of {plan.block_count} blocks are intact")
    with settings.pool() as pool, carried_out(plan, empty, settings, pool, folder, whole, started) as made:
        yield made
    _remove_others(plan, folder)


def _as_then(plan: Plan, folder: RunFolder, settings: Settings) -> Settings:
    """Return settings with what the manifest says of how the run was made."""
    manifest = folder.manifest
    return replace(
        settings,
        command=manifest["command"] or settings.command,
        replicates=plan.replicates,
        keep=plan.keep,
        own_chance=plan.own_chance,
        pictures=tuple(each for each in manifest["pictures"] if each in settings.pictures),
        analysis=manifest.get("analysis"),
        notes=tuple(manifest.get("notes", ())),
        happened=manifest.get("happened", ""),
        worth=manifest.get("worth"),
    )


def finished_run(location: Path | str, settings: Settings) -> Simulated:
    """Read a run that has ended as it is: nothing is simulated and nothing is changed.

    Raises
    ------
    BadInput
        If this is no run folder, a block is missing or damaged, or the model or its data have changed since.
    """
    started, folder = time.monotonic(), RunFolder.open(location)
    refuse_changed(folder)
    plan = Plan.read(folder)
    empty, settings = empty_results(plan, settings), _as_then(plan, folder, settings)
    whole = whole_blocks(plan, empty, folder, settings.tell)
    if len(whole.blocks) < plan.block_count:
        raise BadInput(
            f"{location}: blocks are missing or damaged; make them again: bordersim resume {location}"
        )
    return Simulated(experiment_of(plan, settings, folder, whole, empty), settings, folder, started)


def whole_blocks(plan: Plan, empty: Sequence[Result], folder: RunFolder, tell: Tell = None) -> Finished:
    """Read every existing block and compare it with its digests; damaged ones are reported."""
    folder.tidy()
    layouts = [Layout.of(result.land, plan.tables) for result in empty]
    there, digests = folder.blocks.names(), dict(_digests_then(folder))
    found = Finished(folder.blocks)
    for job in plan.jobs():
        name = plan.file(job)
        if name not in there:
            continue
        try:
            made = _whole(plan, job, folder, layouts[job.cell.scenario])
            _compare(name, made, digests)
            found.add(job, name, made)
        except DamagedError as error:
            folder.log(f"damaged, will be simulated again: {error}")
            if tell:
                tell(f"damaged, will be simulated again: {error}")
    return found


def _whole(plan: Plan, job: Job, folder: RunFolder, layout: Layout) -> Made:
    """Return the numbers of a block if it holds what it should, all of it and no more."""
    name = plan.file(job)
    layout.check_size(folder.blocks, name, job.span.size)
    with opened(folder.blocks, name) as file:
        if file.about().get("block") != plan.key(job):
            raise DamagedError(f"{name}: is another block")
        layout.check(file, name)
        numbers = file.numbers()
        if lacking := set(job.span.numbers) - set(numbers):
            raise DamagedError(f"{name}: lacks {len(lacking)} replicates")
        if list(numbers) != list(job.span.numbers):
            raise DamagedError(f"{name}: holds other replicates than its own, or some twice")
        return file.whole()


def _compare(name: str, made: Made, digests: Mapping[str, str]) -> None:
    """Compare a block with its digest in the manifest, if that has one."""
    now = combined(made.digests)
    if digests.get(name, now) != now:
        raise DamagedError(f"{name}: its digests are not those of the manifest")


def _digests_then(folder: RunFolder) -> Iterator[tuple[str, str]]:
    """Yield the digest of each block that was whole when the run ended; one without days has no other."""
    for result in folder.manifest.get("results", {}).values():
        for block in result["blocks"]:
            if block["replicates"] == block["count"]:
                yield block["file"], block["digest"]


def refuse_changed(folder: RunFolder, what: str = "resume") -> None:
    """Refuse to mix numbers of two models, saying what cannot be done."""
    then, now = folder.manifest.get("hashes", {}), provenance.hashes()
    changed = [
        f"{what} changed ({_short(then.get(key))} then, {_short(now[key])} now)"
        for key, what in DECIDING.items()
        if then.get(key) != now[key]
    ]
    if changed:
        before, here = _short(folder.manifest.get("commit")), _short(provenance.commit())
        commits = "" if before == here else f"commit {before} then, {here} now; "
        raise BadInput(
            f"{folder.location}: cannot {what}, {' and '.join(changed)}; {commits}nothing was changed"
        )


def _extended(plan: Plan, folder: RunFolder, replicates: int | None) -> Plan:
    """Return the plan with more replicates."""
    if replicates is None:
        return plan
    if plan.is_given:
        raise BadInput(f"{folder.location}: holds histories; there are no more of them")
    replicates = whole_number("replicates", replicates, 1, MOST_REPLICATES)
    if replicates < plan.replicates:
        raise BadInput(f"{folder.location}: has {plan.replicates} replicates, {replicates} would be fewer")
    return replace(plan, replicates=replicates).checked()


def _remove_others(plan: Plan, folder: RunFolder) -> None:
    """Remove blocks of this run that are now part of longer ones; any other file in the folder stays."""
    wanted, cells = set[str](), set[str]()
    for job in plan.jobs():
        wanted.add(plan.file(job))
        cells.add(plan.cell_name(job.cell))
    for name in folder.blocks.names() - wanted:
        if cell_of(name) in cells:
            folder.blocks.remove(name)


def _short(text: Any) -> str:
    """Shorten a hash."""
    return str(text)[:HASH_CHARACTERS]
