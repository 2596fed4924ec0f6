"""What became of a key that was read once: it has another name, or is 1 or 0 by definition."""

from __future__ import annotations

from fnmatch import fnmatchcase

from pydantic import BaseModel

from bordersim.inputs.schema import Config
from bordersim.inputs.schema.base import ByCode
from bordersim.inputs.schema.meaning import section_of
from bordersim.words.renamed import MOVED

BY_DISTRICT = "choice.attraction_factor"


def became(key: str) -> str:
    """Return the hint for a former dotted key, nothing if it is none."""
    now = next((new for old, new in MOVED.items() if fnmatchcase(key, old)), None) or _of_district(key)
    if now is not None:
        return f"; it is now called '{now}'"
    section, _, name = key.rpartition(".")
    kind = _by_code_at(section)
    if kind is None or name not in kind.names or name in kind.model_fields:
        return ""
    if name in kind.told_by and kind.told_by[name] in kind.model_fields:
        return f"; it is now called '{section}.{kind.told_by[name]}'"
    return (
        f"; it is {kind.reference:g} by definition, the others are beside it: {', '.join(kind.model_fields)}"
    )


def _by_code_at(section: str) -> type[ByCode[object]] | None:
    """Return what gives a thing by country, terrain or barrier at a dotted key."""
    model: type[BaseModel] | None = Config
    for part in section.split("."):
        field = model.model_fields.get(part) if model is not None else None
        model = section_of(field.annotation) if field is not None else None
    return model if model is not None and issubclass(model, ByCode) else None


def _of_district(key: str) -> str | None:
    """Return the key of the district of a station, which once had a value of its own."""
    if not key.startswith(f"{BY_DISTRICT}."):
        return None
    from bordersim.geo.places import load_stations

    districts = {station.name: station.district for station in load_stations()}
    found = districts.get(key.removeprefix(f"{BY_DISTRICT}."))
    return found and f"{BY_DISTRICT}.{found}"
