"""From published totals to windows of days with a figure each: as printed, and as steps of running totals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

PERIOD = ["period_start", "period_end"]
# A total may begin or end so far from where the year's does; its own last day is told.
YEAR_SLACK = np.timedelta64(3, "D")

# A difference of two rounded totals over fewer days says more about the rounding than about the border.
SHORTEST_DIFFERENCE_DAYS = 5

# Totals rounded to two digits differ by less: a figure that far below an earlier total is of something else.
ROUNDING_SHARE = 0.1

# The period a window belongs to, by its days: what is longer than the last is a year or nothing.
RESOLUTIONS = ("day", "week", "month", "season", "year")
LONGEST_DAYS = {"day": 1, "week": 10, "month": 45, "season": 299}
SHORTEST_YEAR_DAYS = 100  # turn-backs begin in August 2021


def days_of(rows: pd.DataFrame) -> pd.Series[int]:
    """Count the days of each period, both ends included."""
    return (rows["period_end"] - rows["period_start"]).dt.days + 1


def published_windows(rows: pd.DataFrame) -> pd.DataFrame:
    """Select the figures of a window of its own; running totals and what they contradict are left out."""
    printed = rows[~rows["cumulative"] & ~_contradicted(rows)]
    return printed.assign(days=days_of(printed))


def increments(rows: pd.DataFrame) -> pd.DataFrame:
    """Subtract successive totals since the same start; the range holds the uncertainty of both ends.

    With totals a [a-, a+] and then b [b-, b+], the step is b - a, from b- - a+ (at least 0) to b+ - a-. A
    total below an earlier one is a rounding or another scope and is left out. The first step is the first
    total itself. Totals that would cut a step into ones too short to use are left out too, so that a total
    more in the record takes no day away.
    """
    chains = _chains(rows)
    return _steps(chains[_far_apart(chains)])


def figure_of(rows: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Return what is published of just these days, printed or a step between any two totals; else no row.

    Unlike the windows of a series, which become finer as totals are added, such a figure stays in the record.
    """
    import pandas as pd

    start, end = np.datetime64(first), np.datetime64(last)
    chains = _chains(rows)
    ends = chains["period_end"].isin([start - np.timedelta64(1, "D"), end])
    steps = _steps(chains[ends])
    long_enough = steps[steps["days"].ge(SHORTEST_DIFFERENCE_DAYS)]
    found = pd.concat([published_windows(rows), long_enough], ignore_index=True)
    return found[(found["period_start"] == start) & (found["period_end"] == end)].head(1)


