"""What a finished run comes to with other prices and rates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bordersim.errors import RunError
from bordersim.experiments.settings import Settings
from bordersim.experiments.value import valued_anew
from bordersim.inputs.arguments import folder_or_url, values_to_set
from bordersim.report.files import write_report
from bordersim.results.experiment import Experiment

if TYPE_CHECKING:
    from bordersim.inputs.arguments import Values


def value(
    folder: str | Path, *, set: Values, out: str | Path | None = None, workers: int | None = None
) -> Experiment:
    """Work out what a finished run comes to with other prices and rates; nothing is simulated again.

    Parameters
    ----------
    folder
        The run folder, or its URL; it stays as it is.
    set
        Prices and rates by dotted key, like `cost.LT.reception_eur_per_day`: those that `docs/parameters.md`
        marks as applied after the run. Values that change what happens are refused.
    out, workers
        As in `run`; with `out` the tables are written into a folder of their own.

    Returns
    -------
    Experiment
        The same counts, and so the same digests, with costs and expected harm worked out anew.

    Raises
    ------
    BadInput
        If this is not a finished run that kept its days, if the model has changed since, or if a key is
        none of these.
    RunError
        As `run`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from bordersim import run, value
    >>> with TemporaryDirectory() as results:
    ...     made = run("history_2021", replicates=2, set={"period.end": "2021-05-07"}, out=results)
    ...     dearer = value(made.folder, set={"cost.LT.reception_eur_per_day": 40}).results[0]
    ...     same = dearer.digest() == made.digest()
    >>> same, bool((dearer.totals["reception_eur"] >= made.totals["reception_eur"]).all())
    (True, True)
    """
    settings = Settings(workers=workers, out=out)
    experiment = value_run(folder_or_url("folder", folder), values_to_set(set), settings)
    if experiment.failures:
        raise RunError("; ".join(experiment.failures))
    return experiment


def value_run(location: Path | str, sets: Mapping[str, object], settings: Settings) -> Experiment:
    """Value a finished run anew, and write the report where one is wanted."""
    with valued_anew(location, settings, sets) as made:
        if made.folder is not None:
            write_report(made.folder, made.experiment, made.settings, made.started, "")
    return made.experiment
