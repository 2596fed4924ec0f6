"""From one word of YAML to a value: text of one line, number, bool, date or nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NoReturn

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import Resolver
from ruamel.yaml.tag import Tag

from bordersim.errors import BadInput
from bordersim.inputs.nodes import ADD, MOST_DIGITS, at
from bordersim.words.text import BREAKS, UNPRINTABLE, code_of, normal, shortened

if TYPE_CHECKING:
    from ruamel.yaml import YAML
    from ruamel.yaml.events import CollectionStartEvent, ScalarEvent

MOST_LETTERS = 10_000  # of one text: the longest source of ours has 500
CORE = "tag:yaml.org,2002:"
TEXT, NUMBERS = f"{CORE}str", (f"{CORE}int", f"{CORE}float")
SCALARS = (TEXT, *NUMBERS, *(f"{CORE}{kind}" for kind in ("bool", "null", "timestamp")))
SECTIONS = tuple(f"{CORE}{kind}" for kind in ("map", "seq"))
BLOCK_STYLES = ("|", ">")
INFINITE = ".inf"
NO_TAG = "!"
PLUS = "+"
RULES = Resolver.yaml_implicit_resolvers  # of YAML 1.2, by the first letter of a word
# What the YAML package raises beside errors of its own: for a day no month has, a letter there is none of.
FAULTS = (
    *(YAMLError, ValueError, TypeError, LookupError),
    *(ArithmeticError, AttributeError, AssertionError),
)


class Scalars:
    """Reads the words of one file."""

    def __init__(self, yaml: YAML, label: str) -> None:
        self._construct = yaml.constructor.construct_object
        self._label = label

    def value(self, event: ScalarEvent, line: int, is_change: bool = False) -> object:
        """Return the value of a word; only a change of a value may have a plus: elsewhere it says nothing."""
        kind = self._kind(event, line)
        if kind == TEXT:
            return self.text(event, line)
        if kind in NUMBERS and len(event.value) > MOST_DIGITS:
            self._refuse(event, line, f"cannot be read: a number of more than {MOST_DIGITS} digits")
        if kind in NUMBERS and event.value.startswith(PLUS) and not is_change:
            bare = event.value.removeprefix(PLUS)
            hint = f"write {bare}, or {ADD}: {bare} for {bare} more than in the base"
            self._refuse(event, line, f"would be {bare}; {hint}")
        try:
            value = self._construct(ScalarNode(Tag(suffix=kind), event.value), deep=True)
        except FAULTS as error:
            self._refuse(event, line, f"cannot be read: {error}")
        if isinstance(value, float) and math.isinf(value) and INFINITE not in event.value.lower():
            self._refuse(event, line, "cannot be read: a number too large")
        return value

    def text(self, event: ScalarEvent, line: int) -> str:
        """Return a word as text of one line; the lines of a block are joined."""
        text = normal(event.value)
        if len(text) > MOST_LETTERS:
            self._refuse(event, line, f"is a text of more than {MOST_LETTERS} letters")
        if event.style in BLOCK_STYLES:
            text = " ".join(text.split())
        if found := UNPRINTABLE.search(text) or BREAKS.search(text):
            self._refuse(
                event, line, f"holds the character {code_of(found[0])}, which cannot be printed in a line"
            )
        return text

    def check_section_tag(self, event: CollectionStartEvent, line: int) -> None:
        """Refuse a section or list with the tag of something else."""
        if event.ctag is not None and str(event.ctag) not in (NO_TAG, *SECTIONS):
            tag = shortened(str(event.ctag).replace(CORE, "!!"))
            raise BadInput(f"{at(self._label, line)}: a list or section cannot be read as {tag}")

    def _kind(self, event: ScalarEvent, line: int) -> str:
        """Return the tag of a word: the one it looks like, or its explicit one if that is possible."""
        if event.ctag is None:
            return _looks_like(event.value) if event.implicit[0] else TEXT
        given = str(event.ctag)
        if given in (TEXT, NO_TAG):
            return TEXT
        if given not in SCALARS:
            self._refuse(event, line, f"has an unknown tag, {shortened(given.replace(CORE, '!!'))}")
        looks = _looks_like(event.value)
        if given != looks and not (given in NUMBERS and looks == NUMBERS[0]):
            self._refuse(event, line, f"cannot be read as {given.replace(CORE, '!!')}")
        return given

    def _refuse(self, event: ScalarEvent, line: int, message: str) -> NoReturn:
        raise BadInput(f"{at(self._label, line)}: '{shortened(event.value)}' {message}")


def _looks_like(text: str) -> str:
    """Return the tag of what a word without quotes is."""
    for tag, pattern in RULES.get(text[:1], ()):
        if pattern.match(text):
            return tag if tag in SCALARS else TEXT
    return TEXT