def windows_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the windows of one series to score a model on, each day covered once at each resolution.

    Parameters
    ----------
    rows
        Resolved figures of one country, series and scope.

    Returns
    -------
    pandas.DataFrame
        Columns period_start, period_end, days, resolution, value, low, high [events], reports, derived,
        in order of time. Where windows of a resolution overlap by more than half, the printed one stays
        before the derived, the calendar month before others, the better attested, the longer.
    """
    import pandas as pd

    steps = increments(rows)
    steps = steps[steps["days"].ge(SHORTEST_DIFFERENCE_DAYS)]
    found = pd.concat([published_windows(rows), steps], ignore_index=True)
    found = found.assign(resolution=_resolutions(found, rows["period_start"].min()))
    kept = [_told_once(group) for _, group in found.groupby("resolution")]
    columns = [*PERIOD, "days", "resolution", "value", "low", "high", "reports", "derived"]
    chosen = pd.concat(kept) if kept else found
    return chosen[columns].sort_values(PERIOD, kind="stable").reset_index(drop=True)


def not_told_already(periods: pd.DataFrame) -> list[bool]:
    """Mark, in order, the periods with at least half of their days not covered by earlier ones."""
    told: set[np.datetime64] = set()
    kept = []
    for start, days in zip(periods["period_start"], periods["days"], strict=True):
        span = set(np.datetime64(start, "D") + np.arange(days))
        kept.append(2 * len(span & told) <= len(span))
        told |= span if kept[-1] else set()
    return kept


def _resolutions(windows: pd.DataFrame, begins: pd.Timestamp) -> pd.Series[str]:
    """Return the resolution of each window; a year may begin late if the series does."""
    import pandas as pd

    ends = zip(windows["period_start"], windows["period_end"], windows["days"], strict=True)
    names = [_resolution(start, end, days, begins) for start, end, days in ends]
    return pd.Series(names, index=windows.index, dtype=object)


def _resolution(start: pd.Timestamp, end: pd.Timestamp, days: int, begins: pd.Timestamp) -> str | None:
    """Return the resolution of a window, None for one that is neither a year nor shorter."""
    first = max(np.datetime64(f"{start.year}-01-01"), np.datetime64(begins, "D"))
    last = np.datetime64(f"{start.year}-12-31")
    slack = abs(np.datetime64(start, "D") - first), abs(np.datetime64(end, "D") - last)
    if days >= SHORTEST_YEAR_DAYS and max(slack) <= YEAR_SLACK:
        return "year"
    return next((name for name, longest in LONGEST_DAYS.items() if days <= longest), None)


def _told_once(windows: pd.DataFrame) -> pd.DataFrame:
    """Drop the windows of one resolution that repeat others."""
    whole = windows["period_start"].dt.is_month_start & windows["period_end"].dt.is_month_end
    ordered = windows.assign(whole=whole).sort_values(
        ["derived", "whole", "reports", "days"], ascending=[True, False, False, False], kind="stable"
    )
    return ordered[not_told_already(ordered)]


def _contradicted(rows: pd.DataFrame) -> pd.Series[bool]:
    """Mark the figures that an earlier total since the same day exceeds by more than rounding."""
    ordered = rows.sort_values(PERIOD, kind="stable")
    reached = ordered.groupby("period_start")["low"].cummax()
    return (ordered["high"] < (1 - ROUNDING_SHARE) * reached).reindex(rows.index)


def _chains(rows: pd.DataFrame) -> pd.DataFrame:
    """Select the totals since the same start that do not fall, in order, start by start."""
    return _rising(rows[rows["period_start"].isin(rows.loc[rows["cumulative"], "period_start"])])


def _far_apart(chains: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark the totals to subtract: after enough days since the last one, or before a step of enough days."""
    day, enough = np.timedelta64(1, "D"), np.timedelta64(SHORTEST_DIFFERENCE_DAYS, "D")
    following = chains.groupby("period_start")["period_end"].shift(-1)
    begun, told, kept = None, day, []
    for start, end, then in zip(chains["period_start"], chains["period_end"], following, strict=True):
        begun, told = start, start - day if start != begun else told
        kept.append(end - told >= enough or then - end >= enough)
        told = end if kept[-1] else told
    return np.array(kept, dtype=bool)


def _rising(totals: pd.DataFrame) -> pd.DataFrame:
    """Return the totals that do not fall, start by start."""
    ordered = totals.sort_values([*PERIOD, "value"]).drop_duplicates(PERIOD)
    return ordered[ordered["value"] >= ordered.groupby("period_start")["value"].cummax()]


def _steps(chains: pd.DataFrame) -> pd.DataFrame:
    """Return the step between each total and the one before; the first since the start."""
    before = chains.groupby("period_start")[["value", "low", "high", "period_end"]].shift()
    first_day = before["period_end"] + np.timedelta64(1, "D")
    steps = chains[["period_end", "reports"]].assign(
        period_start=first_day.fillna(chains["period_start"]), derived=True
    )
    return steps.assign(
        days=days_of(steps),
        value=chains["value"] - before["value"].fillna(0),
        low=(chains["low"] - before["high"].fillna(0)).clip(lower=0),
        high=chains["high"] - before["low"].fillna(0),
    )
