"""Day by day: one figure at a time, chosen by radio buttons, at each border, with its months as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.forecast import months
from bordersim.report.page.days import panel
from bordersim.report.page.markup import said, shown, table, tag, unfolded, void
from bordersim.results.paired import QUANTILES
from bordersim.validation.figures import MAIN, METRIC_OF
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from bordersim.validation.recorded import Recorded

    Floats = NDArray[np.float64]

PUBLISHED = {country: METRIC_OF[series] for country, series in MAIN}


class Chosen(NamedTuple):
    """A figure that can be chosen: its name in the catalogue, and the metric counted at each border."""

    name: str
    metrics: dict[str, str]


def _everywhere(metric: str) -> Chosen:
    """Return a metric that is the same at each border."""
    return Chosen(metric, dict.fromkeys(COUNTRIES, metric))


# Protection before entry; first what was published, since that says how far the model can be trusted.
CHOICES = (
    Chosen("record", PUBLISHED),
    *map(_everywhere, ("unscreened_returns", "claims_not_examined", "captive_person_days")),
    *map(_everywhere, ("vulnerable_pushed_back", "attempts", "apprehended", "unstopped_entries")),
)


def by_day(
    recorded: Sequence[Recorded],
    changes: Sequence[date],
    letters: Sequence[str],
    language: Language = ENGLISH,
) -> Iterator[str]:
    """Yield the choice, where values are told, and the panels of every figure.

    Parameters
    ----------
    recorded
        The daily counts of each scenario.
    changes
        Days on which the scenarios begin to differ, or differ in another way.
    letters
        What scenarios are called in tables and values.
    language
        In which words.
    """
    yield tag("fieldset", *_choice(language), class_="pick")
    yield said("p", language.say("days.hint"), class_="tip", aria_live="polite", role="status")
    for number, chosen in enumerate(CHOICES):
        panels = [_panel(recorded, chosen, country, changes, language) for country in COUNTRIES]
        tables = [_months(recorded, chosen, country, letters, language) for country in COUNTRIES]
        told = unfolded(language.say("days.table"), *tables)
        title = said("h3", language.say(f"days.{chosen.name}"), class_="printed")
        yield tag("div", title, tag("div", *panels, class_="row"), told, class_="tab", id=f"days{number}")


def _choice(language: Language) -> Iterator[str]:
    """Yield the radio buttons in one group."""
    yield said("legend", language.say("days.legend"))
    for number, chosen in enumerate(CHOICES):
        first = {"checked": "checked"} if number == 0 else {}
        name = f"pick{number}"
        button = void("input", type="radio", name="figure", id=name, value=number, **first)
        yield tag("label", button, shown(language.say(f"days.{chosen.name}")), for_=name)


def _panel(
    recorded: Sequence[Recorded], chosen: Chosen, country: str, changes: Sequence[date], language: Language
) -> str:
    """Return one figure at one border."""
    metric = chosen.metrics[country]
    return panel(recorded, metric, country, language=language, changes=changes)


def _months(
    recorded: Sequence[Recorded], chosen: Chosen, country: str, letters: Sequence[str], language: Language
) -> str:
    """Return the months of one figure at one border: the median of each scenario with its range."""
    spans = list(months(recorded[0].start, recorded[0].end))
    counted = (each.in_windows(chosen.metrics[country], country, spans) for each in recorded)
    ranges = [np.quantile(counts, QUANTILES, axis=0).T.tolist() for counts in counted]
    rows = [
        (f"{language.month(first)} {first.year}", *(_cell(values[i], language) for values in ranges))
        for i, (first, _) in enumerate(spans)
    ]
    figure = language.metric(chosen.metrics[country])
    caption = language.say("days.months", figure=figure, place=language.place(country))
    return table((language.say("days.month"), *letters), rows, caption)


def _cell(values: Sequence[float], language: Language) -> str:
    """Write a median with its range."""
    low, median, high = map(language.rounded, values)
    return language.say("cell.range", median=median, low=low, high=high)
