"""What a finished run was asked for and what was found, to be shown once more: as the command showed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordersim.results.kept import ATTRIBUTION

if TYPE_CHECKING:
    from bordersim.cli.analysed import Analysed
    from bordersim.results.experiment import Experiment


def found_in(experiment: Experiment) -> Analysed | None:
    """Return what a run in a folder was asked for; None for a plain run, and for what has no such tables.

    Raises
    ------
    BadInput
        Its manifest asks for something that cannot be answered.
    """
    from bordersim.analyses.analysis import SENSITIVITY, SWEEP, refuse_unanswerable
    from bordersim.cli.asked import Asked
    from bordersim.cli.attributed import Attributed
    from bordersim.results.store.folder import RunFolder

    analysis = RunFolder.open(experiment.folder).manifest.get("analysis") if experiment.folder else None
    if not analysis:
        return None
    refuse_unanswerable(analysis, len(experiment.draws), f"{experiment.folder}: analysis")
    if analysis["kind"] == ATTRIBUTION:
        return Attributed(analysis)
    return Asked(experiment.draws, analysis) if analysis["kind"] in (SWEEP, SENSITIVITY) else None
