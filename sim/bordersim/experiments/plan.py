"""What an experiment is made of, written into the run folder and read back by workers and `resume`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from bordersim.errors import BadInput
from bordersim.experiments.check_draws import check_draw, histories_of
from bordersim.experiments.settings import Settings
from bordersim.inputs.arguments import MOST_REPLICATES, whole_number
from bordersim.inputs.yaml_source import from_python
from bordersim.results.draws import LUCK, NO_DRAW, Draw, luck_of, steered_as_in
from bordersim.results.experiment import ALL_TABLES, DAYS_ALONE, TOTALS_ALONE, Cell
from bordersim.results.readings import parted
from bordersim.results.store import provenance
from bordersim.results.store.block_files import OF_TABLE, SMALL
from bordersim.results.store.blocks import Span, block_spans
from bordersim.results.store.draw_files import draws_text, read_draws
from bordersim.results.store.folder import RunFolder, block_key, hash_of
from bordersim.results.store.manifest import MANIFEST_VERSION
from bordersim.results.store.names import DRAWS, MOST_BLOCKS, SCENARIOS, block_name, cell_name, file_names
from bordersim.results.store.plain import plain_values
from bordersim.results.store.scenario_files import read_scenarios, scenarios_json

if TYPE_CHECKING:
    from bordersim.inputs import Scenario

TABLES = {ALL_TABLES: tuple(OF_TABLE), TOTALS_ALONE: SMALL, DAYS_ALONE: ("daily", *SMALL)}
SEED_DIGITS = 15  # of a hash in hex: below 2^63


@dataclass(frozen=True)
class Job:
    """One block of one cell."""

    cell: Cell
    span: Span


@dataclass(frozen=True, eq=False)
class Plan:
    """Scenarios x draws x replicates, and all that decides their numbers.

    Draws that carry luck are histories: each is one replicate, so that there is one cell for all of them.
    """

    scenarios: tuple[Scenario, ...]
    replicates: int
    sets: Mapping[str, object]
    draws: tuple[Draw, ...] = NO_DRAW
    block_replicates: int = 50
    keep: str = ALL_TABLES
    own_chance: bool = False

    @classmethod
    def of(
        cls,
        scenarios: Sequence[Scenario],
        settings: Settings,
        sets: Mapping[str, object],
        draws: Sequence[Draw],
    ) -> Plan:
        """Make the plan of a new experiment; what it keeps of values is plain data, as `resume` reads it."""
        for draw in draws:
            check_draw(draw)
        plan = cls(
            tuple(scenarios),
            whole_number("replicates", settings.replicates, 1, MOST_REPLICATES),
            plain_values(sets),
            tuple(plain_values(draw) for draw in draws) or NO_DRAW,
            whole_number("block_replicates", settings.block_replicates, 1, MOST_REPLICATES),
            settings.keep,
            bool(settings.own_chance),
        )
        if any(LUCK in draw for draw in plan.draws):
            plan = replace(plan, replicates=histories_of(plan.draws, plan.names))
        return plan if settings.out is None else plan.checked()

    def checked(self) -> Plan:
        """Return it unless it has more blocks than can be kept."""
        if self.block_count > MOST_BLOCKS:
            raise BadInput(
                f"{self.total:,} replicates in all would be {self.block_count:,} blocks; at most"
                f" {MOST_BLOCKS:,} are kept in one run"
            )
        return self

    @classmethod
    def read(cls, folder: RunFolder) -> Plan:
        """Read the plan of an existing run.

        Raises
        ------
        BadInput
            If scenarios or draws cannot be read, or are not those that the manifest has the hashes of.
        """
        about = folder.manifest
        _refuse_unreadable(about["sets"], f"{folder.location}: sets")
        plan = cls(
            read_scenarios(folder.place),
            about["replicates"],
            about["sets"],
            read_draws(folder.place, about["draws"]) if folder.holds(DRAWS) else NO_DRAW,
            about["block_replicates"],
            about["keep"],
            about.get("own_chance", False),
        )
        _refuse_others(plan, folder)
        return plan

    @property
    def seed(self) -> int:
        """The random seed."""
        return self.scenarios[0].config.run.seed

    def seed_of(self, draw: int) -> int:
        """The seed of the replicates of a draw: the same in all, unless each has its own random numbers."""
        if not self.own_chance:
            return self.seed
        return int(hash_of([self.seed, draw])[:SEED_DIGITS], 16)

    @property
    def names(self) -> list[str]:
        """Names of the scenarios."""
        return [scenario.name for scenario in self.scenarios]

    @property
    def is_given(self) -> bool:
        """Whether its draws are histories."""
        return LUCK in self.draws[0]

    @property
    def cell_draws(self) -> tuple[Draw, ...]:
        """What makes cells of a scenario: draws, unless they are histories."""
        return NO_DRAW if self.is_given else self.draws

    def histories(self, span: Span) -> tuple[Draw, ...]:
        """Return the histories that are the replicates of a block, if there are any."""
        return self.draws[span.first : span.first + span.size] if self.is_given else ()

    @property
    def experiment_name(self) -> str:
        """Name of the folder of its runs."""
        first, *others = [name for name in self.names if not parted(name)[1]]
        return f"{first}-vs-{'-'.join(others)}" if others else first

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables that blocks keep."""
        return TABLES[self.keep]

    @property
    def total(self) -> int:
        """Count the replicates of all cells."""
        return len(self.scenarios) * len(self.cell_draws) * self.replicates

    def jobs(self) -> Iterator[Job]:
        """Yield the jobs block by block, so that a run that is stopped early still holds pairs."""
        for span in block_spans(self.replicates, self.block_replicates):
            for draw in range(len(self.cell_draws)):
                for scenario in range(len(self.scenarios)):
                    yield Job(Cell(scenario, draw), span)

    def key(self, job: Job) -> str:
        """Hash all that decides the content of a block."""
        digest = self.digests[job.cell.scenario]
        tables = () if self.keep == ALL_TABLES else self.tables
        draw = dict(self.cell_draws[job.cell.draw])
        if histories := self.histories(job.span):
            draw[LUCK] = hash_of([*histories, *self._reading(job.cell.scenario, histories[0])])
        return block_key(digest, self.seed_of(job.cell.draw), job.span, draw, tables)

    def _reading(self, scenario: int, history: Draw) -> Iterator[str]:
        """Yield what tells a scenario from another with the same values, where luck or host are others."""
        name = self.names[scenario]
        if luck_of(history, name) != history[LUCK]:
            yield luck_of(history, name)
        if leader := steered_as_in(history, name):
            yield self.digests[self.names.index(leader)]

    def file(self, job: Job) -> str:
        """Return the file name of a block."""
        return block_name(self.cell_name(job.cell), job.span.first, self.key(job))

    def cell_name(self, cell: Cell) -> str:
        """Return how the names of the blocks of a cell begin."""
        draw = cell.draw if len(self.cell_draws) > 1 else None
        return cell_name(self._file_names[self.names[cell.scenario]], draw)

    @cached_property
    def _file_names(self) -> dict[str, str]:
        """Names of the scenarios, safe in a path."""
        return file_names(self.names)

    @cached_property
    def digests(self) -> list[str]:
        """Digests of the values of the scenarios."""
        return [scenario.digest for scenario in self.scenarios]

    @property
    def block_count(self) -> int:
        """Count the blocks of all cells."""
        cells = len(self.scenarios) * len(self.cell_draws)
        return cells * -(-self.replicates // self.block_replicates)  # rounded up

    @property
    def hashes(self) -> dict[str, Any]:
        """Hash all that decides the numbers, part by part."""
        config = dict(zip(self.names, self.digests, strict=True))
        return {"config": config, "draws": hash_of(list(self.draws)), **provenance.hashes()}

    def about(self, settings: Settings) -> dict[str, Any]:
        """Return the first manifest: everything that decides the numbers, and the versions used."""
        decided_by = {"seed": self.seed, "replicates": self.replicates, "hashes": self.hashes}
        return {
            "manifest_version": MANIFEST_VERSION,
            "identity": hash_of(decided_by),
            "command": settings.command,
            "scenarios": self.names,
            "sets": self.sets,
            "draws": len(self.draws),
            **decided_by,
            "block_replicates": self.block_replicates,
            "keep": self.keep,
            "own_chance": self.own_chance,
            "pictures": list(settings.pictures),
            "analysis": settings.analysis,
            "notes": list(settings.notes),
            "happened": settings.happened,
            "worth": settings.worth,
            "versions": provenance.versions(),
            "commit": provenance.commit(),
        }

    def texts(self) -> dict[str, str]:
        """Write what workers and `resume` need, by name of the file."""
        draws = {DRAWS: draws_text(self.draws)} if self.draws != NO_DRAW else {}
        return {SCENARIOS: scenarios_json(self.scenarios), **draws}


def _refuse_unreadable(sets: Mapping[str, object], where: str) -> None:
    """Refuse values that were set on top and are no YAML."""
    for key, value in sets.items():
        try:
            from_python(value)
        except BadInput as error:
            raise BadInput(f"{where}: {key}: {error}") from None


def _refuse_others(plan: Plan, folder: RunFolder) -> None:
    """Refuse scenarios or draws that have changed since: their blocks would be mixed with the old ones."""
    about, hashes = folder.manifest, folder.manifest["hashes"]
    digests = dict(zip(plan.names, plan.digests, strict=True))
    if (about["scenarios"], hashes["config"]) != (plan.names, digests):
        _refuse_other(folder, SCENARIOS)
    if hashes["draws"] != hash_of(list(plan.draws)) or (
        plan.is_given and histories_of(plan.draws, plan.names) != plan.replicates
    ):
        _refuse_other(folder, DRAWS)


def _refuse_other(folder: RunFolder, name: str) -> NoReturn:
    """Refuse a file that has changed since, or that this version reads differently."""
    raise BadInput(f"{folder.place}/{name}: holds others than the run was begun with, as they are read here")
