"""`bordersim show`: a scenario and its values."""

from __future__ import annotations

from typing import Annotated

import typer

from bordersim.cli import arguments
from bordersim.cli.options import FINE, with_exit_codes
from bordersim.cli.screen import hand_out, tell


@with_exit_codes
def show(
    scenarios: arguments.OneName,
    resolved: Annotated[bool, typer.Option("--resolved", help="Show every value.")] = False,
    origin: Annotated[bool, typer.Option("--origin", help="Show where each value comes from.")] = False,
    set: arguments.Sets = None,
) -> int:
    """Show a scenario. Its question and what it changes, or all its values."""
    from bordersim.cli.described import described
    from bordersim.cli.launch import tell_notes
    from bordersim.inputs import parse_sets
    from bordersim.inputs.loading import load

    scenario = load(arguments.only(scenarios), parse_sets(set or []))
    tell_notes([scenario])
    if resolved or origin:
        hand_out(scenario.resolved_yaml(origins=origin))
    else:
        tell(described(scenario))
    return FINE
