"""Where: attempts by stretch under each policy, week by week or in the whole period, and their difference.

By stretch and week at the finest; who got in is told of the whole period alone, in the table.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.geo.places import load_stretches
from bordersim.report.catalogue import Language
from bordersim.report.page.land import map_of, stretch, symbols
from bordersim.report.page.markup import said, table, tag, unfolded, void
from bordersim.report.pictures.style import ATTRIBUTION
from bordersim.results.paired import QUANTILES
from bordersim.results.spans import Spans, weeks_of
from bordersim.words.metrics import STRETCH_ATTEMPTS, STRETCH_UNSTOPPED_ENTRIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.results.store.result import Result

    Floats = NDArray[np.float64]

LIMITS = (0.1, 0.3, 1.0, 3.0)  # attempts a day and km, between classes
CHANGES = (0.03, 0.3)  # the same for differences: below the first they are none
PLACES = 3  # decimals that a page carries


class Places(NamedTuple):
    """What one scenario had where: by history, stretch and metric; by week and stretch, attempts a day."""

    name: str
    letter: str
    totals: Floats
    weeks: Floats
    start: date
    days: int

    @property
    def spans(self) -> Spans:
        """The weeks of the run."""
        return weeks_of(self.start, self.days)

    @property
    def daily(self) -> Floats:
        """Mean attempts a day by stretch over the whole period."""
        mean: Floats = self.totals[:, :, STRETCH_ATTEMPTS].mean(axis=0) / self.days
        return mean


def places_of(result: Result, letter: str, weeks: Floats) -> Places:
    """Return what a scenario had where."""
    totals = np.concatenate([block.values("stretches") for block in result.blocks])
    return Places(result.name, letter, totals, weeks, result.land.start, result.land.days)


def where(there: Sequence[Places], lived_again: int, language: Language) -> Iterator[str]:
    """Yield the maps with their slider, differences, months, and the table of stretches."""
    yield symbols()
    again, told = language.counted("histories", lived_again), "where.intro" if lived_again else "where.lost"
    yield said("p", language.say(told, histories=again))
    if lived_again:
        yield _slider(there[0], language)
    yield tag("p", *_key(language), class_="key")
    yield tag("div", *(_map(each, language) for each in there), class_="two maps")
    yield said("h3", language.say("where.differences"))
    yield tag("p", *_key_of_differences(language), class_="key")
    yield tag("div", *(_difference(there[0], each, language) for each in there[1:]), class_="two maps")
    yield tag("div", *_by_month(there, language), class_="months")
    yield unfolded(language.say("where.table"), _table(there, language))
    yield said("p", language.say("where.attribution", owner=ATTRIBUTION), class_="small")


def lengths_km() -> Floats:
    """Return how long each stretch is [km]."""
    return np.array([each.to_km - each.from_km for each in load_stretches()])


def _slider(first: Places, language: Language) -> str:
    """Return the slider over weeks with its button; a script shows and moves them."""
    weeks = len(first.weeks)
    labels = [language.say("where.whole"), *(_week(first, i, language) for i in range(weeks))]
    button = said(
        "button",
        language.say("where.play"),
        type="button",
        id="play",
        data_play=language.say("where.play"),
        data_pause=language.say("where.pause"),
    )
    given = {"min": 0, "max": weeks, "value": 0, "aria_label": language.say("where.slider")}
    slider = void("input", type="range", id="week", data_labels="|".join(labels), **given)
    told = said("output", labels[0], id="shown", for_="week")
    return tag("div", button, slider, told, class_="slider live")


def _week(first: Places, week: int, language: Language) -> str:
    """Write the days of a week of the run."""
    return language.span(first.spans.starts[week], first.spans.lasts[week])


def _map(there: Places, language: Language) -> str:
    """Return the map of one scenario: the whole period, with its weeks for the script."""
    lines = [
        _stretch(number, value, there.weeks[:, number], language) for number, value in enumerate(there.daily)
    ]
    label = language.say("where.map", name=there.name)
    named = said("span", there.letter, class_=f"chip chip{there.letter}")
    caption = tag("figcaption", named, " ", said("span", there.name))
    return tag("figure", caption, map_of(label, lines), class_="map", data_unit=language.say("where.a_day"))


def _stretch(number: int, value: float, weeks: Floats, language: Language) -> str:
    """Return one stretch with its attempts a day: the whole period, then week by week."""
    length = float(lengths_km()[number])
    name = load_stretches()[number].name
    each = " ".join(f"{round(float(week), PLACES):g}" for week in (value, *weeks))
    title = language.say("where.stretch", name=name, value=language.rounded(value))
    return stretch(
        number, f"c{kind(value / length)}", title, data_weeks=each, data_km=f"{length:.2f}", data_name=name
    )


def kind(density: float) -> int:
    """Return the class of so many attempts a day and km."""
    return sum(density >= limit for limit in LIMITS)


def _difference(reference: Places, other: Places, language: Language) -> str:
    """Return the map of a difference over the whole period."""
    changes = other.daily - reference.daily
    lines = [
        stretch(number, change_kind(value / length), _told(number, value, language))
        for number, (value, length) in enumerate(zip(changes.tolist(), lengths_km().tolist(), strict=True))
    ]
    names = {"scenario": other.name, "reference": reference.name}
    caption = said("figcaption", language.say("where.minus", **names))
    return tag("figure", caption, map_of(language.say("where.difference", **names), lines), class_="map")


def _told(number: int, value: float, language: Language) -> str:
    """Say a difference at a stretch."""
    said_value = language.rounded(abs(value))
    name = load_stretches()[number].name
    return language.say("where.more" if value >= 0 else "where.fewer", name=name, value=said_value)


def change_kind(density: float) -> str:
    """Return the class of a difference: none, some or much, more or fewer."""
    size = sum(abs(density) >= limit for limit in CHANGES)
    return "d0" if size == 0 else f"{'m' if density > 0 else 'f'}{size}"


def _by_month(there: Sequence[Places], language: Language) -> Iterator[str]:
    """Yield small maps by month, for paper and where no script runs."""
    yield said("h3", language.say("where.months"))
    first = there[0]
    begins = first.spans.starts[: len(first.weeks)]
    months = list(dict.fromkeys((day.year, day.month) for day in begins))
    for each in there:
        maps = [
            _month(each, [(d.year, d.month) == month for d in begins], month, language) for month in months
        ]
        yield tag("div", *maps, class_="small-maps")


def _month(there: Places, weeks: list[bool], month: tuple[int, int], language: Language) -> str:
    """Return one month: the mean of the weeks that begin in it."""
    density = there.weeks[np.array(weeks)].mean(axis=0) / lengths_km()
    lines = [stretch(number, f"c{kind(value)}") for number, value in enumerate(density.tolist())]
    title = f"{there.letter} · {language.month(date(*month, 1))} {month[0]}"
    return tag("figure", said("figcaption", title), map_of(title, lines, named=False))


def _key(language: Language) -> Iterator[str]:
    """Yield the colours of the classes."""
    yield said("span", language.say("where.key"))
    for number, name in enumerate(_bounds(language)):
        yield _sample(f"c{number}", name)


def _key_of_differences(language: Language) -> Iterator[str]:
    """Yield the colours of differences."""
    yield said("span", language.say("where.key"))
    low, high = (language.number(limit, PLACES - 1) for limit in CHANGES)
    for name, key, values in (
        ("f2", "key.fewer2", {"high": high}),
        ("f1", "key.fewer1", {"low": low, "high": high}),
        ("d0", "key.none", {"low": low}),
        ("m1", "key.more1", {"low": low, "high": high}),
        ("m2", "key.more2", {"high": high}),
    ):
        yield _sample(name, language.say(key, **values))


def _bounds(language: Language) -> Iterator[str]:
    """Yield the names of the classes."""
    limits = [language.number(limit, int(limit < 1)) for limit in LIMITS]
    yield language.say("key.below", high=limits[0])
    for low, high in itertools.pairwise(limits):
        yield language.say("key.between", low=low, high=high)
    yield language.say("key.above", low=limits[-1])


def _sample(kind_: str, name: str) -> str:
    """Return a colour with what it means."""
    line = tag("path", class_=kind_, d="M2 6H32")
    return tag("span", tag("svg", line, viewBox="0 0 34 12", aria_hidden="true"), said("span", name))


def _table(there: Sequence[Places], language: Language) -> str:
    """Return the stretches as a table: attempts, and entries that nobody stopped, of the whole period."""
    both = (STRETCH_ATTEMPTS, "attempts"), (STRETCH_UNSTOPPED_ENTRIES, "unstopped_entries")
    heads = [f"{each.letter}: {language.metric(name)}" for _, name in both for each in there]
    ranges = [np.quantile(each.totals[:, :, i], QUANTILES, axis=0).T for i, _ in both for each in there]
    rows = [
        (land.name, *(_cell(values[number].tolist(), language) for values in ranges))
        for number, land in enumerate(load_stretches())
    ]
    return table((language.say("where.head"), *heads), rows, language.say("where.caption"))


def _cell(values: Sequence[float], language: Language) -> str:
    """Write a median with its range."""
    low, median, high = map(language.rounded, values)
    return language.say("cell.range", median=median, low=low, high=high)
