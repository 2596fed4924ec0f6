"""DataFrames as CSV files that no spreadsheet evaluates as formulas, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bordersim.results.store.files import new_file
from bordersim.words.escaping import cell, content

if TYPE_CHECKING:
    import pandas as pd


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table without its index; text that looks like a formula is marked as text."""
    texts = {name: table[name].map(cell) for name in _texts(table)}
    with new_file(path) as file:
        table.assign(**texts).rename(columns=cell).to_csv(file, index=False, mode="wb")


def read_csv(path: Path | str) -> pd.DataFrame:
    """Read a table written by `written`."""
    import pandas as pd

    table = pd.read_csv(path)
    texts = {name: table[name].map(content) for name in _texts(table)}
    return table.assign(**texts).rename(columns=content)


def _texts(table: pd.DataFrame) -> list[str]:
    """Return the columns that may hold text."""
    return list(table.select_dtypes(exclude=["number", "bool", "datetime"]).columns)
