"""Bars with their ranges, by place and scenario: where attempts go, how many hours stations are busy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.geo.places import load_stretches
from bordersim.report.catalogue import Language
from bordersim.report.page.differs import LETTERS, colour
from bordersim.report.page.markup import picture, said, table, tag, unfolded
from bordersim.results.paired import QUANTILES
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import STRETCH_BUSY_HOURS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.report.page.where import Places
    from bordersim.validation.recorded import Recorded

    Floats = NDArray[np.float64]

WIDTH, LEFT, RIGHT, BAR, GAP, TOP = 372.0, 118.0, 10.0, 9.0, 8.0, 4.0


class Bars(NamedTuple):
    """What is drawn: a title, the names of the rows, and by scenario and row where histories lie."""

    title: str
    rows: Sequence[str]
    ranges: Sequence[Floats]  # for each scenario: row, quantile

    @property
    def top(self) -> float:
        """The highest of all."""
        return max(float(max(each.max() for each in self.ranges)), 1.0)

    @property
    def step(self) -> float:
        """How far rows lie apart [px]."""
        return len(self.ranges) * BAR + GAP


def elsewhere(recorded: Sequence[Recorded], there: Sequence[Places], language: Language) -> Iterator[str]:
    """Yield attempts by border and the hours that stations of the home border are busy."""
    yield said("p", language.say("elsewhere.intro"))
    yield tag(
        "div",
        *_figures(_attempts(recorded, language), language),
        *(text for each in ([_hours(there, language)] if there else []) for text in _figures(each, language)),
        class_="two",
    )


def _attempts(recorded: Sequence[Recorded], language: Language) -> Bars:
    """Return the attempts of the whole period at each border."""
    ranges = [
        np.array([_quantiles(each.daily("attempts", country).sum(axis=1)) for country in COUNTRIES])
        for each in recorded
    ]
    return Bars(language.say("elsewhere.attempts"), [language.place(each) for each in COUNTRIES], ranges)


def _hours(there: Sequence[Places], language: Language) -> Bars:
    """Return the hours that patrols of each Lithuanian station spend driving to groups and with them."""
    home = [i for i, each in enumerate(load_stretches()) if each.country == COUNTRIES[0]]
    names = [load_stretches()[i].name for i in home]
    ranges = [_quantiles(each.totals[:, home, STRETCH_BUSY_HOURS]) for each in there]
    return Bars(language.say("elsewhere.hours"), names, ranges)


def _quantiles(values: Floats) -> Floats:
    """Return the ends and the middle of nine tenths of histories, last."""
    found: Floats = np.moveaxis(np.quantile(values, QUANTILES, axis=0), 0, -1)
    return found


def _figures(bars: Bars, language: Language) -> Iterator[str]:
    """Yield the bars with their numbers as a table."""
    height = TOP + len(bars.rows) * bars.step
    label = language.say("elsewhere.label", title=bars.title)
    drawing = picture(WIDTH, height, label, *_drawn(bars))
    numbers = unfolded(language.say("elsewhere.table"), _table(bars, language))
    yield tag("div", tag("figure", said("figcaption", bars.title), drawing), numbers)


def _drawn(bars: Bars) -> Iterator[str]:
    """Yield names, bars of medians and the ranges over them."""
    scale = (WIDTH - LEFT - RIGHT) / bars.top
    for i, name in enumerate(bars.rows):
        y = TOP + i * bars.step
        yield said("text", name, x=LEFT - 6, y=f"{y + bars.step / 2:.1f}", text_anchor="end")
        for number, values in enumerate(bars.ranges):
            low, median, high = (LEFT + float(each) * scale for each in values[i])
            top = y + number * BAR
            box = {"x": LEFT, "y": f"{top:.1f}", "width": f"{median - LEFT:.1f}", "height": BAR - 2}
            yield tag("rect", fill=colour(number), fill_opacity="0.55", **box)
            yield tag("path", class_="between", d=f"M{low:.1f} {top + BAR / 2 - 1:.1f}H{high:.1f}")


def _table(bars: Bars, language: Language) -> str:
    """Return the numbers."""
    rows = [
        (name, *(_cell(each[i].tolist(), language) for each in bars.ranges))
        for i, name in enumerate(bars.rows)
    ]
    return table(("", *LETTERS[: len(bars.ranges)]), rows, bars.title)


def _cell(values: Sequence[float], language: Language) -> str:
    """Write a median with its range."""
    low, median, high = map(language.rounded, values)
    return language.say("cell.range", median=median, low=low, high=high)
