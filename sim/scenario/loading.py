"""Scenarios by what a user types: a name, a path, several that combine, a seed on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario import Scenario

Names = str | Sequence[str]
DEFAULT_REPLICATES = 100


def load(names: Names, sets: Mapping[str, object]) -> Scenario:
    """Load a scenario by its name, or several that combine in order: a list, or names joined by +."""
    from sim.scenario import load_scenario

    if isinstance(names, str):
        names = [names] if Path(names).is_file() else names.split("+")  # a path may hold a plus
    return load_scenario(names, sets)


def with_seed(sets: Mapping[str, object] | None, seed: int | None) -> dict[str, object]:
    """Add the seed to the values that are set, so that the resolved scenario holds it."""
    return {**(sets or {}), **({} if seed is None else {"run.seed": seed})}
