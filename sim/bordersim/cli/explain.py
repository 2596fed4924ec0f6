"""`bordersim explain`: everything known about a value, a metric or a term."""

from __future__ import annotations

from typing import Annotated

import typer

from bordersim.cli.completing import keys
from bordersim.cli.options import FINE, with_exit_codes
from bordersim.cli.screen import tell
from bordersim.errors import BadInput


@with_exit_codes
def explain(
    word: Annotated[
        list[str],
        typer.Argument(
            metavar="WORD...",
            help="A key like guards.LT.officers, a metric like attempts, or a term like pushback.",
            autocompletion=keys,
        ),
    ],
    scenario: Annotated[str, typer.Option(help="The scenario whose value is explained.")] = "history_2021",
) -> int:
    """Explain a value, a metric or a term. Meaning, unit, range, source, confidence, where it is set."""
    asked = " ".join(word)
    tell(_value(asked, scenario) if "." in asked else _word(asked, scenario))
    return FINE


def _word(word: str, scenario: str) -> str:
    """Return everything known about a metric or a term, or about a value where it is neither."""
    from bordersim.report.looking_up import explained_word

    return explained_word(word) or _value(word, scenario)


def _value(key: str, scenario: str) -> str:
    """Return everything known about a value; where there is none, the nearest key, metric or term."""
    from bordersim.cli.described import explained
    from bordersim.inputs.layers import parts
    from bordersim.inputs.loading import load

    try:
        loaded = load(scenario, {})
        parameter = loaded.explain(key)
    except BadInput as error:
        from bordersim.report.looking_up import hint

        if "." in key or "unknown key" not in str(error) or not (other := hint(key)):
            raise
        raise BadInput(f"{key}: no key, metric or term{other}") from None
    return explained(parameter, parts(loaded.tree, parameter.key) or ())
