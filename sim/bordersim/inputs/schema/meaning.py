"""The meaning of a key, from the schema."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel

from bordersim.inputs.schema import Config
from bordersim.inputs.schema.base import ByBarrier, ByCountry, ByOtherTerrain, ByWetness


def meaning_of(key: str) -> str:
    """Return the meaning of a dotted key: its own description, or its words and those of its section."""
    model: type[BaseModel] | None = Config
    section, meaning = "", ""
    for part in key.split("."):
        field = model.model_fields.get(part) if model is not None else None
        if field is None:  # a name the user gives, like that of an origin
            continue
        model = section_of(field.annotation)
        words = _docstring(model) if model is not None else ""
        if field.description:
            meaning = field.description
        elif not words and not _is_kind(part):
            meaning = f"{section}: {part.replace('_', ' ')}"
        section = words or section
    return meaning or f"{section}: {key.rsplit('.', 1)[-1]}"


def _is_kind(part: str) -> bool:
    """Return whether a part of a key only selects a country, a terrain or a barrier."""
    return any(part in kinds.model_fields for kinds in (ByCountry, ByOtherTerrain, ByWetness, ByBarrier))


def section_of(kind: Any) -> type[BaseModel] | None:
    """Return the section in a field: itself, or that behind the names of a mapping."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    inner = [each for each in get_args(kind) if isinstance(each, type) and issubclass(each, BaseModel)]
    return inner[-1] if inner else None


def _docstring(model: type[BaseModel]) -> str:
    """Return the first line of a section's docstring; nothing for generic ones."""
    line = (model.__doc__ or "").strip().split("\n")[0].rstrip(".")
    return "" if line.startswith("The same thing") else line
