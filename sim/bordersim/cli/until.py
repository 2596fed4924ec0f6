"""How a run goes: so many replicates, until intervals are narrow, or not at all (a dry run)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from bordersim.cli.options import FINE
from bordersim.cli.screen import say, warn
from bordersim.errors import BadInput
from bordersim.inputs.loading import DEFAULT_REPLICATES

if TYPE_CHECKING:
    from bordersim.experiments.settings import Settings
    from bordersim.experiments.stopping import Rule
    from bordersim.inputs import Scenario
    from bordersim.results.experiment import Draw, Experiment

Until = tuple[str | None, int, list[str]]  # half-width, replicates at most, metrics
NOT_ASKED: Until = (None, 0, [])


def call_of(
    scenarios: Sequence[Scenario], sets: Mapping[str, object], until: Until
) -> Callable[[Settings], Experiment]:
    """Return what runs the scenarios: once, or until the rule is met, and then says how it ended."""
    rule = _rule(until)

    def call(settings: Settings) -> Experiment:
        from bordersim.api import run_experiment

        if rule is None:
            return run_experiment(scenarios, settings, sets)
        from bordersim.api import run_until

        experiment, said = run_until(scenarios, settings, sets, rule)
        warn(said)
        return experiment

    return call


def dry_run(
    scenarios: Sequence[Scenario],
    sets: Mapping[str, object],
    settings: Settings,
    draws: Sequence[Draw] = ({},),
    until: Until = NOT_ASKED,
    as_json: bool = False,
) -> int:
    """Say what would be run and what it would cost; write nothing."""
    from bordersim.experiments.estimate import estimate
    from bordersim.experiments.plan import Plan
    from bordersim.experiments.run import empty_results

    rule = _rule(until)
    settings = replace(settings, replicates=rule.most if rule else settings.replicates)
    plan = Plan.of(scenarios, settings, sets, draws)
    empty_results(plan, settings)
    found = estimate(plan, settings)
    if as_json:
        say(json.dumps(asdict(found), indent=1))
        return FINE
    if rule:
        say(f"until every half-width is at most {rule.target:.3g}; all {rule.most} replicates at most:")
    say(str(found))
    return FINE


def refuse_replicates(replicates: int, until: Until) -> None:
    """Refuse a number of replicates where the stopping rule is to find it."""
    if until[0] is not None and replicates != DEFAULT_REPLICATES:
        raise BadInput("--replicates: --until-halfwidth finds how many; --max-replicates limits them")


def _rule(until: Until) -> Rule | None:
    """Read the stopping rule, if one is asked for."""
    from bordersim.experiments.stopping import rule_of
    from bordersim.results.by_draw import wanted_figures

    share, most, metrics = until
    watched = wanted_figures(metrics)
    if share is None:
        if metrics:
            raise BadInput("--metric: names what --until-halfwidth watches; give both")
        return None
    return rule_of(share, most, watched)
