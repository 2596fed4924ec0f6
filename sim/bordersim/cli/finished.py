"""A finished run as commands read it that add something to its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bordersim.experiments.plan import Plan
    from bordersim.experiments.settings import Settings
    from bordersim.results.experiment import Experiment
    from bordersim.results.store.folder import RunFolder


def read_finished(location: str, settings: Settings, taker: str) -> tuple[RunFolder, Experiment, Plan]:
    """Read a run that has ended, with what happened where; `taker` is the command that needs it.

    Raises
    ------
    BadInput
        If it has not ended, holds several draws of values or no places, or the model has changed since.
    """
    from bordersim.experiments.plan import Plan
    from bordersim.experiments.resume import finished_run
    from bordersim.results.kept import refuse_sums
    from bordersim.results.store.folder import RunFolder

    folder = RunFolder.open(location)
    refuse_sums(location, folder.kind, folder.manifest["keep"], taker)
    folder.refuse_unended(location)
    return folder, finished_run(location, settings).experiment, Plan.read(folder)
