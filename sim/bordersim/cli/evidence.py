"""`bordersim evidence`: which structure makes what was published more probable, by how much, how surely?"""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bordersim.cli.assimilate import RUNS
from bordersim.cli.exercises import located
from bordersim.cli.launch import settings_of
from bordersim.cli.options import FINE, Options, whole, with_options
from bordersim.cli.screen import say, say_where, show, tell
from bordersim.errors import BadInput

if TYPE_CHECKING:
    from bordersim.analyses.assimilation.exercise import Exercise
    from bordersim.analyses.assimilation.judge import Effort, Structure
    from bordersim.analyses.assimilation.sides import Side

MOST = 10_000  # filters, and particles of each
FILE = ".json"  # of what an earlier call found
WITHOUT = "--without"
SHARED = ("seed", "set", "out", "workers", "cluster", "json", "debug", "dry_run")
with_shared = functools.partial(with_options, names=SHARED)


@with_shared
def evidence(
    options: Options,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[STRUCTURE...]",
            help="Scenarios, or files of earlier calls, which may be of another version of the model.",
        ),
    ] = None,
    exercise: Annotated[
        Path | None,
        typer.Option(metavar="EXERCISE", help="Windows, ranges, seeds: a file, or a name like given_2021."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUE",
            help="One more structure: the first scenario with this set; several with spaces in quotes.",
        ),
    ] = None,
    filters: Annotated[
        int | None, whole(2, MOST, "Filters of each; default: as the exercise's last round.")
    ] = None,
    particles: Annotated[int | None, whole(2, MOST, "Particles of each filter; default: likewise.")] = None,
    no_left_out: Annotated[
        bool, typer.Option("--no-left-out", help="Leave no windows out, which takes half as long.")
    ] = False,
) -> int:
    """Judge structures. How probable does each make the published record, and windows it was not shown?"""
    from bordersim.analyses.assimilation.sides import read_side

    started, given = time.monotonic(), names or []
    earlier = [read_side(Path(name)) for name in given if name.endswith(FILE)]
    scenarios = [name for name in given if not name.endswith(FILE)]
    structures: list[Structure] = []
    effort = None
    if exercise or scenarios or without:
        asked = _exercise(exercise, options)
        structures = list(_structures(asked, scenarios, without or []))
        effort = _effort(asked, filters, particles, not no_left_out)
    if not structures and len(earlier) < 2:
        raise BadInput("expects two files of earlier calls, or --exercise and structures to be judged by it")
    if options.dry_run:
        tell(_described(earlier, structures, effort))
        return FINE
    sides, places = _judged(structures, effort, options) if effort else ([], [])
    _show(_as_named(given, earlier, sides), options.json)
    say_where(*places, seconds=time.monotonic() - started, as_json=options.json)
    return FINE


def _exercise(path: Path | None, options: Options) -> Exercise:
    """Read the exercise, with the values and the seed that the user sets; what is set does not vary."""
    from bordersim.analyses.assimilation.exercise import KEYS, MOST_SEED, read_exercise
    from bordersim.inputs import parse_sets
    from bordersim.inputs.arguments import whole_number

    if path is None:
        raise BadInput("--exercise: name one, like given_2021; it says what is judged by")
    asked, sets = read_exercise(located(path, KEYS)), parse_sets(options.set or [])
    seed = asked.seed if options.seed is None else whole_number("--seed", options.seed, 0, MOST_SEED)
    ranges = tuple(each for each in asked.ranges if each.key not in sets)
    return asked.model_copy(update={"sets": {**asked.sets, **sets}, "ranges": ranges, "seed": seed})


def _structures(asked: Exercise, scenarios: Sequence[str], without: Sequence[str]) -> Iterator[Structure]:
    """Yield the scenarios, that of the exercise if none is named, then the first one with values set."""
    from bordersim.analyses.assimilation.judge import Structure
    from bordersim.inputs import parse_sets

    named = scenarios or [asked.scenario]
    for name in named:
        yield Structure(asked, name)
    for text in without:
        try:
            yield Structure(asked, named[0], parse_sets(text.split()))
        except BadInput as error:
            raise BadInput(f"{WITHOUT} {str(error).removeprefix('--set ')}") from None


def _effort(asked: Exercise, filters: int | None, particles: int | None, leaves_out: bool) -> Effort:
    """Return how many filters there are, each of how many particles."""
    from bordersim.analyses.assimilation.judge import Effort

    usual = asked.rounds[-1]
    return Effort(filters or usual[0], particles or usual[1], leaves_out)


def _described(earlier: Sequence[Side], structures: Sequence[Structure], effort: Effort | None) -> str:
    """Say what would be done, and measure how long it would take."""
    names = ", ".join([*(side.name for side in earlier), *(each.name for each in structures)])
    if effort is None:
        return f"would compare {names}"
    from bordersim.analyses.assimilation.judge import seconds_of

    first, passes = structures[0], 1 + effort.leaves_out
    seconds, left_out = seconds_of(first, effort), sum(first.is_left_out)
    count = passes * effort.filters * len(structures)
    again = f", and as many that do not see {left_out} of them" if effort.leaves_out else ""
    varied = ", ".join(str(len(each.exercise.ranges)) for each in structures)
    return (
        f"would judge {names} by {len(first.windows)} windows of {first.exercise.name} up to"
        f" {first.exercise.ends[-1]}: for each {effort.filters} filters of {effort.particles}{again};"
        f" {varied} values vary; {seconds:.1f} s of a processor a filter, about {count * seconds:,.0f} s"
        " in all"
    )


def _judged(
    structures: Sequence[Structure], effort: Effort, options: Options
) -> tuple[list[Side], list[Path | str]]:
    """Run the filters with progress."""
    from bordersim.analyses.assimilation.judge import judged
    from bordersim.cli.progress import Progress

    with Progress(RUNS) as progress:
        return judged(structures, effort, settings_of(options, (), progress))


def _as_named(given: Sequence[str], earlier: Sequence[Side], sides: Sequence[Side]) -> list[Side]:
    """Return sides in the order in which they were named; those that were not named come last."""
    read, made = iter(earlier), iter(sides)
    named = [next(read if name.endswith(FILE) else made) for name in given]
    return [*named, *made]


def _show(sides: list[Side], as_json: bool) -> None:
    """Print how probable each is, how sure the differences from the first are, and how far off each is."""
    from bordersim.analyses.assimilation.sides import paired
    from bordersim.cli.judgement import as_json_text, sentences, sheets

    alike = paired(sides)
    if as_json:
        say(as_json_text(alike))
        return
    show(sheets(alike))
    for sentence in sentences(alike):
        tell(sentence)
