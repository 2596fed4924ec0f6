"""What a finished run writes beside its blocks: tables, summary, pictures, the last manifest."""

from __future__ import annotations

import gc
import re
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordersim.inputs.nodes import Node
from bordersim.inputs.resolved import flow
from bordersim.inputs.yaml_source import from_python
from bordersim.report.catalogue import ENGLISH
from bordersim.report.how import How
from bordersim.report.summary import summary_text
from bordersim.results.csv_tables import write_csv
from bordersim.results.experiment import ALL_TABLES
from bordersim.results.failures import write_failed
from bordersim.results.store.digests import combined
from bordersim.results.store.draw_files import read_draws
from bordersim.results.store.files import own_folder
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.for_plots import Drawn
from bordersim.results.store.manifest import COMPLETE, PARTIAL
from bordersim.results.store.names import MAPS, PLOTS, file_names
from bordersim.results.store.parts import end_of
from bordersim.results.store.provenance import model_hash
from bordersim.validation.yearly import years_beside_record
from bordersim.words.escaping import markdown

if TYPE_CHECKING:
    from bordersim.report.catalogue import Language
    from bordersim.results.experiment import Experiment
    from bordersim.results.store.result import Result

DIFFERENCE = "difference {}"
PLAIN_KEY = re.compile(r"\w+(\.\w+)*")


SUMMARY = "summary.md"


def write_report(
    folder: RunFolder, experiment: Experiment, settings: How, started: float, found: str
) -> None:
    """Write everything derived from the blocks, and last the manifest with the status of the run.

    With several draws there are neither tables of days nor pictures: the blocks hold the days of each.
    `found` is the outcome of the analysis of the draws, as text.
    """
    _write_values(folder, experiment.results)
    if len(experiment.draws) == 1 and settings.keep == ALL_TABLES:
        folder.write_tables(experiment.results)
        draw_pictures(folder, experiment, settings.pictures)
    folder.write_dictionary()
    write_failed(folder, experiment.failed)
    _write_figures(folder, experiment, settings, found)
    if experiment.is_given and experiment.comparison is not None and settings.keep == ALL_TABLES:
        draw(folder, experiment, partial(write_page, folder, experiment, settings))
    status = status_of(experiment)
    folder.log(f"{status}: digest {experiment.digest}")
    folder.publish()
    folder.save_manifest(status=status, seconds=round(time.monotonic() - started, 1), **_digests(experiment))


def status_of(experiment: Experiment) -> str:
    """Return whether all requested replicates are there."""
    return PARTIAL if experiment.failures else COMPLETE


def draw_pictures(folder: RunFolder, experiment: Experiment, kinds: Sequence[str]) -> None:
    """Draw plots and maps; a failure of one does not lose the other."""
    for kind in kinds:
        draw(folder, experiment, partial(save_pictures, folder.path, experiment, [kind]))


def draw(folder: RunFolder, experiment: Experiment, pictures: Callable[[], object]) -> None:
    """Draw; a failure must not lose the numbers."""
    try:
        pictures()
    except Exception as error:
        experiment.failures.append(f"pictures: {error!r}")
        folder.log("failed: " + "".join(traceback.format_exception(error)))


def save_pictures(folder: Path, experiment: Experiment, kinds: Sequence[str]) -> list[Path]:
    """Draw the plots and one map per scenario."""
    with _no_collection():
        return _saved(folder, experiment, kinds)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the garbage collector: figures are so many objects that it would search the whole process."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # counts begin again, else the search would come at once
        gc.unfreeze()
        if was:
            gc.enable()


def _saved(folder: Path, experiment: Experiment, kinds: Sequence[str]) -> list[Path]:
    """Draw and save."""
    paths: list[Path] = []
    if "plots" in kinds:
        from bordersim.report.pictures.plots import DRAWN, save_plots

        thin = [Drawn(result, DRAWN) for result in experiment.results]
        paths += save_plots(own_folder(folder / PLOTS), thin, experiment.comparison)
    if "maps" in kinds:
        from bordersim.report.pictures.map_differences import save_maps

        own_folder(folder / MAPS)
        own, differences = map_files(folder, experiment), difference_files(folder, experiment)
        paths += save_maps(own, differences, [Drawn(each, ()) for each in experiment.results])
    return paths


def map_files(folder: Path, experiment: Experiment) -> list[Path]:
    """Return the path of the map of each scenario."""
    return _map_files(folder, experiment)[: len(experiment.results)]


def difference_files(folder: Path, experiment: Experiment) -> list[Path]:
    """Return the path of the map of the difference of each scenario to the first."""
    return _map_files(folder, experiment)[len(experiment.results) :]


