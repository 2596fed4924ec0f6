"""`bordersim compare`: scenarios against a reference, in paired differences."""

from __future__ import annotations

from bordersim.cli import arguments
from bordersim.cli.options import Options, with_comparison
from bordersim.errors import BadInput
from bordersim.experiments.values import GIVEN

NOT_WITH_IT = ("--until-halfwidth", "--readings", "--from", "--to", "--brief", "--full")


@with_comparison
def compare(
    reference: arguments.Reference,
    scenarios: arguments.Others,
    options: Options,
    until_halfwidth: arguments.Halfwidth = None,
    max_replicates: arguments.Most = arguments.DEFAULT_MOST,
    metric: arguments.WatchedOrTold = None,
    values: arguments.ValuesFrom = GIVEN,
    readings: arguments.Readings = False,
) -> int:
    """Compare scenarios with a reference. Differences are scenario minus reference, paired by replicate."""
    if options.attribute:
        return _attributed(
            [reference, *scenarios], options, metric or [], values, (until_halfwidth, readings)
        )
    from bordersim.cli.given import answer
    from bordersim.cli.until import Until
    from bordersim.cli.window import View

    until = Until(until_halfwidth, max_replicates, tuple(metric or ()))
    return answer(values, [reference, *scenarios], options, until, readings, view=View.of_options(options))


def _attributed(
    names: list[str], options: Options, metrics: list[str], values: str, others: tuple[str | None, bool]
) -> int:
    """Tell the changes of the scenario apart; refuse what cannot be asked for as well."""
    asked = (*others, options.begins, options.ends, options.brief, options.full)
    for option, given in zip(NOT_WITH_IT, asked, strict=True):
        if given:
            raise BadInput(f"{option}: is not for --attribute; give one of them")
    from bordersim.cli.attribute import attribute

    return attribute(values, names, options, metrics)
