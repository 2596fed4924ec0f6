"""The published record: what authorities and press have said, with sources, resolved but never added.

Several rows may speak of the same days. `resolve_reports` makes one row of them: the value most
outlets give, the lowest and highest figure, and how many separate reports there are.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

# Which published series stands beside which metric of the observed record.
SERIES = {
    "record_apprehended": "arrivals_detained",
    "record_turned_back": "turned_back",
    "record_attempts": "attempts",
}

# Outlets print these words for one and the same thing: events on the whole border, not people. Any
# other unit has its own scope (one post, one unit, an estimate) and is never merged with them.
WHOLE_BORDER_UNITS = frozenset(
    {
        "attempts",
        "attempts refused",
        "crossings",
        "persons",
        "persons detained",
        "persons deterred",
        "persons prevented",
        "prevented crossings",
        "refusals",
        "turn-backs",
    }
)
EVENTS_UNIT = "events"

# What is published of whole years: which series, in which scope, make up a border's total. Poland counts
# attempts; Latvia counts those it takes in on humanitarian grounds apart from those it turns back.
ADMITTED_UNIT = "persons admitted on humanitarian grounds"
YEARLY_PARTS: dict[str, dict[str, tuple[str, str]]] = {
    "LT": {"turned back": ("turned_back", EVENTS_UNIT), "detained": ("arrivals_detained", EVENTS_UNIT)},
    "LV": {
        "turned back": ("turned_back", EVENTS_UNIT),
        "detained": ("arrivals_detained", EVENTS_UNIT),
        "admitted": ("other", ADMITTED_UNIT),
    },
    "PL": {"attempts": ("attempts", EVENTS_UNIT)},
}
# A total may begin or end so far from where the year's does; its own last day is told.
YEAR_SLACK = np.timedelta64(3, "D")

PERIOD = ["period_start", "period_end"]
SAME_FIGURE = ["country", "series", "scope", *PERIOD, "cumulative"]
DATE_QUALITY = ("stated", "inferred-high", "inferred-med")

# A difference of two rounded totals over fewer days says more about the rounding than about the border.
# Over half a year a mean hides the season.
SHORTEST_DIFFERENCE_DAYS = 5
LONGEST_DIFFERENCE_DAYS = 184
LONGEST_PUBLISHED_DAYS = 31


def load_observations() -> pd.DataFrame:
    """Read every published figure, one row per figure and outlet group, as compiled."""
    import pandas as pd

    path = files(__name__).joinpath("observations.csv")
    with path.open(encoding="utf-8") as stream:
        frame = pd.read_csv(stream, parse_dates=PERIOD)
    plain = frame["unit"].isin(list(WHOLE_BORDER_UNITS))
    return frame.assign(scope=frame["unit"].mask(plain, EVENTS_UNIT))


def resolve_reports(observations: pd.DataFrame) -> pd.DataFrame:
    """Make one row of all reports of the same figure for the same days.

    Parameters
    ----------
    observations
        Rows of `load_observations`.

    Returns
    -------
    pandas.DataFrame
        `value` is the figure most outlets give (a stated date before an inferred one when as many
        do), `low` and `high` span all reports, `reports` counts outlets, one address counted once.
    """
    quality = {name: rank for rank, name in enumerate(DATE_QUALITY)}
    ranked = observations.assign(rank=observations["date_quality"].map(quality)).sort_values(
        ["reports", "rank"], ascending=[False, True], kind="stable"
    )
    same = ranked.groupby(SAME_FIGURE, sort=True)
    first = same[["value", "unit", "date_quality", "source_url"]].first()
    spread = same.agg(low=("low", "min"), high=("high", "max"))
    outlets = ranked.groupby([*SAME_FIGURE, "source_url"])["reports"].max().groupby(SAME_FIGURE).sum()
    return first.join(spread).assign(reports=outlets).reset_index()


@cache
def _resolved() -> pd.DataFrame:
    """Resolve the whole record once."""
    return resolve_reports(load_observations())


def record_rows(metric: str, country: str) -> pd.DataFrame:
    """Select the resolved figures that stand beside `metric` at the border of `country`."""
    rows = _resolved()
    chosen = (
        (rows["country"] == country) & (rows["series"] == SERIES[metric]) & (rows["scope"] == EVENTS_UNIT)
    )
    return rows[chosen].reset_index(drop=True)


def daily_record(metric: str, country: str) -> pd.DataFrame:
    """Return the figures published for single days [events].

    Returns
    -------
    pandas.DataFrame
        Columns date, value, low, high, reports, unit (as printed), date_quality; one row a day.
    """
    rows = record_rows(metric, country)
    single = rows[(rows["period_start"] == rows["period_end"]) & ~rows["cumulative"]]
    columns = ["period_start", "value", "low", "high", "reports", "unit", "date_quality"]
    return single[columns].rename(columns={"period_start": "date"}).reset_index(drop=True)


def period_record(metric: str, country: str) -> pd.DataFrame:
    """Return means over longer periods [events/day]: published ones and differences of totals.

    A period is left out when more than half of its days are told by one already taken; figures
    published for a month or less come first, then differences of totals.

    Returns
    -------
    pandas.DataFrame
        Columns period_start, period_end (inclusive), value, low, high [events/day], days, derived.
    """
    import pandas as pd

    rows = record_rows(metric, country)
    periods = pd.concat([_published_means(rows), _differences_of_totals(rows)], ignore_index=True)
    return periods[_not_told_already(periods)].sort_values(PERIOD).reset_index(drop=True)


def yearly_record(year: int, country: str) -> pd.DataFrame:
    """Return the figures published for a whole year and the whole border [events].

    A total of less than the year counts only if it begins with the series itself (turn-backs begin in
    August 2021) and ends within `YEAR_SLACK` of 31 December. Nothing is filled in.

    Returns
    -------
    pandas.DataFrame
        Columns part, value, low, high, period_start, period_end, source_url; one row for each part that
        is published; the range spans all totals of the year that end on the same day.
    """
    import pandas as pd

    parts = YEARLY_PARTS[country]
    found = [_of_year(year, country, *which).assign(part=part) for part, which in parts.items()]
    columns = ["part", "value", "low", "high", *PERIOD, "source_url"]
    return pd.concat([rows for rows in found if len(rows)] or found, ignore_index=True)[columns]


def _of_year(year: int, country: str, series: str, scope: str) -> pd.DataFrame:
    """Return the one figure of a series that tells a year, or no row."""
    rows = _resolved()
    rows = rows[(rows["country"] == country) & (rows["series"] == series) & (rows["scope"] == scope)]
    first, last = np.datetime64(f"{year}-01-01"), np.datetime64(f"{year}-12-31")
    begins = max(first, rows["period_start"].min()) if len(rows) else first
    rows = rows.assign(off=(rows["period_end"] - last).abs())
    late = (rows["period_start"] - begins).abs()
    whole = rows[(late <= YEAR_SLACK) & (rows["off"] <= YEAR_SLACK)]
    nearest = whole[whole["off"] == whole["off"].min()]
    best: pd.DataFrame = nearest.sort_values(
        ["reports", "period_start"], ascending=[False, True], kind="stable"
    )
    return best.head(1).assign(low=nearest["low"].min(), high=nearest["high"].max())


def _days(rows: pd.DataFrame) -> pd.Series[int]:
    """Count the days of each period, both ends included."""
    return (rows["period_end"] - rows["period_start"]).dt.days + 1


def _published_means(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn totals printed for 2 to 31 days into means per day, the best attested and longest first."""
    rows = rows.assign(days=_days(rows), derived=False)
    chosen = rows[~rows["cumulative"] & rows["days"].between(1, LONGEST_PUBLISHED_DAYS, inclusive="right")]
    chosen = chosen.sort_values(["reports", "days"], ascending=False, kind="stable")
    means = {name: chosen[name] / chosen["days"] for name in ("value", "low", "high")}
    return chosen[[*PERIOD, "days", "derived"]].assign(**means)


