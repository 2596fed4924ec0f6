"""Pieces of HTML and SVG as text; whatever is shown to a reader is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from bordersim.words.escaping import one_line


def shown(text: object) -> str:
    """Return a text so that it is shown as written."""
    return escape(one_line(str(text)))


def tag(name: str, *inner: str, **attributes: object) -> str:
    """Return an element around markup; an attribute named like a word of Python has a mark after it."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{shown(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{said}>{''.join(inner)}</{name}>"


def said(name: str, text: object, **attributes: object) -> str:
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


def line(points: Iterable[tuple[float, float]]) -> str:
    """Return the course of a line through points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
