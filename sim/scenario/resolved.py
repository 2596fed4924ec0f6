"""A configuration written out in full, readable again as a scenario."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

PLAIN_KEY = re.compile(r"[A-Za-z_]\w*")
# Words that YAML would not read back as text when they stand bare.
RESERVED = ("null", "true", "false", "yes", "no", "on", "off")

OriginOf = Callable[[str, int | None], str]


def written(values: Mapping[str, object], origin_of: OriginOf | None) -> str:
    """Return nested values as YAML text, each with its origin as a comment where `origin_of` tells it.

    `origin_of` takes a dotted key and, in a dated list, the number of the entry.
    """
    return "\n".join(_section(values, "", "", origin_of)) + "\n"


def _section(
    values: Mapping[str, object], path: str, indent: str, origin_of: OriginOf | None
) -> Iterator[str]:
    for key, value in values.items():
        inner = f"{path}.{key}".lstrip(".")
        if isinstance(value, Mapping) and value:
            yield f"{indent}{_key(key)}:"
            yield from _section(value, inner, f"{indent}  ", origin_of)
        elif isinstance(value, (list, tuple)) and value and isinstance(value[0], Mapping):
            yield f"{indent}{_key(key)}:"
            yield from _entries(value, indent, partial(origin_of, inner) if origin_of else None)
        else:
            yield f"{indent}{_key(key)}: {flow(value)}{_comment(origin_of(inner, None) if origin_of else '')}"


def _entries(
    entries: Sequence[Mapping[str, object]], indent: str, origin_of: Callable[[int], str] | None
) -> Iterator[str]:
    for number, entry in enumerate(entries):
        yield f"{indent}  - {flow(entry)}{_comment(origin_of(number) if origin_of else '')}"


def flow(value: object) -> str:
    """Return a value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and PLAIN_KEY.fullmatch(value) and value not in RESERVED:
        return value
    return json.dumps(value, ensure_ascii=False)


def _key(key: str) -> str:
    return key if PLAIN_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _comment(origin: str) -> str:
    return f"  # {origin}" if origin else ""
