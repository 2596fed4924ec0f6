"""One task of an assimilation: a filter or a chain, made by a worker, kept as text and read back exactly."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bordersim.analyses.assimilation.chains import Walk, Walked, walked
from bordersim.analyses.assimilation.filters import Filtered, Leg, filtered
from bordersim.analyses.assimilation.study import History
from bordersim.errors import RunError
from bordersim.model.engine.histories import Keys
from bordersim.results.store import provenance
from bordersim.results.store.folder import hash_of
from bordersim.results.store.names import BLOCKS
from bordersim.results.store.place import Place

if TYPE_CHECKING:
    from bordersim.analyses.assimilation.study import Study

Found = Filtered | Walked


@dataclass(frozen=True)
class Task:
    """A work order.

    Parameters
    ----------
    name
        What the file of its result is called.
    key, study_key
        Hashes of all that decides the result, and of the study alone.
    root
        The run folder; None keeps nothing.
    """

    name: str
    key: str
    study_key: str
    study: Study = field(repr=False)
    work: Leg | Walk = field(repr=False)
    root: str | None
    sources: tuple[str, str] = field(repr=False)

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        """How much work it is: runs of the model."""
        return self.work.particles if isinstance(self.work, Leg) else self.work.steps


def task_of(name: str, study: Study, work: Leg | Walk, root: str | None) -> Task:
    """Return the work order for a worker."""
    sources = provenance.model_hash(), provenance.data_hash()
    of_study = study_digest(study)
    key = hash_of([name, of_study, work_digest(work), *sources])
    return Task(f"{name}-{key[:16]}.json", key, of_study, study, work, root, sources)


def study_digest(study: Study) -> str:
    """Hash what is conditioned on what; an end that an exercise writes as 15 is 15.0 in a manifest."""
    ranges = [[each.key, float(each.low), float(each.high), each.log] for each in study.ranges]
    return hash_of([study.scenario.digest, ranges, [list(each) for each in study.windows], study.discrepancy])


def work_digest(work: Leg | Walk) -> str:
    """Hash what a filter or a chain is told."""
    if isinstance(work, Walk):
        return hash_of([work.seed, work.steps, _plain_history(work.start), list(work.others)])
    shapes = None if work.proposal is None or work.proposal.shapes is None else work.proposal.shapes.tolist()
    parents = [_plain_history(each) for each in work.parents]
    told = [work.seed, work.particles, work.kept, work.first, work.end, shapes, parents]
    return hash_of([*told, [list(each) for each in work.unseen]] if work.unseen else told)


def made(task: Task) -> str:
    """Do a task; write its result where the run is kept and return it as text."""
    if task.sources != (provenance.model_hash(), provenance.data_hash()):
        raise RunError("a worker has other sources of the model, or other data, than the run")
    study = _at_hand(task)
    found = filtered(study, task.work) if isinstance(task.work, Leg) else walked(study, task.work)
    text = text_of(task, found)
    if task.root is not None:
        (Place(task.root) / BLOCKS).write(task.name, text.encode())
    return text


_STUDIES: dict[str, Study] = {}  # the last one of this process: its worlds take a while to prepare


def _at_hand(task: Task) -> Study:
    """Return the study of a task as this process has it, which may know more of its worlds already."""
    if study := _STUDIES.get(task.study_key):
        return study
    _STUDIES.clear()
    return _STUDIES.setdefault(task.study_key, task.study)


def text_of(task: Task, found: Found) -> str:
    """Write a result as a line of JSON, with what it is the result of and a digest of itself."""
    plain = _plain_filtered(found) if isinstance(found, Filtered) else _plain_walked(found)
    return json.dumps({"task": task.key, "digest": hash_of(plain), "found": plain}) + "\n"


def read(task: Task, text: str) -> Found:
    """Read a result back.

    Raises
    ------
    ValueError
        If it is that of another task, or damaged.
    """
    held = json.loads(text)
    if not isinstance(held, dict) or held.get("task") != task.key or held["digest"] != hash_of(held["found"]):
        raise ValueError(f"{task.name} is damaged, or of another run")
    return _filtered_of(held["found"]) if isinstance(task.work, Leg) else _walked_of(held["found"])


def _plain_history(history: History) -> list[Any]:
    return [list(history.shares), str(history.keys)]


def _history_of(plain: Any) -> History:
    shares, keys = plain
    return History(tuple(map(float, shares)), Keys.read(keys))


def _plain_filtered(found: Filtered) -> dict[str, Any]:
    predicted = {str(window): counts for window, counts in found.predicted.items()}
    histories = [_plain_history(each) for each in found.histories]
    return {**found._asdict(), "histories": histories, "predicted": predicted}


def _filtered_of(plain: dict[str, Any]) -> Filtered:
    predicted = {int(window): counts for window, counts in plain["predicted"].items()}
    histories = [_history_of(each) for each in plain["histories"]]
    return Filtered(**{**plain, "histories": histories, "predicted": predicted})


def _plain_walked(found: Walked) -> dict[str, Any]:
    return {**found._asdict(), "history": _plain_history(found.history)}


def _walked_of(plain: dict[str, Any]) -> Walked:
    return Walked(_history_of(plain["history"]), Counter(plain["tried"]), Counter(plain["taken"]))
