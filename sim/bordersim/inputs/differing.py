"""Which parts of a scenario differ from another's, and scenarios that have only some of them.

A part is what stands under a section, like ``policy.LT`` or ``cross.clear_h``, with all its dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bordersim.inputs.complaints import validated
from bordersim.inputs.layers import plain
from bordersim.inputs.nodes import Node

if TYPE_CHECKING:
    from bordersim.inputs.scenario import Scenario

Path = tuple[str, ...]
PART_DEPTH = 1 + 1  # section and name: build.LT


def differing(reference: Scenario, scenario: Scenario) -> list[Path]:
    """Return where a scenario differs from a reference, a path for each part, in the order of the files.

    A single part that differs in several values is taken apart: a path for each of them.
    """
    trees = reference.tree, scenario.tree
    found, depth = list(_differing(*trees, PART_DEPTH)), PART_DEPTH
    while len(found) == 1 and len(found[0]) == depth:
        depth += 1
        found = list(_differing(*trees, depth))
    return found


def with_parts_of(reference: Scenario, scenario: Scenario, paths: Sequence[Path], name: str) -> Scenario:
    """Return the reference with some parts of a scenario, under a name of its own.

    Raises
    ------
    BadInput
        If these values do not agree with each other.
    """
    tree = reference.tree
    for path in paths:
        tree = _put(tree, path, scenario.tree)
    made = replace(reference, name=name, title=name, question="", config=validated(tree), tree=tree)
    return replace(made, named_files=frozenset(), expect=()).checked()


def _differing(one: Node, other: Node, depth: int, path: Path = ()) -> Iterator[Path]:
    """Yield the paths of what differs, none longer than `depth`."""
    if plain(one) == plain(other):
        return
    mine, theirs = one.mapping(), other.mapping()
    if not (depth and mine and theirs):
        yield path
        return
    for name in dict.fromkeys([*mine, *theirs]):
        if name in mine and name in theirs:
            yield from _differing(mine[name], theirs[name], depth - 1, (*path, name))
        else:
            yield (*path, name)


def _put(tree: Node, path: Path, other: Node) -> Node:
    """Return a tree with a part as it is in another; left out where the other has none."""
    name, *rest = path
    children, theirs = dict(tree.mapping()), other.mapping().get(name)
    if theirs is None:
        children.pop(name, None)
    else:
        children[name] = _put(children[name], tuple(rest), theirs) if rest else theirs
    return Node(children, tree.origin, tree.facts)
