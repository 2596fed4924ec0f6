"""Where an unknown dotted key is wrong, and which key was probably meant."""

from __future__ import annotations

from bordersim.inputs.former import became
from bordersim.inputs.layers import leaves, parts
from bordersim.inputs.nearest import EVERY_KEY, listed, nearest, suggestion
from bordersim.inputs.nodes import Facts, Node
from bordersim.words.text import shortened


def left_out(tree: Node, key: str) -> tuple[str, ...] | None:
    """Return the parts of a key that the schema knows and the tree does not have, as it is optional."""
    from bordersim.inputs.schema.places import schema_at

    section, _, name = key.rpartition(".")
    there = parts(tree, section)
    return (*there, name) if there and name in schema_at(there).get("properties", {}) else None


def meant(key: str, tree: Node) -> str:
    """Return the hint for a dotted key that is not in the tree: the nearest, or what its place allows."""
    if hint := became(key):
        return hint
    if left_out(tree, key):
        return "; it is left out here, and may be given"
    known = dict(leaves(tree))
    found = _with_end(key, "", known) or _corrected(key, tree)
    if found is not None:
        return suggestion(key, found, lambda leaf: (known.get(leaf, tree).facts or Facts()).unit)
    before, word, after, here = _stuck(key, tree)
    elsewhere = None if after else _with_end(word, before, known) or _with_end(word, "", known)
    if elsewhere is None and not before:
        elsewhere = _with_end(after, "", known) or nearest(key, known)
    if elsewhere is not None:
        return suggestion(key, elsewhere)
    if not here.mapping():
        return suggestion(key, before[:-1])
    place = f"in place of '{shortened(word)}' " if before else ""
    return f"; {place}allowed: {listed([*here.mapping()], EVERY_KEY)}"


def _with_end(end: str, before: str, known: dict[str, Node]) -> str | None:
    """Return the first key under `before` that ends in these words."""
    return next((leaf for leaf in known if leaf.startswith(before) and leaf.endswith(f".{end}")), None)


def _corrected(key: str, node: Node) -> str | None:
    """Return the key with every wrong word replaced by the nearest of its place, None if one has none."""
    first, rest = _next(key, node)
    word = first if first in node.mapping() else nearest(first, node.mapping())
    if word is None or not rest:
        return word
    inner = _corrected(rest, node.mapping()[word])
    return f"{word}.{inner}" if inner else None


def _stuck(key: str, node: Node) -> tuple[str, str, str, Node]:
    """Return the correct part of a key, its first wrong word, the rest, and the section of the wrong word."""
    before = ""
    while True:
        word, rest = _next(key, node)
        if word not in node.mapping():
            return before, word, rest, node
        before, key, node = f"{before}{word}.", rest, node.mapping()[word]


def _next(key: str, node: Node) -> tuple[str, str]:
    """Return the first word of a key and the rest; the name of a place may hold dots."""
    for name in node.mapping():
        if key == name or key.startswith(f"{name}."):
            return name, key[len(name) + 1 :]
    word, _, rest = key.partition(".")
    return word, rest
