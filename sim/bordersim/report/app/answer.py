"""The answer of a state, part by part: each part replaces what the page showed in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.report.answer import answer_of
from bordersim.report.catalogue import Language
from bordersim.report.page.days import Lookup, panels
from bordersim.report.page.dots import dotplot
from bordersim.report.page.ledgers import ledgers
from bordersim.report.page.markup import listed, picture, said, shown, tag
from bordersim.report.page.reading import reading
from bordersim.report.pictures.style import SCENARIO_COLOURS
from bordersim.report.told import KEYS, named_figure
from bordersim.results.paired import QUANTILES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.report.app.counts import Pair, Side

SIDES = ("A", "B")
PARTS = ("told", "dots", "days", "ledgers")


def parts_of(
    pair: Pair, notes: Sequence[str], of: int, published: Lookup, language: Language
) -> dict[str, str]:
    """Return each part as HTML.

    Parameters
    ----------
    pair
        The histories run so far under both scenarios; with one title where no policy is set.
    notes
        What a reader must know first.
    of
        How many histories there will be in the end.
    published
        What was published of the days of the run.
    language
        In which words.
    """
    both = pair.before, pair.after
    rows, sides = pair.differences(), both[:1] if pair.before.title == pair.after.title else both
    differ = len(sides) > 1
    said_first = [
        tag("p", *_key(sides, language), class_="key"),
        said("p", _so_far(len(pair.before.counts), of, language)),
        _told(rows, sides, language) if differ else _levels(pair.before, language),
        listed(language.say("page.note", note=note) for note in notes),
    ]
    found = {
        "told": said_first,
        "dots": _dots(pair, language) if differ else (),
        "ledgers": _ledgers(rows, language) if differ else (),
        "days": _days(sides, published, language),
    }
    return {name: "".join(each) for name, each in found.items()}


def _days(sides: Sequence[Side], published: Lookup, language: Language) -> Iterator[str]:
    """Yield the panels by day."""
    yield said("h2", language.say("page.days"))
    yield said("p", language.say("app.bands"))
    yield tag("div", *panels([side.recorded() for side in sides], language, published), class_="row")


def _so_far(count: int, of: int, language: Language) -> str:
    """Say how many histories the ranges rest on."""
    key = "app.so_far" if count < of else "app.from_all"
    return language.say(key, histories=language.counted("of_histories", count), of=of)


def _told(rows: Sequence[Any], sides: Sequence[Side], language: Language) -> str:
    """Return the sentences told first."""
    answer = answer_of(rows, {side.name: side.title for side in sides}, language)
    lines = tag("ul", *(tag("li", _bold(text)) for text in answer.lines), class_="answer")
    return said("p", answer.lead, class_="lead") + lines


def _bold(answer: str) -> str:
    """Return a sentence of the answer, what it is about in bold letters."""
    what, _, found = answer.partition(": ")
    return f"{said('strong', what)}: {shown(found)}"


def _levels(side: Side, language: Language) -> str:
    """Return the figures told first of one scenario, each with its range."""
    found = {(figure.metric, figure.country): values for figure, values in side.figures.items()}
    levels = listed(_level(key, found[key], language) for key in KEYS)
    return said("p", language.say("app.nothing_set")) + levels


def _level(key: tuple[str, str], values: NDArray[np.float64], language: Language) -> str:
    """Write where nine tenths of the histories have a figure."""
    ends = np.quantile(values[np.isfinite(values)], QUANTILES).tolist()
    low, median, high = (language.amount(each, key[0]) for each in ends)
    held = language.say("cell.range", median=median, low=low, high=high)
    return f"{named_figure(*key, language)}: {held}"


def _key(sides: Sequence[Side], language: Language) -> Iterator[str]:
    """Yield the colour of each side."""
    for i, (letter, side) in enumerate(zip(SIDES, sides, strict=False)):
        dashes = {"stroke_dasharray": "5 2"} if i else {}
        sample = tag("path", class_="median", stroke=SCENARIO_COLOURS[i], d="M0 6H34", **dashes)
        name = letter if len(sides) > 1 else language.say("app.both")
        line = picture(34, 12, language.say("app.line_of"), sample)
        yield tag("span", line, shown(f"{name}, {side.name}: {side.title}"))


def _dots(pair: Pair, language: Language) -> Iterator[str]:
    """Yield dots for the figures told first."""
    told = pair.told().items()
    drawn = (dotplot(named_figure(*key, language), values, language) for key, values in told if len(values))
    yield said("h2", language.say("page.sure"))
    yield said("p", language.say("dots.intro"))
    yield tag("div", *drawn, class_="row")


def _ledgers(rows: Sequence[Any], language: Language) -> Iterator[str]:
    """Yield the tables, protection first, and how to read them."""
    pair = {"reference": SIDES[0], "scenario": SIDES[1]}
    yield said("h2", language.say("page.ledgers"))
    yield said("p", language.say("app.differences", **pair))
    yield from ledgers(rows, *SIDES, language)
    yield tag("details", said("summary", language.say("page.read")), *reading(language))
