"""What replicates counted by day, from a run in memory or from the folder of a finished one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import BadInput
from sim.ledgers import ALL
from sim.outcomes import DERIVED, METRIC_NAMES
from sim.scenario.lookup import scenario_files
from sim.scenario.nearest import did_you_mean
from sim.state import COUNTRIES
from sim.text import normal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.store.result import Result

    Floats = NDArray[np.float64]

FORMULAS = {name: (name,) for name in METRIC_NAMES} | {metric.name: metric.formula for metric in DERIVED}
PLACES = (*COUNTRIES, ALL)
MANIFEST = "manifest.json"
READABLE = ("complete", "partial")


@dataclass(frozen=True)
class Recorded:
    """The daily counts of one scenario's replicates, read as they are asked for.

    Parameters
    ----------
    name
        Name of the scenario.
    start, days
        The days there are.
    counted
        Gives a counted metric at one border: replicate, day.
    """

    name: str
    start: date
    days: int
    counted: Callable[[str, str], Floats]

    @property
    def end(self) -> date:
        """The last day."""
        return self.start + timedelta(self.days - 1)

    def daily(self, metric: str, country: str) -> Floats:
        """Return a metric by replicate and day at one border, or summed over all of them."""
        if metric not in FORMULAS:
            raise BadInput(f"metric: '{metric}' is not counted by day{did_you_mean(metric, FORMULAS)}")
        if country not in PLACES:
            raise BadInput(f"country: '{country}' is no border of the model{did_you_mean(country, PLACES)}")
        borders = COUNTRIES if country == ALL else (country,)
        total: Floats = np.sum([self.counted(part, c) for part in FORMULAS[metric] for c in borders], axis=0)
        return total

    def in_windows(
        self, metric: str, country: str, spans: Sequence[tuple[date, date]], shift_days: int = 0
    ) -> Floats:
        """Sum a metric over windows of days, both ends included: replicate, window.

        With `shift_days` each window lies so many days later; what reaches over the ends of the run is cut.
        """
        daily = self.daily(metric, country)
        sums = np.concatenate([np.zeros((len(daily), 1)), daily.cumsum(axis=1)], axis=1)
        first, end = (
            np.clip([(day - self.start).days + shift_days + more for day in days], 0, self.days).astype(int)
            for days, more in (([a for a, _ in spans], 0), ([b for _, b in spans], 1))
        )
        total: Floats = sums[:, end] - sums[:, first]
        return total


def of_results(results: Sequence[Result]) -> Recorded:
    """Read the counts of one scenario in memory; several results are its draws, one after the other."""

    def counted(metric: str, country: str) -> Floats:
        index = COUNTRIES.index(country), METRIC_NAMES.index(metric)
        blocks = (block for result in results for block in result.blocks)
        return np.concatenate([block.values("daily")[:, :, *index] for block in blocks])

    first = results[0]
    return Recorded(first.name, first.land.start, first.land.days, counted)


def of_folder(folder: Path) -> list[Recorded]:
    """Read the counts of every scenario of a finished run from its folder."""
    manifest = _manifest(folder)
    path = folder / "daily.parquet"
    if not path.is_file():
        raise BadInput(f"{path}: is not there; a run that was stopped can be resumed or run again")
    return [_of_file(path, name) for name in manifest["scenarios"]]


def is_run_folder(name: str) -> bool:
    """Say whether a name is that of a folder; a scenario's name wins over a folder that is no run."""
    folder = Path(name)
    return os.path.isdir(name) and (normal(name) not in scenario_files() or (folder / MANIFEST).is_file())


def _manifest(folder: Path) -> dict[str, Any]:
    """Read what a run says about itself."""
    path = folder / MANIFEST
    if not path.is_file():
        raise BadInput(f"{folder}: is not the folder of a run, it lacks {MANIFEST}")
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadInput(f"{path}: is not JSON: {error}") from None
    if manifest.get("status") not in READABLE:
        raise BadInput(
            f"{folder}: the run is {manifest.get('status')}, not complete; resume it or run it again"
        )
    return manifest


def _of_file(path: Path, name: str) -> Recorded:
    """Read one scenario of daily.parquet: its days now, its counts when asked for."""
    from functools import cache

    import pyarrow.parquet as pq

    only = [("scenario", "==", name)]
    days = pq.read_table(path, columns=["day"], filters=only)["day"].unique().to_pylist()
    if not days:
        raise BadInput(f"{path}: holds no day of {name}")

    @cache
    def counted(metric: str, country: str) -> Floats:
        rows = pq.read_table(path, columns=[metric], filters=[*only, ("country", "==", country)])
        values: Floats = rows[metric].to_numpy().astype(np.float64).reshape(-1, len(days))
        return values

    return Recorded(name, min(days), len(days), counted)
