"""`--values`: a question is answered from histories that agree with the record, wherever there are any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bordersim.cli.launch import PICTURES, carry_out, loaded_scenarios, show_run
from bordersim.cli.options import Options
from bordersim.cli.screen import warn
from bordersim.cli.window import WHOLE, View
from bordersim.errors import BadInput
from bordersim.experiments.values import FIXED
from bordersim.inputs.loading import DEFAULT_REPLICATES, SEED

if TYPE_CHECKING:
    from bordersim.analyses.given import Given
    from bordersim.cli.until import Until
    from bordersim.inputs import Scenario

TAKE_FIXED = f"--values {FIXED}"


def answer(
    values: str,
    names: list[str],
    options: Options,
    until: Until,
    readings: bool = False,
    pictures: tuple[str, ...] = PICTURES,
    view: View = WHOLE,
) -> int:
    """Answer from histories, unless fixed values are asked for or no history begins on the first day."""
    loaded, sets = loaded_scenarios(names, options)
    view.check(loaded)
    until.rule()  # refuses what it cannot watch, also where histories need no rule
    given = histories_to_ask(values, loaded, sets, readings)
    if given is None:
        return show_run(loaded, sets, options, pictures, until, view)
    refuse_replicates(options, until, sets)
    if readings:
        from bordersim.analyses.readings import with_readings

        loaded, draws = with_readings(loaded, given.draws, given.happened)
        given = given._replace(draws=draws)
    return _answer_from(given, loaded, sets, options, pictures, view)


def histories_to_ask(
    values: str, scenarios: Sequence[Scenario], sets: Mapping[str, object], readings: bool = False
) -> Given | None:
    """Return the histories to answer from; none with fixed values, or where none begin on the first day."""
    if values == FIXED:
        _refuse_readings(readings)
        return None
    from bordersim.analyses.given import histories_for

    given = histories_for(values, scenarios, sets)
    if given is None:
        _refuse_readings(readings)
        warn(f"note: no histories begin on {scenarios[0].config.period.start}: values are fixed")
    return given


def _answer_from(
    given: Given,
    loaded: list[Scenario],
    sets: dict[str, object],
    options: Options,
    pictures: tuple[str, ...],
    view: View,
) -> int:
    """Run every history under every scenario and print what lies in nine tenths of them."""
    for note in given.notes:
        warn(f"note: {note}")

    return carry_out(loaded, sets, given.draws, options, pictures, given.told_in, view)


def _refuse_readings(readings: bool) -> None:
    """Refuse readings where there are no histories to read in several ways."""
    if readings:
        raise BadInput("--readings: are of histories; there are none with these values")


def refuse_replicates(options: Options, until: Until, sets: Mapping[str, object]) -> None:
    """Refuse what asks for repetitions: a history is one run, with keys of its own."""
    if options.replicates != DEFAULT_REPLICATES:
        raise BadInput(f"--replicates: a history is one run; leave it out, or add {TAKE_FIXED}")
    if SEED in sets:
        raise BadInput(f"{SEED}: histories have keys of their own; leave it out, or add {TAKE_FIXED}")
    if until.share is not None:
        raise BadInput(f"--until-halfwidth: there are as many histories as there are; or add {TAKE_FIXED}")
