"""A finished run as commands read it that add something to its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordersim.errors import BadInput

if TYPE_CHECKING:
    from bordersim.experiments.plan import Plan
    from bordersim.experiments.settings import Settings
    from bordersim.results.experiment import Experiment
    from bordersim.results.store.folder import RunFolder


def read_finished(location: str, settings: Settings) -> tuple[RunFolder, Experiment, Plan]:
    """Read a run that has ended, with what happened where.

    Raises
    ------
    BadInput
        If it has not ended, holds several draws of values or no places, or the model has changed since.
    """
    from bordersim.experiments.plan import Plan
    from bordersim.experiments.resume import finished_run
    from bordersim.results.experiment import ALL_TABLES
    from bordersim.results.store.folder import RunFolder

    folder = RunFolder.open(location)
    if folder.kind is not None or folder.manifest["keep"] != ALL_TABLES:
        raise BadInput(
            f"{location}: holds {folder.kind or 'sums'}, nothing by place; name a run or a comparison"
        )
    folder.refuse_unended(location)
    return folder, finished_run(location, settings).experiment, Plan.read(folder)
