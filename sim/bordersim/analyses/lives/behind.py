"""What lies behind each kind of first difference: its rule, the draws that may decide it, values it uses."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _behind() -> dict[str, dict[str, dict[str, Any]]]:
    """Read the table."""
    return tomllib.loads(files(__package__).joinpath("behind.toml").read_text(encoding="utf-8"))


def rule_of(kind: str) -> str:
    """Return the module of a rule and its name, parted by a colon."""
    return str(_behind()["kinds"][kind]["rule"])


def draws_of(kind: str) -> tuple[str, ...]:
    """Return the names of the draws that may decide a difference."""
    return tuple(_behind()["kinds"][kind].get("draws", ()))


def values_of_rule(kind: str) -> tuple[str, ...]:
    """Return the keys of values that the rule uses; in braces, the border where it happens."""
    return tuple(_behind()["kinds"][kind].get("values", ()))


def values_of_draw(decision: str) -> tuple[str, ...]:
    """Return the keys of values that a draw is held against; none where nothing is known of it."""
    return tuple(_behind()["decisions"].get(decision, {}).get("values", ()))
