"""Whether draws are what an experiment can be made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bordersim.errors import BadInput
from bordersim.results.draws import LEFT, LUCK, OTHER_LUCK, STEERED_AS_IN, Draw, luck_of, steered_as_in

FIXED = ("period.", "land.", "run.")  # what all cells must have in common
BY_SCENARIO = (
    *((LEFT, list, "lists of keys"), (OTHER_LUCK, str, "keys")),
    (STEERED_AS_IN, str, "names"),
)


def check_draw(draw: Draw) -> None:
    """Refuse a draw that would make cells unlike."""
    for key in draw:
        if key.startswith(FIXED):
            raise BadInput(f"{key}: cannot differ between draws; set it for all with --set")


def histories_of(draws: Sequence[Draw], names: Sequence[str]) -> int:
    """Return how many histories there are, each of which is a replicate; refuse what cannot be meant."""
    for number, draw in enumerate(draws):
        for key, kind, what in BY_SCENARIO:
            found = draw.get(key, {})
            if not isinstance(found, Mapping) or not all(isinstance(each, kind) for each in found.values()):
                raise BadInput(f"draw {number}: {key}: expects {what} by scenario")
        if unknown := {steered_as_in(draw, name) for name in names} - {None, *names}:
            raise BadInput(f"draw {number}: {STEERED_AS_IN}: no scenario {min(map(str, unknown))} is run")
        _check_luck(draw, names, f"draw {number}: {LUCK}")
    return len(draws)


def _check_luck(draw: Draw, names: Sequence[str], where: str) -> None:
    """Refuse what a history cannot draw from."""
    from bordersim.model.engine import Keys

    try:
        for name in names:
            Keys.read(luck_of(draw, name))
    except (KeyError, ValueError) as error:
        raise BadInput(f"{where}: {error}") from None
