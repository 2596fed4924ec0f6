"""Which values decide what happens in a run, and which are applied to its counts after it."""

from __future__ import annotations

from pydantic import BaseModel

from bordersim.inputs.schema import Config
from bordersim.inputs.schema.base import is_after_run
from bordersim.inputs.schema.meaning import section_of


def is_valuation(key: str) -> bool:
    """Return whether a dotted key is a price or a rate that is applied to the counts of a run, after it."""
    model: type[BaseModel] | None = Config
    for part in key.split("."):
        field = model.model_fields.get(part) if model is not None else None
        if field is None:  # a name the user gives, like that of an origin
            continue
        if is_after_run(field):
            return True
        model = section_of(field.annotation)
    return False
