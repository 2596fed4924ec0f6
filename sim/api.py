"""The model from Python: `run` one scenario, `compare` several; parameters are tuned in a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.ensemble import RunError
from sim.errors import BadInput
from sim.experiment import Experiment, Settings
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
        Folder in which the run's own folder is made; None writes nothing.
    workers
        Threads; None takes one per processor. No number depends on it.
    """
    sets = with_seed(set, seed)
    settings = Settings(replicates, workers, out=Path(out) if out is not None else None)
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
    settings = Settings(replicates, workers, out=Path(out) if out is not None else None)
    loaded = [load(names, sets) for names in (reference, *scenarios)]
    done = _complete(run_experiment(loaded, settings, sets))
    return Comparison(done.results[0], done.results[1:], done.differences, done.folder)


def _complete(experiment: Experiment) -> Experiment:
    """Refuse an experiment that lacks replicates: a script must not go on with part of it."""
    if experiment.failures:
        raise RunError("; ".join(experiment.failures))
    return experiment
