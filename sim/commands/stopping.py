"""How a run goes: so many replicates, until intervals are narrow, or not at all (a dry run)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.commands.options import FINE
from sim.errors import BadInput

if TYPE_CHECKING:
    from sim.experiment import Draw, Experiment, Settings
    from sim.experiments.stopping import Rule
    from sim.scenario import Scenario

Until = tuple[str | None, int, list[str]]  # half-width, replicates at most, metrics
NOT_ASKED: Until = (None, 0, [])


def call_of(
    scenarios: Sequence[Scenario], sets: Mapping[str, object], until: Until
) -> Callable[[Settings], Experiment]:
    """Return what runs the scenarios: once, or until the rule is met, and then says how it ended."""
    rule = _rule(until)

    def call(settings: Settings) -> Experiment:
        from sim.running import run_experiment

        if rule is None:
            return run_experiment(scenarios, settings, sets)
        from sim.experiments.stopping import run_until

        experiment, said = run_until(scenarios, settings, sets, rule)
        print(said, file=sys.stderr)
        return experiment

    return call


def dry_run(
    scenarios: Sequence[Scenario],
    sets: Mapping[str, object],
    settings: Settings,
    draws: Sequence[Draw] = ({},),
    until: Until = NOT_ASKED,
) -> int:
    """Say what would be run and what it would cost; write nothing."""
    from sim.experiments.estimate import estimate
    from sim.experiments.plan import Plan
    from sim.running import empty_results

    rule = _rule(until)
    settings = replace(settings, replicates=rule.most if rule else settings.replicates)
    plan = Plan.of(scenarios, settings, sets, draws)
    empty_results(plan)
    if rule:
        print(f"until every half-width is at most {rule.target:.3g}; all {rule.most} replicates at most:")
    print(estimate(plan, settings))
    return FINE


def _rule(until: Until) -> Rule | None:
    """Read the stopping rule, if one is asked for."""
    from sim.experiments.answers import wanted_figures
    from sim.experiments.stopping import rule_of

    share, most, metrics = until
    watched = wanted_figures(metrics)
    if share is None:
        if metrics:
            raise BadInput("--metric: names what --until-halfwidth watches; give both")
        return None
    return rule_of(share, most, watched)
