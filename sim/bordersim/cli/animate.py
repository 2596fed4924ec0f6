"""`bordersim animate`: a finished run week by week as a moving picture, and month by month as small maps."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bordersim.cli import arguments
from bordersim.cli.finished import read_finished
from bordersim.cli.launch import settings_of
from bordersim.cli.options import FINE, Options, whole, with_options
from bordersim.cli.screen import say_where
from bordersim.inputs.arguments import MOST_REPLICATES, choice

if TYPE_CHECKING:
    from bordersim.cli.progress import Progress

FORMATS = ("webp", "gif")
DEFAULT_AGAIN = 50
MOVING, MONTHS = "weeks", "months.png"

Format = Annotated[str, typer.Option("--format", metavar="webp|gif", help="Format of the moving picture.")]
Again = Annotated[
    int, whole(1, MOST_REPLICATES, "How many replicates or histories are simulated again, evenly chosen.")
]


@partial(with_options, names=("debug",))
def animate(
    folder: arguments.Folder, options: Options, format: Format = "webp", again: Again = DEFAULT_AGAIN
) -> int:
    """Show a finished run on the map week by week. By stretch; simulates some of it again."""
    from bordersim.cli.progress import Progress

    started = time.monotonic()
    ending = choice("--format", format, FORMATS)
    with Progress("replicates simulated again") as progress:
        moving, months = _drawn(folder, options, ending, again, progress)
    say_where(months, moving, seconds=time.monotonic() - started)
    return FINE


def _drawn(folder: str, options: Options, ending: str, again: int, progress: Progress) -> tuple[Path, Path]:
    """Simulate, draw and save; return where both pictures are."""
    from bordersim.report.pictures.titles import Said
    from bordersim.report.pictures.weekly import save_months, save_moving
    from bordersim.report.readings import own_results
    from bordersim.results.retraced import retraced
    from bordersim.results.spans import months_of, weeks_of
    from bordersim.results.store.files import own_folder
    from bordersim.results.store.names import MAPS
    from bordersim.results.store.run_lock import alone_in

    run, experiment, plan = read_finished(folder, settings_of(options, ()), "animate")
    results = own_results(experiment)
    there = retraced(results, plan.draws, plan.scenarios, again, progress)
    said, land = Said.of(results), results[0].land
    weeks, months = weeks_of(land.start, land.days), months_of(land.start, land.days)
    with alone_in(run):
        place = own_folder(run.path / MAPS)
        moving = save_moving(place / f"{MOVING}.{ending}", there, weeks, said)
        small = save_months(place / MONTHS, there, months, said)
        run.publish()
    return moving, small
