"""From a YAML text to nodes with their lines, in one pass over its events and within limits.

An untrusted file is refused before it costs more than a second or two: by its length, nesting and
number of keys and values while it is read, where the content of an alias counts every time.
"""

from __future__ import annotations

from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from bordersim.errors import BadInput
from bordersim.inputs.nodes import RELATIVE, Node, at
from bordersim.inputs.scalars import FAULTS, Scalars
from bordersim.words.text import normal, shortened

MOST_WORDS = 8_000  # keys, values and sections: parameters.yaml has 4,600 and takes a third of a second
MOST_DEPTH = 32  # the deepest of ours is 6
MOST_KEY_LETTERS = 200  # other readers of YAML take no key above 1,024 with its quotes
MERGE = "<<"
VERSION = (1, 2)


@dataclass(slots=True)
class _Open:
    """A section or list whose end has not been read, and its pending key."""

    children: dict[str, Node] | list[Node]
    line: int
    anchor: str | None
    words_before: int
    key: str | None = None
    key_line: int = 0


@dataclass(frozen=True, slots=True)
class _Anchored:
    """The content of an alias: a value, how much it counts, and its text if it can be a key."""

    value: object
    words: int
    text: str | None = None


def compose(text: str, label: str) -> Node | None:
    """Return the tree of a YAML text, None if there is nothing in it."""
    yaml = YAML(typ="safe", pure=True)
    composer = _Composer(label, Scalars(yaml, label))
    try:
        for event in yaml.parse(text):
            composer.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else composer.line
        raise BadInput(f"{at(label, line)}: not valid YAML: {error.problem or error.context}") from None
    except FAULTS as error:
        raise BadInput(f"{at(label, composer.line)}: not valid YAML: {error}") from None
    return composer.root


class _Composer:
    """Handles the events of one document with a stack, so that no depth is too deep."""

    def __init__(self, label: str, scalars: Scalars) -> None:
        self.label = label
        self.scalars = scalars
        self.root: Node | None = None
        self.line = 1
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._words = 0
        self._documents = 0

    def take(self, event: Event) -> None:
        """Handle the next event."""
        self.line = event.start_mark.line + 1
        if isinstance(event, ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, CollectionEndEvent):
            self._end()
        elif isinstance(event, AliasEvent):
            self._take_alias(event.anchor)
        elif isinstance(event, DocumentStartEvent):
            self._begin_document(event)

    def _begin_document(self, event: DocumentStartEvent) -> None:
        """Refuse a second document and other versions of YAML."""
        self._documents += 1
        if self._documents > 1:
            self._refuse("not valid YAML: another document begins, where a file holds one")
        if event.version is not None and tuple(event.version) != VERSION:
            given = ".".join(map(str, event.version))
            self._refuse(f"%YAML {given}: only YAML 1.2 is read, where 010 is ten; take this line out")

    def _take_scalar(self, event: ScalarEvent) -> None:
        self._count(1)
        if self._wants_key():
            self._set_key(self.scalars.text(event, self.line), is_plain=event.implicit[0])
            self._remember(event, None, 1, event.value)
            return
        value = self.scalars.value(event, self.line, bool(self._open) and self._open[-1].key in RELATIVE)
        self._remember(event, value, 1, event.value)
        self._place(value, self.line)

    def _begin(self, event: CollectionStartEvent) -> None:
        self._refuse_as_key()
        self._count(1)
        if len(self._open) == MOST_DEPTH:
            self._refuse(f"is nested deeper than {MOST_DEPTH} levels")
        self.scalars.check_section_tag(event, self.line)
        children: dict[str, Node] | list[Node] = {} if isinstance(event, MappingStartEvent) else []
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._open.append(_Open(children, self.line, event.anchor, self._words))

    def _end(self) -> None:
        done = self._open.pop()
        if done.anchor is not None:
            words = self._words - done.words_before + 1
            self._anchors[done.anchor] = _Anchored(done.children, words)
        self._place(done.children, done.line)

    def _take_alias(self, name: str) -> None:
        if name not in self._anchors:
            self._refuse(f"not valid YAML: found undefined alias '{shortened(name)}'")
        meant = self._anchors[name]
        if meant is None:
            self._refuse("an alias refers to itself")
        assert meant is not None
        self._count(meant.words)
        if not self._wants_key():
            self._place(meant.value, self.line)
        elif meant.text is None:
            self._refuse_as_key()
        else:
            self._set_key(meant.text, is_plain=False)

    def _remember(self, event: NodeEvent, value: object, words: int, text: str) -> None:
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(value, words, text)

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].children, dict) and self._open[-1].key is None

    def _refuse_as_key(self) -> None:
        if self._wants_key():
            self._refuse("a key must be a word")

    def _set_key(self, text: str, is_plain: bool) -> None:
        """Keep a key until its value comes."""
        key, inside = normal(text), self._open[-1]
        if is_plain and key == MERGE:
            self._refuse("merge keys (<<) are not read; write the keys out")
        if not key.strip() or "\n" in key or "\t" in key:
            self._refuse("a key must be a word")
        if len(key) > MOST_KEY_LETTERS:
            self._refuse(f"{shortened(key)}: a key of more than {MOST_KEY_LETTERS} letters")
        if key in inside.children:
            self._refuse_twice(key, inside.children)
        inside.key, inside.key_line = key, self.line

    def _refuse_twice(self, key: str, children: dict[str, Node] | list[Node]) -> None:
        assert isinstance(children, dict)
        _, colon, first = children[key].origin.rpartition(":")
        where = f", first given in line {first}" if colon else ""
        self._refuse(f"{shortened(key)}: duplicate key{where}")

    def _place(self, value: object, line: int) -> None:
        """Add a value to the open section or list; under a key it has the line of the key."""
        if not self._open:
            self.root = Node(value, at(self.label, line))
            return
        inside = self._open[-1]
        if isinstance(inside.children, list):
            inside.children.append(Node(value, at(self.label, line)))
            return
        assert inside.key is not None
        inside.children[inside.key] = Node(value, at(self.label, inside.key_line))
        inside.key = None

    def _count(self, words: int) -> None:
        self._words += words
        if self._words > MOST_WORDS:
            self._refuse(
                f"holds more than {MOST_WORDS} keys and values, counting the content of an alias each time"
            )

    def _refuse(self, message: str) -> None:
        raise BadInput(f"{at(self.label, self.line)}: {message}")
