"""How long a run is: a number of replicates, until intervals are narrow, or not at all (a dry run)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from bordersim.cli.options import FINE
from bordersim.cli.screen import say, tell, warn
from bordersim.errors import BadInput
from bordersim.inputs.loading import DEFAULT_REPLICATES

if TYPE_CHECKING:
    from bordersim.experiments.settings import Settings
    from bordersim.experiments.stopping import Rule
    from bordersim.inputs import Scenario
    from bordersim.results.draws import Draw
    from bordersim.results.experiment import Experiment


@dataclass(frozen=True)
class Until:
    """The stopping rule as requested: how narrow the intervals of which metrics, and the most replicates."""

    share: str | None = None
    most: int = 0
    metrics: tuple[str, ...] = ()

    def rule(self) -> Rule | None:
        """Return the stopping rule, if one is requested."""
        from bordersim.experiments.stopping import rule_of
        from bordersim.results.by_draw import wanted_figures

        watched = wanted_figures(self.metrics)
        if self.share is not None:
            return rule_of(self.share, self.most, watched)
        if self.metrics:
            raise BadInput("--metric: names what --until-halfwidth watches; give both, with --values fixed")
        return None

    def refuse(self, replicates: int) -> None:
        """Refuse a number of replicates where the stopping rule is to find it."""
        if self.share is not None and replicates != DEFAULT_REPLICATES:
            raise BadInput("--replicates: --until-halfwidth finds how many; --max-replicates limits them")


ONCE = Until()


def call_of(
    scenarios: Sequence[Scenario], sets: Mapping[str, object], until: Until
) -> Callable[[Settings], Experiment]:
    """Return the function that runs the scenarios: once, or until the rule is met, returning how it ended."""
    rule = until.rule()

    def call(settings: Settings) -> Experiment:
        from bordersim.api import run_experiment

        if rule is None:
            return run_experiment(scenarios, settings, sets)
        experiment, said = run_until(scenarios, settings, sets, rule)
        warn(said)
        return experiment

    return call


def run_until(
    scenarios: Sequence[Scenario], settings: Settings, sets: Mapping[str, object], rule: Rule
) -> tuple[Experiment, str]:
    """Add replicates until the intervals are as narrow as the rule asks; also return how that ended."""
    from bordersim.api import expand_run, run_experiment
    from bordersim.experiments.stopping import FIRST_LOOK, narrowed
    from bordersim.report.files import write_verdict

    experiment, said = narrowed(
        lambda each: run_experiment(scenarios, each, sets), expand_run, settings, rule
    )
    if experiment.folder is not None:
        went_on = experiment.results[0].asked > FIRST_LOOK
        write_verdict(experiment, settings.pictures if went_on else (), said)
    return experiment, said


def dry_run(
    scenarios: Sequence[Scenario],
    sets: Mapping[str, object],
    settings: Settings,
    draws: Sequence[Draw] = ({},),
    until: Until = ONCE,
    as_json: bool = False,
) -> int:
    """Print what would be run and what it would cost; write nothing."""
    from bordersim.experiments.estimate import estimate
    from bordersim.experiments.plan import Plan
    from bordersim.experiments.run import empty_results

    rule = until.rule()
    settings = replace(settings, replicates=rule.most if rule else settings.replicates)
    plan = Plan.of(scenarios, settings, sets, draws)
    empty_results(plan, settings)
    found = estimate(plan, settings)
    if as_json:
        import json

        say(json.dumps(asdict(found), indent=1))
        return FINE
    if rule:
        tell(f"until every half-width is at most {rule.target:.3g}; all {rule.most} replicates at most:")
    tell(str(found))
    return FINE
