"""Value a finished run anew: the same counts under other prices and rates, in a folder of its own.

Nothing is simulated. What comes out is what a run with these values would have made, to the bit.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bordersim.errors import BadInput
from bordersim.experiments.finished import Finished
from bordersim.experiments.plan import Job, Plan
from bordersim.experiments.resume import refuse_changed
from bordersim.experiments.run import Simulated, carried_out, empty_results, new_folder
from bordersim.experiments.settings import Settings
from bordersim.experiments.workers import Order, Report, check_sources, lived_scenario, rates_of, report_of
from bordersim.inputs.schema.kinds import is_valuation
from bordersim.inputs.setting import by_key
from bordersim.inputs.yaml_source import place
from bordersim.results.experiment import ALL_TABLES, DAYS_ALONE, Cell
from bordersim.results.kept import refuse_sums
from bordersim.results.store.block_files import Made, opened
from bordersim.results.store.block_layout import Layout
from bordersim.results.store.blocks import Span
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.manifest import COMPLETE, MOST_CHARACTERS
from bordersim.results.store.names import BLOCKS, is_ours
from bordersim.results.store.place import Place
from bordersim.results.store.plain import plain_values
from bordersim.results.store.run_lock import alone_in
from bordersim.results.valuation.formulas import with_valued
from bordersim.results.valuation.rates import Rates
from bordersim.words.text import visible

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.results.store.result import Result

SET = "--set"


@contextmanager
def valued_anew(location: Path | str, settings: Settings, sets: Mapping[str, object]) -> Iterator[Simulated]:
    """Read the counts of a finished run and work out what they come to with other prices and rates.

    Raises
    ------
    BadInput
        If this is not a finished run with its days, or a value decides what happens.
    """
    started = time.monotonic()
    folder = RunFolder.open(location)
    _refuse_unfit(folder)
    plan = Plan.read(folder)
    priced = _priced(plan, plain_values(by_key(sets.items())))
    settings = _as_then(settings, plan, folder, sets)
    empty = empty_results(priced, settings)
    work = partial(value_block, source=Source.of(folder, plan, empty))
    with settings.pool() as pool:
        new = new_folder(priced, settings)
        finished = Finished(new.blocks if new else None)
        with alone_in(new), carried_out(priced, empty, settings, pool, new, finished, started, work) as made:
            yield made


@dataclass(frozen=True)
class Source:
    """The blocks of the finished run: where they are, the file of each, and what they must hold."""

    root: str
    files: Mapping[Job, str]
    layouts: Sequence[Layout]

    @classmethod
    def of(cls, folder: RunFolder, plan: Plan, empty: Sequence[Result]) -> Source:
        """Return those of a run folder."""
        layouts = [Layout.of(result.land, plan.tables) for result in empty]
        return cls(str(folder.place.absolute), _files(folder, plan), layouts)

    def read(self, job: Job) -> Made:
        """Read the block of a job and compare it with its digests."""
        place, name, layout = Place(self.root) / BLOCKS, self.files[job], self.layouts[job.cell.scenario]
        layout.check_size(place, name, job.span.size)
        with opened(place, name) as file:
            layout.check(file, name)
            return file.whole()


def value_block(order: Order, source: Source) -> Report:
    """Make a block from that of a finished run: the same counts, with what they come to in this order.

    Raises
    ------
    DamagedError
        If the block is not what it was.
    """
    started, rates = time.monotonic(), rates_of(order)
    check_sources(order)
    then, made = source.read(order.job), {}
    for i, (replicate, digest) in enumerate(zip(then.numbers, then.digests, strict=True)):
        if order.histories:
            rates = Rates(lived_scenario(order, replicate)[0].config)
        columns = then.replicate(i)
        made[replicate] = digest, {**columns, "daily": with_valued(columns["daily"], rates)}
    return report_of(order, made, (), started)


def _refuse_unfit(folder: RunFolder) -> None:
    """Refuse a run without the counts of every day, or made by another model."""
    where, about = folder.location, folder.manifest
    if about["status"] != COMPLETE:
        raise BadInput(f"{where}: is {about['status']}; finish it first: bordersim resume {where}")
    refuse_sums(where, folder.kind, about["keep"], "value", (ALL_TABLES, DAYS_ALONE))
    refuse_changed(folder, "be valued anew")


def _priced(plan: Plan, sets: Mapping[str, object]) -> Plan:
    """Return the plan with other prices and rates."""
    if not sets:
        raise BadInput(f"{SET}: give a price or a rate, like {SET} cost.LT.reception_eur_per_day=40")
    scenarios = tuple(_with_prices(scenario, sets) for scenario in plan.scenarios)
    for key in sets:
        if any(key in draw for draw in plan.draws):
            raise BadInput(f"{place(SET, key)}: each draw of this run has its own value")
    return replace(plan, scenarios=scenarios, sets={**plan.sets, **sets})


def _with_prices(scenario: Scenario, sets: Mapping[str, object]) -> Scenario:
    """Return a scenario with other prices and rates; refuse a value that decides what happens."""
    priced = scenario.with_values(sets)
    for key in sets:
        if not is_valuation(key):
            raise BadInput(
                f"{place(SET, key)}: decides what happens, so that it takes another run; value applies prices"
                " and rates alone, like cost.LT.reception_eur_per_day (docs/parameters.md marks them)"
            )
    return priced


def _as_then(settings: Settings, plan: Plan, folder: RunFolder, sets: Mapping[str, object]) -> Settings:
    """Return the settings with what the run was made with."""
    said = ", ".join(f"{key}={value}" for key, value in sets.items())
    name = folder.place.root.rstrip("/").rpartition("/")[2]
    note = visible(f"not simulated again, but worked out from the counts of {name}, with {said}")
    return replace(
        settings,
        replicates=plan.replicates,
        keep=plan.keep,
        own_chance=plan.own_chance,
        block_replicates=plan.block_replicates,
        notes=(*folder.manifest.get("notes", ()), note[:MOST_CHARACTERS]),
        happened=folder.manifest.get("happened", ""),
        worth=folder.manifest.get("worth"),
    )


def _files(folder: RunFolder, plan: Plan) -> dict[Job, str]:
    """Return the file of each block; refuse a name that no block has, or a block that is not there."""
    files = {
        Job(Cell(number, block["draw"]), Span(block["first"], block["count"])): block["file"]
        for number, name in enumerate(plan.names)
        for block in folder.manifest["results"][name]["blocks"]
    }
    if set(files) != {*plan.jobs()} or not all(is_ours(name, BLOCKS) for name in files.values()):
        raise BadInput(f"{folder.location}: its manifest does not name the blocks of the run")
    return files
