"""What the schema says about one place in the configuration: its keys, its range, how it changes by date."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from bordersim.inputs.schema import Config

FROM = "from"
INTEGER = "integer"


@dataclass(frozen=True, slots=True)
class Form:
    """How a value is given: whole or not, and under which key an entry of a dated list holds it, if any."""

    value_key: str | None
    is_whole: bool


@cache
def config_schema() -> dict[str, Any]:
    """Return the JSON schema of the configuration."""
    return Config.model_json_schema()


def schema_at(location: tuple[str | int, ...]) -> dict[str, Any]:
    """Return the JSON schema of the place: its keys or its range."""
    here = config_schema()
    for part in location:
        inner = here.get("items", {}) if isinstance(part, int) else here.get("properties", {}).get(part)
        here = dereferenced(inner if inner is not None else here.get("additionalProperties", {}))
    return here


def is_known(location: tuple[str, ...]) -> bool:
    """Return whether the schema has such a key."""
    here = config_schema()
    for part in location:
        inner = here.get("properties", {}).get(part) or here.get("additionalProperties")
        if not inner:
            return False
        here = dereferenced(inner)
    return True


def dereferenced(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a schema refers to, or itself."""
    definitions: dict[str, dict[str, Any]] = config_schema()["$defs"]
    return definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def entry_of(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of an entry of a dated list; empty where a value does not change by date."""
    keys: dict[str, Any] = dereferenced(schema.get("items", {})).get("properties", {})
    return keys if FROM in keys else {}


@cache
def form_at(location: tuple[str, ...]) -> Form:
    """Return how the value at a place is given."""
    schema = schema_at(location)
    if entry := entry_of(schema):
        key = next(key for key in entry if key != FROM)
        return Form(key, entry[key].get("type") == INTEGER)
    return Form(None, schema.get("type") == INTEGER)
