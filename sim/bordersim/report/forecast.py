"""What histories do after the day a forecast begins: months of the main series beside what was published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.differences import number
from bordersim.report.sheets import Sheet
from bordersim.results.reach import reach
from bordersim.validation.figures import MAIN, METRIC_OF
from bordersim.validation.naive import KINDS
from bordersim.validation.scores import continuous_ranked_probability_score

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.validation.recorded import Recorded
    from bordersim.validation.targets import Target, Targets

COLUMNS = ("country", "series", "first", "last", "range_low", "median", "range_high", "published", "inside")
WINDOW_COLUMNS = (
    *("country", "series", "resolution", "first", "last", "range_low", "median", "range_high"),
    *("published", "published_low", "published_high", "crps", "inside"),
)
NOT_PUBLISHED = ""
DATE_LENGTH = len("2021-08-03")


def forecast_table(
    recorded: Recorded, held: Targets | None, first: date, last: date, worth: float | None
) -> pd.DataFrame:
    """Return the months of a forecast: the 90 % range of the histories, and the record if any.

    How many independent histories are `worth` the same says how far a range reaches.
    """
    import pandas as pd

    rows = [
        _row(recorded, held, country, series, span, worth)
        for country, series in MAIN
        for span in months(first, last)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the months between two days, the first and the last of them cut."""
    while first <= last:
        following = (first.replace(day=1) + timedelta(31)).replace(day=1)
        yield first, min(following - timedelta(1), last)
        first = following


def _row(
    recorded: Recorded,
    held: Targets | None,
    country: str,
    series: str,
    span: tuple[date, date],
    worth: float | None,
) -> tuple[Any, ...]:
    """Return one month of one series."""
    counts = recorded.in_windows(METRIC_OF[series], country, [span])[:, 0]
    low, median, high = reach(counts, worth)
    published = _published(held, country, series, span)
    inside = None if published is None else bool(low <= published <= high)
    return country, series, *map(str, span), low, median, high, published, inside


def _published(held: Targets | None, country: str, series: str, span: tuple[date, date]) -> float | None:
    """Return what is published of exactly these days, None if nothing is."""
    for target in held.series if held else ():
        if (target.country, target.series) == (country, series):
            days = target.windows["period_start"].dt.date, target.windows["period_end"].dt.date
            found = target.windows[(days[0] == span[0]) & (days[1] == span[1])]
            if len(found):
                return float(found["value"].iloc[0])
    return None


def windows_table(recorded: Recorded, held: Targets, worth: float | None = None) -> pd.DataFrame:
    """Return every published window of the days of a forecast: the forecast, its score, naive forecasts.

    `worth` is as in `forecast_table`.
    """
    import pandas as pd

    found = [row for target in held.series for row in _windows(recorded, target, worth)]
    return pd.DataFrame(found, columns=[*WINDOW_COLUMNS, *KINDS])


def _windows(recorded: Recorded, target: Target, worth: float | None) -> Iterator[tuple[Any, ...]]:
    """Yield the windows of one series."""
    counts = target.counted(recorded)
    errors = continuous_ranked_probability_score(target.observed, counts)
    for i, window in enumerate(target.windows.itertuples()):
        low, median, high = reach(counts[:, i], worth)
        days = [str(day)[:DATE_LENGTH] for day in (window.period_start, window.period_end)]
        published = window.value, window.low, window.high
        score = float(errors[i]), bool(low <= target.observed[i] <= high)
        naive = (getattr(window, kind) for kind in KINDS)
        yield (
            *(target.country, target.series, window.resolution, *days),
            *(low, median, high, *published, *score, *naive),
        )


def forecast_sheet(table: pd.DataFrame, title: str) -> Sheet:
    """Return the months of a forecast as a table."""
    header = ("border", "series", "from", "to", "median", "90 % range", "published")
    return Sheet(title, header, [_line(row) for row in table.itertuples(index=False)])


def _line(row: Any) -> tuple[str, ...]:
    """Write one month."""
    low, median, high = (number(each, 0) for each in (row.range_low, row.median, row.range_high))
    published = NOT_PUBLISHED if row.published != row.published else number(row.published, 0)
    outside = "" if row.inside in (True, None) or not published else ", outside"
    return row.country, row.series, row.first, row.last, median, f"{low} to {high}", published + outside
