"""`bordersim compare … --attribute`: which change of a scenario did it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bordersim.analyses.attribution import attribution_of
from bordersim.analyses.attribution_report import Found
from bordersim.cli.given import histories_to_ask, refuse_replicates
from bordersim.cli.launch import carry_out, loaded_scenarios
from bordersim.cli.screen import show, tell, warn
from bordersim.cli.until import ONCE
from bordersim.errors import BadInput
from bordersim.limits import LIMITS_OF_USE
from bordersim.report.attribution import reading
from bordersim.report.uncertainty import runs_line
from bordersim.results.draws import NO_DRAW

if TYPE_CHECKING:
    from bordersim.cli.options import Options
    from bordersim.experiments.settings import Settings
    from bordersim.results.experiment import Experiment

ATTRIBUTE = "--attribute"
PAIR = 1 + 1


@dataclass(frozen=True)
class Attributed:
    """The changes to tell apart, and how what is found is shown."""

    analysis: Mapping[str, Any]

    def show(self, experiment: Experiment) -> None:
        """Print what was found."""
        self.show_found(experiment)
        tell(runs_line(experiment))
        tell(LIMITS_OF_USE)
        for failure in experiment.failures:
            warn(f"failed: {failure}")

    def show_found(self, experiment: Experiment) -> None:
        """Print the tables alone, and how to read them."""
        show(Found.of(experiment, self.analysis).sheets)
        tell(reading(experiment.is_given, len(self.analysis["changes"])))

    def json_text(self, experiment: Experiment, seconds: float) -> str:
        """Write what was found as JSON."""
        from bordersim.cli.printed import json_text

        found = Found.of(experiment, self.analysis)
        tables = {"attribution": found.table, "attribution_way": found.way}
        plain = {name: json.loads(table.to_json(orient="records")) for name, table in tables.items()}
        return json.dumps(json.loads(json_text(experiment, seconds)) | plain, indent=1)


def attribute(values: str, names: list[str], options: Options, metrics: Sequence[str]) -> int:
    """Run a reference, a scenario and its parts, and print which change did what."""
    if len(names) != PAIR:
        raise BadInput(f"{ATTRIBUTE}: takes one scenario beside the reference, {len(names) - 1} are given")
    loaded, sets = loaded_scenarios(names, options)
    scenarios, analysis = attribution_of(loaded[0], loaded[1], metrics)
    given = histories_to_ask(values, scenarios, sets)
    if given:
        refuse_replicates(options, ONCE, sets)
    notes = tuple(given.notes) if given else ()
    for note in notes:
        warn(f"note: {note}")

    def changed(settings: Settings) -> Settings:
        happened = given.happened if given else ""
        return replace(settings, keep="totals", analysis=analysis, notes=notes, happened=happened)

    count = len(analysis["changes"])
    warn(f"{count} change{'s' * (count > 1)}, {len(scenarios)} scenarios: {', '.join(analysis['changes'])}")
    draws = given.draws if given else NO_DRAW
    return carry_out(scenarios, sets, draws, options, ("plots",), changed, Attributed(analysis))
