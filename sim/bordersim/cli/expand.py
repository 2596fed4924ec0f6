"""`bordersim expand`: add replicates to a run."""

from __future__ import annotations

from bordersim.cli import arguments
from bordersim.cli.launch import go
from bordersim.cli.options import Options, with_how


@with_how
def expand(
    folder: arguments.Folder,
    replicates: arguments.InAll,
    options: Options,
) -> int:
    """Add replicates to a run. The result is the same as if all had been requested at once."""
    from bordersim.api import expand_run

    return go(lambda settings: expand_run(folder, replicates, settings), options)
