"""A file of published figures, read strictly: what cannot be meant is refused with file, line and column."""

from __future__ import annotations

import csv
import difflib
import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

COUNTRIES = ("LT", "LV", "PL", "LT+LV+PL", "BY", "DE")
SERIES_NAMES = ("arrivals_detained", "turned_back", "attempts", "deaths", "asylum", "other")
DATE_QUALITY = ("stated", "inferred-high", "inferred-med")
TRUTH = {"true": True, "false": False}
# A unit so like a known one is a slip of the pen; any other has a scope of its own.
SLIP_LIKENESS = 0.85

Row = dict[str, Any]
NEEDED = ("country", "series", "period_start", "period_end", "unit", "value")
TEXTS = ("source_title", "source_url", "published", "note")


class Cell:
    """One value of a file, with the start of a complaint about it."""

    def __init__(self, label: str, line: int, column: str, text: str) -> None:
        self.text = text.strip()
        self._place = f"{label}:{line}: {column}"

    def refuse(self, why: str) -> BadInput:
        """Make a complaint about this value."""
        return BadInput(f"{self._place}: {why}")

    def one_of(self, allowed: Sequence[str]) -> str:
        """Read a word."""
        if self.text in allowed:
            return self.text
        raise self.refuse(f"'{self.text}' is not known{_meant(self.text, allowed)}")

    def day(self) -> date:
        """Read a date."""
        try:
            return date.fromisoformat(self.text)
        except ValueError:
            raise self.refuse(f"expects a date like 2021-08-03, is '{self.text}'") from None

    def number(self) -> float:
        """Read a count of events."""
        try:
            value = float(self.text)
        except ValueError:
            raise self.refuse(f"expects a number, is '{self.text}'") from None
        if not (math.isfinite(value) and value >= 0):
            raise self.refuse(f"must be a number of at least 0, is {self.text}")
        return value

    def whole(self) -> int:
        """Read how many outlets there are."""
        if self.text.isdecimal() and int(self.text) > 0:
            return int(self.text)
        raise self.refuse(f"expects a whole number of at least 1, is '{self.text}'")

    def truth(self) -> bool:
        """Read True or False."""
        if self.text.lower() not in TRUTH:
            raise self.refuse(f"expects True or False, is '{self.text}'")
        return TRUTH[self.text.lower()]

    def unit(self, known: Sequence[str]) -> str:
        """Read a unit; one that is nearly a known one is refused, since its figure would go unscored."""
        near = difflib.get_close_matches(self.text.lower(), known, 1, SLIP_LIKENESS)
        if not self.text:
            raise self.refuse(f"is empty; for figures of a whole border one of {', '.join(known)}")
        if self.text not in known and near:
            raise self.refuse(f"'{self.text}' is not known; did you mean '{near[0]}'?")
        return self.text


def read_observations(path: Path, label: str, known_units: Sequence[str]) -> pd.DataFrame:
    """Read published figures; a column that may be left out has the value of a plain figure.

    Parameters
    ----------
    path, label
        The file, and what complaints call it.
    known_units
        Units of figures of a whole border.

    Raises
    ------
    BadInput
        With file, line, column and the nearest value that is allowed.
    """
    import pandas as pd

    rows = [_row(cells, known_units) for cells in _lines(path, label)]
    if not rows:
        raise BadInput(f"{label}:1: holds no figure; a scorecard of nothing would look perfect")
    frame = pd.DataFrame(rows)
    days = {name: pd.to_datetime(frame[name]) for name in ("period_start", "period_end")}
    return frame.assign(**days)


def _lines(path: Path, label: str) -> Iterator[Callable[[str], Cell | None]]:
    """Yield, line by line, a way to look a cell up by its column; None for a column that is not there."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = _header(next(reader, []), label)
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield _finder(header, cells, label, reader.line_num)
    except OSError as error:
        raise BadInput(f"{label}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{label}: is not UTF-8 text") from None
    except csv.Error as error:
        raise BadInput(f"{label}:{reader.line_num}: is not CSV: {error}") from None


def _header(names: list[str], label: str) -> list[str]:
    """Check the names of the columns."""
    names = [name.strip() for name in names]
    known = (*NEEDED, "cumulative", "low", "high", "reports", "date_quality", *TEXTS)
    for name in names:
        if name not in known:
            hint = "; columns are parted by commas" if ";" in name or "\t" in name else _meant(name, known)
            raise BadInput(f"{label}:1: unknown column '{name}'{hint}")
        if names.count(name) > 1:
            raise BadInput(f"{label}:1: column '{name}' stands twice")
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        raise BadInput(f"{label}:1: lacks the column '{lacking[0]}'; needed are {', '.join(NEEDED)}")
    return names


def _finder(header: list[str], cells: list[str], label: str, line: int) -> Callable[[str], Cell | None]:
    """Return the lookup of one line."""
    if len(cells) != len(header):
        raise BadInput(f"{label}:{line}: has {len(cells)} values for {len(header)} columns")
    return lambda name: Cell(label, line, name, cells[header.index(name)]) if name in header else None


def _row(cell: Callable[[str], Cell | None], known_units: Sequence[str]) -> Row:
    """Read one line."""
    row: Row = {
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
    return row | {name: _given(cell(name), lambda c: c.text, "") for name in TEXTS}


def _check_order(cell: Callable[[str], Cell | None], row: Row) -> None:
    """A period ends after it starts; a value lies in its range."""
    if row["period_end"] < row["period_start"]:
        raise _needed(cell, "period_end").refuse(
            f"{row['period_end']} is before period_start {row['period_start']}"
        )
    if not row["low"] <= row["value"] <= row["high"]:
        between = f"low {row['low']:g} and high {row['high']:g}"
        raise _needed(cell, "value").refuse(f"{row['value']:g} is not between {between}")


def _needed(cell: Callable[[str], Cell | None], name: str) -> Cell:
    """Look up a column that every file has."""
    found = cell(name)
    assert found is not None
    return found


def _given(cell: Cell | None, read: Callable[[Cell], Any], otherwise: Any) -> Any:
    """Read a cell, if it is there and not empty."""
    return read(cell) if cell and cell.text else otherwise


def _meant(word: str, allowed: Sequence[str]) -> str:
    """Name the nearest allowed word, or all of them."""
    by_fold = {name.casefold(): name for name in allowed}
    near = difflib.get_close_matches(word.casefold(), by_fold, 1)
    return f"; did you mean '{by_fold[near[0]]}'?" if near else f"; allowed: {', '.join(allowed)}"
