"""The three exercises of docs/validation.md again, as filtered forecasts: ``python -m docs.make_filtered``.

Each is conditioned on all that was published up to its day and then free, and nothing later enters. What came
out is kept in docs/forecasts/filtered/, and a table in docs/validation.md. Half an hour of a processor; what
is there already is not made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from docs.make_forecasts import FOLDER, HEADER, kept_in, windows_in
from docs.make_forecasts import rows as scores
from docs.make_tables import DOCS, fill, table

KEPT, PAGE = FOLDER / "filtered", DOCS / "validation.md"
YEAR, WORKERS = 2021, 2


class Again(NamedTuple):
    """One exercise: the first day that is forecast, for how many months, and where legs before it end."""

    day: date
    months: int
    legs: tuple[date, ...] = (date(2021, 12, 31),)


EXERCISES = {
    "order_2021": Again(date(2021, 8, 13), 4),
    "year_2022": Again(date(2022, 1, 1), 12),
    "fence_2023": Again(date(2023, 1, 1), 12, (date(2021, 12, 31), date(2022, 6, 30), date(2022, 12, 31))),
}


def made(name: str, again: Again) -> Path:
    """Return the windows of one exercise, made if they are not there."""
    other = {"name": f"filtered_{name}", "legs": list(again.legs)}
    return kept_in(KEPT / f"{name}.csv", again.day, again.months, WORKERS, YEAR, **other)


def rows() -> Iterator[tuple[str, ...]]:
    """Yield the scores of each exercise and border."""
    for name, again in EXERCISES.items():
        for row in scores(windows_in(made(name, again))):
            yield f"{name}, from {again.day}", *row


if __name__ == "__main__":
    fill(PAGE, "filtered", table(("exercise", *HEADER), rows()), "docs/make_filtered.py")
