"""The JSON schema of a scenario file, from the schema of the configuration and the facts of each value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bordersim.inputs import load_scenario
from bordersim.inputs.expecting import KEYS, MEASURES, METRICS, NEEDED, PLACES
from bordersim.inputs.finding import MOST_NAME_LETTERS
from bordersim.inputs.layers import CLOSED_NAMES
from bordersim.inputs.lookup import EXTENDS, HEADER_TEXTS, HISTORY, SCHEMA_VERSION, VERSION_KEY
from bordersim.inputs.metadata import CONFIDENCES
from bordersim.inputs.nodes import RELATIVE
from bordersim.inputs.schema.kinds import kind_of
from bordersim.inputs.schema.meaning import meaning_of
from bordersim.inputs.schema.places import FROM, config_schema, dereferenced, entry_of

if TYPE_CHECKING:
    from bordersim.inputs import Parameter

    Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"  # the one that editors know
DATE = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
TEXT, NUMBER = {"type": "string"}, {"type": "number"}
ENTRY_FACTS = {"source": TEXT, "confidence": {"enum": list(CONFIDENCES)}}
FACTS = {**ENTRY_FACTS, "unit": TEXT, "low": NUMBER, "high": NUMBER}
KEPT = ("type", "minimum", "maximum", "exclusiveMaximum", "enum", "items", "minItems", "maxItems")


def json_schema() -> Schema:
    """Return the schema that every scenario file fits; values that must agree are checked on loading only."""
    made = _Made(load_scenario(HISTORY).parameters)
    sections = made.section(config_schema(), ())
    header = {name: _described(TEXT, f"The {name} of the scenario.") for name in HEADER_TEXTS}
    header[EXTENDS] = _described(TEXT, "The scenario this one changes: a name or a path.")
    header["name"] = {**header["name"], "maxLength": MOST_NAME_LETTERS}
    header |= {VERSION_KEY: {"const": SCHEMA_VERSION}, "resolved": {"type": "boolean"}, "expect": _expect()}
    return {
        "$schema": DRAFT,
        "title": "bordersim scenario",
        "description": "What differs from the scenario it extends.",
        "type": "object",
        "properties": {**header, **sections["properties"]},
        "additionalProperties": False,
        "definitions": made.definitions,
    }


class _Made:
    """The schema while it is made: what several values share is defined once."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self.parameters = parameters
        self.definitions: dict[str, Schema] = {}

    def place(self, given: Schema, keys: tuple[str, ...]) -> Schema:
        """Return the schema of a section or of a value."""
        found = dereferenced(given)
        if "properties" in found or "additionalProperties" in found:
            return _described(self.section(found, keys), found.get("description") or given.get("description"))
        return {"description": self._words(keys), "allOf": [{"$ref": self._defined(found)}]}

    def section(self, found: Schema, keys: tuple[str, ...]) -> Schema:
        """Return the schema of a section, which may be empty, with the names there are."""
        inside = found.get("properties", {})
        others = found.get("additionalProperties", False)
        if others is not False:
            inside = dict.fromkeys(self._names(keys), others)
        is_open = others is not False and ".".join(keys) not in CLOSED_NAMES
        return {
            "type": ["object", "null"],
            "properties": {name: self.place(each, (*keys, name)) for name, each in inside.items()},
            "additionalProperties": self.place(others, (*keys, "")) if is_open else False,
        }

    def _names(self, keys: tuple[str, ...]) -> list[str]:
        """Return the names a user may give, as those of parameters.yaml: origins, stretches."""
        start = ".".join(keys) + "."
        rest = [key.removeprefix(start) for key in self.parameters if key.startswith(start)]
        is_section = ".".join(keys) not in CLOSED_NAMES
        return list(dict.fromkeys(name.rpartition(".")[0] if is_section else name for name in rest))

    def _words(self, keys: tuple[str, ...]) -> str:
        """Return meaning, unit, range and source of a value."""
        key = ".".join(keys)
        known = self.parameters.get(key)
        words = [meaning_of(key), kind_of(key).capitalize()]
        if known and known.low is not None:
            words.append(f"Range {known.low:g} to {known.high:g} {known.unit}; beyond it runs with a note")
        if known and known.unit and known.low is None:
            words.append(f"Unit: {known.unit}")
        if known and not known.entries:
            words.append(f"{known.confidence.capitalize()}: {known.source}")
        return ". ".join(words) + "."

    def _defined(self, found: Schema) -> str:
        """Define how a value may be given, once for all that are alike; return where."""
        entry = entry_of(found)
        key = next((name for name in entry if name != FROM), "")
        plain = _bounds(entry[key] if entry else found)
        name = "_".join([*_said(plain), *([f"{key}_by_date"] if key else [])])
        self.definitions[name] = _given(plain, key)
        return f"#/definitions/{name}"


def _given(plain: Schema, key: str) -> Schema:
    """Return the ways to give a value: alone, by date, with facts, or as a change of the base's."""
    changes = {} if "enum" in plain or plain == DATE else dict.fromkeys(RELATIVE, NUMBER)
    ways = [plain]
    if key:
        entry = {FROM: DATE, key: plain, **changes, **ENTRY_FACTS}
        ways.append({"type": "array", "items": _object(entry, [FROM], [key, *changes])})
    value = {"anyOf": ways}
    return {"anyOf": [*ways, _object({"value": value, **changes, **FACTS}, [], ["value", *changes])]}


def _object(properties: Schema, needed: list[str], one_of: list[str]) -> Schema:
    """Return an object that needs some keys, and exactly one of others."""
    each = [{"required": [key]} for key in one_of]
    shape = {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}
    return {**shape, "oneOf": each}


def _bounds(found: Schema) -> Schema:
    """Return what the schema allows as a value, without titles and neutral values."""
    if found.get("format") == "date":
        return DATE
    kept = {key: found[key] for key in KEPT if key in found}
    return {**kept, "items": _bounds(kept["items"])} if "items" in kept else kept


def _said(plain: Schema) -> list[str]:
    """Return the words by which a definition is known."""
    if plain == DATE:
        return ["date"]
    if "items" in plain:
        return [str(plain["maxItems"]), *_said(plain["items"])]
    ends = {key: f"{plain[key]:g}" for key in KEPT[1:4] if key in plain}
    return [plain["type"], *(f"below_{end}" if "exclusive" in key else end for key, end in ends.items())]


def _expect() -> Schema:
    """Return the schema of the published figures that a scenario is checked against."""
    options = {"metric": METRICS, "country": PLACES, "measure": MEASURES}
    properties: Schema = {key: {"enum": list(options[key])} if key in options else TEXT for key in KEYS}
    properties |= dict.fromkeys(("date", FROM, "to"), DATE)
    properties["between"] = {"type": "array", "items": NUMBER, "minItems": 1 + 1, "maxItems": 1 + 1}
    shape = {"type": "object", "properties": properties, "required": list(NEEDED)}
    return {"type": "array", "items": {**shape, "additionalProperties": False}}


def _described(schema: Schema, words: str | None) -> Schema:
    return {"description": words, **schema} if words else schema
