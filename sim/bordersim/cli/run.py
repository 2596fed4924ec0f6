"""`bordersim run`: one scenario, its totals with their spread."""

from __future__ import annotations

from bordersim.cli import arguments
from bordersim.cli.launch import run_and_show
from bordersim.cli.options import Options, with_options


@with_options
def run(
    scenarios: arguments.Names,
    options: Options,
    until_halfwidth: arguments.Halfwidth = None,
    max_replicates: arguments.Most = arguments.DEFAULT_MOST,
    metric: arguments.Metric = None,
    values: arguments.ValuesFrom = arguments.FIXED,
) -> int:
    """Run one scenario. Prints totals with their spread; writes tables, plots and a map."""
    from bordersim.cli.given import answer_from
    from bordersim.cli.until import Until

    until = Until(until_halfwidth, max_replicates, tuple(metric or ()))
    if values != arguments.FIXED:
        return answer_from(values, ["+".join(scenarios)], options, until)
    return run_and_show(["+".join(scenarios)], options, until=until)
