"""`bordersim reproduce`: repeat blocks of a run and compare their digests."""

from __future__ import annotations

from typing import Annotated

import typer

from bordersim.cli.arguments import run_folder
from bordersim.cli.launch import settings_of
from bordersim.cli.options import FAILED, FINE, Options, whole, with_how


@with_how
def reproduce(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="DIR|manifest.json",
            help="The run folder, its URL, or a manifest.json; 'latest', or the name that 'runs' shows.",
            callback=run_folder,
        ),
    ],
    options: Options,
    sample: Annotated[
        int | None, whole(1, None, "Number of blocks to repeat, evenly spread; default: all.")
    ] = None,
) -> int:
    """Check that a finished run repeats exactly. Simulates blocks again; exit code 1 if a number differs."""
    from bordersim.cli.printed import print_reproduction
    from bordersim.cli.progress import Progress
    from bordersim.experiments.reproduce import reproduce

    with Progress() as progress:
        made = reproduce(folder, settings_of(options, (), progress), sample)
    print_reproduction(made, options.json)
    return FINE if made.is_same else FAILED
