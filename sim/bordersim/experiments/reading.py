"""A finished run as it lies in its folder: read alone, with nothing simulated and nothing written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordersim.errors import BadInput
from bordersim.experiments.settings import Settings
from bordersim.results.draws import LUCK, NO_DRAW, Draw
from bordersim.results.experiment import ALL_TABLES, Cell, Experiment
from bordersim.results.store.block_files import DamagedError, block_on_disk, opened
from bordersim.results.store.blocks import Span
from bordersim.results.store.draw_files import read_draws
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.manifest import READABLE
from bordersim.results.store.names import DRAWS, HISTORIES, REPLICATES
from bordersim.results.store.result import Result
from bordersim.results.store.scenario_files import read_scenarios
from bordersim.results.store.tables import Land

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.results.store.finished_block import Block


def read_run(location: Path | str) -> tuple[Experiment, Settings]:
    """Return the experiment in a run folder, and how it was made; an older model's numbers are its own.

    Raises
    ------
    BadInput
        It is no run folder, it has not ended, or it holds histories found and no figures.
    """
    folder = RunFolder.open(location)
    about = folder.manifest
    folder.refuse_unended(location, READABLE)
    draws = read_draws(folder.place, about["draws"]) if folder.holds(DRAWS) else NO_DRAW
    is_given = LUCK in draws[0]
    cell_draws = NO_DRAW if is_given else draws
    cells = {
        Cell(i, d): _result(folder, scenario, d, draw, HISTORIES if is_given else REPLICATES)
        for i, scenario in enumerate(read_scenarios(folder.place))
        for d, draw in enumerate(cell_draws)
    }
    if not any(result.blocks for result in cells.values()):
        raise BadInput(f"{location}: holds no figures of a run ({folder.kind or 'no blocks'})")
    results = tuple(result for cell, result in cells.items() if cell.draw == 0)
    failures = [str(each) for each in about.get("failures", [])]
    how = _how(about)
    return Experiment(results, failures, folder.location, cell_draws, cells, worth=how.worth), how


def _result(folder: RunFolder, scenario: Scenario, draw: int, drawn: Draw, repetitions: str) -> Result:
    """Return the result of a scenario with a draw on top."""
    from bordersim.model.world import build_world

    about, land = folder.manifest, Land.of(build_world(scenario))
    blocks = [each for each in about["results"][scenario.name]["blocks"] if each["draw"] == draw]
    return Result(
        *(scenario, about["seed"], about["replicates"], land, tuple(_blocks(folder, blocks))),
        sets={**about["sets"], **drawn},
        folder=folder.location,
        keeps_days=about["keep"] == ALL_TABLES,
        repetitions=repetitions,
    )


def _blocks(folder: RunFolder, blocks: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    """Yield blocks whose numbers are read when they are asked for."""
    for each in blocks:
        span = Span(each["first"], each["count"])
        numbers: Sequence[int] = span.numbers
        if each["replicates"] != each["count"]:
            numbers = _numbers(folder, each["file"])
        yield block_on_disk(folder.blocks, each["file"], span, numbers)


def _numbers(folder: RunFolder, name: str) -> Sequence[int]:
    """Read which replicates a block holds that lacks some."""
    try:
        with opened(folder.blocks, name) as file:
            return file.numbers()
    except DamagedError as error:
        raise BadInput(f"{folder.location}: {error}; mend it: bordersim resume") from None


def _how(about: Mapping[str, Any]) -> Settings:
    """Return how the run was made, as its report tells it."""
    return Settings(
        about["replicates"],
        command=about["command"],
        pictures=tuple(about["pictures"]),
        keep=about["keep"],
        notes=tuple(about.get("notes", ())),
        happened=about.get("happened", ""),
        worth=about.get("worth"),
        analysis=about.get("analysis"),
    )
