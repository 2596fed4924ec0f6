"""`--values DIR`: a question is answered from histories that agree with the record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bordersim.cli.launch import go, loaded_scenarios, settings_of
from bordersim.cli.options import Options
from bordersim.cli.screen import warn
from bordersim.cli.until import dry_run
from bordersim.errors import BadInput
from bordersim.inputs.loading import DEFAULT_REPLICATES

if TYPE_CHECKING:
    from bordersim.cli.until import Until
    from bordersim.experiments.settings import Settings
    from bordersim.results.experiment import Experiment


def answer_from(location: str, names: list[str], options: Options, until: Until) -> int:
    """Run every history under every scenario and print what lies in nine tenths of them."""
    from bordersim.analyses.given import VALUES, read_given
    from bordersim.api import run_experiment

    _refuse_replicates(options, until, VALUES)
    loaded, sets = loaded_scenarios(names, options)
    given = read_given(location, loaded, sets)
    for note in given.notes:
        warn(f"note: {note}")

    def changed(settings: Settings) -> Settings:
        return replace(settings, replicates=1, keep="totals", block_replicates=1)

    if options.dry_run:
        return dry_run(loaded, sets, changed(settings_of(options, ())), given.draws, as_json=options.json)

    def call(settings: Settings) -> Experiment:
        return run_experiment(loaded, changed(settings), sets, given.draws)

    return go(call, options, ())


def _refuse_replicates(options: Options, until: Until, values: str) -> None:
    """Refuse what asks for repetitions: a history is one run, with keys of its own."""
    if options.replicates != DEFAULT_REPLICATES:
        raise BadInput(f"--replicates: a history is one run; leave it out, or take {values} fixed")
    if options.seed is not None:
        raise BadInput(f"--seed: histories have keys of their own; leave it out, or take {values} fixed")
    if until.share is not None:
        raise BadInput(f"--until-halfwidth: there are as many histories as there are; or take {values} fixed")
