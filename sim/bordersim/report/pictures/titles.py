"""What a picture asks and of what, in words: scenarios go by their titles, with the days they cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any, NamedTuple

from bordersim.results.store.names import REPLICATES

if TYPE_CHECKING:
    from datetime import date

TITLE_CHARACTERS_PER_IN = 9.5  # in the size of titles
MODEL = "All figures: model."
MODEL_AND_RECORD = "Lines and bands: model. Dots and black bars: published figures."
MOST_CHARACTERS = 60  # of the values set on top: a footer has little room
NO_TITLES: Mapping[str, str] = {}


class Said(NamedTuple):
    """What is said of the results in a picture, beside the numbers.

    Parameters
    ----------
    titles
        Titles of scenarios by name.
    repetitions
        What the replicates are called.
    period
        The days.
    sets
        The values set on top of all of them.
    """

    titles: Mapping[str, str] = NO_TITLES
    repetitions: str = REPLICATES
    period: str = ""
    sets: str = ""

    @classmethod
    def of(cls, results: Sequence[Any]) -> Said:
        """Return what is said of results; of frames of days there is only what stands in them."""
        known = [result for result in results if hasattr(result, "label")]
        if not known:
            return cls()
        period = known[0].scenario.config.period
        return cls(
            titles_of(known),
            known[0].repetitions,
            period_text(period.start, period.end),
            _shared_sets(known),
        )

    def title(self, name: object) -> str:
        """Return the title of a scenario, or its name where there is none."""
        return self.titles.get(str(name), str(name))

    def footer(self, source: str = MODEL) -> str:
        """Return the first sentences of the footer: what is model, what is published, what was set."""
        return f"{source} Set on top of the scenarios: {self.sets}." if self.sets else source


def titles_of(results: Sequence[Any]) -> dict[str, str]:
    """Return the title of each result by its name and label; where two share one, their labels follow it."""
    titles = {result.label: str(getattr(result.scenario, "title", "") or result.name) for result in results}
    counts, names = Counter(titles.values()), Counter(result.name for result in results)
    told = {label: title if counts[title] == 1 else f"{title} ({label})" for label, title in titles.items()}
    alone = {result.name: told[result.label] for result in results if names[result.name] == 1}
    return {**alone, **told}


def in_width(text: str, width_in: float) -> str:
    """Return a title in as many lines as the width of a picture needs."""
    return "\n".join(fill(line, int(width_in * TITLE_CHARACTERS_PER_IN)) for line in text.split("\n"))


def period_text(start: date, end: date) -> str:
    """Return the days that a picture covers."""
    first, last = (f"{day.day} {day:%B %Y}" for day in (start, end))
    return first if start == end else f"{first} to {last}"


def _shared_sets(results: Sequence[Any]) -> str:
    """Return the values that are set on top of all of the scenarios alike."""
    first, *others = [dict(getattr(result, "sets", {})) for result in results]
    shared = {key: value for key, value in first.items() if all(each.get(key) == value for each in others)}
    told = ", ".join(f"{key}={value}" for key, value in shared.items())
    return told if len(told) <= MOST_CHARACTERS else f"{len(shared)} values (overrides.yaml)"
