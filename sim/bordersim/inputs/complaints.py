"""From a schema error to one line: file, line, key, what is allowed, what was found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from bordersim.errors import BadInput
from bordersim.inputs.former import became
from bordersim.inputs.layers import VALUE_KEYS, plain, within
from bordersim.inputs.lookup import HEADER_KEYS
from bordersim.inputs.metadata import ENTRY_FACT_KEYS
from bordersim.inputs.nearest import EVERY_KEY, did_you_mean, listed, nearest, suggestion
from bordersim.inputs.nodes import RELATIVE, Node
from bordersim.inputs.schema import Config
from bordersim.inputs.schema.base import LACKING
from bordersim.inputs.schema.dated import FIRST_DAY, LAST_DAY
from bordersim.inputs.schema.places import FROM, schema_at
from bordersim.inputs.yaml_source import place, shown

DIMENSIONLESS = ("share", "probability", "factor", "weight", "1")
RANGE_ERRORS = ("greater_than_equal", "less_than_equal", "greater_than", "less_than")


def validated(tree: Node) -> Config:
    """Return the configuration of a merged tree, or raise on the first error in it."""
    try:
        return Config.model_validate(plain(tree))
    except ValidationError as error:
        problems: list[Any] = error.errors(include_url=False)
    problems.sort(key=lambda problem: problem["type"] != "extra_forbidden")
    raise BadInput(_Complaint(tree, problems[0]).text())


class _Complaint:
    """One problem found by the schema, and where it is."""

    def __init__(self, tree: Node, problem: Mapping[str, Any]) -> None:
        self.kind: str = problem["type"]
        self.location: tuple[str | int, ...] = problem["loc"]
        self.problem = problem
        self.tree = tree
        self.node, self.key, self.unit = _found(tree, self.location)

    def text(self) -> str:
        """Return the error."""
        if self.kind == "value_error":
            return self._between_keys()
        return f"{place(self.node.origin, self.key)}: {self._what()}"

    def _what(self) -> str:
        if self.kind == "extra_forbidden":
            return self._unknown_key()
        if self.kind == LACKING:
            return f"{self.problem['msg']}{self._other_name(self.location)}"
        if self.kind == "missing":
            return self._missing()
        if self.kind in RANGE_ERRORS:
            return f"must be {self._range()}, is {shown(self.problem['input'])}"
        if self.kind == "literal_error":
            options = re.findall(r"'([^']*)'", self.problem["ctx"]["expected"])
            named = " or ".join(filter(None, (", ".join(options[:-1]), options[-1])))
            return f"must be {named}, is {shown(self.problem['input'])}"
        if self.kind in ("too_short", "too_long"):
            return self._length()
        return f"expects {self._expected()}, is {shown(self.problem['input'])}"

    def _expected(self) -> str:
        if self.kind.startswith(("float", "finite")):
            return _a_number(self.unit)
        if self.kind.startswith("int"):
            return (
                "a whole number" if self.unit in (None, *DIMENSIONLESS) else f"a whole number of {self.unit}"
            )
        if self.kind.startswith("date"):
            return "a date like 2021-08-03"
        if self.kind in ("model_type", "dict_type"):
            keys = listed([*schema_at(self.location).get("properties", {})])
            return f"a section with keys {keys}" if keys else "a section with names as keys"
        return "a list" if self.kind == "tuple_type" else str(self.problem["msg"])

    def _unknown_key(self) -> str:
        if hint := became(".".join(map(str, self.location))):
            return f"unknown key{hint}"
        parent = self.location[:-1]
        options = [*schema_at(parent).get("properties", {})]
        if FROM in options:
            if self.location[-1] in VALUE_KEYS:  # kilometres, seats and regimes have a word of their own
                return "unknown key" + suggestion("", next(key for key in options if key in VALUE_KEYS))
            options += [*_changes(options), *ENTRY_FACT_KEYS]
        options += [] if parent else HEADER_KEYS
        return "unknown key" + did_you_mean(str(self.location[-1]), options, self._unit_beside, EVERY_KEY)

    def _unit_beside(self, key: str) -> str | None:
        """Return the unit of a key beside the wrong one."""
        path = ".".join(str(part) for part in (*self.location[:-1], key))
        node = within(self.tree, path)
        return node.facts.unit if node and node.facts else None

    def _missing(self) -> str:
        lacking = str(self.location[-1])
        return f"lacks '{lacking}'{self._other_name(self.location[:-1])}"

    def _other_name(self, section: tuple[str | int, ...]) -> str:
        """Return the hint for a section that lacks something: the name beside it that was perhaps meant."""
        parent = [str(part) for part in section]
        siblings = within(self.tree, ".".join(parent[:-1])) if len(parent) > 1 else None
        others = [name for name in (siblings.mapping() if siblings else {}) if name != parent[-1]]
        meant = nearest(parent[-1], others) if others else None
        return f"; did you mean '{meant}'?" if meant else ""

    def _range(self) -> str:
        if _is_date(self.problem["input"]):
            return f"between {FIRST_DAY} and {LAST_DAY}"
        schema = schema_at(self.location)
        low, above = schema.get("minimum"), schema.get("exclusiveMinimum")
        high, below = schema.get("maximum"), schema.get("exclusiveMaximum")
        if low is not None and high is not None:
            return f"between {_short(low)} and {_short(high)}"
        words = {"at least": low, "above": above, "at most": high, "below": below}
        return " and ".join(f"{word} {_short(bound)}" for word, bound in words.items() if bound is not None)

    def _length(self) -> str:
        context = self.problem["ctx"]
        bound = context.get("min_length", context.get("max_length"))
        return f"expects {bound} entries, has {context['actual_length']}"

    def _between_keys(self) -> str:
        """A check of several keys begins with the one to point at."""
        message = str(self.problem["ctx"]["error"])
        child, _, rest = message.partition(" ")
        if child not in self.node.mapping():
            return f"{place(self.node.origin, self.key)}: {message}"
        return f"{place(self.node.mapping()[child].origin, f'{self.key}.{child}')}: {rest}"


def _found(tree: Node, location: tuple[str | int, ...]) -> tuple[Node, str, str | None]:
    """Return the deepest node on the way to `location`, its dotted key, and the unit that holds there."""
    node, key, unit = tree, "", None
    for part in location:
        if isinstance(part, int):
            if part >= len(node.items()):
                break
            node = node.items()[part]
            key = key if isinstance(node.value, dict) else f"{key}[{part}]"
        else:
            if part not in node.mapping():
                break
            key = f"{key}.{part}".lstrip(".")
            node = node.mapping()[part]
        unit = node.facts.unit if node.facts and node.facts.unit else unit
    return node, key, unit


def _changes(options: Sequence[str]) -> tuple[str, ...]:
    """Return the words by which an entry of a dated list changes that of the base, if it has a number."""
    return () if "regime" in options else RELATIVE


def _a_number(unit: str | None) -> str:
    if unit is None:
        return "a number"
    return f"a number ({unit})" if unit in DIMENSIONLESS else f"a number in {unit}"


def _short(bound: float) -> str:
    return f"{bound:g}"


def _is_date(value: object) -> bool:
    return hasattr(value, "isoformat")
