"""`bordersim resume`: go on with a run."""

from __future__ import annotations

from bordersim.cli import arguments
from bordersim.cli.launch import go
from bordersim.cli.options import Options, with_how


@with_how
def resume(folder: arguments.Folder, options: Options) -> int:
    """Go on with a run that was stopped or killed: make exactly what is missing or damaged."""
    from bordersim.api import resume_run

    return go(lambda settings: resume_run(folder, settings), options)
