"""Daily counts of replicates, from a run in memory or from the folder of a finished one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.errors import BadInput
from bordersim.inputs.lookup import scenario_files
from bordersim.inputs.nearest import did_you_mean
from bordersim.inputs.paths import user_path
from bordersim.results.experiment import ALL_TABLES
from bordersim.results.kept import refuse_sums
from bordersim.results.ledgers import ALL
from bordersim.results.store.files import read_plain, refuse_odd_in
from bordersim.results.store.manifest import finished_of, plain_json
from bordersim.results.store.names import MANIFEST
from bordersim.results.store.runs import analysis_of
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import DERIVED
from bordersim.words.renamed import renamed
from bordersim.words.text import normal
from bordersim.words.valued import DAILY_NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.results.store.result import Result

    Floats = NDArray[np.float64]

FORMULAS = {name: (name,) for name in DAILY_NAMES} | {metric.name: metric.formula for metric in DERIVED}
PLACES = (*COUNTRIES, ALL)
METRICS_AT_HAND = 8  # each is asked for at one border after the other
DAILY = "daily.parquet"
WORDS, NUMBERS = ("string", "large_string"), ("int32", "double")
DATES = ("timestamp[ms]", "timestamp[us]", "timestamp[ns]")
KEYS = {"scenario": WORDS, "date": DATES, "country": WORDS}


@dataclass(frozen=True)
class Recorded:
    """The daily counts of one scenario's replicates, read on demand.

    Parameters
    ----------
    name
        Name of the scenario.
    start, days
        First day and number of days.
    counted
        Returns a counted metric at one border: replicate, day.
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

        With `shift_days` each window is that many days later; it is cut at the ends of the run.
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
        return everywhere(metric)[:, :, COUNTRIES.index(country)]

    @lru_cache(maxsize=METRICS_AT_HAND)
    def everywhere(metric: str) -> Floats:
        blocks = (block for result in results for block in result.blocks)
        return np.concatenate([block.values("daily", (metric,))[..., 0] for block in blocks])

    first = results[0]
    return Recorded(first.name, first.land.start, first.land.days, counted)


def of_folder(folder: Path) -> list[Recorded]:
    """Read the counts of every scenario of a finished run from its folder."""
    folder = user_path(folder)
    names = _finished(folder)
    path = folder / DAILY
    if not path.exists():
        _refuse_kept_less(folder)
        raise BadInput(f"{path}: is not there; a run that was stopped can be resumed or run again")
    _refuse_other_columns(path, KEYS)
    return [_of_file(path, name) for name in names]


def is_run_folder(name: str) -> bool:
    """Return whether a name is that of a folder; a scenario's name wins over a folder that is no run."""
    name = user_path(name)
    is_run = normal(name) not in scenario_files() or os.path.lexists(Path(name, MANIFEST))
    return os.path.isdir(name) and is_run


def _refuse_kept_less(folder: Path) -> None:
    """Refuse a folder that has no days although nothing of it was lost."""
    about = plain_json(read_plain(folder / MANIFEST), f"{folder}/{MANIFEST}")
    refuse_sums(folder, analysis_of(about), str(about.get("keep", ALL_TABLES)), "validate")


def _finished(folder: Path) -> list[str]:
    """Read which scenarios a finished run has, from its manifest."""
    refuse_odd_in(folder)
    try:
        text = read_plain(folder / MANIFEST)
    except FileNotFoundError:
        raise BadInput(f"{folder}: is not the folder of a run, it lacks {MANIFEST}") from None
    except OSError as error:
        raise BadInput(f"{folder}: {MANIFEST} cannot be read: {error}") from None
    return finished_of(text, f"{folder}/{MANIFEST}")


def _refuse_other_columns(path: Path, kinds: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse a file that lacks a column, or has it of another kind."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        found = {field.name: str(field.type) for field in pq.read_schema(path)}
    except (pa.ArrowException, OSError, UnicodeError) as error:
        raise BadInput(f"{path}: cannot be read: {error}") from None
    for name, allowed in kinds.items():
        if found.get(name) not in allowed:
            raise BadInput(f"{path}: {_lack(name, found)}; run it again")


def _lack(name: str, found: Iterable[str]) -> str:
    """Return why a column cannot be used: an earlier version named it otherwise, or it is not there."""
    old = next((each for each in found if renamed(each) == name != each), None)
    if old is not None:
        return f"written by an earlier version, its column '{old}' is now called '{name}'"
    return f"lacks the column '{name}', or it is of another kind"


def _of_file(path: Path, name: str) -> Recorded:
    """Read one scenario of daily.parquet: its days now, its counts on demand."""
    only = [("scenario", "==", name)]
    days = np.unique(_column(path, "date", only)).astype("datetime64[D]")
    if not len(days) or np.isnat(days).any() or len(days) != (days[-1] - days[0]).astype(int) + 1:
        raise BadInput(f"{path}: holds no day of {name}, or not every day of its period")

    @cache
    def counted(metric: str, country: str) -> Floats:
        _refuse_other_columns(path, {metric: NUMBERS})
        values = _column(path, metric, [*only, ("country", "==", country)]).astype(np.float64)
        if not len(values) or len(values) % len(days) or not np.isfinite(values).all():
            raise BadInput(f"{path}: has not every day of {name} at {country} in each replicate")
        by_day: Floats = values.reshape(-1, len(days))
        return by_day

    return Recorded(name, days[0].item(), len(days), counted)


def _column(path: Path, name: str, only: list[tuple[str, str, str]]) -> Any:
    """Read a column of some rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(path, columns=[name], filters=only)[name].to_numpy()
    except (pa.ArrowException, OSError) as error:
        raise BadInput(f"{path}: cannot be read: {error}") from None
