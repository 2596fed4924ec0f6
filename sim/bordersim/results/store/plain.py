"""Values from Python as plain data, which JSON stores and YAML reads back unchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, SupportsFloat

from bordersim.errors import BadInput

KEPT = (str, bool, int, float, type(None))


def plain_data(value: object) -> Any:
    """Return a value as mappings, lists, texts and numbers; a date as the text that reads as one.

    Raises
    ------
    BadInput
        If it is none of these: a value that cannot be stored cannot be run again.
    """
    if type(value) in KEPT:
        return value
    if isinstance(value, Mapping):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [plain_data(item) for item in value]
    return _plain_scalar(value)


def _plain_scalar(value: object) -> Any:
    """Return a date, a value of numpy or pandas, or another kind of number or text."""
    if isinstance(value, date):
        return value.isoformat()
    if numpy_to_python := getattr(value, "tolist", None):
        return plain_data(numpy_to_python())
    for kind in (str, bool, int):
        if isinstance(value, kind):  # such as a member of an enumeration
            return kind(value)
    if isinstance(value, SupportsFloat):
        return float(value)
    raise BadInput(f"expects a number, a text, a date, a list or a mapping, is {type(value).__name__}")


def plain_values(values: Mapping[str, object]) -> dict[str, object]:
    """Return values by dotted key as plain data."""
    return {str(key): _plain_value(key, value) for key, value in values.items()}


def _plain_value(key: str, value: object) -> object:
    """Return a value as plain data; an error names its key."""
    try:
        plain: object = plain_data(value)
    except BadInput as error:
        raise BadInput(f"--set {key}: {error}") from None
    return plain
