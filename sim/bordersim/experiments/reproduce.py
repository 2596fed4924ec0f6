"""Repeat blocks of a run on this machine and compare digests: are the numbers the same?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bordersim.errors import BadInput, RunError
from bordersim.experiments.plan import Job, Plan
from bordersim.experiments.settings import Settings
from bordersim.experiments.workers import Order, OtherSourcesError, Report, make_block, order_of
from bordersim.inputs.loading import load
from bordersim.inputs.paths import user_path
from bordersim.results.draws import NO_DRAW
from bordersim.results.experiment import Cell
from bordersim.results.failures import one_line, told
from bordersim.results.store import provenance
from bordersim.results.store.blocks import Span
from bordersim.results.store.files import read_plain
from bordersim.results.store.folder import RunFolder, hash_of, is_manifest
from bordersim.results.store.manifest import READABLE, manifest_of
from bordersim.results.store.names import SCENARIOS


@dataclass(frozen=True)
class Compared:
    """One block, then and now."""

    scenario: str
    draw: int
    first: int
    count: int
    then: str
    now: str

    @property
    def is_same(self) -> bool:
        """Whether every number is the same."""
        return self.then == self.now


@dataclass(frozen=True)
class Reproduction:
    """The outcome of `reproduce`.

    Parameters
    ----------
    blocks
        The blocks that were repeated.
    total
        Number of blocks in the run.
    differs
        What differs between this installation and that of the run: name, then, now.
    """

    blocks: tuple[Compared, ...]
    total: int
    differs: tuple[tuple[str, str, str], ...]

    def __repr__(self) -> str:
        """Return how many blocks are the same."""
        same = sum(block.is_same for block in self.blocks)
        return f"<{same} of {len(self.blocks)} blocks have the same digest, {self.total} in the run>"

    @property
    def is_same(self) -> bool:
        """Whether all digests are the same."""
        return all(block.is_same for block in self.blocks)


def reproduce(location: Path | str, settings: Settings, sample: int | None = None) -> Reproduction:
    """Repeat the blocks of a run, or an evenly spread sample of them, and compare their digests.

    Parameters
    ----------
    location
        A run folder, or a manifest alone: then the scenarios are looked up by their names.
    """
    manifest, plan = _read(location)
    if manifest["status"] not in READABLE:
        raise BadInput(f"{location}: has no digests to compare with; finish it with: bordersim resume")
    stored = list(_stored(manifest, plan))
    chosen = _spread(stored, sample)
    now = dict(_made_again(plan, [job for job, _ in chosen], settings))
    blocks = tuple(_compared(plan, job, then, now[job]) for job, then in chosen)
    return Reproduction(blocks, len(stored), tuple(_differences(manifest)))


def _compared(plan: Plan, job: Job, then: str, now: str) -> Compared:
    """Return the digests of a block then and now."""
    return Compared(plan.names[job.cell.scenario], job.cell.draw, job.span.first, job.span.size, then, now)


def _read(location: Path | str) -> tuple[Mapping[str, Any], Plan]:
    """Read what was run, from its folder or from the manifest alone."""
    named = str(user_path(location))
    if not named.endswith(".json") or is_manifest(named):
        folder = RunFolder.open(named)
        if folder.holds(SCENARIOS):
            return folder.manifest, Plan.read(folder)
        return folder.manifest, _plan_of(folder.manifest)
    try:
        manifest = manifest_of(read_plain(Path(named).resolve()), named)
    except OSError as error:
        raise BadInput(f"{location}: cannot be read: {error}") from error
    return manifest, _plan_of(manifest)


def _plan_of(manifest: Mapping[str, Any]) -> Plan:
    """Make the plan from a manifest alone, with the scenarios of these names on this machine."""
    if manifest["hashes"]["draws"] != hash_of(list(NO_DRAW)):
        raise BadInput("a manifest alone does not hold the draws; name the run folder")
    sets = manifest["sets"]
    scenarios = tuple(load(name, sets) for name in manifest["scenarios"])
    for scenario in scenarios:
        if scenario.digest != manifest["hashes"]["config"].get(scenario.name):
            raise BadInput(f"{scenario.name}: its values here are not those of the run; name the run folder")
    return Plan(
        scenarios,
        manifest["replicates"],
        sets,
        NO_DRAW,
        manifest["block_replicates"],
        manifest["keep"],
        manifest.get("own_chance", False),
    )


def _stored(manifest: Mapping[str, Any], plan: Plan) -> Iterator[tuple[Job, str]]:
    """Yield every block of the run with its digest."""
    for number, name in enumerate(plan.names):
        for block in manifest["results"][name]["blocks"]:
            yield Job(Cell(number, block["draw"]), Span(block["first"], block["count"])), block["digest"]


def _spread(blocks: Sequence[Any], sample: int | None) -> list[Any]:
    """Choose that many blocks, evenly spread, including the last, which may be shorter."""
    count = len(blocks) if sample is None else min(sample, len(blocks))
    return [blocks[len(blocks) - 1 - (i * len(blocks)) // count] for i in range(count)][::-1]


def _made_again(plan: Plan, jobs: Sequence[Job], settings: Settings) -> Iterator[tuple[Job, str]]:
    """Simulate blocks and keep only their digests."""
    done, total = 0, sum(job.span.size for job in jobs)
    with settings.pool() as pool:
        for order, answer in pool.done(make_block, _orders(plan, jobs, settings)):
            if isinstance(answer, OtherSourcesError):
                raise RunError(str(answer))
            yield order.job, _digest_or_why(answer)
            done += order.job.span.size
            if settings.progress:
                settings.progress(done, total)


def _orders(plan: Plan, jobs: Iterable[Job], settings: Settings) -> Iterator[Order]:
    """Yield work orders for blocks that are not kept."""
    for job in jobs:
        yield order_of(plan, job, None, settings.on_error, in_process=True, tables=())


def _digest_or_why(answer: Report | BaseException) -> str:
    """Return the digest of a block, or why there is none."""
    if isinstance(answer, BaseException):
        return one_line(answer)
    return answer.digest if answer.numbers else told(answer.failed)[0]


def _differences(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what has changed: code, data, versions, machine."""
    now = {"commit": provenance.commit(), **provenance.hashes(), **provenance.versions()}
    hashes = {key: manifest["hashes"].get(key) for key in provenance.hashes()}
    then = {"commit": manifest.get("commit"), **hashes, **manifest["versions"]}
    for name in {**then, **now}:
        if then.get(name) != now.get(name):
            yield name, str(then.get(name)), str(now.get(name))
