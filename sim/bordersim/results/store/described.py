"""What is said of one column of a file."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """One column: its name, unit and definition."""

    name: str
    unit: str
    definition: str
