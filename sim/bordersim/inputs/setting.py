"""Values set on top of a scenario: ``KEY=VALUE``, ``KEY.add=NUMBER``, ``KEY.times=NUMBER``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import reduce

from bordersim.errors import BadInput
from bordersim.inputs.hints import left_out, meant
from bordersim.inputs.layers import merged, node_at, parts
from bordersim.inputs.metadata import with_facts_apart
from bordersim.inputs.nearest import listed
from bordersim.inputs.nodes import ADD, RELATIVE, SET, Node
from bordersim.inputs.relative import refuse_without_base
from bordersim.inputs.yaml_source import from_python, place
from bordersim.words.text import normal, shortened

SIGNED = re.compile(r"\+(?=[0-9.])")
SEED = "run.seed"
SHORTHAND = "+*"  # what other languages write before the equals sign


def parse_sets(texts: Sequence[str]) -> dict[str, object]:
    """Return ``KEY=VALUE`` texts as a mapping for `load_scenario`."""
    pairs = [text.partition("=") for text in texts]
    for key, equals, value in pairs:
        if not (key.strip() and equals and value.strip()):
            given = shortened(f"{key}{equals}{value}")
            raise BadInput(f"{SET} {given}: expects KEY=VALUE, like guards.LT.officers=900")
    return by_key([(key.strip(), value.strip()) for key, _, value in pairs])


def by_key(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Return the values set, by key in canonical form; a key may be set once, in one way."""
    sets: dict[str, object] = {}
    seen: set[str] = set()
    for key, value in pairs:
        changed, _ = apart(normal(key))
        if changed in seen:
            raise BadInput(f"{place(SET, key)}: given twice")
        seen.add(changed)
        sets[normal(key)] = value
    return sets


def own_values(texts: Sequence[str]) -> dict[str, object]:
    """Return the settings of one scenario; the seed is that of all."""
    sets = parse_sets(texts)
    if SEED in sets:
        raise BadInput(f"{place(SET, SEED)}: is the same for all scenarios; give --seed")
    return sets


def with_set(tree: Node, pair: tuple[str, object]) -> Node:
    """Return the tree with one value set."""
    key, value = normal(pair[0]), pair[1]
    keys = parts(tree, key)
    if keys is None:
        key, word = apart(key)
        keys, value = parts(tree, key), {word: _unsigned(value)} if word else value
    known = node_at(tree, keys) if keys else None
    keys = keys or left_out(tree, key)
    if keys is None:
        raise BadInput(f"{place(SET, key)}: unknown key{_shorthand(key) or meant(key, tree)}")
    if known and isinstance(known.value, dict):
        raise BadInput(f"{place(SET, key)}: is a section; set one of {listed([*known.value])}")
    given = with_facts_apart(_read(key, value), complete=False, path=key)
    alone = reduce(lambda inner, part: Node({part: inner}, SET), reversed(keys), given)
    if known is None:
        refuse_without_base(alone)
    return merged(tree, alone)


def apart(key: str) -> tuple[str, str]:
    """Return a key and, if it ends in one, the word by which its value is relative to the base."""
    stem, _, word = key.rpartition(".")
    return (stem, word) if word in RELATIVE else (key, "")


def _unsigned(value: object) -> object:
    """Return a change without the plus people write before it."""
    return SIGNED.sub("", value.strip(), 1) if isinstance(value, str) else value


def _shorthand(key: str) -> str:
    """Return the hint for ``KEY+=200`` and ``KEY*=2``."""
    if key[-1:] not in SHORTHAND:
        return ""
    word = dict(zip(SHORTHAND, RELATIVE, strict=True))[key[-1]]
    return f"; did you mean {shortened(key[:-1])}.{word}={'200' if word == ADD else '2'}?"


def _read(key: str, value: object) -> Node:
    """Return the tree of a value; an error names its key."""
    try:
        return from_python(value)
    except BadInput as error:
        raise BadInput(f"{place(SET, key)}: {str(error).removeprefix(f'{SET}: ')}") from None
