"""`bordersim metrics`: what is counted, with unit and definition."""

from __future__ import annotations

from typing import Annotated

import typer

from bordersim.cli.options import FINE, with_exit_codes
from bordersim.cli.screen import show
from bordersim.errors import BadInput


@with_exit_codes
def metrics(
    word: Annotated[
        str | None, typer.Argument(metavar="[WORD]", help="In the name, unit, ledger or definition.")
    ] = None,
) -> int:
    """List what is counted, with unit and definition. All metrics, or those with a word."""
    from bordersim.report.looking_up import definition_of, hint, metrics_with
    from bordersim.report.sheets import Sheet

    found = metrics_with(word or "")
    if not found:
        raise BadInput(f"{word}: no metric has this word{hint(str(word))}")
    ledgers = dict.fromkeys(metric.ledger for metric in found)
    header = ("metric", "unit", "definition")
    rows: dict[str, list[tuple[str, ...]]] = {
        name: [(m.name, m.unit, definition_of(m)) for m in found if m.ledger == name] for name in ledgers
    }
    show([Sheet(f"{name} ledger", header, rows[name]) for name in ledgers])
    return FINE
