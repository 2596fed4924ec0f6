"""Of which kind a value is: a parameter, input data, or a price or rate applied to the counts of a run.

Parameters are unknown constants of rules. Input data are what a rule is given of the world: what stood, was
ordered, flown or measured, mostly by date, and the settings of the run. Their number may be assumed as well.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from bordersim.inputs.schema import Config
from bordersim.inputs.schema.base import is_after_run, is_data
from bordersim.inputs.schema.meaning import section_of

Kind = Literal["parameter", "input data", "price or rate"]
PARAMETER: Kind = "parameter"
DATA: Kind = "input data"
VALUATION: Kind = "price or rate"
KINDS = (PARAMETER, DATA, VALUATION)


def kind_of(key: str) -> Kind:
    """Return the kind of a dotted key, declared at its field or at that of a section it lies in."""
    model: type[BaseModel] | None = Config
    for part in key.split("."):
        field = model.model_fields.get(part) if model is not None else None
        if field is None:  # a name the user gives, like that of an origin
            continue
        if is_after_run(field):
            return VALUATION
        if is_data(field):
            return DATA
        model = section_of(field.annotation)
    return PARAMETER


def is_valuation(key: str) -> bool:
    """Return whether a dotted key is a price or a rate that is applied to the counts of a run, after it."""
    return kind_of(key) == VALUATION
