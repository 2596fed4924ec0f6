"""`bordersim value`: a finished run under other prices and rates."""

from __future__ import annotations

from functools import partial

from bordersim.cli import arguments
from bordersim.cli.launch import go
from bordersim.cli.options import HOW, Options, with_options


@partial(with_options, names=("out", *HOW))
def value(folder: arguments.Folder, options: Options, set: arguments.Sets = None) -> int:
    """Work out a finished run with other prices and rates. Simulates nothing; writes a folder of its own."""
    from bordersim.analyses.value import value_run
    from bordersim.inputs import parse_sets

    sets = parse_sets(set or [])
    return go(lambda settings: value_run(folder, sets, settings), options)
