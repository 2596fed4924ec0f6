"""Replicates or histories of a comparison, simulated again with a log under two of its scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bordersim.errors import BadInput, RunError
from bordersim.experiments.plan import Job, Plan
from bordersim.experiments.settings import STOP, Settings
from bordersim.experiments.workers import lived_in, order_of
from bordersim.inputs.nearest import did_you_mean
from bordersim.results.draws import NO_DRAW, Draw
from bordersim.results.experiment import Cell
from bordersim.results.lives import evenly
from bordersim.results.readings import parted
from bordersim.results.store.block_files import opened
from bordersim.results.store.blocks import Span, arrays_of, canonical
from bordersim.results.store.digests import combined, digest_of
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.names import BLOCKS, cell_of

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.model.engine import Keys
    from bordersim.model.engine.traced import Traced
    from bordersim.model.world import Arrays

REPLICATE, HISTORY = "replicate", "history"


class Run(NamedTuple):
    """A replicate or history under one scenario: what it happens in, its keys, what happened."""

    world: Arrays
    keys: Keys
    traced: Traced


@dataclass(frozen=True, eq=False)
class Again:
    """A comparison whose replicates can be lived through again.

    Parameters
    ----------
    plan
        What was run, or would be.
    pair
        Places of the reference and of the scenario.
    folder
        Where the run is kept; its counts must come out again. None where nothing was run before.
    notes
        What a reader must know first.
    """

    plan: Plan
    pair: tuple[int, int]
    folder: RunFolder | None = None
    notes: tuple[str, ...] = ()

    @property
    def scenarios(self) -> tuple[Scenario, Scenario]:
        """The reference and the scenario."""
        first, second = self.pair
        return self.plan.scenarios[first], self.plan.scenarios[second]

    @property
    def word(self) -> str:
        """What one run is called."""
        return HISTORY if self.plan.is_given else REPLICATE

    def spread(self, count: int) -> list[int]:
        """Choose that many replicates, evenly spread; all where there are fewer."""
        return evenly(range(self.plan.replicates), count)

    def runs(self, replicate: int) -> tuple[Run, Run]:
        """Live through a replicate under both scenarios.

        Raises
        ------
        RunError
            If its counts are not those in the folder.
        """
        first, second = (self._run(scenario, replicate) for scenario in self.pair)
        return first, second

    def _run(self, scenario: int, replicate: int) -> Run:
        """Live through a replicate under one scenario."""
        from bordersim.model.engine.traced import traced

        job = Job(Cell(scenario, 0), Span(replicate, 1))
        world, keys = lived_in(order_of(self.plan, job, None, STOP, in_process=True, tables=()))
        made = Run(world, keys, traced(world, keys, f"{self.word} {replicate}"))
        if self.folder is not None:
            self._check(scenario, replicate, made.traced)
        return made

    def _check(self, scenario: int, replicate: int, made: Traced) -> None:
        """Raise unless the counts are those in the folder, to the bit."""
        output = type(made.output)(*(each[None] for each in made.output))
        if digest_of(canonical(arrays_of(output), 0), replicate) != self._digests[scenario].get(replicate):
            raise RunError(
                f"{self.plan.names[scenario]}, {self.word} {replicate}: its counts are not those in"
                " the folder: another version made them, or it failed; compare again"
            )

    @cached_property
    def _digests(self) -> Mapping[int, Mapping[int, str]]:
        """Digests of the replicates in the folder, by scenario."""
        return {scenario: self._digests_of(scenario) for scenario in self.pair}

    def _digests_of(self, scenario: int) -> dict[int, str]:
        """Read the digests of the replicates of a scenario; other models gave blocks other names."""
        assert self.folder is not None
        found: dict[int, str] = {}
        place, results = self.folder.place / BLOCKS, self.folder.manifest["results"]
        cell, names = self.plan.cell_name(Cell(scenario, 0)), sorted(place.names())
        told = {each["digest"] for each in results[self.plan.names[scenario]]["blocks"]}
        for name in names:
            if cell_of(name) == cell:
                with opened(place, name) as file:
                    numbered = dict(zip(file.numbers(), file.digests(), strict=True))
                found |= numbered if combined(numbered.values()) in told else {}
        return found


def again_in(location: str, scenario: str | None) -> Again:
    """Return what was run in a folder.

    Raises
    ------
    BadInput
        If it is no finished comparison, or there is no such scenario in it.
    """
    folder = RunFolder.open(location)
    folder.refuse_unended(location)
    plan = Plan.read(folder)
    if len(plan.cell_draws) > 1 or len(plan.scenarios) < 2:
        raise BadInput(f"{location}: is no comparison of scenarios: there is no other life to tell of")
    notes = tuple(folder.manifest.get("notes", ()))
    return Again(plan, (0, _place(plan, scenario)), folder, notes)


def again_of(
    scenarios: Sequence[Scenario],
    sets: Mapping[str, object],
    histories: Sequence[Draw] = NO_DRAW,
    notes: tuple[str, ...] = (),
) -> Again:
    """Return what a comparison of two scenarios would be: of histories, or of as many replicates as usual."""
    return Again(Plan.of(scenarios, Settings(), sets, histories), (0, 1), None, notes)


def _place(plan: Plan, scenario: str | None) -> int:
    """Return the place of the scenario that is told of; the first after the reference if none is named."""
    names = [name for name in plan.names[1:] if not parted(name)[1]]
    if scenario is None:
        return plan.names.index(names[0])
    if scenario not in names:
        raise BadInput(f"--scenario {scenario}: not compared there{did_you_mean(scenario, names)}")
    return plan.names.index(scenario)
