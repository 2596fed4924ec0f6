"""`bordersim explain`: everything known about a value."""

from __future__ import annotations

from typing import Annotated

import typer

from bordersim.cli.options import FINE, with_exit_codes
from bordersim.cli.screen import say


@with_exit_codes
def explain(
    key: Annotated[str, typer.Argument(metavar="KEY", help="Like guards.LT.officers.")],
    scenario: Annotated[str, typer.Option(help="The scenario whose value is explained.")] = "history_2021",
) -> int:
    """Explain a value. Meaning, unit, range, source, confidence, and where it is set."""
    from bordersim.cli.described import explained
    from bordersim.inputs.layers import parts
    from bordersim.inputs.loading import load

    loaded = load(scenario, {})
    parameter = loaded.explain(key)
    say(explained(parameter, parts(loaded.tree, parameter.key) or ()))
    return FINE
