"""What is allowed and should still be said: a value outside its range, an entry that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bordersim.inputs.layers import entry_date, leaves, within
from bordersim.inputs.metadata import ENTRY_FACT_KEYS, is_dated_list, is_number
from bordersim.inputs.nodes import SET, Facts, Node
from bordersim.inputs.relative import LINEAR
from bordersim.inputs.yaml_source import place
from bordersim.words.text import shortened

MOST_LETTERS = 190  # of what a manifest keeps as one note


def notes_on(tree: Node, base: Node, end: date, named_files: frozenset[str]) -> tuple[str, ...]:
    """Return what a reader must know of the values a user gave, one note a key.

    Parameters
    ----------
    tree, base
        The values, and those without the files and settings the user named.
    end
        The last day simulated.
    named_files
        Labels of the files the user named.
    """
    found = []
    for key, node in leaves(tree):
        ours = [item for item in _items(node) if _is_of(item, named_files)]
        if ours:
            held = [item for item in ours if not is_dated_list(node) or entry_date(item) <= end]
            found += [*_outside(key, node, held, within(base, key)), *_idle(key, node, ours, end)]
    return tuple(shortened(_printable(note), MOST_LETTERS) for note in found)


def _outside(key: str, node: Node, ours: list[Node], base: Node | None) -> Iterator[str]:
    """Say which value leaves the range stated for it, widened by what the base has on any date."""
    facts = node.facts or Facts()
    if facts.low is None or facts.high is None:
        return
    known = [value for value in map(_number, _items(base)) if value is not None] if base else []
    low, high = min([facts.low, *known]), max([facts.high, *known])
    beyond = [item for item in ours if (value := _number(item)) is not None and not low <= value <= high]
    if beyond:
        first, more = beyond[0], " (and more on other dates)" if beyond[1:] else ""
        span = f"outside its range {low:g} to {high:g} {facts.unit or ''}".rstrip()
        yield f"{place(first.origin, key)}: {_number(first):g}{more} is {span}; it runs all the same"


def _idle(key: str, node: Node, ours: list[Node], end: date) -> Iterator[str]:
    """Say that no entry of the user's begins before the end; kilometres grow towards one from another."""
    if not is_dated_list(node):
        return
    first = entry_date(ours[0])
    before = max((day for each in node.items() if (day := entry_date(each)) < first), default=end)
    if first > end and not (LINEAR in ours[0].mapping() and before < end):
        yield f"{place(ours[0].origin, key)}: {first} is after the end, {end}; it changes nothing in this run"


def _items(node: Node) -> list[Node]:
    """Return the entries of a list, or the value itself."""
    return node.items() or [node]


def _is_of(item: Node, named_files: frozenset[str]) -> bool:
    return item.origin == SET or item.origin.rpartition(":")[0] in named_files


def _printable(text: str) -> str:
    """Return a text as a manifest keeps it: a name may hold marks that are not printed."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _number(item: Node) -> float | None:
    """Return the number of a value or of an entry of a dated list."""
    held = [child.value for key, child in item.mapping().items() if key not in ("from", *ENTRY_FACT_KEYS)]
    value = held[0] if held else item.value
    return value if is_number(value) else None  # type: ignore[return-value]
