"""`bordersim compare … --attribute`: which change of a scenario did it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bordersim.analyses.attribution import attribution_of
from bordersim.cli.attributed import Attributed
from bordersim.cli.given import histories_to_ask, refuse_replicates
from bordersim.cli.launch import carry_out, loaded_scenarios
from bordersim.cli.screen import warn
from bordersim.cli.until import ONCE
from bordersim.errors import BadInput
from bordersim.results.draws import NO_DRAW

if TYPE_CHECKING:
    from bordersim.cli.options import Options
    from bordersim.experiments.settings import Settings

ATTRIBUTE = "--attribute"
PAIR = 1 + 1


def attribute(values: str, names: list[str], options: Options, metrics: Sequence[str]) -> int:
    """Run a reference, a scenario and its parts, and print which change did what."""
    if len(names) != PAIR:
        raise BadInput(f"{ATTRIBUTE}: takes one scenario beside the reference, {len(names) - 1} are given")
    loaded, sets = loaded_scenarios(names, options)
    scenarios, analysis = attribution_of(loaded[0], loaded[1], metrics)
    given = histories_to_ask(values, scenarios, sets)
    if given:
        refuse_replicates(options, ONCE, sets)
    for note in given.notes if given else ():
        warn(f"note: {note}")

    def changed(settings: Settings) -> Settings:
        told = given.told_in(settings) if given else settings
        return replace(told, keep="totals", analysis=analysis)

    count = len(analysis["changes"])
    warn(f"{count} change{'s' * (count > 1)}, {len(scenarios)} scenarios: {', '.join(analysis['changes'])}")
    draws = given.draws if given else NO_DRAW
    return carry_out(scenarios, sets, draws, options, ("plots",), changed, Attributed(analysis))
