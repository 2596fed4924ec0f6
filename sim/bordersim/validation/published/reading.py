"""A file of published figures, read strictly: invalid cells are refused with file, line and column."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordersim.errors import BadInput
from bordersim.inputs.csv_files import Row, number_of, rows_of
from bordersim.inputs.user_files import content, decoded
from bordersim.validation.published.basis import BASES, basis_of
from bordersim.words.text import shortened

if TYPE_CHECKING:
    import pandas as pd

COUNTRIES = ("LT", "LV", "PL", "LT+LV+PL", "BY", "DE")
SERIES_NAMES = ("arrivals_detained", "turned_back", "attempts", "deaths", "asylum", "other")
DATE_QUALITY = ("stated", "inferred-high", "inferred-med")
# A figure of its own; a part of another one, never added to it; one worked out from others, no report.
KINDS = WHOLE, PART, DERIVED = ("whole", "part", "derived")
PART_NOTED = re.compile(rf"\bpart of ({'|'.join(SERIES_NAMES)})\b", re.IGNORECASE)
DERIVED_NOTED = re.compile(r"\bderived\b", re.IGNORECASE)
TRUTH = {"true": True, "false": False}
# A unit so like a known one is a slip of the pen; any other has a scope of its own.
SLIP_LIKENESS = 0.85
MOST_UNIT_CHARACTERS = LONGEST_WORD = 200  # of what is compared with known words: longer ones take long
MOST_BYTES, MOST_FIGURES, MOST_VALUES = 10_000_000, 20_000, 1_000_000
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
MOST_EVENTS, MOST_REPORTS = 1_000_000_000, 1_000_000

Figure = dict[str, Any]
NEEDED = ("country", "series", "period_start", "period_end", "unit", "value")
TEXTS = ("source_title", "source_url", "published", "note")


class Cell:
    """One value of a file, with the start of an error about it."""

    def __init__(self, label: str, line: int, column: str, text: str) -> None:
        self.text = " ".join(text.split())
        self._place = f"{label}:{line}: {column}"

    def refuse(self, why: str) -> BadInput:
        """Return an error about this value."""
        return BadInput(f"{self._place}: {why}")

    @property
    def shown(self) -> str:
        """The value as an error shows it."""
        return f"'{shortened(self.text)}'"

    def one_of(self, allowed: Sequence[str]) -> str:
        """Read a word."""
        if self.text in allowed:
            return self.text
        raise self.refuse(f"{self.shown} is not known{_meant(self.text, allowed)}")

    def day(self) -> date:
        """Read a date."""
        try:
            day = date.fromisoformat(self.text)
        except ValueError:
            raise self.refuse(f"expects a date like 2021-08-03, is {self.shown}") from None
        if not FIRST_DAY <= day <= LAST_DAY:
            raise self.refuse(f"must be between {FIRST_DAY} and {LAST_DAY}, is {day}")
        return day

    def number(self) -> float:
        """Read a count of events."""
        value = number_of(self.text)
        if value is None:
            raise self.refuse(f"expects a number, is {self.shown}")
        if not 0 <= value <= MOST_EVENTS:
            raise self.refuse(f"must be a number of at least 0 and at most {MOST_EVENTS:,}, is {self.shown}")
        return float(value)

    def whole(self) -> int:
        """Read how many outlets there are."""
        value = number_of(self.text)
        if isinstance(value, int) and 1 <= value <= MOST_REPORTS:
            return value
        raise self.refuse(
            f"expects a whole number of at least 1 and at most {MOST_REPORTS:,}, is {self.shown}"
        )

    def truth(self) -> bool:
        """Read True or False."""
        if self.text.lower() not in TRUTH:
            raise self.refuse(f"expects True or False, is {self.shown}")
        return TRUTH[self.text.lower()]

    def unit(self, known: tuple[str, ...]) -> str:
        """Read a unit; one that is nearly a known one is refused, since its figure would not be scored."""
        if not self.text:
            raise self.refuse(f"is empty; for figures of a whole border one of {', '.join(known)}")
        if len(self.text) > MOST_UNIT_CHARACTERS:
            raise self.refuse(f"expects a few words, is {self.shown}")
        if self.text not in known and (near := _slip(self.text.lower(), known)):
            raise self.refuse(f"{self.shown} is not known; did you mean '{near}'?")
        return self.text


@cache
def _slip(unit: str, known: tuple[str, ...]) -> str | None:
    """Return the known unit that was meant, None if this is another."""
    return next(iter(difflib.get_close_matches(unit, known, 1, SLIP_LIKENESS)), None)


def read_observations(path: Path, label: str, known_units: Sequence[str]) -> pd.DataFrame:
    """Read published figures; an omitted optional column has the value of a plain figure.

    Parameters
    ----------
    path, label
        The file, and its name in errors.
    known_units
        Units of figures of a whole border.

    Raises
    ------
    BadInput
        With file, line, column and the nearest value that is allowed.
    """
    import pandas as pd

    units = tuple(known_units)
    rows = [_figure(cells, units) for cells in _lines(path, label)]
    if not rows:
        raise BadInput(f"{label}:1: holds no figure; a scorecard of nothing would look perfect")
    frame = pd.DataFrame(rows)
    days = {name: pd.to_datetime(frame[name]) for name in ("period_start", "period_end")}
    return frame.assign(**days)


def _lines(path: Path, label: str) -> Iterator[Callable[[str], Cell | None]]:
    """Yield for each line a function that returns a cell by its column; None for a missing column."""
    rows = rows_of(decoded(content(path, label, MOST_BYTES), label), label, MOST_FIGURES, MOST_VALUES)
    header = _header(next(rows, Row(1, [])), label)
    for line, cells in rows:
        yield _finder(header, cells, label, line)


def _header(row: Row, label: str) -> list[str]:
    """Check the names of the columns."""
    known = (*NEEDED, "cumulative", "low", "high", "reports", "date_quality", "kind", "basis", *TEXTS)
    for name in row.cells:
        if name not in known:
            raise BadInput(f"{label}:{row.line}: unknown column '{shortened(name)}'{_meant(name, known)}")
    lacking = [name for name in NEEDED if name not in row.cells]
    if lacking:
        raise BadInput(f"{label}:{row.line}: lacks the column '{lacking[0]}'; needed are {', '.join(NEEDED)}")
    return row.cells


def _finder(header: list[str], cells: list[str], label: str, line: int) -> Callable[[str], Cell | None]:
    """Return the lookup of one line."""
    return lambda name: Cell(label, line, name, cells[header.index(name)]) if name in header else None


def _figure(cell: Callable[[str], Cell | None], known_units: tuple[str, ...]) -> Figure:
    """Read one line."""
    row: Figure = {
        "country": _needed(cell, "country").one_of(COUNTRIES),
        "series": _needed(cell, "series").one_of(SERIES_NAMES),
        "period_start": _needed(cell, "period_start").day(),
        "period_end": _needed(cell, "period_end").day(),
        "cumulative": _given(cell("cumulative"), Cell.truth, False),
        "unit": _needed(cell, "unit").unit(known_units),
        "value": _needed(cell, "value").number(),
    }
    row["low"] = _given(cell("low"), Cell.number, row["value"])
    row["high"] = _given(cell("high"), Cell.number, row["value"])
    row["reports"] = _given(cell("reports"), Cell.whole, 1)
    row["date_quality"] = _given(cell("date_quality"), lambda c: c.one_of(DATE_QUALITY), "stated")
    _check_order(cell, row)
    row |= {name: _given(cell(name), lambda c: c.text, "") for name in TEXTS}
    row["kind"] = _given(cell("kind"), lambda c: c.one_of(KINDS), _kind_noted(row["unit"], row["note"]))
    row["basis"] = _given(cell("basis"), lambda c: c.one_of(BASES), basis_of(row["source_title"]))
    return row


def _kind_noted(unit: str, note: str) -> str:
    """Read from what is said about a figure whether it is a part of another one or worked out from others."""
    if PART_NOTED.search(note):
        return PART
    return DERIVED if DERIVED_NOTED.search(f"{unit}; {note}") else WHOLE


def _check_order(cell: Callable[[str], Cell | None], row: Figure) -> None:
    """A period ends after it starts; a value lies in its range."""
    if row["period_end"] < row["period_start"]:
        raise _needed(cell, "period_end").refuse(
            f"{row['period_end']} is before period_start {row['period_start']}"
        )
    if not row["low"] <= row["value"] <= row["high"]:
        between = f"low {row['low']:g} and high {row['high']:g}"
        raise _needed(cell, "value").refuse(f"{row['value']:g} is not between {between}")


def _needed(cell: Callable[[str], Cell | None], name: str) -> Cell:
    """Return a cell of a required column."""
    found = cell(name)
    assert found is not None
    return found


def _given(cell: Cell | None, read: Callable[[Cell], Any], otherwise: Any) -> Any:
    """Read a cell, if it is there and not empty."""
    return read(cell) if cell and cell.text else otherwise


def _meant(word: str, allowed: Sequence[str]) -> str:
    """Return the nearest allowed word, or all of them."""
    by_fold = {name.casefold(): name for name in allowed}
    near = difflib.get_close_matches(word.casefold()[:LONGEST_WORD], by_fold, 1)
    return f"; did you mean '{by_fold[near[0]]}'?" if near else f"; allowed: {', '.join(allowed)}"
