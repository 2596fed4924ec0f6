"""`bordersim run`: one scenario, its totals with their spread; several side by side."""

from __future__ import annotations

from bordersim.cli import arguments
from bordersim.cli.options import Options, with_all
from bordersim.experiments.values import GIVEN


@with_all
def run(
    scenarios: arguments.Names,
    options: Options,
    until_halfwidth: arguments.Halfwidth = None,
    max_replicates: arguments.Most = arguments.DEFAULT_MOST,
    metric: arguments.Watched = None,
    values: arguments.ValuesFrom = GIVEN,
) -> int:
    """Run scenarios. Prints totals with their spread; writes tables, plots and a map of each."""
    from bordersim.cli.given import answer
    from bordersim.cli.until import Until
    from bordersim.cli.window import View

    until = Until(until_halfwidth, max_replicates, tuple(metric or ()))
    return answer(values, scenarios, options, until, view=View.of_options(options))
