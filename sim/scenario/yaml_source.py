"""One YAML file, read strictly: every value with the file and line it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import BadInput
from sim.scenario.nearest import did_you_mean

if TYPE_CHECKING:
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import MappingNode
    from ruamel.yaml.nodes import Node as YamlNode

SET = "--set"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a value beside the value."""

    unit: str | None = None
    low: float | None = None
    high: float | None = None
    confidence: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its origin: a mapping, a list or a scalar."""

    value: object
    origin: str
    facts: Facts | None = None

    def mapping(self) -> dict[str, Node]:
        """Return the children by key; empty unless this is a mapping."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> list[Node]:
        """Return the items; empty unless this is a list."""
        return self.value if isinstance(self.value, list) else []


def shown(value: object) -> str:
    """Return a value as a complaint shows it."""
    if value is None:
        return "empty"
    if isinstance(value, Mapping):
        return "a section"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f"'{value}'" if isinstance(value, str) else str(value)


def place(origin: str, key: str = "") -> str:
    """Return the start of a complaint: file, line and key."""
    if origin == SET:
        return f"{SET} {key}"
    return f"{origin}: {key}" if key else origin


def entry_of(
    node: Node, keys: Sequence[str], needed: Sequence[str], name: str, prefix: str = ""
) -> dict[str, Node]:
    """Return a mapping that has no other keys than these and lacks none that is needed.

    `name` stands for the whole of it in a complaint, `prefix` before one of its keys.
    """
    given = node.mapping()
    refuse_unknown(given, keys, prefix)
    for key in needed:
        if key not in given:
            raise BadInput(f"{place(node.origin, name)}: lacks '{key}'")
    return given


def refuse_unknown(given: Mapping[str, Node], keys: Sequence[str], prefix: str = "") -> None:
    """Complain about the first key that is none of these, and say the nearest that is."""
    for key, child in given.items():
        if key not in keys:
            raise BadInput(f"{place(child.origin, prefix + key)}: unknown key{did_you_mean(key, keys)}")


def read_yaml(path: Path, label: str) -> Node:
    """Read a file as a mapping; `label` names it in complaints."""
    try:
        stat = path.stat()
    except OSError as error:
        raise BadInput(f"{label}: cannot be read: {error.strerror}") from None
    return _read_version(path, label, stat.st_mtime_ns, stat.st_size)


@cache
def _read_version(path: Path, label: str, _mtime_ns: int, _size: int) -> Node:
    """Read one version of a file once."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"{label}: is not UTF-8 text") from None
    except OSError as error:
        raise BadInput(f"{label}: cannot be read: {error.strerror}") from None
    node = parse(text, label)
    if node is None:
        raise BadInput(
            f"{label}:1: the file is empty; a scenario needs at least a title and a period or extends"
        )
    if not isinstance(node.value, dict):
        raise BadInput(f"{node.origin}: expects keys with values, like 'title: ...'")
    return node


def parse(text: str, label: str) -> Node | None:
    """Return the tree of a YAML text, None if there is nothing in it."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BadInput(f"{_at(label, line)}: not valid YAML: {error.problem or error.context}") from None
    except YAMLError as error:
        raise BadInput(f"{_at(label, 1)}: not valid YAML: {error}") from None
    try:
        return None if root is None else _Reader(yaml, label).node(root, root.start_mark.line + 1)
    except RecursionError:
        raise BadInput(f"{_at(label, 1)}: an alias refers to itself") from None


def from_python(value: object) -> Node:
    """Return the tree of a value given in Python; text is read as YAML."""
    if isinstance(value, str):
        node = parse(value, SET)
        return node if node is not None else Node(None, SET)
    if isinstance(value, Mapping):
        return Node({str(key): from_python(item) for key, item in value.items()}, SET)
    if isinstance(value, list):
        return Node([from_python(item) for item in value], SET)
    return Node(value, SET)


def _at(label: str, line: int) -> str:
    return label if label == SET else f"{label}:{line}"


class _Reader:
    """Turns the nodes of the YAML package into ours."""

    def __init__(self, yaml: YAML, label: str) -> None:
        self.construct = yaml.constructor.construct_object
        self.label = label

    def node(self, source: YamlNode, line: int) -> Node:
        """Return `source` as a node that stands in `line`."""
        from ruamel.yaml.nodes import MappingNode, SequenceNode

        if isinstance(source, MappingNode):
            return Node(self._mapping(source), _at(self.label, line))
        if isinstance(source, SequenceNode):
            items = [self.node(item, item.start_mark.line + 1) for item in source.value]
            return Node(items, _at(self.label, line))
        return Node(self._scalar(source, line), _at(self.label, line))

    def _mapping(self, source: MappingNode) -> dict[str, Node]:
        children: dict[str, Node] = {}
        for key_node, value_node in source.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key, str):
                raise BadInput(f"{_at(self.label, line)}: a key must be a word")
            if key in children:
                first = children[key].origin.rpartition(":")[2]
                raise BadInput(f"{_at(self.label, line)}: {key}: duplicate key, first given in line {first}")
            children[key] = self.node(value_node, line)
        return children

    def _scalar(self, source: YamlNode, line: int) -> object:
        from ruamel.yaml.error import YAMLError

        try:
            return self.construct(source, deep=True)
        except (ValueError, OverflowError) as error:
            raise BadInput(f"{_at(self.label, line)}: '{source.value}' cannot be read: {error}") from None
        except YAMLError:
            raise BadInput(f"{_at(self.label, line)}: '{source.value}' has an unknown tag") from None
