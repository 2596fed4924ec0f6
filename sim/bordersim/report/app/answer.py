"""The answer of a state, part by part: each part replaces what the page showed in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from bordersim.report.answer import answers_in
from bordersim.report.catalogue import ENGLISH
from bordersim.report.given import READING
from bordersim.report.page.days import panels
from bordersim.report.page.dots import dotplot
from bordersim.report.page.ledgers import ledgers
from bordersim.report.page.markup import listed, picture, said, shown, tag
from bordersim.report.pictures.differences import numbers
from bordersim.report.pictures.style import SCENARIO_COLOURS
from bordersim.report.told import KEYS, named_figure
from bordersim.results.paired import QUANTILES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.report.app.counts import Pair, Side

PARTS = ("told", "dots", "days", "ledgers")
EACH_DOT = "Each dot is one history in twenty: the difference that the policies make in it. Zero is marked."
BANDS = (
    "Lines: medians of histories; bands: half and nine tenths of them. Circles: published days; bars:"
    " published periods, as a mean a day."
)
NOTHING_SET = "No policy is set: A and B are the same. These are the figures of both; the median comes first."


def parts_of(pair: Pair, notes: Sequence[str], of: int) -> dict[str, str]:
    """Return each part as HTML.

    Parameters
    ----------
    pair
        The histories run so far under both scenarios; with one title where no policy is set.
    notes
        What a reader must know first.
    of
        How many histories there will be in the end.
    """
    rows, sides = pair.differences(), pair[:1] if pair.before.title == pair.after.title else pair
    head = [tag("p", *_key(sides), class_="key"), said("p", _so_far(len(pair.before.counts), of))]
    said_first = [
        *head,
        _told(rows, sides) if len(sides) > 1 else _levels(pair.before),
        listed(f"Note: {note}." for note in notes),
    ]
    found = {
        "told": said_first,
        "dots": _dots(pair) if len(sides) > 1 else (),
        "ledgers": _ledgers(rows, *(side.name for side in sides)) if len(sides) > 1 else (),
        "days": _days(sides),
    }
    return {name: "".join(each) for name, each in found.items()}


def _days(sides: Sequence[Side]) -> Iterator[str]:
    """Yield the panels by day."""
    yield said("h2", "Day by day")
    yield said("p", BANDS)
    yield tag("div", *panels([side.recorded() for side in sides]), class_="row")


def _so_far(count: int, of: int) -> str:
    """Say how many histories the ranges rest on."""
    more = f" of {of}; the ranges still move" if count < of else ""
    return f"From {count} histories{more}. A range holds 90 % of them."


def _told(rows: pd.DataFrame, sides: Sequence[Side]) -> str:
    """Return the sentences told first."""
    (answer,) = answers_in(rows, {side.name: side.title for side in sides}, ENGLISH)
    lines = tag("ul", *(tag("li", _bold(text)) for text in answer.lines), class_="answer")
    return said("p", answer.lead, class_="lead") + lines


def _bold(answer: str) -> str:
    """Return a sentence of the answer, what it is about in bold letters."""
    what, _, found = answer.partition(": ")
    return f"{said('strong', what)}: {shown(found)}"


def _levels(side: Side) -> str:
    """Return the figures told first of one scenario, each with its range."""
    found = {(figure.metric, figure.country): values for figure, values in side.figures().items()}
    return said("p", NOTHING_SET) + listed(_level(key, found[key]) for key in KEYS)


def _level(key: tuple[str, str], values: NDArray[np.float64]) -> str:
    """Write where nine tenths of the histories have a figure."""
    low, median, high = numbers(*np.quantile(values[np.isfinite(values)], QUANTILES).tolist())
    return f"{named_figure(*key)}: {median} ({low} to {high})"


def _key(sides: Sequence[Side]) -> Iterator[str]:
    """Yield the colour of each side."""
    for i, (letter, side) in enumerate(zip("AB", sides, strict=False)):
        dashes = {"stroke_dasharray": "5 2"} if i else {}
        sample = tag("path", class_="median", stroke=SCENARIO_COLOURS[i], d="M0 6H34", **dashes)
        name = letter if len(sides) > 1 else "A and B"
        yield tag("span", picture(34, 12, "line of", sample), shown(f"{name}, {side.name}: {side.title}"))


def _dots(pair: Pair) -> Iterator[str]:
    """Yield dots for the figures told first."""
    drawn = (dotplot(named_figure(*key), values) for key, values in pair.told().items() if len(values))
    yield said("h2", "How sure")
    yield said("p", EACH_DOT)
    yield tag("div", *drawn, class_="row")


def _ledgers(rows: pd.DataFrame, reference: str, scenario: str) -> Iterator[str]:
    """Yield the tables, protection first, and how to read them."""
    how = f"Medians of histories; differences are within each history: {scenario} minus {reference}."
    yield said("h2", "Who is harmed, who gets in, who pays")
    yield said("p", how)
    yield from ledgers(rows, reference, scenario)
    yield tag("details", said("summary", "How to read this"), said("p", READING))
