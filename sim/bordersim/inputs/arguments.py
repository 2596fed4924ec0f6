"""Arguments of public functions: checked once, at the edge, and refused in one line.

The command line reads whole numbers by the same rule, as does pytest.
"""

from __future__ import annotations

import operator
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from numbers import Number
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordersim.errors import BadInput
from bordersim.inputs.nearest import did_you_mean
from bordersim.inputs.paths import user_path

if TYPE_CHECKING:
    import pandas as pd

    Values = Mapping[str, object] | pd.Series[Any]  # by dotted key

Name = str | os.PathLike[str]
Names = Name | Iterable[Name]

MOST_REPLICATES = 1_000_000  # of a scenario: the names of blocks have six digits
MOST_WORKERS = 1_000
MOST_SEED = 2**63 - 1
MOST_BITS = 1023  # what a float holds
SHOWN_CHARACTERS = 60
COARSER_THAN_DAYS = ("datetime64[Y]", "datetime64[M]", "datetime64[W]")
SCALARS = (str, date, int, float, type(None))
NO_LISTS = (str, bytes, bytearray, memoryview)
WITHOUT_ORDER = (bytes, Mapping, set, frozenset)
WHOLE = re.compile(r"\s*[+-]?[0-9]{1,4000}\s*")  # Python reads no longer ones


def whole_number(name: str, value: object, low: int, high: int | None) -> int:
    """Return a whole number of any integral type as one of Python.

    A float is refused even if whole, as is a bool, that of numpy too: neither is meant as a count.
    """
    try:
        found = None if type(value).__name__ == "bool" else operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        found = None
    if found is None:
        raise BadInput(f"{name}: expects a whole number, is {seen(value)}")
    if found < low or (high is not None and found > high):
        raise BadInput(f"{name}: must be {bounds(low, high)}, is {seen(found)}")
    return found


def bounds(low: int, high: int | None) -> str:
    """Return the allowed range of a number as text."""
    return f"at least {low}" if high is None else f"between {low} and {high}"


def read_whole_number(name: str, text: object, low: int, high: int | None) -> int:
    """Return the whole number of a text by the same rule: digits alone, 1.0 and 1_000 are refused."""
    is_whole = isinstance(text, str) and WHOLE.fullmatch(text)
    return whole_number(name, int(text) if is_whole else text, low, high)  # type: ignore[call-overload]


def number(name: str, value: object) -> float:
    """Return a number of any type that is one; infinity is a number, NaN is none."""
    given = as_python_or_none(value)
    if isinstance(given, (bool, str)) or not isinstance(given, (int, float)) or given != given:
        raise BadInput(f"{name}: expects a number, is {seen(value)}")
    return float(given)


def text(name: str, value: object) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise BadInput(f"{name}: expects text, is {seen(value)}")
    return str(value)


def choice(name: str, value: object, options: Sequence[str]) -> str:
    """Return a word if it is one of those allowed."""
    word = text(name, value)
    if word not in options:
        raise BadInput(f"{name}: {seen(word)} is not known{did_you_mean(word, options)}")
    return word


def day(name: str, value: object) -> date:
    """Return a day, given as a date, a midnight or a text like 2021-08-03."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else as_python_or_none(value)
    except ValueError:
        found = None
    if not isinstance(found, date):
        raise BadInput(f"{name}: expects a date like 2021-08-03, is {seen(value)}")
    return found


def folder_or_url(name: str, value: object) -> str | Path:
    """Return the place of results: a folder, as text or a path, or a URL."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, os.PathLike) and isinstance(path := os.fspath(value), str):
        return Path(path)
    raise BadInput(f"{name}: expects a folder or a URL, is {seen(value)}")


def scenario_names(given: Names) -> list[str]:
    """Return the names or paths of scenarios that combine in order: one, a list, or some joined by +."""
    return named(given)[0]


def named(given: Names) -> tuple[list[str], list[str]]:
    """Return the names of scenarios that combine in order, and the settings that follow a colon."""
    several: Any = [given] if isinstance(given, (str, os.PathLike)) else given
    if isinstance(several, WITHOUT_ORDER) or not isinstance(several, Iterable):
        raise BadInput(f"scenario: expects a name, a path, or a list of them in order, is {seen(given)}")
    each = [_apart(one) for one in several]
    names = [name for one, _ in each for name in _parts(one)]
    if not names:
        raise BadInput("no scenario named; see 'bordersim scenarios'")
    return names, [setting for _, settings in each for setting in _pieces(settings)]


