"""Frozen digests of every scenario: of its numbers column by column, and the one a manifest holds.

The first kind says which numbers moved and outlives a column that is renamed, moved or added. The second is
what `reproduce` compares; it holds the names of columns too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bordersim.inputs import Scenario, list_scenarios, load_scenario
from bordersim.model.engine import simulate_block
from bordersim.model.world import build_world
from bordersim.results.store.blocks import COLUMNS, BlockArrays, arrays_of
from bordersim.results.store.digests import combined, replicate_digests
from bordersim.results.valuation.formulas import with_valued
from bordersim.results.valuation.rates import Rates

FILE = Path(__file__).with_name("digests.json")
SEED, REPLICATES = 1, 2
CHARACTERS = 12  # of a hash, for one column
# A few days around the turn-back order, also run uncompiled and with another numba.
SHORT = "a few days of history_2021"
SHORT_DAYS = {"period.start": "2021-07-29", "period.end": "2021-08-05"}

Frozen = dict[str, Any]


def worlds() -> dict[str, tuple[str, Mapping[str, object]]]:
    """Return what is frozen, by name: every scenario over its own days, and a short one."""
    return {SHORT: ("history_2021", SHORT_DAYS)} | {name: (name, {}) for name, _ in list_scenarios()}


def digests_of(name: str) -> Frozen:
    """Simulate one of the worlds and return its digests."""
    scenario, sets = worlds()[name]
    loaded = load_scenario([scenario], sets)
    arrays = arrays_of(simulate_block(build_world(loaded), SEED, 0, REPLICATES))
    return {"public": combined(replicate_digests(arrays, 0)), "values": values_of(valued(arrays, loaded))}


def valued(arrays: BlockArrays, scenario: Scenario) -> BlockArrays:
    """Add to the days what their counts come to."""
    rates = Rates(scenario.config)
    days = [with_valued(np.moveaxis(counted, -1, 0), rates) for counted in arrays.daily]
    return arrays._replace(daily=np.moveaxis(np.stack(days), 1, -1))


def values_of(arrays: BlockArrays) -> dict[str, dict[str, str]]:
    """Return the digest of each column of each table, by its name of today."""
    return {
        table: {column: _hash(getattr(arrays, table)[..., i]) for i, column in enumerate(columns)}
        for table, columns in COLUMNS.items()
    }


def _hash(column: np.ndarray) -> str:
    """Hash numbers in one form: little-endian doubles, no negative zero."""
    return hashlib.sha256((column.astype("<f8") + 0.0).tobytes()).hexdigest()[:CHARACTERS]


def moved(columns: list[str], frozen: list[str], today: Mapping[str, str]) -> list[str]:
    """Return the columns of a table that are not as frozen; one that was renamed is known by its numbers."""
    new = {digest for name, digest in today.items() if name not in columns}
    return [
        name
        for name, digest in zip(columns, frozen, strict=True)
        if not (today[name] == digest if name in today else digest in new)
    ]


def all_moved(frozen: Frozen, today: Frozen, columns: Mapping[str, list[str]]) -> list[str]:
    """Return the columns of all tables that are not as frozen."""
    return [
        f"{table}.{name}"
        for table, digests in frozen["values"].items()
        for name in moved(columns[table], digests.split(), today["values"].get(table, {}))
    ]


def freeze() -> None:
    """Write the digests of today."""
    names = {table: list(columns) for table, columns in COLUMNS.items()}
    made = {name: _by_position(digests_of(name)) for name in worlds()}
    text = json.dumps({"columns": names, "worlds": made}, indent=1)
    FILE.write_text(text + "\n", encoding="utf-8")


def _by_position(digests: Frozen) -> Frozen:
    """Return the digests of each table as one line, in the order of its columns."""
    values = {table: " ".join(columns.values()) for table, columns in digests["values"].items()}
    return {**digests, "values": values}


if __name__ == "__main__":
    freeze()
    print(f"frozen: {FILE}")
