"""What an experiment is: how it is run, and what comes of it."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.comparison import compare_results, summarise_results
from sim.ensemble import Progress
from sim.scenario.loading import DEFAULT_REPLICATES
from sim.store.digests import combined_by_name
from sim.store.result import Result

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Settings:
    """How to run, as opposed to what: nothing here changes a replicate's numbers.

    Parameters
    ----------
    out
        Where run folders are made; None writes nothing.
    pictures
        Which are drawn: "plots", "maps".
    command
        What the user typed, for the record.
    """

    replicates: int = DEFAULT_REPLICATES
    workers: int | None = None
    executor: Executor | None = None
    out: Path | None = None
    pictures: tuple[str, ...] = ("plots", "maps")
    command: str = ""
    progress: Progress | None = None


@dataclass(frozen=True)
class Experiment:
    """Results of one scenario, or of a reference and those compared with it."""

    results: tuple[Result, ...]
    failures: list[str]
    folder: Path | None

    @cached_property
    def metrics(self) -> pd.DataFrame:
        """Mean and spread of each figure of each scenario."""
        return summarise_results(self.results)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Paired differences to the first scenario; no row if it is alone."""
        return compare_results(self.results[0], self.results[1:])

    @property
    def comparison(self) -> pd.DataFrame | None:
        """Paired differences to the first scenario; None if it is alone."""
        return self.differences if len(self.results) > 1 else None

    @property
    def digest(self) -> str:
        """Digest of all numbers of all scenarios."""
        return combined_by_name({result.name: result.digest() for result in self.results})
