"""Where a name is looked up: scenario files of the working folder, then the package."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from bordersim.errors import BadInput
from bordersim.inputs.nearest import did_you_mean
from bordersim.inputs.nodes import Node
from bordersim.inputs.paths import user_path
from bordersim.inputs.yaml_source import place, read_yaml, text_of
from bordersim.shipped import shipped
from bordersim.words.text import normal, shortened, visible

FOLDER = "scenarios"
ENDINGS = (".yaml", ".yml")
PARAMETERS = "parameters"
HISTORY = "history"
EVERY_NAME = "see 'bordersim scenarios'"

SCHEMA_VERSION = 1
VERSION_KEY = "schema_version"
# A folder of this name is common, and a file in it is ours if it says so; looked for before it is parsed.
SAYS_SO = re.compile(rf"""^[\s{{]*["']?{VERSION_KEY}["']?\s*:\s*{SCHEMA_VERSION}\b""", re.MULTILINE)
EXTENDS = "extends"
HEADER_TEXTS = ("name", "title", "question", EXTENDS)
HEADER_KEYS = (VERSION_KEY, *HEADER_TEXTS, "resolved", "expect")
BEGINNINGS = (EXTENDS, "period")  # every scenario has one of them


def folders() -> tuple[Path, ...]:
    """Return where names are looked up: the working folder first, then the package."""
    return Path(FOLDER), shipped(FOLDER)


def scenario_files() -> dict[str, Path]:
    """Return the files that can be named, by name."""
    found: dict[str, Path] = {}
    own, packaged = folders()
    for path in _files_of(packaged) if _is_package(own) else (*_own_files(own), *_files_of(packaged)):
        found.setdefault(normal(path.stem), path)
    return dict(sorted(found.items()))


def located(name: str, named_in: Node | None, beside: Path | None) -> tuple[Path, str]:
    """Return path and label of a scenario given by name or by path."""
    passed_over = ""
    for path, label, is_open in _candidates(name, beside):
        there = same_file(path)
        reason = foreign(there, label, scenario_keys()) if there and is_open else ""
        if there and not reason:
            return there, visible(label)
        if there and name not in (PARAMETERS, HISTORY):
            _refuse_without_version(there, label)
        passed_over = passed_over or reason
    hint = f"; {passed_over}" if passed_over else _nearest(name)
    where = f"{place(named_in.origin, EXTENDS)}: " if named_in else ""
    raise BadInput(f"{where}no scenario '{shortened(name)}'{hint}")


def _nearest(name: str) -> str:
    """Return the hint for an unknown name: a file of the working folder, or the nearest name."""
    here = next((f"{name}{ending}" for ending in ENDINGS if is_file(f"{name}{ending}")), None)
    if here is not None:
        return f"; did you mean '{here}'?"
    known = [known for known in scenario_files() if known != PARAMETERS]
    return did_you_mean(normal(Path(name).stem), known, more=EVERY_NAME)


def scenario_keys() -> tuple[str, ...]:
    """Return the keys of which every values file has at least one, whatever its header."""
    from bordersim.inputs.schema import Config

    return (EXTENDS, *Config.model_fields)


def foreign(path: Path, label: str, keys: Collection[str]) -> str:
    """Return why a file in a folder of mixed content is not a scenario; nothing if it is one."""
    try:
        text = text_of(path, label)
    except BadInput as error:
        return str(error)
    reason = f"{label} is none of ours, it lacks '{VERSION_KEY}: {SCHEMA_VERSION}'"
    if not SAYS_SO.search(text):
        return reason
    try:
        given = read_yaml(path, visible(label)).mapping()
    except BadInput:
        return ""  # ours, and told of where it is read
    says_so = VERSION_KEY in given and given[VERSION_KEY].value == SCHEMA_VERSION
    return "" if says_so and not given.keys().isdisjoint(keys) else f"{reason} and values"


def is_file(path: str | Path) -> bool:
    """Return whether an ordinary file is there; an impossible name is not one."""
    return os.path.isfile(path)


def same_file(path: Path) -> Path | None:
    """Return the file of this name, also if the disk holds the name in another Unicode form.

    Raises
    ------
    BadInput
        If the disk holds it in both.
    """
    if path.name.isascii():
        return path if is_file(path) else None
    try:
        alike = [each for each in path.parent.iterdir() if normal(each.name) == normal(path.name)]
    except (OSError, ValueError):
        return None
    found = list(filter(is_file, alike))
    if found[1:]:
        raise BadInput(f"{visible(str(path))}: two files have this name, in two Unicode forms; rename one")
    return next(iter(found), None)


def _candidates(name: str, beside: Path | None) -> Iterator[tuple[Path, str, bool]]:
    """Yield candidate files, their labels, and whether their folder has mixed content."""
    name = user_path(name)
    if name.lower().endswith(ENDINGS):
        if beside:
            yield beside / name, str(beside / name), False
        yield Path(name), name, False
        return
    own, packaged = folders()
    for folder in (beside, Path() if os.sep in name else None):
        if folder and not any(_is_same(folder, other) for other in (own, packaged)):
            yield from ((path, str(path), False) for path in _named(folder, name))
    for folder in (own, packaged):
        is_open = folder is own and not _is_package(own)
        yield from ((path, f"{FOLDER}/{name}{path.suffix}", is_open) for path in _named(folder, name))


def _named(folder: Path, name: str) -> Iterator[Path]:
    return (folder / f"{name}{ending}" for ending in ENDINGS)


def _is_package(folder: Path) -> bool:
    return _is_same(folder, folders()[1])


def _is_same(one: Path, other: Path) -> bool:
    """Return whether two folders are one; none is where the working folder is gone."""
    return os.path.exists(one) and os.path.exists(other) and os.path.samefile(one, other)


def _own_files(folder: Path) -> Iterator[Path]:
    keys = scenario_keys()
    return (path for path in _files_of(folder) if not foreign(path, f"{FOLDER}/{path.name}", keys))


def _files_of(folder: Path) -> list[Path]:
    """Return the files of a folder with a known ending; of two alike the first ending wins."""
    return [path for ending in ENDINGS for path in sorted(folder.glob(f"*{ending}")) if is_file(path)]


def _refuse_without_version(path: Path, label: str) -> None:
    """Refuse a file that looks like a broken scenario of the user's: it must not be skipped silently."""
    try:
        given = read_yaml(path, visible(label)).mapping()
    except BadInput:
        return
    if VERSION_KEY not in given and not given.keys().isdisjoint(BEGINNINGS):
        said = f"'{VERSION_KEY}: {SCHEMA_VERSION}', by which files of this folder are known as scenarios"
        raise BadInput(f"{label}:1: lacks {said}")