def _map_files(folder: Path, experiment: Experiment) -> list[Path]:
    """Return all of them; a scenario may have the name of a difference."""
    differences = [DIFFERENCE.format(name) for name in experiment.names[1:]]
    names = file_names([*experiment.names, *differences])
    return [folder / MAPS / f"{names[each]}.png" for each in (*experiment.names, *differences)]


def _names(results: Sequence[Result]) -> list[str]:
    """Return the names of the scenarios, safe in a path."""
    return list(file_names(result.name for result in results).values())


def _write_values(folder: RunFolder, results: Sequence[Result]) -> None:
    """Write every value of every scenario, and those set on top."""
    for result, name in zip(results, _names(results), strict=True):
        middle = f".{name}" if len(results) > 1 else ""
        folder.write_text(f"scenario{middle}.resolved.yaml", result.scenario.resolved_yaml())
    lines = [f"{_yaml_key(key)}: {_as_yaml(value)}" for key, value in results[0].sets.items()]
    folder.write_text("overrides.yaml", "\n".join([*(lines or ["{}"]), ""]))


def _yaml_key(key: str) -> str:
    """Write a dotted key; a name in it may contain any character."""
    return key if PLAIN_KEY.fullmatch(key) else flow(key)


def _as_yaml(value: object) -> str:
    """Write a value set by the user as one line of YAML; text is YAML as typed."""
    return flow(_bare(from_python(value)))


def _bare(node: Node) -> object:
    """Return a value with everything known about it."""
    if isinstance(node.value, dict):
        return {key: _bare(child) for key, child in node.value.items()}
    return [_bare(item) for item in node.items()] if isinstance(node.value, list) else node.value


def _write_figures(folder: RunFolder, experiment: Experiment, settings: How, found: str) -> None:
    """Write metrics.csv, comparison.csv, years.csv and summary.md."""
    write_csv(folder.path / "metrics.csv", experiment.metrics)
    if experiment.comparison is not None:
        write_csv(folder.path / "comparison.csv", experiment.comparison)
    years = years_beside_record(experiment.results)
    if len(years):
        write_csv(folder.path / "years.csv", years)
    folder.write_text("summary.md", summary_text(experiment, settings, found))


def write_page(folder: RunFolder, experiment: Experiment, settings: How, language: Language = ENGLISH) -> str:
    """Write the page of a comparison of histories, of all days or of some, and return its name.

    Histories are lived again for the maps by week only by the model that made the run.
    """
    from bordersim.report.page.page import page

    land, middle = experiment.results[0].land, "" if language is ENGLISH else f".{language.code}"
    days = f"-{land.start}-{end_of(land)}" if experiment.is_part else ""
    histories = read_draws(folder.place, folder.manifest["draws"])
    same = folder.manifest["hashes"]["model"] == model_hash()
    name = f"report{days}{middle}.html"
    folder.keep_text(name, page(experiment, settings, histories, language, by_week=same))
    return name


def _digests(experiment: Experiment) -> dict[str, Any]:
    """Return the digests of blocks, scenarios and the run."""
    of_scenarios = {
        result.name: {
            "digest": experiment.digests[result.name],
            "replicates": sum(each.replicates for each in experiment.of_scenario(i)),
            "missing": sum(each.missing for each in experiment.of_scenario(i)),
            "blocks": list(_blocks(experiment.of_scenario(i))),
        }
        for i, result in enumerate(experiment.results)
    }
    return {"digest": experiment.digest, "results": of_scenarios, "failures": experiment.failures}


def _blocks(results: Sequence[Result]) -> Iterator[dict[str, Any]]:
    """Return the blocks of a scenario, draw by draw."""
    for draw, result in enumerate(results):
        for block in result.blocks:
            yield {
                "file": block.name,
                "draw": draw,
                "first": block.span.first,
                "count": block.span.size,
                "replicates": len(block.numbers),
                "digest": combined(block.digests()),
            }


def write_verdict(experiment: Experiment, pictures: Sequence[str], said: str) -> None:
    """Draw the pictures, which were skipped at each look, and log how the rule ended."""
    folder = RunFolder.open(str(experiment.folder))
    if pictures:
        draw_pictures(folder, experiment, pictures)
        folder.publish()
    summary = folder.place.read(SUMMARY).decode()
    folder.keep_text(SUMMARY, f"{summary}\n## Stopping rule\n\n{markdown(f'{said[0].upper()}{said[1:]}.')}\n")
    folder.save_manifest(stopping_rule=said, status=status_of(experiment), failures=experiment.failures)
