"""`bordersim compare`: scenarios against a reference, in paired differences."""

from __future__ import annotations

from bordersim.cli import arguments
from bordersim.cli.options import Options, with_options
from bordersim.experiments.values import GIVEN


@with_options
def compare(
    reference: arguments.Reference,
    scenarios: arguments.Others,
    options: Options,
    until_halfwidth: arguments.Halfwidth = None,
    max_replicates: arguments.Most = arguments.DEFAULT_MOST,
    metric: arguments.Metric = None,
    values: arguments.ValuesFrom = GIVEN,
    readings: arguments.Readings = False,
) -> int:
    """Compare scenarios with a reference. Differences are scenario minus reference, paired by replicate."""
    from bordersim.cli.given import answer
    from bordersim.cli.until import Until

    until = Until(until_halfwidth, max_replicates, tuple(metric or ()))
    return answer(values, [reference, *scenarios], options, until, readings)
