"""Scenarios as a user names them: a name, a path, several combined, with a seed."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bordersim.errors import BadInput
from bordersim.inputs.arguments import MOST_SEED, Names, values_to_set, whole_number
from bordersim.words.text import shortened

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.inputs.arguments import Values

DEFAULT_REPLICATES = 100
SEED = "run.seed"


def load(names: Names, sets: Values) -> Scenario:
    """Load a scenario; its reader is imported only now, so that help need not wait for it."""
    from bordersim.inputs import load_scenario

    return load_scenario(names, sets)


def load_each(named: Sequence[Names], sets: Values) -> list[Scenario]:
    """Load scenarios for a caller from Python; what should be known of their values comes as a warning."""
    loaded = [load(names, sets) for names in named]
    for note in dict.fromkeys(note for scenario in loaded for note in scenario.notes):
        warnings.warn(note, stacklevel=3)
    return loaded


def with_seed(sets: Values | None, seed: int | None) -> dict[str, object]:
    """Add the seed to the values that are set, so that the resolved scenario contains it."""
    given = values_to_set(sets)
    if seed is None:
        return given
    wanted = whole_number("seed", seed, 0, MOST_SEED)
    if str(given.setdefault(SEED, wanted)) != str(wanted):
        said = f"{SEED} is set to {shortened(str(given[SEED]))} as well; give one of them"
        raise BadInput(f"--seed {wanted}: {said}")
    return {**given, SEED: wanted}
