"""The header of a scenario file, and the chain of files it extends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bordersim.errors import BadInput
from bordersim.inputs.lookup import (
    FOLDER,
    HEADER_KEYS,
    HEADER_TEXTS,
    PARAMETERS,
    SCHEMA_VERSION,
    VERSION_KEY,
    located,
)
from bordersim.inputs.metadata import with_facts_apart
from bordersim.inputs.nodes import Node
from bordersim.inputs.yaml_source import place, read_yaml, shown, version_of, word_of
from bordersim.words.text import BREAKS, UNPRINTABLE, code_of, normal

MOST_LAYERS = 50  # files that extend one another; the longest chain of ours has 4
MOST_NAME_LETTERS = 200


@dataclass(frozen=True)
class Layer:
    """One file: its header and its values."""

    path: Path
    label: str
    header: dict[str, Node]
    values: Node

    @property
    def name(self) -> str:
        """Name of the scenario: given, or that of the file."""
        return self.text("name") or normal(self.path.stem)

    def text(self, key: str) -> str:
        """Return a text of the header, empty if not given."""
        return str(self.header[key].value).strip() if key in self.header else ""


def chain(name: str) -> list[Layer]:
    """Return the layers of a scenario, the deepest parent first."""
    layers = [_layer(*located(name, None, None))]
    while "extends" in layers[-1].header:
        child = layers[-1]
        parent = _layer(*located(child.text("extends"), child.header["extends"], child.path.parent))
        _check_chain([*layers, parent])
        layers.append(parent)
    return layers[::-1]


def parameters() -> Layer:
    """Return the layer under all others."""
    return _layer(*located(PARAMETERS, None, None))


def title_of(path: Path) -> str:
    """Return the title of a listed scenario, or why it cannot be read."""
    try:
        header = _header(read_yaml(path, f"{FOLDER}/{path.name}"))
    except BadInput as error:
        return f"({error})"
    return str(header["title"].value) if "title" in header else ""


def check_version(header: dict[str, Node]) -> None:
    """Refuse a file made for another version."""
    version = header.get(VERSION_KEY)
    if version and (type(version.value) is not int or version.value != SCHEMA_VERSION):
        raise BadInput(
            f"{place(version.origin, VERSION_KEY)}: must be {SCHEMA_VERSION}, is {shown(version.value)}"
        )


def name_of(node: Node, key: str) -> str:
    """Return a short text."""
    name = word_of(node, key)
    if len(name) > MOST_NAME_LETTERS:
        raise BadInput(
            f"{place(node.origin, key)}: must have at most {MOST_NAME_LETTERS} letters, is {shown(name)}"
        )
    return name


def _check_chain(layers: Sequence[Layer]) -> None:
    """No file extends itself, and a chain ends."""
    where = place(layers[-2].header["extends"].origin, "extends")
    if layers[-1].path.resolve() in {layer.path.resolve() for layer in layers[:-1]}:
        raise BadInput(f"{where}: circular chain {' -> '.join(layer.path.stem for layer in layers)}")
    if len(layers) > MOST_LAYERS:
        raise BadInput(f"{where}: is the end of a chain of more than {MOST_LAYERS} files")


def _layer(path: Path, label: str) -> Layer:
    return _layer_of_version(path, label, version_of(path, label))


@cache
def _layer_of_version(path: Path, label: str, _version: tuple[int, int]) -> Layer:
    """Check one version of a file once: parameters.yaml lies under every scenario."""
    root = read_yaml(path, label)
    header = _header(root)
    body = {key: node for key, node in root.mapping().items() if key not in HEADER_KEYS}
    values = with_facts_apart(Node(body, root.origin), path.stem == PARAMETERS)
    layer = Layer(path, label, header, values)
    if found := UNPRINTABLE.search(layer.name) or BREAKS.search(layer.name):
        raise BadInput(f"{label}:1: lacks a 'name'; that of the file holds {code_of(found[0])}")
    return layer


def _header(root: Node) -> dict[str, Node]:
    """Return the header of a file after checking it."""
    header = {key: node for key, node in root.mapping().items() if key in HEADER_KEYS}
    for key in HEADER_TEXTS:
        if key in header:
            word_of(header[key], key)
    if "name" in header:
        name_of(header["name"], "name")
    check_version(header)
    return header
