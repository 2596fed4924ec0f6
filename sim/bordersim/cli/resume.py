"""`bordersim resume`: continue an interrupted run."""

from __future__ import annotations

import time

from bordersim.cli import arguments
from bordersim.cli.launch import go, settings_of
from bordersim.cli.options import FINE, Options, with_how


@with_how
def resume(folder: arguments.Folder, options: Options) -> int:
    """Continue an interrupted run. Simulates only what is missing or damaged."""
    from bordersim.analyses.assimilation import KIND
    from bordersim.api import resume_run
    from bordersim.results.store.folder import RunFolder

    if RunFolder.open(folder).kind == KIND:
        return _assimilation(folder, options)
    return go(lambda settings: resume_run(folder, settings), options)


def _assimilation(folder: str, options: Options) -> int:
    """Resume an assimilation."""
    from bordersim.analyses.assimilation.run import gone_on
    from bordersim.cli.assimilate import RUNS, show
    from bordersim.cli.progress import Progress

    started = time.monotonic()
    with Progress(RUNS) as progress:
        found = gone_on(folder, settings_of(options, (), progress))
    show(found, options.json, time.monotonic() - started)
    return FINE
