"""What an experiment prints: tables for people, JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bordersim.cli.screen import say, show, tell, warn
from bordersim.limits import LIMITS_OF_USE
from bordersim.report.alike import other_policy, same_policy
from bordersim.report.answer import answers_of, assumed_line, assumed_sentence, before_quoting, words_of
from bordersim.report.brief import brief_lines, brief_sheets
from bordersim.report.catalogue import ENGLISH
from bordersim.report.files import map_files
from bordersim.report.given import short_sheets
from bordersim.report.headlines import ASKED_FIRST
from bordersim.report.readings import own_results, readings_lines, readings_sheets
from bordersim.report.shifts import shifts_line
from bordersim.report.summary import beside_line, reading, sheets_of, years_line, years_sheets
from bordersim.report.uncertainty import FORMULA, runs_line, subject_line
from bordersim.results.readings import is_part_of
from bordersim.results.store.parts import LEFT_OUT

if TYPE_CHECKING:
    from bordersim.experiments.reproduce import Reproduction
    from bordersim.results.experiment import Experiment

PAIR = 2
EVERYTHING = (
    "The table holds some of the figures. All of them (ledgers of entry, protection, guards and money):"
    " bordersim summary latest --full, or summary.md in the folder of the run."
)
WHY = (
    "To see how much each change contributes, and at which stage (noticed, reached by guards, sent back) the"
    " outcome of attempts changes, add --attribute to the command."
)


def print_answer(experiment: Experiment) -> None:
    """Print what histories answer, the figures asked first, and what their words mean."""
    _say_answer(experiment)
    show([*readings_sheets(experiment), *short_sheets(experiment), *years_sheets(experiment)])
    _say_words({metric for metric, _ in ASKED_FIRST})
    assumed = assumed_sentence([result.scenario for result in own_results(experiment)], ENGLISH)
    _say_last(experiment, (years_line(experiment), shifts_line(experiment), EVERYTHING, assumed))


def print_tables(experiment: Experiment) -> None:
    """Print the four ledgers, how to read them, and how much is assumed."""
    if experiment.is_given:
        _say_answer(experiment)
    show(sheets_of(experiment))
    tell(runs_line(experiment))
    if experiment.is_given:
        _say_words()
        tell(ENGLISH.say("reading.files"))
    else:
        _say_how_to_read(experiment)
    assumed = (assumed_line(result.scenario) for result in own_results(experiment))
    _say_last(
        experiment, (years_line(experiment), shifts_line(experiment), beside_line(experiment), *assumed)
    )


def _say_last(experiment: Experiment, lines: Iterable[str]) -> None:
    """Print what stands below all tables: these lines, limits of use, and what failed."""
    for line in filter(None, lines):
        tell(line)
    if experiment.is_part:
        tell(LEFT_OUT)
    if len(own_results(experiment)) == PAIR and not any(map(is_part_of, experiment.names)):
        tell(WHY)
    tell(LIMITS_OF_USE)
    for failure in experiment.failures:
        warn(f"failed: {failure}")


def print_brief(experiment: Experiment) -> None:
    """Print an answer that fits on a screen."""
    show(brief_sheets(experiment))
    for line in brief_lines(experiment):
        tell(line)
    for failure in experiment.failures:
        warn(f"failed: {failure}")


def _say_answer(experiment: Experiment) -> None:
    """Print what histories answer and how to read it, before any table."""
    tell(subject_line(experiment))
    for answer in answers_of(experiment):
        for line in (answer.lead, *answer.lines):
            tell(line)
    scenarios = [result.scenario for result in own_results(experiment)]
    for line in filter(None, (other_policy(scenarios), same_policy(scenarios))):
        tell(line)
    for line in readings_lines(experiment):
        tell(line)
    tell("")
    for line in before_quoting(experiment.comparison is not None):
        tell(line)
    tell("")


def _say_words(metrics: Container[str] | None = None) -> None:
    """Print what the words of tables mean."""
    tell("Words in the tables:")
    for line in words_of(metrics):
        tell(f"- {line}", len("- "))
    tell("")


def _say_how_to_read(experiment: Experiment) -> None:
    """Print how to read tables of replicates."""
    if len(experiment.draws) > 1:
        tell(FORMULA)
    tell(reading(experiment.comparison is not None, len(experiment.draws) > 1))


def print_reproduction(made: Reproduction, as_json: bool) -> None:
    """Print the outcome of `reproduce`."""
    if as_json:
        say(json.dumps(asdict(made) | {"same": made.is_same}, indent=1))
        return
    for block in made.blocks:
        numbers = f"replicates {block.first} to {block.first + block.count - 1}"
        said = block.now[:12] if block.is_same else f"{block.then[:12]} then, {block.now[:60]} now"
        draw = f" draw {block.draw}" if block.draw else ""
        say(f"{'same' if block.is_same else 'DIFFERS'}  {block.scenario}{draw}, {numbers}: {said}")
    for name, then, now in made.differs:
        say(f"changed: {name}: {_short(then)} then, {_short(now)} now")
    same = sum(block.is_same for block in made.blocks)
    say(f"{same} of {len(made.blocks)} blocks have the same digest ({made.total} in the run)")


def _short(text: str) -> str:
    """Shorten a hash, but not the text beside it."""
    return re.sub(r"\b([0-9a-f]{12})[0-9a-f]{20,}", r"\1", text)


def json_text(experiment: Experiment, seconds: float) -> str:
    """Write an experiment as JSON; a value that is not a number is null."""
    frames = {"metrics": experiment.metrics, "comparison": experiment.comparison}
    tables = {name: json.loads(f.to_json(orient="records")) for name, f in frames.items() if f is not None}
    about = {
        "folder": str(experiment.folder),
        "seconds": round(seconds, 1),
        "digest": experiment.digest,
        "digests": experiment.digests,
        "replicates": experiment.results[0].replicates,
        "missing": experiment.missing,
        "draws": len(experiment.draws),
        "seed": experiment.results[0].seed,
        "failures": experiment.failures,
    }
    return json.dumps(about | tables, indent=1)


def map_path(experiment: Experiment) -> str | None:
    """Return the path of the only map."""
    folder = experiment.folder
    return f"{folder}/{map_files(Path(), experiment)[0]}" if folder else None
