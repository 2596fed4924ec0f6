"""Layers of values: mappings merge, scalars replace, dated histories continue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import takewhile

from bordersim.errors import BadInput
from bordersim.inputs.metadata import ENTRY_FACT_KEYS, is_dated_list
from bordersim.inputs.nearest import listed
from bordersim.inputs.nodes import Facts, Node
from bordersim.inputs.relative import is_relative, made_plain
from bordersim.inputs.schema.dated import FIRST_DAY
from bordersim.inputs.yaml_source import place

# Mappings with names as keys that must be names of parameters.yaml (districts of the real border).
CLOSED_NAMES = ("choice.attraction_factor",)
# Under one of these an entry of a dated list holds its value.
VALUE_KEYS = ("value", "regime", "km", "seats")


def merged(base: Node, over: Node, keys: tuple[str, ...] = ()) -> Node:
    """Return `base` overridden by `over`.

    A dated list replaces the history of its parent from its first date on; the earlier history stays. An
    empty section changes nothing: all its lines may be commented out.
    """
    if isinstance(base.value, dict) and over.value is None:
        return base
    if isinstance(base.value, dict) and isinstance(over.value, dict):
        children = dict(base.value)
        for key, child in over.value.items():
            children[key] = merged(children[key], child, (*keys, key)) if key in children else child
        return Node(children, over.origin)
    if is_relative(over):
        _refuse_section(base, over, keys)
        over = made_plain(base, over, keys)
        if over.value == []:  # flights there are none of
            return base
    facts = _facts_after(base.facts, over.facts)
    if is_dated_list(over) and not isinstance(base.value, dict):
        return Node(_continued(base, over.items()), over.origin, facts)
    return Node(over.value, over.origin, facts)


def _refuse_section(base: Node, over: Node, keys: Sequence[str]) -> None:
    """Refuse to change a whole section."""
    if isinstance(base.value, dict):
        inside = f"is a section; add and times go with one of {listed([*base.value])}"
        raise BadInput(f"{place(over.origin, '.'.join(keys))}: {inside}")


def _facts_after(base: Facts | None, over: Facts | None) -> Facts | None:
    """A new value keeps the unit and range of the old one, not its source."""
    if base is None:
        return over
    given = over or Facts()
    return Facts(
        unit=given.unit or base.unit,
        low=base.low if given.low is None else given.low,
        high=base.high if given.high is None else given.high,
        confidence=given.confidence,
        source=given.source,
    )


def _continued(base: Node, entries: list[Node]) -> list[Node]:
    first = entry_date(entries[0])
    history = base.items() if isinstance(base.value, list) else _since_ever(base, entries[0])
    history = history if base.value == [] or is_dated_list(Node(history, base.origin)) else []
    return [*takewhile(lambda entry: entry_date(entry) < first, history), *entries]


def _since_ever(base: Node, like: Node) -> list[Node]:
    """Return a value without a date as the entry of the first day."""
    value_key = next((key for key in like.mapping() if key not in ("from", *ENTRY_FACT_KEYS)), "value")
    if value_key not in VALUE_KEYS:
        return []
    facts = {
        key: Node(getattr(base.facts, key), base.origin)
        for key in ENTRY_FACT_KEYS
        if getattr(base.facts, key, None)
    }
    value = Node(base.value, base.origin)
    return [Node({"from": Node(FIRST_DAY, base.origin), value_key: value, **facts}, base.origin)]


def entry_date(entry: Node) -> date:
    """Return the date an entry of a dated list holds from."""
    day = entry.mapping()["from"].value
    assert isinstance(day, date)
    return day


def plain(node: Node) -> object:
    """Return the tree as plain values, without units and sources."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if not isinstance(node.value, list):
        return node.value
    if is_dated_list(node):
        return tuple(_plain_entry(entry) for entry in node.value)
    return tuple(plain(item) for item in node.value)


def _plain_entry(entry: Node) -> dict[str, object]:
    return {key: plain(child) for key, child in entry.mapping().items() if key not in ENTRY_FACT_KEYS}


def leaves(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Yield every value with its dotted key."""
    if not isinstance(node.value, dict):
        yield path, node
        return
    for key, child in node.value.items():
        yield from leaves(child, f"{path}.{key}".lstrip("."))


def parts(tree: Node, path: str) -> tuple[str, ...] | None:
    """Return the parts of a dotted key, None if there is no such key; a name may contain dots."""
    children = tree.mapping()
    if path in children:
        return (path,)
    for end in (i for i, letter in enumerate(path) if letter == "."):
        child = children.get(path[:end])
        if child and (rest := parts(child, path[end + 1 :])):
            return (path[:end], *rest)
    return None


def within(tree: Node, path: str) -> Node | None:
    """Return the node at a dotted key, None if there is none."""
    keys = parts(tree, path)
    return node_at(tree, keys) if keys else None


def node_at(tree: Node, keys: Sequence[str]) -> Node:
    """Return the node that lies under these keys, one in the other."""
    return reduce(lambda node, key: node.mapping()[key], keys, tree)


def check_closed_names(parameters: Node, tree: Node) -> None:
    """Refuse a name missing from parameters.yaml where names are those of the real border."""
    from bordersim.inputs.former import became
    from bordersim.inputs.nearest import did_you_mean

    for path in CLOSED_NAMES:
        known, given = within(parameters, path), within(tree, path)
        for name, node in (given.mapping() if given else {}).items():
            if known and name not in known.mapping():
                key = f"{path}.{name}"
                hint = became(key) or did_you_mean(name, known.mapping())
                raise BadInput(f"{place(node.origin, key)}: unknown key{hint}")
