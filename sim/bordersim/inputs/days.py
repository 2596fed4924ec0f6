"""Days as tables hold them: a moment at midnight."""

from __future__ import annotations

from datetime import datetime, time


def as_day(value: object) -> object:
    """Return the day of a moment at midnight without a time zone; None for no moment, all else as it is."""
    if not isinstance(value, datetime):
        return value
    if value != value:  # pandas' NaT is a moment too
        return None
    return value.date() if not value.tzinfo and value == datetime.combine(value.date(), time()) else value
