"""Which file a name means, and the chain of files it extends."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.errors import BadInput
from sim.scenario.metadata import with_facts_apart
from sim.scenario.nearest import did_you_mean
from sim.scenario.yaml_source import Node, place, read_yaml, shown

SCHEMA_VERSION = 1
FOLDER = "scenarios"
PARAMETERS = "parameters"
HISTORY = "history"
HEADER_TEXTS = ("name", "title", "question", "extends")
HEADER_KEYS = ("schema_version", *HEADER_TEXTS, "resolved", "expect")


@dataclass(frozen=True)
class Layer:
    """One file: what it says about itself, and its values."""

    path: Path
    label: str
    header: dict[str, Node]
    values: Node

    @property
    def name(self) -> str:
        """Name of the scenario: given, or that of the file."""
        return self.text("name") or self.path.stem

    def text(self, key: str) -> str:
        """Return a text of the header, empty if not given."""
        return str(self.header[key].value) if key in self.header else ""


def folders() -> tuple[Path, ...]:
    """Return where names are looked up: the working folder first, then what came with the package."""
    return Path(FOLDER), Path(__file__).resolve().parent.parent.parent / FOLDER


def scenario_files() -> dict[str, Path]:
    """Return the files that can be named, by name."""
    found: dict[str, Path] = {}
    for folder in folders():
        for path in sorted(folder.glob("*.yaml")):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def chain(name: str) -> list[Layer]:
    """Return the layers of a scenario, the deepest parent first."""
    layers = [_layer(*_located(name, None, None))]
    while "extends" in layers[-1].header:
        child = layers[-1]
        parent = _layer(*_located(child.text("extends"), child.header["extends"], child.path.parent))
        _check_not_circular([*layers, parent])
        layers.append(parent)
    return layers[::-1]


def parameters() -> Layer:
    """Return the layer under all others."""
    return _layer(*_located(PARAMETERS, None, None))


def _check_not_circular(layers: Sequence[Layer]) -> None:
    if layers[-1].path.resolve() in {layer.path.resolve() for layer in layers[:-1]}:
        way = " -> ".join(layer.path.stem for layer in layers)
        raise BadInput(f"{place(layers[-2].header['extends'].origin, 'extends')}: circular chain {way}")


def _located(name: str, named_in: Node | None, beside: Path | None) -> tuple[Path, str]:
    """Return path and label of a scenario given by name or by path."""
    for path, label in _candidates(name, beside):
        if os.path.isfile(path):  # says no also to what can be no name of a file
            return path, label
    known = [known for known in scenario_files() if known != PARAMETERS]
    hint = did_you_mean(Path(name).stem, known)
    where = f"{place(named_in.origin, 'extends')}: " if named_in else ""
    raise BadInput(f"{where}no scenario '{name}'{hint}")


def _candidates(name: str, beside: Path | None) -> Iterator[tuple[Path, str]]:
    if name.endswith(".yaml"):
        if beside:
            yield beside / name, str(beside / name)
        yield Path(name), name
        return
    own, packaged = folders()
    if beside and beside.resolve() not in (own.resolve(), packaged):
        yield beside / f"{name}.yaml", str(beside / f"{name}.yaml")
    for folder in (own, packaged):
        yield folder / f"{name}.yaml", f"{FOLDER}/{name}.yaml"


def _layer(path: Path, label: str) -> Layer:
    root = read_yaml(path, label)
    header = {key: node for key, node in root.mapping().items() if key in HEADER_KEYS}
    _check_header(header)
    body = {key: node for key, node in root.mapping().items() if key not in HEADER_KEYS}
    is_parameters = path.stem == PARAMETERS
    return Layer(path, label, header, with_facts_apart(Node(body, root.origin), is_parameters))


def _check_header(header: dict[str, Node]) -> None:
    for key in HEADER_TEXTS:
        if key in header and (not isinstance(header[key].value, str) or not header[key].value):
            raise BadInput(f"{place(header[key].origin, key)}: expects text, is {shown(header[key].value)}")
    version = header.get("schema_version")
    if version and version.value != SCHEMA_VERSION:
        raise BadInput(f"{place(version.origin, 'schema_version')}: must be 1, is {shown(version.value)}")
