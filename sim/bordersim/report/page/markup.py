"""Pieces of HTML and SVG as text; whatever is shown to a reader is escaped here and nowhere else."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from bordersim.words.escaping import one_line

NO_BREAK = "\N{NO-BREAK SPACE}"
PER_PX = 10  # places a line may go to in a pixel
MOST_STEPS = 10_000  # that are remembered: the same short ones come back in every line


def shown(text: object) -> str:
    """Return a text so that it is shown as written; spaces at which no line may break stay such."""
    return escape(NO_BREAK.join(map(one_line, str(text).split(NO_BREAK))))


def tag(name: str, /, *inner: str, **attributes: object) -> str:
    """Return an element around markup; an attribute named like a word of Python has a mark after it."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{shown(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{said}>{''.join(inner)}</{name}>"


def void(name: str, /, **attributes: object) -> str:
    """Return an element that holds nothing, like a field of a form."""
    return tag(name, **attributes).removesuffix(f"</{name}>")


def said(name: str, text: object, /, **attributes: object) -> str:
    """Return an element around a text."""
    return tag(name, shown(text), **attributes)


def listed(texts: Iterable[object]) -> str:
    """Return texts as a list; nothing where there are none."""
    items = [said("li", text) for text in texts]
    return tag("ul", *items) if items else ""


def section(title: str, *inner: str) -> str:
    """Return a section with its heading; nothing where nothing is in it."""
    return tag("section", said("h2", title), *inner) if any(inner) else ""


def picture(width: float, height: float, label: str, *inner: str) -> str:
    """Return a drawing that says what it shows to those who do not see it."""
    view = f'viewBox="0 0 {width:g} {height:g}"'
    return f'<svg {view} role="img" aria-label="{shown(label)}">{"".join(inner)}</svg>'


def unfolded(summary: str, *inner: str, **attributes: object) -> str:
    """Return something that opens on demand."""
    return tag("details", said("summary", summary), *inner, **attributes)


def table(head: Iterable[object], rows: Iterable[Sequence[object]], caption: str = "") -> str:
    """Return a table of texts; the first cell of a row names it."""
    top = tag("tr", *(said("th", name, scope="col") for name in head))
    body = (
        tag("tr", said("th", first, scope="row"), *(said("td", cell) for cell in rest))
        for first, *rest in rows
    )
    titled = said("caption", caption) if caption else ""
    return tag(
        "div", tag("table", titled, tag("thead", top), tag("tbody", *body)), class_="wide", tabindex="0"
    )


def course(points: Iterable[tuple[float, float]]) -> str:
    """Return the course of a line as steps from point to point, in half the letters of `line`."""
    places = [(round(x * PER_PX), round(y * PER_PX)) for x, y in points]
    steps = itertools.pairwise(places)
    moves = (f"{_step(x2 - x1)} {_step(y2 - y1)}" for (x1, y1), (x2, y2) in steps)
    return f"M{_step(places[0][0])} {_step(places[0][1])}l{' '.join(moves)}"


@lru_cache(MOST_STEPS)
def _step(places: int) -> str:
    """Write a number of tenths of a pixel as briefly as SVG allows."""
    text = f"{places / PER_PX:g}"
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def line(points: Iterable[tuple[float, float]]) -> str:
    """Return the course of a line through points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
