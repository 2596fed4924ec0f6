"""`bordersim story`: one synthetic family under two policies, and why its ways part."""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING, Annotated

import typer

from bordersim.cli import arguments
from bordersim.cli.options import FINE, Options, whole, with_options
from bordersim.cli.screen import say, say_where, width_of_lines
from bordersim.errors import BadInput
from bordersim.experiments.values import GIVEN
from bordersim.inputs.arguments import MOST_REPLICATES

if TYPE_CHECKING:
    from bordersim.analyses.lives.again import Again

AMONG, PAGE = 20, "story.html"
with_luck = functools.partial(with_options, names=("seed", "set", "lang", "json", "debug"))


@with_luck
def story(
    where: Annotated[
        str,
        typer.Argument(
            metavar="DIR|REFERENCE",
            help="A run folder, its URL, 'latest', or the name that 'runs' shows; or the reference.",
        ),
    ],
    options: Options,
    scenario: Annotated[
        str | None,
        typer.Argument(metavar="[SCENARIO]", help="What is compared with it; in a folder: the first."),
    ] = None,
    pick: Annotated[
        str,
        typer.Option(
            metavar="typical|each-ending|extreme-returns|extreme-captive",
            help="Whom to tell of, by rule; who is extreme is marked as such.",
        ),
    ] = "typical",
    person: Annotated[
        str | None, typer.Option(metavar="NAME", help="Tell of one family, by the name a story printed.")
    ] = None,
    among: Annotated[
        int, whole(1, MOST_REPLICATES, "Replicates or histories looked at, evenly spread.")
    ] = AMONG,
    values: arguments.ValuesFrom = GIVEN,
    page: Annotated[str, typer.Option(metavar="FILE", help="Where the page is written.")] = PAGE,
) -> int:
    """Tell of a synthetic family under two policies. Exact: its replicate is simulated again with a log."""
    from bordersim.analyses.lives.asked import Whom
    from bordersim.cli.launch import typed
    from bordersim.cli.progress import Progress
    from bordersim.report.catalogue import language_of

    started, whom = time.monotonic(), Whom(pick, person, among)
    language = language_of(options.lang)  # refused before anything is lived through
    again = _again(where, scenario, values, options)
    with Progress() as progress:
        told = whom.told_by(again, progress, typed(), language)
    place = told.save(page)
    say(told.json() if options.json else told.as_wide_as(width_of_lines()))
    say_where(place, seconds=time.monotonic() - started, as_json=options.json)
    return FINE


def _again(where: str, scenario: str | None, values: str, options: Options) -> Again:
    """Return what is lived through again: a run in a folder, or two scenarios."""
    from bordersim.analyses.lives.again import again_in
    from bordersim.analyses.lives.asked import again_for, run_named
    from bordersim.cli.launch import loaded_scenarios

    if (found := run_named(where)) is not None:
        if options.set or options.seed is not None or values != GIVEN:
            raise BadInput("--set, --seed, --values: a run folder has its own; name two scenarios instead")
        return again_in(found, scenario)
    if scenario is None:
        raise BadInput(f"{where}: no run folder; to compare, name two scenarios")
    loaded, sets = loaded_scenarios([where, scenario], options)
    return again_for(loaded, sets, values)
