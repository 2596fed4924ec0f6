"""YAML as a tree that can hold what YAML must not: keys twice, tags, aliases, words as they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from hostile.tokens import KEYS, near_miss, yaml_word

BLOCK_LEVELS = 3
MOST_REPEATED = 3_000


class Section(list[Any]):
    """Pairs of key and value."""


class Listed(list[Any]):
    """Items of a list."""


def tree_of(text: str) -> Any:
    """Read a YAML text that is right."""
    from ruamel.yaml import YAML

    return _tree(YAML(typ="safe", pure=True).compose(text))


def _tree(node: Any) -> Any:
    from ruamel.yaml.nodes import MappingNode, SequenceNode

    if isinstance(node, MappingNode):
        return Section([_word(key), _tree(value)] for key, value in node.value)
    if isinstance(node, SequenceNode):
        return Listed(_tree(item) for item in node.value)
    return _word(node)


def _word(node: Any) -> str:
    return str(node.value) if node.style is None else json.dumps(node.value, ensure_ascii=False)


def copied(tree: Any) -> Any:
    """Copy a tree."""
    if isinstance(tree, Section):
        return Section([key, copied(value)] for key, value in tree)
    return Listed(map(copied, tree)) if isinstance(tree, Listed) else tree


def written(tree: Any, chance: Random) -> str:
    """Write a tree as a file, partly in blocks."""
    return _block(tree, 0, chance.choice((0, 1, BLOCK_LEVELS, BLOCK_LEVELS))) + "\n"


def flow(tree: Any) -> str:
    """Write a tree in one line."""
    if isinstance(tree, Section):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in tree) + "}"
    return "[" + ", ".join(map(flow, tree)) + "]" if isinstance(tree, Listed) else str(tree)


def _block(tree: Any, level: int, levels: int) -> str:
    if not isinstance(tree, list) or not tree or level >= levels:
        return flow(tree)
    indent = "  " * level
    if isinstance(tree, Section):
        return "\n".join(f"{indent}{key}:{_below(value, level + 1, levels)}" for key, value in tree)
    return "\n".join(f"{indent}- {flow(item)}" for item in tree)


def _below(tree: Any, level: int, levels: int) -> str:
    text = _block(tree, level, levels)
    return f"\n{text}" if "\n" in text or (isinstance(tree, list) and tree and level < levels) else f" {text}"


def places(tree: Any) -> Iterator[tuple[Any, int]]:
    """Yield every place of a tree: the section or list, and which of its entries."""
    for number, entry in enumerate(tree if isinstance(tree, list) else ()):
        yield tree, number
        yield from places(entry[1] if isinstance(tree, Section) else entry)


def value_at(tree: Any, number: int) -> Any:
    return tree[number][1] if isinstance(tree, Section) else tree[number]


def put(tree: Any, number: int, value: Any) -> None:
    if isinstance(tree, Section):
        tree[number] = [tree[number][0], value]
    else:
        tree[number] = value


def change(tree: Any, chance: Random) -> str:
    """Change a tree in one place and say how."""
    every = list(places(tree))
    if not every:
        return "nothing"
    where, number = chance.choice(every)
    how = chance.choice(CHANGES)
    how(where, number, chance, every)
    return how.__name__.strip("_")


def _word_there(where: Any, number: int, chance: Random, _every: Any) -> None:
    put(where, number, yaml_word(chance))


def _drop(where: Any, number: int, _chance: Random, _every: Any) -> None:
    del where[number]


def _twice(where: Any, number: int, chance: Random, _every: Any) -> None:
    where.insert(chance.randrange(len(where) + 1), copied(where)[number])


def _often(where: Any, number: int, chance: Random, _every: Any) -> None:
    if chance.random() < 0.2:
        where.extend(copied(where)[number] for _ in range(chance.choice((50, MOST_REPEATED))))


def _swap(where: Any, number: int, chance: Random, every: Any) -> None:
    other, at = chance.choice(every)
    mine, theirs = copied(value_at(where, number)), copied(value_at(other, at))
    put(where, number, theirs)
    put(other, at, mine)


def _nest(where: Any, number: int, chance: Random, _every: Any) -> None:
    value = value_at(where, number)
    for _ in range(chance.choice((1, 1, 1, 2, 5, 40, 120))):
        value = Listed([value]) if chance.random() < 0.5 else Section([["a", value]])
    put(where, number, value)


def _flatten(where: Any, number: int, chance: Random, _every: Any) -> None:
    value = value_at(where, number)
    if isinstance(value, list) and value:
        put(where, number, value_at(value, chance.randrange(len(value))))


def _rename(where: Any, number: int, chance: Random, _every: Any) -> None:
    if isinstance(where, Section):
        old = where[number][0]
        new = chance.choice(KEYS) if chance.random() < 0.3 else near_miss(old, chance)
        where[number] = [new, where[number][1]]


def _add(where: Any, _number: int, chance: Random, every: Any) -> None:
    other, at = chance.choice(every)
    value = yaml_word(chance) if chance.random() < 0.7 else copied(value_at(other, at))
    known = [each[number][0] for each, number in every if isinstance(each, Section)]
    key = chance.choice((*KEYS, *known))
    entry = [key, value] if isinstance(where, Section) else value
    where.insert(chance.randrange(len(where) + 1), entry)


def _alias(where: Any, number: int, chance: Random, every: Any) -> None:
    other, at = chance.choice(every)
    put(where, number, f"&a {flow(value_at(where, number))}")
    put(other, at, "*a" if chance.random() < 0.7 else Section([["<<", "*a"]]))


def _tag(where: Any, number: int, chance: Random, _every: Any) -> None:
    tag = chance.choice(
        ("!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq", "!!timestamp", "!x")
    )
    put(where, number, f"{tag} {flow(value_at(where, number))}")


def _other_type(where: Any, number: int, _chance: Random, _every: Any) -> None:
    value = value_at(where, number)
    if isinstance(value, Section):
        put(where, number, Listed(each[1] for each in value))
    elif isinstance(value, Listed):
        put(where, number, Section([f"k{n}", each] for n, each in enumerate(value)))
    else:
        put(where, number, f'"{value}"' if '"' not in str(value) else Listed([value]))


CHANGES = (
    *(_word_there, _word_there, _word_there, _drop, _twice, _often, _swap, _nest, _flatten, _rename, _rename),
    *(_add, _alias, _tag, _other_type),
)
