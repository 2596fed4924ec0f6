"""What was known on a day: the figures that had been published before it."""

from __future__ import annotations

from calendar import monthrange
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

MONTHS = 12


def published_before(observations: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the rows published before a day; one published in a month or a year, once that is over.

    A row that does not say when it was published is left out.
    """
    return observations[[last_day(str(text)) < day for text in observations["published"]]]


def last_day(text: str) -> date:
    """Return the last day that ``2021``, ``2021-08`` or ``2021-08-03`` can mean; never, if it is no date."""
    with suppress(ValueError):
        year, month, day = ([*map(int, text.split("-")), 0, 0])[:3]
        month = month or MONTHS
        return date(year, month, day or monthrange(year, month)[1])
    return date.max
