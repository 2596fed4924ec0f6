"""One YAML file, read strictly: every value with its file and line."""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from bordersim.errors import BadInput
from bordersim.inputs.days import as_day
from bordersim.inputs.nearest import did_you_mean
from bordersim.inputs.nodes import MOST_DIGITS, SET, Node, at
from bordersim.words.text import UNPRINTABLE, code_of, normal, shortened

MOST_BYTES = 200_000  # four times parameters.yaml, and a second to read at worst
MOST_LEVELS = 32  # of lists in lists that Python hands over


def shown(value: object) -> str:
    """Return a value as an error shows it."""
    if value is None:
        return "empty"
    if isinstance(value, Mapping):
        return "a section" if value else "an empty section"
    if isinstance(value, (list, tuple)):
        return "a list" if value else "an empty list"
    return f"'{shortened(value)}'" if isinstance(value, str) else shortened(str(value))


def place(origin: str, key: str = "") -> str:
    """Return the start of an error: file, line and key."""
    if origin == SET:
        return f"{SET} {shortened(key)}"
    return f"{origin}: {shortened(key)}" if key else origin


def section_of(node: Node, key: str) -> dict[str, Node]:
    """Return a node that is a mapping, or raise."""
    if not isinstance(node.value, dict):
        raise BadInput(f"{place(node.origin, key)}: expects keys with values, is {shown(node.value)}")
    return node.value


def entry_of(
    node: Node, keys: Sequence[str], needed: Sequence[str], name: str, prefix: str = ""
) -> dict[str, Node]:
    """Return a mapping with only these keys and all that are needed, or raise.

    `name` is the whole mapping in an error, `prefix` stands before one of its keys.
    """
    given = section_of(node, name)
    refuse_unknown(given, keys, prefix)
    for key in needed:
        if key not in given:
            raise BadInput(f"{place(node.origin, name)}: lacks '{key}'")
    return given


def word_of(node: Node, key: str) -> str:
    """Return a text that is not empty."""
    if not isinstance(node.value, str) or not node.value.strip():
        raise BadInput(f"{place(node.origin, key)}: expects text, is {shown(node.value)}")
    return node.value.strip()


def refuse_unknown(given: Mapping[str, Node], keys: Sequence[str], prefix: str = "") -> None:
    """Raise on the first unknown key, suggesting the nearest known one."""
    for key, child in given.items():
        if key not in keys:
            raise BadInput(f"{place(child.origin, prefix + key)}: unknown key{did_you_mean(key, keys)}")


def read_yaml(path: Path, label: str) -> Node:
    """Read a file as a mapping; `label` names it in errors."""
    node = read_tree(path, label)
    if node is None:
        raise BadInput(
            f"{label}:1: the file is empty; a scenario needs at least a title and a period or extends"
        )
    if not isinstance(node.value, dict):
        raise BadInput(f"{node.origin}: expects keys with values, like 'title: ...'")
    return node


def read_tree(path: Path, label: str) -> Node | None:
    """Read a file of any content; None if it is empty."""
    return _read_version(path, label, version_of(path, label))


def version_of(path: Path, label: str) -> tuple[int, int]:
    """Return time and size of an ordinary file: while they stay, what was read of it holds."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise BadInput(f"{label}: cannot be read: {getattr(error, 'strerror', error)}") from None
    if not stat.S_ISREG(found.st_mode):
        raise BadInput(f"{label}: cannot be read: is no ordinary file")
    return found.st_mtime_ns, found.st_size


@cache
def _read_version(path: Path, label: str, _version: tuple[int, int]) -> Node | None:
    """Read one version of a file once."""
    return parse(text_of(path, label), label)


def text_of(path: Path, label: str) -> str:
    """Return the text of an ordinary file of no more than `MOST_BYTES`."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{label}: cannot be read: {error.strerror}") from None
    if len(data) > MOST_BYTES:
        raise BadInput(f"{label}:1: the file has more than {MOST_BYTES} bytes, which is too much to read")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{label}:{line}: is not UTF-8 text") from None


def parse(text: str, label: str) -> Node | None:
    """Return the tree of a YAML text, None if there is nothing in it."""
    from bordersim.inputs.composing import compose

    if len(text) > MOST_BYTES:
        raise BadInput(f"{at(label, 1)}: more than {MOST_BYTES} letters, which is too much to read")
    if found := UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadInput(f"{at(label, line)}: holds the character {code_of(found[0])}, which cannot be printed")
    return compose(text, label)


def from_python(value: object, levels: int = MOST_LEVELS) -> Node:
    """Return the tree of a value given in Python; text is read as YAML."""
    if not levels:
        raise BadInput(f"{SET}: is nested deeper than {MOST_LEVELS} levels")
    if isinstance(value, str):
        node = parse(value, SET)
        return Node(None, SET) if node is None else replace(node, value=as_day(node.value))
    if isinstance(value, Mapping):
        return Node({normal(str(key)): from_python(item, levels - 1) for key, item in value.items()}, SET)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return Node([from_python(item, levels - 1) for item in value], SET)
    if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
        raise BadInput(f"{SET}: cannot be read: a number of more than {MOST_DIGITS} digits")
    numpy_to_python = getattr(value, "tolist", None)
    return from_python(numpy_to_python(), levels - 1) if numpy_to_python else Node(value, SET)
