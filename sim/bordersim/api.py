"""The Python interface: `run` one scenario, `compare` several, `resume`, `expand` and `reproduce` runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bordersim.analyses.analysis import analyse, refuse_unanswerable
from bordersim.errors import BadInput, RunError
from bordersim.experiments.reproduce import Reproduction
from bordersim.experiments.reproduce import reproduce as _reproduce
from bordersim.experiments.resume import gone_on
from bordersim.experiments.run import Simulated, simulated
from bordersim.experiments.settings import Settings
from bordersim.experiments.values import FIXED
from bordersim.inputs.arguments import MOST_REPLICATES, Names, folder_or_url, whole_number
from bordersim.inputs.loading import DEFAULT_REPLICATES, load_each, with_seed
from bordersim.report.files import write_report
from bordersim.results.draws import NO_DRAW, Draw
from bordersim.results.experiment import Experiment
from bordersim.results.paired import Comparison

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.inputs.arguments import Values
    from bordersim.results.store.result import Result


def run(
    scenario: Names,
    *,
    replicates: int = DEFAULT_REPLICATES,
    seed: int | None = None,
    set: Values | None = None,
    values: str = FIXED,
    out: str | Path | None = None,
    workers: int | None = None,
) -> Result:
    """Run one scenario and return its result; several names combine in order into one.

    Parameters
    ----------
    scenario
        Name, path, or several of them: a list, or names joined by ``+``; the last that gives a value holds.
        Values may follow a name after a colon, as in ``"history_2021:guards.LT.officers=1100"``.
    replicates
        Number of replicates, 1 to 1,000,000.
    seed
        Random seed, 0 to 2^63 - 1; None for the scenario's own.
    set
        Values that replace the scenario's, by dotted key, each in the unit of its key (`docs/parameters.md`):
        any mapping, or a row of a DataFrame. Text is read as YAML, a timestamp at midnight as its date.
        ``{"guards.LT.officers.add": 200}`` adds to the scenario's own value, ``.times`` multiplies it, at
        each of its dates; a plain value replaces the value at every date.
    values
        "fixed": one value for each parameter. "given": the 200 histories that come with the package, for
        scenarios that begin on 1 May 2021 or on 1 January of 2022, 2023, 2024 or 2025. A folder: histories
        that ``bordersim assimilate`` found. Each history is one replicate: pass no `replicates`, no `seed`.
    out
        Folder, or URL that fsspec can write to, in which the run folder is created; None writes nothing.
    workers
        Number of threads, 1 to 1,000; None for one per processor. Results do not depend on it.

    Returns
    -------
    Result
        With tables as DataFrames: ``totals``, ``daily``, ``segments``, ``stretches``, each made on first use.

    Raises
    ------
    BadInput
        Before anything is simulated or written: no such scenario, key or value, explained in one line.
    RunError
        If a replicate fails or results cannot be written; part of a run is never returned.

    Examples
    --------
    >>> from bordersim import run
    >>> week = {"period.end": "2021-05-07", "guards.LT.officers": 900}
    >>> run("history_2021", replicates=3, set=week)
    <history_2021 [period.end=2021-05-07, guards.LT.officers=900]: 3 replicates, 7 days from 2021-05-01>
    """
    settings, sets = Settings(replicates, workers, out=out), with_seed(set, seed)
    loaded = load_each([scenario], sets)
    draws, settings = _asked_for(values, loaded, sets, settings)
    return _complete(run_experiment(loaded, settings, sets, draws)).results[0]


def compare(
    reference: Names,
    *scenarios: Names,
    replicates: int = DEFAULT_REPLICATES,
    seed: int | None = None,
    set: Values | None = None,
    values: str = FIXED,
    out: str | Path | None = None,
    workers: int | None = None,
) -> Comparison:
    """Run a reference and scenarios with the same random numbers in each pair of replicates.

    Parameters
    ----------
    reference
        The scenario that the others are compared with, named as in `run`.
    *scenarios
        One or more, each named as in `run`: a list is one scenario, combined from its names in order.
    replicates, seed, set, values, out, workers
        As in `run`; they apply to the reference and to all others alike.

    Returns
    -------
    Comparison
        The results and the table of paired differences; a positive one means more under the scenario. Each
        is a mean with its 95 % interval (random variation only) or, of histories, a median with its range.

    Raises
    ------
    BadInput
        As `run`, and if the scenarios cannot be compared, for example because their periods differ.
    RunError
        As `run`.

    Examples
    --------
    >>> from bordersim import compare
    >>> compare("no_turn_back_2021", "history_2021", replicates=2, set={"period.end": "2021-08-05"})
    <history_2021 minus no_turn_back_2021: 2 replicates, 97 days from 2021-05-01>
    95 % interval of the mean: random variation only, values fixed; values="given" is as on the command line
    """
    settings, sets = Settings(replicates, workers, out=out), with_seed(set, seed)
    if not scenarios:
        raise BadInput("compare needs a reference and at least one scenario")
    loaded = load_each([reference, *scenarios], sets)
    draws, settings = _asked_for(values, loaded, sets, settings)
    done = _complete(run_experiment(loaded, settings, sets, draws))
    return Comparison(done.results[0], done.results[1:], done.differences, done.folder)


def resume(folder: str | Path, *, workers: int | None = None) -> Experiment:
    """Resume a run that was interrupted: simulate only the blocks of replicates that are missing or damaged.

    Parameters
    ----------
    folder
        The run folder, or its URL.
    workers
        As in `run`.

    Returns
    -------
    Experiment
        Results, differences and digests (checksums), identical to those of an uninterrupted run.

    Raises
    ------
    BadInput
        If this is not a run folder, or the model or its data have changed since.
    RunError
        As `run`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from bordersim import resume, run
    >>> with TemporaryDirectory() as results:
    ...     made = run("history_2021", replicates=2, set={"period.end": "2021-05-07"}, out=results)
    ...     resume(made.folder).results[0].digest() == made.digest()
    True
    """
    return _complete(resume_run(folder_or_url("folder", folder), Settings(workers=workers)))


def expand(folder: str | Path, replicates: int, *, workers: int | None = None) -> Experiment:
    """Add replicates to a run; the result is the same as if all had been requested at once.

    Parameters
    ----------
    folder
        The run folder, or its URL.
    replicates
        Total number of replicates wanted, including those already there; at most 1,000,000.
    workers
        As in `run`.

    Returns
    -------
    Experiment
        ``results`` has a `Result` for each scenario, the reference first, of all replicates, old and new.

    Raises
    ------
    BadInput
        As `resume`, and if the run already has more replicates.
    RunError
        As `run`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from bordersim import expand, run
    >>> with TemporaryDirectory() as results:
    ...     made = run("history_2021", replicates=2, set={"period.end": "2021-05-07"}, out=results)
    ...     expand(made.folder, 4).results[0].replicates
    4
    """
    wanted = whole_number("replicates", replicates, 1, MOST_REPLICATES)
    return _complete(expand_run(folder_or_url("folder", folder), wanted, Settings(workers=workers)))


def reproduce(folder: str | Path, *, sample: int | None = None, workers: int | None = None) -> Reproduction:
    """Simulate the blocks of a finished run again, all or a sample, and compare their digests.

    Parameters
    ----------
    folder
        The run folder, its URL, or its manifest.json alone.
    sample
        Number of blocks to repeat, evenly spread; None for all. A block is up to 50 replicates of a scenario.
    workers
        As in `run`.

    Returns
    -------
    Reproduction
        The digests then and now, and what differs between this installation and that of the run.

    Raises
    ------
    BadInput
        If this is not a run, or if the run never finished.
    RunError
        If a block cannot be simulated.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from bordersim import reproduce, run
    >>> with TemporaryDirectory() as results:
    ...     made = run("history_2021", replicates=2, set={"period.end": "2021-05-07"}, out=results)
    ...     reproduce(made.folder).is_same
    True
    """
    blocks = None if sample is None else whole_number("sample", sample, 1, None)
    return _reproduce(folder_or_url("folder", folder), Settings(workers=workers), blocks)


def run_experiment(
    scenarios: Sequence[Scenario],
    settings: Settings,
    sets: Mapping[str, object] | None = None,
    draws: Sequence[Draw] = NO_DRAW,
) -> Experiment:
    """Simulate loaded scenarios, the first of which is the reference, and write the report.

    Every draw is a set of values by dotted key, applied to each scenario alike.
    """
    with simulated(scenarios, settings, sets, draws) as made:
        _report(made)
    return made.experiment


def _asked_for(
    values: str, loaded: Sequence[Scenario], sets: Mapping[str, object], settings: Settings
) -> tuple[Sequence[Draw], Settings]:
    """Return the histories that are asked for, and what is told of them; no draw for fixed values."""
    if values == FIXED:
        return NO_DRAW, settings
    from bordersim.analyses.given import asked_for

    given = asked_for(values, loaded, settings.replicates, sets)
    return given.draws, given.told_in(settings)


def resume_run(location: Path | str, settings: Settings) -> Experiment:
    """Simulate the missing or damaged blocks of a run, and rewrite the report."""
    with gone_on(location, settings, refuse_unanswerable) as made:
        _report(made)
    return made.experiment


def expand_run(location: Path | str, replicates: int, settings: Settings) -> Experiment:
    """Add replicates to a run and rewrite the report."""
    with gone_on(location, settings, refuse_unanswerable, replicates) as made:
        _report(made)
    return made.experiment


def _report(made: Simulated) -> None:
    """Write the analysis of the draws and the report, while the run folder is locked."""
    if made.folder is not None:
        found = analyse(made.folder, made.experiment, made.settings)
        write_report(made.folder, made.experiment, made.settings, made.started, found)


def _complete(experiment: Experiment) -> Experiment:
    """Raise if an experiment lacks replicates: a script must not continue with part of it."""
    if experiment.failures:
        raise RunError("; ".join(experiment.failures))
    return experiment
