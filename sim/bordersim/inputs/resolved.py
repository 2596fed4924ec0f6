"""A configuration written in full, readable as a scenario by YAML 1.1 and 1.2 readers alike."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

PLAIN = re.compile(r"[A-Za-z_]\w*")
# Words that some reader of YAML takes for something else than text when they stand bare, in any case.
RESERVED = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
# What JSON leaves as it is and YAML does not take, or takes for the end of a line.
UNREADABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

OriginOf = Callable[[str, int | None], str]


def written(values: Mapping[str, object], origin_of: OriginOf | None) -> str:
    """Return nested values as YAML text, each with its origin as a comment if `origin_of` is given.

    `origin_of` takes a dotted key and, in a dated list, the number of the entry.
    """
    return "\n".join(_section(values, "", "", origin_of)) + "\n"


def _section(
    values: Mapping[str, object], path: str, indent: str, origin_of: OriginOf | None
) -> Iterator[str]:
    for key, value in values.items():
        inner = f"{path}.{key}".lstrip(".")
        if isinstance(value, Mapping) and value:
            yield f"{indent}{_text(key)}:"
            yield from _section(value, inner, f"{indent}  ", origin_of)
        elif isinstance(value, (list, tuple)) and value and isinstance(value[0], Mapping):
            yield f"{indent}{_text(key)}:"
            yield from _entries(value, indent, partial(origin_of, inner) if origin_of else None)
        else:
            comment = _comment(origin_of(inner, None) if origin_of else "")
            yield f"{indent}{_text(key)}: {flow(value)}{comment}"


def _entries(
    entries: Sequence[Mapping[str, object]], indent: str, origin_of: Callable[[int], str] | None
) -> Iterator[str]:
    for number, entry in enumerate(entries):
        yield f"{indent}  - {flow(entry)}{_comment(origin_of(number) if origin_of else '')}"


def flow(value: object) -> str:
    """Return a value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return _number(value)
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    """Return a text, in quotes unless every reader reads it as text without."""
    if PLAIN.fullmatch(text) and text.lower() not in RESERVED:
        return text
    return UNREADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _number(value: float) -> str:
    """Return a number with a point: without one, YAML 1.1 readers read 1e-05 as text."""
    if not math.isfinite(value):
        return {math.inf: ".inf", -math.inf: "-.inf"}.get(value, ".nan")
    digits, exponent, power = repr(float(value)).partition("e")
    return f"{digits if '.' in digits else f'{digits}.0'}{exponent}{power}"


def _comment(origin: str) -> str:
    return f"  # {origin}" if origin else ""
