"""The published record: figures of authorities and press with sources, resolved but never added up.

Several rows may be about the same days. `resolve_reports` makes one row of them: the value most
outlets report, the lowest and highest figure, and how many separate reports there are.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bordersim.inputs.paths import user_path
from bordersim.validation.published.basis import BASES
from bordersim.validation.published.reading import DATE_QUALITY, DERIVED, PART, read_observations
from bordersim.validation.published.windows import (
    PERIOD,
    SHORTEST_DIFFERENCE_DAYS,
    YEAR_SLACK,
    increments,
    not_told_already,
    published_windows,
)

if TYPE_CHECKING:
    import pandas as pd

# Which published series stands beside which metric of the simulated official counts.
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
PART_SCOPE = "part: "  # and its unit

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
SAME_FIGURE = ["country", "series", "scope", *PERIOD, "cumulative"]

# Over half a year a mean hides the season.
LONGEST_DIFFERENCE_DAYS = 184
LONGEST_PUBLISHED_DAYS = 31


def load_observations(path: Path | None = None) -> pd.DataFrame:
    """Read published figures, one row per figure and outlet group: those compiled here, or any file's.

    Parameters
    ----------
    path
        A CSV file of the same columns; a wrong one is refused in one line.
    """
    units = sorted(WHOLE_BORDER_UNITS)
    if path is not None:
        return _with_scope(read_observations(user_path(path), str(path), units))
    with as_file(files(__name__).joinpath("observations.csv")) as packaged:
        return _with_scope(read_observations(packaged, packaged.name, units))


def load_timeline() -> pd.DataFrame:
    """Read what happened when: date, country, category, what, quantity, unit, source_url, basis."""
    return _packaged("timeline.csv", ["date"])


def load_parameters() -> pd.DataFrame:
    """Read published values: name, value, low, high, unit, what, source_url, basis."""
    return _packaged("parameters.csv", [])


def _packaged(name: str, dates: list[str]) -> pd.DataFrame:
    """Read a table shipped with the package."""
    import pandas as pd

    with files(__name__).joinpath(name).open(encoding="utf-8") as stream:
        return pd.read_csv(stream, parse_dates=dates)


def _with_scope(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what a figure counts: the events of a whole border, what its unit says, or a part of that."""
    plain = rows["unit"].isin(list(WHOLE_BORDER_UNITS))
    whole = rows["unit"].mask(plain, EVENTS_UNIT)
    return rows.assign(scope=whole.mask(rows["kind"] == PART, PART_SCOPE + rows["unit"]))


def resolve_reports(observations: pd.DataFrame) -> pd.DataFrame:
    """Return one row for all reports of the same figure for the same days.

    Parameters
    ----------
    observations
        Rows of `load_observations`.

    Returns
    -------
    pandas.DataFrame
        `value` is the figure most outlets report (a stated date before an inferred one when as many
        do), `low` and `high` span all reports, `reports` counts outlets, one address counted once. A
        figure worked out from others widens the range, is no outlet and is the value only if nothing
        is printed; `derived` says so. `basis` is the nearest to its origin that a report comes.
    """
    quality = {name: rank for rank, name in enumerate(DATE_QUALITY)}
    derived = observations["kind"] == DERIVED
    ranked = observations.assign(
        rank=observations["date_quality"].map(quality),
        derived=derived,
        handed_on=observations["basis"].map(BASES.index),
        reports=observations["reports"].mask(derived, 0),
    ).sort_values(["derived", "reports", "rank"], ascending=[True, False, True], kind="stable")
    same = ranked.groupby(SAME_FIGURE, sort=True)
    first = same[["value", "unit", "date_quality", "source_url", "derived"]].first()
    spread = same.agg(low=("low", "min"), high=("high", "max"), basis=("handed_on", "min"))
    spread["basis"] = spread["basis"].map(dict(enumerate(BASES)))
    outlets = ranked.groupby([*SAME_FIGURE, "source_url"])["reports"].max().groupby(SAME_FIGURE).sum()
    return first.join(spread).assign(reports=outlets.clip(lower=1)).reset_index()


@cache
def _resolved() -> pd.DataFrame:
    """Resolve the whole record once."""
    return resolve_reports(load_observations())


def record_rows(metric: str, country: str) -> pd.DataFrame:
    """Return the resolved figures comparable with `metric` at the border of `country`."""
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
    return _days(metric, country).copy()


@cache
def _days(metric: str, country: str) -> pd.DataFrame:
    """Return the figures published for single days, looked up once."""
    rows = record_rows(metric, country)
    single = rows[(rows["period_start"] == rows["period_end"]) & ~rows["cumulative"]]
    columns = ["period_start", "value", "low", "high", "reports", "unit", "date_quality"]
    return single[columns].rename(columns={"period_start": "date"}).reset_index(drop=True)


def period_record(metric: str, country: str) -> pd.DataFrame:
    """Return means over longer periods [events/day]: published ones and differences of totals.

    A period is left out if more than half of its days are covered by one already taken; figures
    published for a month or less come first, then differences of totals.

    Returns
    -------
    pandas.DataFrame
        Columns period_start, period_end (inclusive), value, low, high [events/day], days, derived.
    """
    return _periods(metric, country).copy()


@cache
def _periods(metric: str, country: str) -> pd.DataFrame:
    """Return means over longer periods, worked out once."""
    import pandas as pd

    rows = record_rows(metric, country)
    periods = pd.concat([_published_means(rows), _mean_increments(rows)], ignore_index=True)
    return periods[not_told_already(periods)].sort_values(PERIOD).reset_index(drop=True)


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
    """Return the one figure of a series for a year, or no row."""
    rows = _resolved()
    rows = rows[(rows["country"] == country) & (rows["series"] == series) & (rows["scope"] == scope)]
    first, last = np.datetime64(f"{year}-01-01"), np.datetime64(f"{year}-12-31")
    begins = max(first, rows["period_start"].min()) if len(rows) else first
    rows = rows.assign(off=(rows["period_end"] - last).abs())
    late = (rows["period_start"] - begins).abs()
    whole = rows[(late <= YEAR_SLACK) & (rows["off"] <= YEAR_SLACK)]
    nearest = whole[whole["off"] == whole["off"].min()]
    best: pd.DataFrame = nearest.sort_values(
        ["derived", "reports", "period_start"], ascending=[True, False, True], kind="stable"
    )
    return best.head(1).assign(low=nearest["low"].min(), high=nearest["high"].max())


def _published_means(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn totals printed for 2 to 31 days into daily means, the best attested and longest first."""
    printed = published_windows(rows)
    chosen = printed[printed["days"].between(1, LONGEST_PUBLISHED_DAYS, inclusive="right")]
    return _per_day(chosen.sort_values(["reports", "days"], ascending=False, kind="stable"))


def _mean_increments(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn steps of running totals into daily means; too long a step would hide the season."""
    steps = increments(rows)
    return _per_day(steps[steps["days"].between(SHORTEST_DIFFERENCE_DAYS, LONGEST_DIFFERENCE_DAYS)])


def _per_day(windows: pd.DataFrame) -> pd.DataFrame:
    """Divide the figures of windows by their days."""
    means = {name: windows[name] / windows["days"] for name in ("value", "low", "high")}
    return windows[[*PERIOD, "days", "derived"]].assign(**means)
