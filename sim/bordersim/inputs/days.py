"""Days in tables: timestamps at midnight."""

from __future__ import annotations

from datetime import datetime, time


def as_day(value: object) -> object:
    """Return the date of a timestamp at midnight without a time zone; None if missing, else unchanged."""
    if not isinstance(value, datetime):
        return value
    if value != value:  # pandas' NaT is a moment too
        return None
    return value.date() if not value.tzinfo and value == datetime.combine(value.date(), time()) else value
