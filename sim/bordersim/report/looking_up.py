"""Metrics and terms, looked up by name or by a word."""

from __future__ import annotations

from collections.abc import Iterator

from bordersim.inputs.nearest import did_you_mean
from bordersim.report.terms import TERMS
from bordersim.results.ledgers import EXTRA
from bordersim.words.metrics import BUILT, DERIVED, LEDGERS, PEOPLE_METRICS, Metric
from bordersim.words.valued import DAILY

EVERY_METRIC: tuple[Metric, ...] = (*DAILY, *DERIVED, *PEOPLE_METRICS, *EXTRA, *BUILT)
BY_NAME = {metric.name: metric for metric in EVERY_METRIC}
EVENTS = (
    "attempts",
    "claims",
    "returns",
    "admissions",
    "rescues",
    "incidents",
    "injuries",
    "cases",
    "events",
)
PEOPLE = {metric.name for metric in PEOPLE_METRICS}


def definition_of(metric: Metric) -> str:
    """Return the definition of a metric; of a sum, with its parts."""
    summed = type(metric) is Metric and metric.formula
    return f"{metric.definition} ({' + '.join(metric.formula)})" if summed else metric.definition


def metrics_with(word: str) -> list[Metric]:
    """Return the metrics with a word in their name, unit, ledger or definition, ledger by ledger."""
    wanted = word.casefold().replace(" ", "_")
    return [
        metric
        for ledger in LEDGERS
        for metric in EVERY_METRIC
        if metric.ledger == ledger and wanted in _searched(metric)
    ]


def explained_word(word: str) -> str:
    """Return everything known about a metric or a term; nothing if it is neither."""
    if metric := BY_NAME.get(word):
        return "\n".join([metric.name, *(f"  {name:<11} {text}" for name, text in _facts(metric))])
    name = _singular(word)
    return f"{name}\n  {'meaning':<11} {TERMS[name]}" if name in TERMS else ""


def hint(word: str) -> str:
    """Return the metric or term that was probably meant."""
    return did_you_mean(word, [*BY_NAME, *TERMS])


def _searched(metric: Metric) -> str:
    """Return what a word is searched in."""
    return (
        "_".join((metric.name, metric.unit, metric.ledger, definition_of(metric)))
        .casefold()
        .replace(" ", "_")
    )


def _facts(metric: Metric) -> Iterator[tuple[str, str]]:
    """Yield what is known about a metric."""
    yield "definition", definition_of(metric)
    yield "unit", metric.unit
    yield "ledger", metric.ledger
    if metric.unit in EVENTS:
        yield "counts", "events, not people: one person can be counted several times"
    if metric.name in PEOPLE:
        yield "counts", "people, each once, over all borders and the whole run"


def _singular(word: str) -> str:
    """Return the term that a word stands for, in the plural or with underscores too."""
    text = word.casefold().replace("_", " ")
    ways = (text, text.removesuffix("s"), text.removesuffix("ies") + "y", text.removesuffix("es"))
    also = {
        "people": "person",
        "migrant": "person",
        "histories": "history",
        "stranded": "between the lines",
        "captive": "between the lines",
        "official counts": "simulated official counts",
    }
    return next((way for way in (*ways, also.get(text, "")) if way in TERMS), text)
