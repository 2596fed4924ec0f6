"""What an experiment is made of, written into the run folder and read back by workers and `resume`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.errors import BadInput
from sim.experiment import ALL_TABLES, DAYS_ALONE, NO_DRAW, TOTALS_ALONE, Cell, Draw, Settings
from sim.store import provenance
from sim.store.block_files import OF_TABLE, SMALL
from sim.store.blocks import Span, block_spans
from sim.store.folder import RunFolder, block_key, block_name, hash_of
from sim.store.place import Place
from sim.store.scenario_files import scenarios_json, scenarios_of

if TYPE_CHECKING:
    from sim.scenario import Scenario

MANIFEST_VERSION = 2
SCENARIOS, DRAWS = "scenarios.json", "draws.csv"
TABLES = {ALL_TABLES: tuple(OF_TABLE), TOTALS_ALONE: SMALL, DAYS_ALONE: ("daily", *SMALL)}
SEED_DIGITS = 15  # of a hash in hex: below 2^63
FIXED = ("period.", "land.", "run.")  # what all cells must have in common


@dataclass(frozen=True)
class Job:
    """One block of one cell."""

    cell: Cell
    span: Span


@dataclass(frozen=True, eq=False)
class Plan:
    """Scenarios x draws x replicates, and all that decides their numbers."""

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
        """Make the plan of a new experiment."""
        for draw in draws:
            _check_draw(draw)
        made = tuple(dict(draw) for draw in draws) or NO_DRAW
        blocks = settings.block_replicates
        return cls(
            tuple(scenarios), settings.replicates, sets, made, blocks, settings.keep, settings.own_chance
        )

    @classmethod
    def read(cls, folder: RunFolder) -> Plan:
        """Read the plan of a run that was begun before."""
        about = folder.manifest
        if about.get("manifest_version") != MANIFEST_VERSION:
            raise BadInput(
                f"{folder.location}: was made by another version of bordersim; it can only be read"
            )
        try:
            return cls(
                read_scenarios(folder.place),
                about["replicates"],
                about["sets"],
                read_draws(folder.place) if folder.holds(DRAWS) else NO_DRAW,
                about["block_replicates"],
                about["keep"],
                about.get("own_chance", False),
            )
        except (OSError, LookupError, TypeError, ValueError) as error:
            raise BadInput(
                f"{folder.location}: no run folder any more, what is to be run cannot be read ({error!r})"
            ) from error

    @property
    def seed(self) -> int:
        """What all draws of chance are made from."""
        return self.scenarios[0].config.run.seed

    def seed_of(self, draw: int) -> int:
        """What the replicates of a draw are made from: the same in all, unless each has chance of its own."""
        if not self.own_chance:
            return self.seed
        return int(hash_of([self.seed, draw])[:SEED_DIGITS], 16)

    @property
    def names(self) -> list[str]:
        """Names of the scenarios."""
        return [scenario.name for scenario in self.scenarios]

    @property
    def experiment_name(self) -> str:
        """Name of the folder of its runs."""
        first, *others = self.names
        return f"{first}-vs-{'-'.join(others)}" if others else first

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables that blocks keep."""
        return TABLES[self.keep]

    @property
    def total(self) -> int:
        """Count the replicates of all cells."""
        return len(self.scenarios) * len(self.draws) * self.replicates

    def jobs(self) -> Iterator[Job]:
        """Yield the jobs block by block, so that a run that is stopped early still holds pairs."""
        for span in block_spans(self.replicates, self.block_replicates):
            for draw in range(len(self.draws)):
                for scenario in range(len(self.scenarios)):
                    yield Job(Cell(scenario, draw), span)

    def key(self, job: Job) -> str:
        """Hash all that decides the content of a block."""
        digest = self.digests[job.cell.scenario]
        tables = () if self.keep == ALL_TABLES else self.tables
        return block_key(digest, self.seed_of(job.cell.draw), job.span, self.draws[job.cell.draw], tables)

    def file(self, job: Job) -> str:
        """Name the file of a block."""
        draw = job.cell.draw if len(self.draws) > 1 else None
        return block_name(self.names[job.cell.scenario], draw, job.span.first, self.key(job))

    @cached_property
    def digests(self) -> list[str]:
        """Digests of the values of the scenarios."""
        return [scenario.digest for scenario in self.scenarios]

    @property
    def block_count(self) -> int:
        """Count the blocks of all cells."""
        cells = len(self.scenarios) * len(self.draws)
        return cells * -(-self.replicates // self.block_replicates)  # rounded up

    def about(self, settings: Settings) -> dict[str, Any]:
        """Say what decides the numbers, and what they are made with: the first manifest."""
        config = dict(zip(self.names, self.digests, strict=True))
        decided_by = {
            "seed": self.seed,
            "replicates": self.replicates,
            "hashes": {"config": config, "draws": hash_of(list(self.draws)), **provenance.hashes()},
        }
        return {
            "manifest_version": MANIFEST_VERSION,
            "identity": hash_of(decided_by),
            "command": settings.command,
            "scenarios": self.names,
            "sets": {key: str(value) for key, value in self.sets.items()},
            "draws": len(self.draws),
            **decided_by,
            "block_replicates": self.block_replicates,
            "keep": self.keep,
            "own_chance": self.own_chance,
            "pictures": list(settings.pictures),
            "analysis": settings.analysis,
            "versions": provenance.versions(),
            "commit": provenance.commit(),
        }

    def texts(self) -> dict[str, str]:
        """Write what workers and `resume` need, by name of the file."""
        draws = {DRAWS: draws_text(self.draws)} if self.draws != NO_DRAW else {}
        return {SCENARIOS: scenarios_json(self.scenarios), **draws}


def read_scenarios(place: Place) -> tuple[Scenario, ...]:
    """Read the scenarios of a run."""
    return tuple(scenarios_of(place.read(SCENARIOS)))


def draws_text(draws: Sequence[Draw]) -> str:
    """Write the draws, one a row: its number, then its values as JSON."""
    keys = list(dict.fromkeys(key for draw in draws for key in draw))
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("draw", *keys))
    for number, draw in enumerate(draws):
        writer.writerow(
            (number, *(json.dumps(draw[key], default=str) if key in draw else "" for key in keys))
        )
    return file.getvalue()


def read_draws(place: Place) -> tuple[Draw, ...]:
    """Read the draws of a run."""
    rows = csv.DictReader(io.StringIO(place.read(DRAWS).decode()))
    return tuple({k: json.loads(v) for k, v in row.items() if k != "draw" and v} for row in rows)


def _check_draw(draw: Draw) -> None:
    """Refuse a draw that would make cells unlike."""
    for key in draw:
        if key.startswith(FIXED):
            raise BadInput(f"{key}: cannot differ between draws; set it for all with --set")
