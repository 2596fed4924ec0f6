"""`bordersim map`: the map of one scenario."""

from __future__ import annotations

from bordersim.cli import arguments
from bordersim.cli.options import Options, with_options
from bordersim.experiments.values import GIVEN


@with_options
def draw_map(scenarios: arguments.OneName, options: Options, values: arguments.ValuesFrom = GIVEN) -> int:
    """Draw the map of one scenario. Runs it first; the last line is the path of the picture."""
    from bordersim.cli.given import answer
    from bordersim.cli.until import ONCE

    return answer(values, [arguments.only(scenarios)], options, ONCE, pictures=("maps",))
