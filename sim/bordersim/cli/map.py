"""`bordersim map`: the map of one scenario."""

from __future__ import annotations

from bordersim.cli import arguments
from bordersim.cli.launch import run_and_show
from bordersim.cli.options import Options, with_options


@with_options
def draw_map(scenarios: arguments.Names, options: Options) -> int:
    """Draw the map of one scenario. Runs it first; the last line is the path of the picture."""
    return run_and_show(["+".join(scenarios)], options, ("maps",))