def _differences_of_totals(rows: pd.DataFrame) -> pd.DataFrame:
    """Subtract successive totals since the same start; the error holds the uncertainty of both ends."""
    import pandas as pd

    totals = [_rising(group) for _, group in rows.groupby("period_start") if group["cumulative"].any()]
    steps = [_steps(chain) for chain in totals]
    found = pd.concat(steps) if steps else _steps(rows.iloc[:0])
    return found[found["days"].between(SHORTEST_DIFFERENCE_DAYS, LONGEST_DIFFERENCE_DAYS)]


def _rising(totals: pd.DataFrame) -> pd.DataFrame:
    """Keep the totals that do not fall: a later total below an earlier one is a rounding or another scope."""
    ordered = totals.sort_values(["period_end", "value"]).drop_duplicates("period_end")
    return ordered[ordered["value"] >= ordered["value"].cummax()]


def _steps(chain: pd.DataFrame) -> pd.DataFrame:
    """Return the mean per day between each total and the one before; the first since the start."""
    before = chain[["value", "low", "high", "period_end"]].shift()
    first_day = before["period_end"] + np.timedelta64(1, "D")
    steps = chain[["period_end"]].assign(period_start=first_day.fillna(chain["period_start"]), derived=True)
    days = _days(steps)
    return steps.assign(
        days=days,
        value=(chain["value"] - before["value"].fillna(0)) / days,
        low=((chain["low"] - before["high"].fillna(0)) / days).clip(lower=0),
        high=(chain["high"] - before["low"].fillna(0)) / days,
    )


def _not_told_already(periods: pd.DataFrame) -> list[bool]:
    """Mark, in order, the periods with at least half of their days told by none marked before."""
    told: set[np.datetime64] = set()
    kept = []
    for start, days in zip(periods["period_start"], periods["days"], strict=True):
        span = set(np.datetime64(start, "D") + np.arange(days))
        kept.append(2 * len(span & told) <= len(span))
        told |= span if kept[-1] else set()
    return kept
