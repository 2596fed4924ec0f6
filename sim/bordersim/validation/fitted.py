"""Which published figures were inputs to the values, so that agreement with them proves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bordersim.errors import BadInput
from bordersim.inputs.nearest import did_you_mean
from bordersim.inputs.nodes import Node
from bordersim.inputs.paths import user_path
from bordersim.inputs.yaml_source import entry_of, place, read_yaml, refuse_unknown, shown, word_of
from bordersim.validation.published.reading import COUNTRIES, SERIES_NAMES

if TYPE_CHECKING:
    import pandas as pd

PACKAGED = Path(__file__).with_name("fitted.yaml")
HEAD = ("schema_version", "fitted")
KEYS = ("countries", "series", "from", "to", "into", "only")
NEEDED = KEYS[:-1]
ONLY = ("sum", "spread")
# A window belongs to the sample from this share of its days on: August 2021 is not fitted by its first two.
LEAST_SHARE = 0.1


class Fitted(NamedTuple):
    """Days of a series that were an input to a value."""

    countries: tuple[str, ...]
    series: tuple[str, ...]
    first: date
    last: date
    into: str
    only: str = ""

    def share_of(self, country: str, series: str, first: date, last: date) -> float:
        """Return the share of the days of a window of a series that are in this one."""
        if country not in self.countries or series not in self.series:
            return 0.0
        shared = (min(last, self.last) - max(first, self.first)).days + 1
        return max(0, shared) / ((last - first).days + 1)


def load_fitted(path: Path = PACKAGED) -> tuple[Fitted, ...]:
    """Read a YAML file with the key ``fitted``, a list of windows; it may be empty."""
    label = path.name if path == PACKAGED else str(path)
    given = read_yaml(user_path(path), label).mapping()
    if "fitted" not in given:
        raise BadInput(f"{label}:1: lacks 'fitted', the list of windows that went into values")
    refuse_unknown(given, HEAD)
    if not isinstance(given["fitted"].value, list):
        said = f"expects a list of windows, is {shown(given['fitted'].value)}"
        raise BadInput(f"{place(given['fitted'].origin, 'fitted')}: {said}")
    return tuple(_window(item) for item in given["fitted"].items())


def marks(windows: pd.DataFrame, fitted: tuple[Fitted, ...]) -> pd.DataFrame:
    """Return, for windows with country and series, in_sample, sum_given and spread_given."""
    import pandas as pd

    rows = [_marks_of(window, fitted) for window in windows.itertuples()]
    return pd.DataFrame(
        rows, columns=["in_sample", "sum_given", "spread_given"], index=windows.index, dtype=bool
    )


def _marks_of(window: object, fitted: tuple[Fitted, ...]) -> tuple[bool, ...]:
    """Return for one window whether it, only its sum, or only its spread was an input to a value."""
    country, series = window.country, window.series  # type: ignore[attr-defined]
    first, last = window.period_start.date(), window.period_end.date()  # type: ignore[attr-defined]
    met = [each for each in fitted if each.share_of(country, series, first, last) >= LEAST_SHARE]
    return tuple(any(each.only == part for each in met) for part in ("", *ONLY))


def _window(node: Node) -> Fitted:
    """Read one entry of the list."""
    given = entry_of(node, KEYS, NEEDED, "fitted")
    first, last = (_day(given[key], key) for key in ("from", "to"))
    if last < first:
        raise BadInput(f"{place(given['to'].origin, 'to')}: {last} is before from {first}")
    return Fitted(
        _words(given["countries"], "countries", COUNTRIES),
        _words(given["series"], "series", SERIES_NAMES),
        first,
        last,
        word_of(given["into"], "into"),
        _only(given["only"]) if "only" in given else "",
    )


def _only(node: Node) -> str:
    """Read which part of the figures alone was an input."""
    if node.value not in ONLY:
        hint = did_you_mean(str(node.value), ONLY)
        raise BadInput(f"{place(node.origin, 'only')}: {shown(node.value)} is not known{hint}")
    return str(node.value)


def _words(node: Node, key: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Read a list of names."""
    if not node.items():
        raise BadInput(f"{place(node.origin, key)}: expects a list of names, is {shown(node.value)}")
    for item in node.items():
        if item.value not in allowed:
            hint = did_you_mean(str(item.value), allowed)
            raise BadInput(f"{place(item.origin, key)}: {shown(item.value)} is not known{hint}")
    return tuple(str(item.value) for item in node.items())


def _day(node: Node, key: str) -> date:
    """Read a date."""
    if type(node.value) is not date:
        raise BadInput(f"{place(node.origin, key)}: expects a date like 2021-08-03, is {shown(node.value)}")
    return node.value
