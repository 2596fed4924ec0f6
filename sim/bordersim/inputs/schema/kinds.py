"""Of which kind a value is, and which is applied to the counts of a run, after it.

Parameters are unknown constants of rules. Those of a what-if do nothing until a scenario switches its rule
on, and ways of counting change what is written down of what happens, not what happens. Input data are what a
rule is given of the world: what stood, was ordered, flown or measured, mostly by date, and the settings of
the run. Their number may be assumed as well. Prices and rates are applied to counts.
"""

from __future__ import annotations

from pydantic import BaseModel

from bordersim.inputs.schema import Config
from bordersim.inputs.schema.base import (
    COUNTING,
    DATA,
    KINDS,
    PARAMETER,
    VALUATION,
    WHAT_IF,
    Kind,
    kind_said,
)
from bordersim.inputs.schema.meaning import section_of

__all__ = [
    "COUNTING",
    "DATA",
    "KINDS",
    "PARAMETER",
    "VALUATION",
    "WHAT_IF",
    "Kind",
    "is_valuation",
    "kind_of",
]


def kind_of(key: str) -> Kind:
    """Return the kind of a dotted key, declared at its field or at that of a section it lies in."""
    model: type[BaseModel] | None = Config
    for part in key.split("."):
        field = model.model_fields.get(part) if model is not None else None
        if field is None:  # a name the user gives, like that of an origin
            continue
        if kind := kind_said(field):
            return kind
        model = section_of(field.annotation)
    return PARAMETER


def is_valuation(key: str) -> bool:
    """Return whether a dotted key is a price or a rate that is applied to the counts of a run, after it."""
    return kind_of(key) == VALUATION
