"""How much was run, and the two uncertainties, as text for tables."""

from __future__ import annotations

from collections.abc import Sequence
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
    " their shares of the variance. Intervals include both, the draws taken as a random sample of values:"
    " they say how well the mean over draws is known and shrink with more draws, not how sure an effect is."
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


def size_of(experiment: Experiment) -> str:
    """Return how much was asked for, in a few words: draws of values, if there are several, by replicates."""
    first, draws = experiment.results[0], len(experiment.draws)
    drawn = f"{draws} draws x " if draws > 1 else ""
    return f"{drawn}{first.asked} {first.repetitions}"


def runs_of(experiment: Experiment) -> str:
    """Return what a spread is over: replicates, those of all draws, or histories."""
    repetitions = experiment.results[0].repetitions
    return f"draws x {repetitions}" if len(experiment.draws) > 1 else repetitions


def missing_part(rows: pd.DataFrame) -> str:
    """Return how many replicates are missing, for a title; nothing where all are there."""
    missing = int(rows["missing"].max())
    return f" ({missing} replicate{'s' * (missing > 1)} missing)" if missing else ""


def undefined_notes(shown: Sequence[Any], every: Sequence[Any], repetitions: str) -> tuple[str, ...]:
    """Return for which of some figures replicates are left out that are there: it is not defined in them."""
    there = max(row.replicates for row in every)
    left = [(row, there - row.replicates) for row in shown if row.replicates < there]
    if not left:
        return ()
    named = "; ".join(f"{row.metric} {row.country} in {count}" for row, count in left)
    everywhere = ", in one draw and so in all" if _has_draws(shown) else ""
    return (
        f"Of {there} {repetitions}, left out where a figure has nothing to divide by{everywhere}: {named}.",
    )


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


def _has_draws(rows: Sequence[Any]) -> bool:
    """Return whether figures are of several draws."""
    return any(getattr(row, "draws", 1) > 1 for row in rows)
