"""The single values the engine reads, with the structure of the configuration: ``params.cross.approach_h``.

The record is derived from the schema, so that a value is declared once, there. What is given by country,
terrain or barrier is read by code: ``params.detect.visibility_factor[country]``. Values by date, and texts,
are left out: they are in the world's tables by day. So are prices and rates that are applied to the counts
of a run: the engine cannot read what decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np

from bordersim.inputs.schema.base import VALUATION, ByCode, Section, kind_said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

    from bordersim.inputs.schema import Config
    from bordersim.model.rows import Rows

# The dtype of a value and the value itself, as nested tuples.
Laid: TypeAlias = tuple[Any, Any]


def params_of(config: Config) -> Rows[Config]:
    """Return the single values of a configuration as one row."""
    dtype, values = cast("Laid", _laid(config))
    return cast("Rows[Config]", np.array([values], dtype=dtype).view(np.recarray))


def _laid(value: object) -> Laid | None:
    """Return the type of a number or a section; None if it has no single numbers."""
    if isinstance(value, float):
        return np.float64, value
    if isinstance(value, int):
        return np.int64, value
    if isinstance(value, ByCode):
        return _by_code(value)
    return _section(value, type(value).model_fields) if isinstance(value, Section) else None


def _section(value: object, fields: Mapping[str, FieldInfo]) -> Laid | None:
    """Return the type of the fields of a section that are numbers and decide what happens."""
    decide = [name for name, field in fields.items() if kind_said(field) != VALUATION]
    laid = {name: each for name in decide if (each := _laid(getattr(value, name))) is not None}
    if not laid:
        return None
    dtype = np.dtype((np.record, [(name, *_shaped(each[0])) for name, each in laid.items()]))
    return dtype, tuple(each[1] for each in laid.values())


def _by_code(value: ByCode[Any]) -> Laid | None:
    """Return the type of a value for each country, terrain or barrier, in the order of the codes."""
    each = [_laid(one) for one in value.by_code]
    if each[0] is None:
        return None
    return (each[0][0], (len(each),)), [one[1] for one in each if one is not None]


def _shaped(kind: Any) -> tuple[Any, ...]:
    """Return the type and the shape of a field."""
    return kind if isinstance(kind, tuple) else (kind,)
