"""What an assimilation leaves: histories as draws, and tables that say how they agree with the record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.analyses.assimilation import INDEPENDENCE, findings
from bordersim.analyses.calibration import POSTERIOR
from bordersim.analyses.calibration import write_posterior as write_draws
from bordersim.errors import RunError
from bordersim.results.csv_tables import write_csv
from bordersim.results.store.folder import hash_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.analyses.assimilation.exercise import Exercise
    from bordersim.analyses.assimilation.relay import Reached
    from bordersim.analyses.assimilation.study import History, Study
    from bordersim.experiments.pool import Pool
    from bordersim.results.draws import Draw
    from bordersim.results.store.folder import RunFolder


class Posterior(NamedTuple):
    """Histories that agree with the record, all of the same weight.

    Attributes
    ----------
    draws
        Each as a draw: values by dotted key, and the keys it draws from.
    digest
        Hash of all of them in order.
    sentences
        What is to be said of them.
    """

    folder: Path | str
    draws: list[Draw]
    digest: str
    sentences: list[str]


def write_posterior(
    folder: RunFolder, exercise: Exercise, reached: Sequence[Reached], pool: Pool
) -> Posterior:
    """Write histories and tables of every leg; those of the last are called the posterior."""
    for each in reached:
        draws = findings.draws_of(each)
        name = POSTERIOR if each is reached[-1] else f"posterior-{each.end}.parquet"
        write_draws(folder.path / name, draws)
    last = reached[-1]
    seen = findings.windows(exercise, last, _lived(last.study, last.histories, pool))
    found, worth = findings.ancestors(last), findings.independence(last)
    for name, table in (
        ("evidence.csv", findings.evidence(reached)),
        ("values.csv", findings.values(last)),
        ("windows.csv", seen),
        ("ancestors.csv", found),
        ("chains.csv", findings.chains(reached)),
        (INDEPENDENCE, worth),
        ("wanderings.csv", findings.wanderings(last)),
    ):
        write_csv(folder.path / name, table)
    sentences = findings.sentences(worth, found, seen)
    folder.write_text("summary.md", "\n".join([f"# {exercise.title or exercise.name}", "", *sentences, ""]))
    return Posterior(folder.location, draws, hash_of(draws), sentences)


def _lived(study: Study, histories: Sequence[History], pool: Pool) -> list[NDArray[np.float64]]:
    """Run all histories again and return what each counted by day."""
    alike = list(dict.fromkeys(histories))
    found: dict[History, NDArray[np.float64]] = {}
    for history, daily in pool.done(partial(daily_of, study), alike):
        if isinstance(daily, BaseException):
            raise RunError(f"a history cannot be run again: {daily!r}") from daily
        found[history] = daily
    return [found[history] for history in histories]


def daily_of(study: Study, history: History) -> NDArray[np.float64]:
    """Return what a history counts by day, border and metric."""
    return study.state(history, study.days)[1].daily
