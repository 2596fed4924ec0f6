"""The expectations of a scenario file: published figures with their source, and known failures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bordersim.errors import BadInput
from bordersim.inputs.metadata import is_number
from bordersim.inputs.nearest import did_you_mean
from bordersim.inputs.nodes import Node
from bordersim.inputs.schema import Period
from bordersim.inputs.schema.base import ByCountry
from bordersim.inputs.yaml_source import entry_of, place, shown, word_of
from bordersim.words.metrics import DERIVED
from bordersim.words.valued import DAILY_NAMES

TOTAL, LARGEST_DAY = "total", "largest_day"
MEASURES = (TOTAL, LARGEST_DAY)
METRICS = (*DAILY_NAMES, *(metric.name for metric in DERIVED))
PLACES = (*ByCountry.model_fields, "all")
KEYS = ("metric", "country", "date", "from", "to", "measure", "between", "source", "known_failure")
NEEDED = ("metric", "country", "between", "source")
SPAN = "needs a 'date', or 'from' and 'to'"


@dataclass(frozen=True)
class Expectation:
    """A published range of a figure.

    Parameters
    ----------
    metric, country
        The metric and the border.
    first, last
        First and last day, both included.
    measure
        The total over these days, or the largest day.
    low, high
        Lowest and highest published figure.
    known_failure
        Why the model misses it today; empty if it does not. It must miss: a known failure that holds is
        a mistake too.
    origin
        File and line.
    """

    metric: str
    country: str
    first: date
    last: date
    measure: str
    low: float
    high: float
    source: str
    known_failure: str
    origin: str

    @property
    def title(self) -> str:
        """Return metric, border and days as a title."""
        days = f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"
        measure = "" if self.measure == TOTAL else f", {self.measure.replace('_', ' ')}"
        return f"{self.metric} {self.country} {days}{measure}"


def expectations_of(node: Node | None, period: Period | None) -> tuple[Expectation, ...]:
    """Read the list under ``expect``; every date lies in the period, unless that was changed."""
    if node is None:
        return ()
    if not isinstance(node.value, list):
        raise BadInput(f"{place(node.origin, 'expect')}: expects a list, is {shown(node.value)}")
    return tuple(_expectation(item, period) for item in node.items())


def _expectation(node: Node, period: Period | None) -> Expectation:
    """Read one entry."""
    given = entry_of(node, KEYS, NEEDED, "expect", "expect.")
    first, last = _days(node, period)
    low, high = _between(given["between"])
    return Expectation(
        metric=_one_of(given["metric"], "metric", METRICS),
        country=_one_of(given["country"], "country", PLACES),
        first=first,
        last=last,
        measure=_one_of(given["measure"], "measure", MEASURES) if "measure" in given else TOTAL,
        low=low,
        high=high,
        source=word_of(given["source"], "expect.source"),
        known_failure=word_of(given["known_failure"], "expect.known_failure")
        if "known_failure" in given
        else "",
        origin=node.origin,
    )


def _days(node: Node, period: Period | None) -> tuple[date, date]:
    """Read one day, or the first and the last."""
    given = node.mapping()
    has = tuple(key for key in ("date", "from", "to") if key in given)
    if has not in (("date",), ("from", "to")):
        raise BadInput(f"{place(node.origin, 'expect')}: {SPAN}")
    first, last = _day(given[has[0]], has[0], period), _day(given[has[-1]], has[-1], period)
    if last < first:
        raise BadInput(f"{place(given['to'].origin, 'expect.to')}: {last} is before from {first}")
    return first, last


def _day(node: Node, key: str, period: Period | None) -> date:
    """Read a day."""
    if type(node.value) is not date:
        expected = f"expects a date like 2021-08-03, is {shown(node.value)}"
        raise BadInput(f"{place(node.origin, f'expect.{key}')}: {expected}")
    if period and not period.start <= node.value <= period.end:
        span = f"must be between {period.start} and {period.end}, the period of the scenario"
        raise BadInput(f"{place(node.origin, f'expect.{key}')}: {node.value} {span}")
    return node.value


def _between(node: Node) -> tuple[float, float]:
    """Read the lowest and the highest figure."""
    values = [item.value for item in node.items()]
    if len(values) != 2 or not all(is_number(value) for value in values):
        raise BadInput(f"{place(node.origin, 'expect.between')}: expects two numbers, like [100, 300]")
    low, high = (float(value) for value in values)  # type: ignore[arg-type]
    if not 0 <= low <= high:
        raise BadInput(
            f"{place(node.origin, 'expect.between')}: must rise from at least 0, is [{low:g}, {high:g}]"
        )
    return low, high


def _one_of(node: Node, key: str, allowed: tuple[str, ...]) -> str:
    """Read a word."""
    word = word_of(node, f"expect.{key}")
    if word not in allowed:
        hint = did_you_mean(word, allowed)
        raise BadInput(f"{place(node.origin, f'expect.{key}')}: {shown(word)} is not known{hint}")
    return word
