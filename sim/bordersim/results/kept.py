"""What the folder of a run keeps, told where a command needs more than that."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bordersim.errors import BadInput
from bordersim.results.experiment import ALL_TABLES, DAYS_ALONE, TOTALS_ALONE

ATTRIBUTION = "attribution"
KEPT = {
    TOTALS_ALONE: "sums over all of its days, nothing by day or by place",
    DAYS_ALONE: "sums by day, nothing by place",
}


def refuse_sums(
    location: Path | str, kind: str | None, keep: str, taker: str, enough: Collection[str] = (ALL_TABLES,)
) -> None:
    """Refuse a run that keeps less than a command needs.

    Parameters
    ----------
    location
        The run folder as the user gave it.
    kind, keep
        Of which analysis it is, None for a plain run, and which tables it keeps, as its manifest says.
    taker
        The command, or the option.
    enough
        Which tables the command needs.

    Raises
    ------
    BadInput
        With what the run keeps, and which to name instead.
    """
    if kind is None and keep in enough:
        return
    what = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" if kind else ""
    made = ", made by bordersim compare without --attribute" if kind == ATTRIBUTION else ""
    held = ", with ".join(filter(None, (what, KEPT.get(keep, ""))))
    raise BadInput(f"{location}: holds {held}; {taker} takes a run or a comparison{made}")
