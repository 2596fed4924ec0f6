"""Which figures a value can move: a price or a rate moves only what it values, after the run."""

from __future__ import annotations

from bordersim.inputs.schema.kinds import is_valuation
from bordersim.results.by_draw import Wanted, known_figures
from bordersim.results.ledgers import COST
from bordersim.words.codes import COUNTRIES
from bordersim.words.valued import VALUED_NAMES

VALUED_LEDGER = {"cost": "money", "law": "protection", "harm": "protection", "record": "record"}


def can_move(key: str, wanted: Wanted) -> bool:
    """Return whether a value can move a figure at all.

    What decides what happens can move any. A price or a rate moves no count, no ledger but its own, and at
    one border nothing if it is of another.
    """
    if not is_valuation(key):
        return True
    section, *parts = key.split(".")
    own = [part for part in parts if part in COUNTRIES]
    if wanted.metric not in (*VALUED_NAMES, COST.name):
        return False
    if own and wanted.country in COUNTRIES and wanted.country not in own:
        return False
    return VALUED_LEDGER[section] == known_figures()[wanted].ledger
