"""Names, titles and sources may be any text: escaped so that they are shown as written.

A terminal, Markdown and a spreadsheet each treat some characters as commands; here these become plain.
"""

from __future__ import annotations

import re

# Control characters, separators of lines, what turns the direction of writing, halves of characters.
DOES_SOMETHING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
IN_MARKDOWN = re.compile(r"[\\`*\[\]<|~#]|&(?=#?\w+;)|(?<!\w)_|_(?!\w)")
MARKER_OF_A_LIST = re.compile(r"^(\d+(?=[.)])|(?=[-+>]))")
TICKS = re.compile("`+")
# A cell that begins so is worked out by a spreadsheet; an apostrophe in front makes it text.
FORMULAS = (*"=+-@", *"＝＋－＠", "\t", "\r", "\n")
TEXT_MARK = "'"


def visible(text: str) -> str:
    """Return a text with control characters as codes; line breaks and tabs stay."""
    return DOES_SOMETHING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    """Return a text as one line."""
    return visible(" ".join(text.split()))


def markdown(text: str) -> str:
    """Return a text escaped for a line or a cell of Markdown."""
    return IN_MARKDOWN.sub(r"\\\g<0>", one_line(text))


def item(text: str) -> str:
    """Return a text as a Markdown list item."""
    return "- " + MARKER_OF_A_LIST.sub(r"\1\\", markdown(text))


def code(text: str) -> str:
    """Return a text as Markdown code, whatever backticks it contains."""
    line = one_line(text)
    fence = "`" * (max(map(len, TICKS.findall(line)), default=0) + 1)
    edge = " " if "`" in (line[:1], line[-1:]) else ""
    return f"{fence}{edge}{line}{edge}{fence}"


def cell(content: object) -> object:
    """Return a cell of a CSV file; text that a spreadsheet would evaluate is marked as text."""
    return TEXT_MARK + content if isinstance(content, str) and _is_formula(content) else content


def content(written: object) -> object:
    """Read a cell written that way."""
    if isinstance(written, str) and written.startswith(TEXT_MARK) and _is_formula(written):
        return written[1:]
    return written


def _is_formula(text: str) -> bool:
    """Return whether a spreadsheet may read a text as a formula, or would without the marks before it."""
    text = text.lstrip(TEXT_MARK)
    return text.startswith(FORMULAS) or text.lstrip().startswith(FORMULAS)
