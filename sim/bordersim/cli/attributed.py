"""What an attribution found, as it is shown: after the run, and again from its folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bordersim.analyses.attribution_report import Found
from bordersim.cli.analysed import Analysed
from bordersim.cli.screen import show, tell
from bordersim.report.attribution import reading

if TYPE_CHECKING:
    from bordersim.results.experiment import Experiment


@dataclass(frozen=True)
class Attributed(Analysed):
    """The changes to tell apart, and how what is found is shown."""

    analysis: Mapping[str, Any]

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
