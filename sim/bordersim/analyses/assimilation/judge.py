"""Judge structures: how probable do they make what was published, and windows that they were not shown?

Each side is filtered again and again, with the values that vary drawn from their ranges. A filter of one
side has the same chance as that of the same number on the other: the same draws of each value that both
have, the same keys. Their difference has less noise than either.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from bordersim import __version__
from bordersim.analyses.assimilation.filters import Filtered, Leg, filtered
from bordersim.analyses.assimilation.proposals import Keyed
from bordersim.analyses.assimilation.relay import STAGES_OF_A_LEG, seed_of
from bordersim.analyses.assimilation.run import Doing, processes
from bordersim.analyses.assimilation.sides import ENDING, Heard, Side
from bordersim.errors import BadInput
from bordersim.inputs.loading import load
from bordersim.results.store import provenance
from bordersim.results.store.folder import hash_of
from bordersim.results.store.names import BLOCKS
from bordersim.results.store.place import Place

if TYPE_CHECKING:
    from bordersim.analyses.assimilation.exercise import Exercise
    from bordersim.analyses.assimilation.relay import Work
    from bordersim.analyses.assimilation.study import Study
    from bordersim.experiments.settings import Settings
    from bordersim.inputs import Scenario
    from bordersim.validation.evidence import Window

LAST_STAGE = STAGES_OF_A_LEG - 1  # whose seeds no round and no sweep has
LEFT_OUT_SHARE = 0.5  # where the exercise says nothing
TRIED_PARTICLES = 8  # of the filter that is timed
DIGITS = 8  # of the hash in the name of a file
UNFIT = re.compile(r"[^\w.=-]+")


class Effort(NamedTuple):
    """How many filters, each of how many particles; whether as many are run without some of the windows."""

    filters: int
    particles: int
    leaves_out: bool = True


class Structure:
    """A structure to be judged: the scenario of an exercise, or another one, with values of its own.

    Parameters
    ----------
    exercise
        Windows, values that vary with their ranges, discrepancy and seeds.
    scenario
        By name; None for that of the exercise.
    own
        Values that are set on this side alone. One that is set, here or by the scenario, does not vary, and
        neither does one that the structure does not have.

    Raises
    ------
    BadInput
        If the scenario begins on another day than that of the exercise.
    """

    def __init__(
        self, exercise: Exercise, scenario: str | None = None, own: Mapping[str, object] | None = None
    ) -> None:
        own, end = dict(own or {}), exercise.ends[-1]
        name, sets = scenario or exercise.scenario, {**exercise.sets, **own}
        _refuse_other_days(exercise, load(name, sets))
        changed = {"scenario": name, "sets": sets}
        told, loaded = exercise.loaded(end), exercise.model_copy(update=changed).loaded(end)
        fixed = {*own, *_own_keys(told, loaded)}
        ranges = tuple(each for each in exercise.ranges if each.key not in fixed)
        self.exercise = exercise.model_copy(update={**changed, "ranges": ranges})
        self.name = " ".join([loaded.name, *(f"{key}={value}" for key, value in own.items())])

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """All windows, in the order in which they become known."""
        return self.exercise.windows(self.exercise.ends[-1])

    @cached_property
    def halved(self) -> Exercise:
        """The exercise with some windows left out, as it says or a random half."""
        share = self.exercise.left_out or LEFT_OUT_SHARE
        return self.exercise.model_copy(update={"left_out": share})

    @cached_property
    def is_left_out(self) -> list[bool]:
        """Whether the second filter of a pair does not see a window."""
        return self.halved.is_left_out(self.windows)

    def works(self, effort: Effort) -> Iterator[Work]:
        """Yield its filters: those that see all windows, then those that do not see the ones left out."""
        end = self.exercise.ends[-1]
        whole = self.exercise.model_copy(update={"left_out": 0.0}).study(end)
        yield from self._filters("all", whole, effort, ())
        if effort.leaves_out:
            unseen = (w for w, is_out in zip(self.windows, self.is_left_out, strict=True) if is_out)
            yield from self._filters("part", self.halved.study(end), effort, tuple(unseen))

    def _filters(self, name: str, study: Study, effort: Effort, unseen: tuple[Window, ...]) -> Iterator[Work]:
        """Yield the filters of one study; each goes over all days at once."""
        seed, keys = seed_of(self.exercise, 0, LAST_STAGE), [each.key for each in study.ranges]
        for i in range(effort.filters):
            drawn, kept = Keyed(seed + i, keys), self.exercise.kept
            leg = Leg(seed + i, effort.particles, kept, 0, study.days, drawn, unseen=unseen)
            yield f"evidence-{name}-{i:04d}", study, leg

    def side(self, effort: Effort, found: Sequence[Filtered]) -> Side:
        """Return what its filters found."""
        seed, end = self.exercise.seed, self.exercise.ends[-1]
        halves: Sequence[Filtered | None] = found[effort.filters :] or [None] * effort.filters
        pairs = zip(found[: effort.filters], halves, strict=True)
        key = f"seed {seed}, {effort.particles} particles, filter"
        scenario = self.exercise.loaded(end)
        return Side(
            name=self.name,
            model=provenance.model_hash(),
            data=provenance.data_hash(),
            version=__version__,
            scenario=scenario.digest,
            exercise=self.exercise.name,
            start=str(scenario.config.period.start),
            discrepancy=self.exercise.discrepancy,
            varied=[each.key for each in self.exercise.ranges],
            windows=list(self.windows),
            is_left_out=self.is_left_out,
            heard={f"{key} {i}": _heard(*pair) for i, pair in enumerate(pairs)},
        )


def _refuse_other_days(exercise: Exercise, scenario: Scenario) -> None:
    """Refuse a scenario that begins on another day than that of the exercise: its windows are others."""
    first, begins = exercise.loaded(exercise.ends[-1]).config.period.start, scenario.config.period.start
    if begins != first:
        raise BadInput(f"{scenario.name}: begins on {begins}, the windows of {exercise.name} on {first}")


def _own_keys(told: Scenario, loaded: Scenario) -> Iterator[str]:
    """Yield the keys that a scenario does not have, or of which it has a value of its own."""
    for key, parameter in told.parameters.items():
        here = loaded.parameters.get(key)
        if here is None or here.value != parameter.value:
            yield key


def _heard(whole: Filtered, half: Filtered | None) -> Heard:
    """Return what a pair of filters found."""
    ahead = [whole.predicted[i] for i in range(len(whole.predicted))]
    if half is None:
        return Heard(log_evidence=whole.log_evidence, ahead=ahead)
    unseen = [list(each) for each in half.unseen]
    seen = half.log_evidence
    return Heard(log_evidence=whole.log_evidence, ahead=ahead, log_evidence_of_seen=seen, unseen=unseen)


def judged(
    structures: Sequence[Structure], effort: Effort, settings: Settings
) -> tuple[list[Side], list[Path | str]]:
    """Run the filters that are not there yet; return what each side found, and the files it is kept in.

    Called again after it was stopped, it goes on where it was.

    Raises
    ------
    RunError
        When a filter fails.
    """
    place = _folder(str(settings.out), structures[0].exercise.name)
    works = [list(each.works(effort)) for each in structures]
    runs = effort.particles * sum(map(len, works))
    with processes(settings) as pool:
        do = Doing(place, settings, pool, runs, lambda _: None)
        found = [cast("list[Filtered]", do(each)) for each in works]
    sides = [each.side(effort, those) for each, those in zip(structures, found, strict=True)]
    return sides, [_kept(side, place) for side in sides]


def _folder(out: str, name: str) -> Place:
    """Return the folder of all judgements by an exercise, made if it is not there."""
    place = Place(out) / "evidence" / name
    if place.is_local:
        try:
            (place / BLOCKS).path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(f"--out {out}: {error.strerror or error}") from None
    return place


def _kept(side: Side, place: Place) -> Path | str:
    """Write a side to its file; that of another structure, model or effort has another name."""
    text = side.text()
    name = f"{UNFIT.sub('_', side.name)}-{hash_of(text)[:DIGITS]}{ENDING}"
    place.write(name, text.encode())
    return (place / name).shown


def seconds_of(structure: Structure, effort: Effort) -> float:
    """Measure how long a processor takes over one filter, by one of a few particles [s]."""
    _, study, leg = next(structure.works(effort))
    few = replace(cast("Leg", leg), particles=TRIED_PARTICLES, kept=1)
    filtered(study, few)  # worlds are prepared, and the model compiled, once for all filters of a worker
    began = time.process_time()
    filtered(study, few)
    return (time.process_time() - began) * effort.particles / TRIED_PARTICLES
