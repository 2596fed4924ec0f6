"""`bordersim scenarios`: list the scenarios."""

from __future__ import annotations

from bordersim.cli.options import FINE, with_exit_codes
from bordersim.cli.screen import tell
from bordersim.words.escaping import one_line

GAP = 2  # between a name and its title


@with_exit_codes
def scenarios() -> int:
    """List the available scenarios."""
    from bordersim.inputs import list_scenarios

    listed = list_scenarios()
    width = max((len(name) for name, _ in listed), default=0)
    for name, title in listed:
        tell(f"{one_line(name):<{width}}  {one_line(title)}", hanging=width + GAP)
    return FINE
