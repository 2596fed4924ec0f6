"""The model from Python: `run` one scenario, `compare` several; parameters are tuned in a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.ensemble import RunError
from sim.errors import BadInput
from sim.experiment import Experiment, Settings
from sim.experiments.reproduce import Reproduction
from sim.experiments.reproduce import reproduce as _reproduce
from sim.experiments.resume import expand as _expand
from sim.experiments.resume import resume as _resume
from sim.running import run_experiment
from sim.scenario.loading import DEFAULT_REPLICATES, Names, load, with_seed

if TYPE_CHECKING:
    import pandas as pd

    from sim.store.result import Result


@dataclass(frozen=True)
class Comparison:
    """A reference, the scenarios compared with it, and the table of paired differences."""

    reference: Result
    scenarios: tuple[Result, ...]
    table: pd.DataFrame
    folder: Path | str | None

    def row(self, metric: str, country: str, scenario: str | None = None) -> pd.Series:
        """Return one difference, of the first scenario if none is named."""
        name = scenario or self.table["scenario"].iloc[0]
        found = self.table.query("metric == @metric and country == @country and scenario == @name")
        if len(found) != 1:
            raise KeyError(f"no difference of {metric} at {country} for {name}")
        return found.iloc[0]


def run(
    scenario: Names,
    *,
    replicates: int = DEFAULT_REPLICATES,
    seed: int | None = None,
    set: Mapping[str, object] | None = None,
    out: str | Path | None = None,
    workers: int | None = None,
) -> Result:
    """Run one scenario and return its result; several names combine in order into one.

    Parameters
    ----------
    scenario
        Name, path, or several of them.
    replicates
        How often it is repeated.
    seed
        What all draws are made from; None takes that of the scenario.
    set
        Values on top of the scenario, by dotted key.
    out
        Folder or URL in which the run's own folder is made; None writes nothing.
    workers
        Threads; None takes one per processor. No number depends on it.
    """
    sets = with_seed(set, seed)
    settings = Settings(replicates, workers, out=out)
    return _complete(run_experiment([load(scenario, sets)], settings, sets)).results[0]


def compare(
    reference: Names,
    *scenarios: Names,
    replicates: int = DEFAULT_REPLICATES,
    seed: int | None = None,
    set: Mapping[str, object] | None = None,
    out: str | Path | None = None,
    workers: int | None = None,
) -> Comparison:
    """Run a reference and scenarios with common random numbers; differences are scenario minus reference.

    Parameters are those of `run`; `set` holds for all of them.
    """
    if not scenarios:
        raise BadInput("compare needs a reference and at least one scenario")
    sets = with_seed(set, seed)
    settings = Settings(replicates, workers, out=out)
    loaded = [load(names, sets) for names in (reference, *scenarios)]
    done = _complete(run_experiment(loaded, settings, sets))
    return Comparison(done.results[0], done.results[1:], done.differences, done.folder)


def resume(folder: str | Path, *, workers: int | None = None) -> Experiment:
    """Go on with a run that was stopped or killed: make exactly what is missing or damaged."""
    return _complete(_resume(folder, Settings(workers=workers)))


def expand(folder: str | Path, replicates: int, *, workers: int | None = None) -> Experiment:
    """Add replicates to a run; it ends as if all had been asked for at once."""
    return _complete(_expand(folder, replicates, Settings(workers=workers)))


def reproduce(folder: str | Path, *, sample: int | None = None, workers: int | None = None) -> Reproduction:
    """Make the blocks of a run, or so many of them, again and compare their digests."""
    return _reproduce(folder, Settings(workers=workers), sample)


def _complete(experiment: Experiment) -> Experiment:
    """Refuse an experiment that lacks replicates: a script must not go on with part of it."""
    if experiment.failures:
        raise RunError("; ".join(experiment.failures))
    return experiment
