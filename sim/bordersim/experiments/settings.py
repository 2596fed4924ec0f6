"""How an experiment is run, as opposed to what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bordersim.errors import BadInput
from bordersim.experiments.pool import Pool, Progress, pool_on
from bordersim.inputs.arguments import (
    MOST_REPLICATES,
    MOST_WORKERS,
    choice,
    folder_or_url,
    number,
    seen,
    text,
    whole_number,
)
from bordersim.inputs.loading import DEFAULT_REPLICATES
from bordersim.results.experiment import ALL_TABLES, DAYS_ALONE, TOTALS_ALONE
from bordersim.results.store.blocks import BLOCK_REPLICATES

CONTINUE, STOP = "continue", "stop"

WHOLE_NUMBERS = {
    "replicates": MOST_REPLICATES,
    "workers": MOST_WORKERS,
    "block_replicates": MOST_REPLICATES,
}


@dataclass(frozen=True)
class Settings:
    """How to run, as opposed to what to run: nothing here changes a replicate's numbers.

    Parameters
    ----------
    replicates
        Replicates of each scenario and draw, 1 to 1,000,000.
    workers
        Number of threads, 1 to 1,000; None for one per processor.
    executor
        Where blocks are simulated; None for threads of this process.
    cluster
        Address of a Dask scheduler whose workers simulate the blocks.
    out
        Where run folders are created, a folder or a URL that fsspec knows; None writes nothing.
    pictures
        Which are drawn: "plots", "maps".
    command
        What the user typed, for the record.
    progress
        Called with the number of replicates done and the total.
    on_error
        When a replicate fails: "continue" with the others or "stop".
    keep
        "all" tables of a block; "totals" alone, sums over days, for sweeps of many draws; or "days" beside
        them, for calibrations.
    block_replicates
        Replicates in one file, 1 to 1,000,000; an interrupted run loses at most the unfinished ones.
    own_chance
        Use different random numbers in every draw, so that draws vary as the world might; without it
        all draws share them, which shows differences between draws best.
    patience_s
        How long to wait for the first block before it is abandoned [s]; None for half an hour. Later ones
        get many times what the slowest so far has taken.
    analysis
        The analysis requested by a sweep or sensitivity analysis, as plain data; kept in the manifest.
    notes
        What a reader of the answer must know first; kept in the manifest.
    happened
        The name of the scenario that histories agree with the record under; kept in the manifest.
    worth
        How many independent ones the histories are worth, None where that is not known; kept in the manifest.
    tell
        Called with messages for the user while it runs: a damaged block, a worker that died.

    Raises
    ------
    BadInput
        If a number, a word or a place is invalid.

    Examples
    --------
    >>> from bordersim.experiments.settings import Settings
    >>> Settings(replicates=20, workers=2, out="results").replicates
    20
    """

    replicates: int = DEFAULT_REPLICATES
    workers: int | None = None
    executor: Executor | None = None
    cluster: str | None = None
    out: Path | str | None = None
    pictures: tuple[str, ...] = ("plots", "maps")
    command: str = ""
    progress: Progress | None = None
    on_error: str = CONTINUE
    keep: str = ALL_TABLES
    block_replicates: int = BLOCK_REPLICATES
    own_chance: bool = False
    patience_s: float | None = None
    analysis: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()
    happened: str = ""
    worth: float | None = None
    tell: Callable[[str], None] | None = None

    def __post_init__(self) -> None:
        """Refuse invalid settings before anything is loaded; numpy numbers become Python's."""
        for name, high in WHOLE_NUMBERS.items():
            if (value := getattr(self, name)) is not None or name != "workers":
                object.__setattr__(self, name, whole_number(name, value, 1, high))
        if self.out is not None:
            object.__setattr__(self, "out", folder_or_url("out", self.out))
        if self.executor is not None and not hasattr(self.executor, "submit"):
            raise BadInput(f"executor: expects one of concurrent.futures, is {seen(self.executor)}")
        if self.patience_s is not None and not number("patience_s", self.patience_s) > 0:
            raise BadInput(f"patience_s: must be above 0, is {self.patience_s:g}")
        if self.cluster is not None:
            text("cluster", self.cluster)
        choice("on_error", self.on_error, (CONTINUE, STOP))
        choice("keep", self.keep, (ALL_TABLES, TOTALS_ALONE, DAYS_ALONE))

    def pool(self) -> AbstractContextManager[Pool]:
        """Return the workers."""
        return pool_on(self.executor, self.workers, self.cluster, self.patience_s, self.tell)
