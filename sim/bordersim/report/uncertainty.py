"""How much was run, and the two uncertainties, as text for tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.readings import own_results

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.results.experiment import Experiment

FORMULA = (
    "Two uncertainties: parameter uncertainty is between draws of values, random variation between"
    " replicates. From the mean squares MS of the table of D draws by R replicates: parameter uncertainty ="
    " (MS_draws - MS_rest) / R, random variation = (MS_replicates - MS_rest) / D + MS_rest; the columns give"
    " their shares of the variance. Intervals include both."
)


def runs_line(experiment: Experiment, language: Language = ENGLISH) -> str:
    """Return how much was run and how much of it is missing."""
    first, draws, missing = experiment.results[0], len(experiment.draws), experiment.missing
    days = language.counted("day_count", first.land.days)
    run = language.counted(first.repetitions, first.asked)
    drawn = language.say("runs.draws", draws=draws) if draws > 1 else ""
    seed = "" if experiment.is_given else language.say("runs.seed", seed=first.seed)
    lost = language.say("runs.missing", count=language.counted(first.repetitions, missing)) if missing else ""
    return f"{language.say('run', run=run, drawn=drawn, days=days, start=first.land.start, seed=seed)}{lost}"


def subject_line(experiment: Experiment) -> str:
    """Return what was simulated: scenarios with their titles, over which days, how often."""
    named = [f"{result.name} ({result.scenario.title})" for result in own_results(experiment)]
    return f"Simulated: {' and '.join(named)}. {runs_line(experiment)}"


def share_names(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the headings of the columns of shares, where there are several draws."""
    return ("random variation", "parameter uncertainty") if "parameter_uncertainty_share" in rows else ()


def shares(row: Any) -> tuple[str, ...]:
    """Return which part of the variance is random variation and which is parameter uncertainty."""
    both = [getattr(row, name, None) for name in ("random_variation_share", "parameter_uncertainty_share")]
    return tuple("" if share != share else f"{share:.0%}" for share in both if share is not None)