def values_to_set(given: Values | None) -> dict[str, object]:
    """Return values by dotted key, given as any mapping or a row of a table, as values of Python."""
    if given is None:
        return {}
    is_row = hasattr(given, "items") and hasattr(given, "keys") and getattr(given, "ndim", 1) == 1
    if not is_row:
        wanted = "values by dotted key, like {'guards.LT.officers': 900}"
        raise BadInput(f"set: expects {wanted}, is {seen(given)}")
    return {_key(key): _value(key, value) for key, value in given.items()}


def as_python(value: Any) -> Any:
    """Return a value of numpy, pandas or decimal as text, number, date, list or mapping of Python.

    A midnight is a date; a time of day is refused, since the model works in days.
    """
    if isinstance(value, datetime) or _is_numpy_time(value):
        return _date_of(value)
    if isinstance(value, Mapping):
        return {key: as_python(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, NO_LISTS):
        return [as_python(item) for item in value]
    if hasattr(value, "tolist"):  # arrays and columns; without axes, the number in them
        return [as_python(item) for item in value] if value.ndim else _scalar(value.tolist(), value)
    return _scalar(value, value)


def as_python_or_none(value: object) -> Any:
    """Return a value as a Python object, None if it is of no known kind."""
    try:
        return as_python(value)
    except BadInput:
        return None


def seen(value: object) -> str:
    """Show a value in an error: itself if short, otherwise its type."""
    if not isinstance(value, SCALARS) and getattr(value, "ndim", True):
        return f"of type {type(value).__name__}"
    try:
        shown = f"'{value}'" if isinstance(value, str) else str(value)
    except ValueError:  # Python writes no number of more than some thousand digits
        return "a number of thousands of digits"
    return shown if len(shown) <= SHOWN_CHARACTERS else f"{shown[:SHOWN_CHARACTERS]}..."


def _apart(given: object) -> tuple[object, str]:
    """Return a name and the settings behind its colon; a path may hold one."""
    if not isinstance(given, str) or os.path.isfile(user_path(given)):
        return given, ""
    name, _, settings = given.partition(":")
    return (name, settings) if "=" in settings else (given, "")


def _pieces(settings: str) -> Iterator[str]:
    """Yield settings separated by commas; those within brackets belong to a value."""
    depth, piece = 0, ""
    for sign in settings:
        depth += (sign in "[{") - (sign in "]}")
        if sign == "," and not depth:
            yield piece.strip()
            piece = ""
        else:
            piece += sign
    if settings:
        yield piece.strip()


def _parts(given: object) -> Iterator[str]:
    """Yield the names in one; a path may hold a plus."""
    if isinstance(given, os.PathLike) and isinstance(path := os.fspath(given), str):
        yield path
    elif isinstance(given, str):
        yield from [str(given)] if os.path.isfile(user_path(given)) else given.split("+")
    else:
        raise BadInput(f"scenario: expects a name or a path, is {seen(given)}")


def _key(key: object) -> str:
    """Return a dotted key."""
    if not isinstance(key, str):
        raise BadInput(f"set: expects dotted keys, like guards.LT.officers; one is {seen(key)}")
    return str(key)


def _value(key: object, value: object) -> object:
    """Return a value to be set; an error names its key."""
    try:
        return as_python(value)
    except BadInput as error:
        raise BadInput(f"--set {key}: {error}") from None


def _is_numpy_time(value: object) -> bool:
    """Return whether this is a date or time of numpy, not an array of them."""
    return hasattr(value, "dtype") and hasattr(value, "ndim") and value.ndim == 0 and value.dtype.kind == "M"


def _date_of(value: Any) -> date:
    """Return the date of a midnight."""
    is_time = value == value  # not a time is not even itself
    if isinstance(value, datetime):
        found = value.date() if is_time else None
        is_midnight = found is not None and datetime.combine(found, time()) == value
    else:
        days = value.astype("datetime64[D]")
        found, is_midnight = days.item(), days == value and value.dtype.name not in COARSER_THAN_DAYS
    if not (is_midnight and isinstance(found, date)):
        raise BadInput(f"expects a date without a time of day or a zone, is {value}")
    return found


def _scalar(found: object, given: object) -> object:
    """Return a number, a text, a date or nothing as it is."""
    if isinstance(found, str):
        return str(found)
    if isinstance(found, int) and found.bit_length() > MOST_BITS:
        raise BadInput("expects a number, is one of hundreds of digits")
    if found is None or isinstance(found, (bool, int, float, date)):
        return found
    if isinstance(found, Number) and not isinstance(found, complex):  # decimals, fractions, long floats
        return float(found)  # type: ignore[arg-type]
    raise BadInput(f"expects text, a number, a date, a list or a mapping, is {seen(given)}")
