"""The neutral configuration, in which nothing has an effect, from the schema."""

from __future__ import annotations

from collections.abc import Iterator

from bordersim.inputs.schema import Config
from bordersim.inputs.schema.base import NEUTRAL, Section

Part = tuple[str, object, object]


def neutral_values(config: Config) -> dict[str, object]:
    """Return the neutral value of every dotted key, for the origins and stretches of a configuration.

    A field for which the schema declares none is left out.
    """
    return {key: neutral for key, neutral in _within("", config, None) if neutral is not None}


def _within(key: str, held: object, neutral: object) -> Iterator[tuple[str, object]]:
    """Yield the keys of a section, each with the neutral value declared nearest to it."""
    if not isinstance(held, (Section, dict)):
        yield key, neutral
        return
    for name, part, own in _named(held, neutral) if isinstance(held, dict) else _fields(held, neutral):
        yield from _within(f"{key}.{name}".lstrip("."), part, own)


def _named(held: dict[str, object], neutral: object) -> Iterator[Part]:
    """Yield the parts that the user names: origins, stretches."""
    return ((name, part, neutral) for name, part in held.items())


def _fields(held: Section, neutral: object) -> Iterator[Part]:
    """Yield the fields of a section, without optional ones that are left out."""
    given = (
        (name, field) for name, field in type(held).model_fields.items() if name in held.model_fields_set
    )
    for name, field in given:
        said = field.json_schema_extra
        yield name, getattr(held, name), said.get(NEUTRAL) if isinstance(said, dict) else neutral
