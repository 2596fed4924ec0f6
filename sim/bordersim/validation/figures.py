"""Which published figures can be compared with the simulated counts of a run, and why others cannot."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.results.ledgers import ALL
from bordersim.validation.published import EVENTS_UNIT, SERIES
from bordersim.validation.published.reading import PART
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    import pandas as pd

    Span = tuple[date, date]

METRIC_OF = {series: metric for metric, series in SERIES.items()}
TOGETHER = "+".join(COUNTRIES)  # a figure printed as the sum over the three borders
PLACE_OF = {**{country: country for country in COUNTRIES}, TOGETHER: ALL}
# What each border is counted by over longer times.
MAIN = (("LT", "turned_back"), ("LV", "turned_back"), ("PL", "attempts"))


UNITS_NAMED = 3


class Skipped(NamedTuple):
    """Figures that cannot be compared, and why."""

    figures: int
    why: str


def comparable(figures: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Skipped, ...]]:
    """Separate the figures comparable with a metric of the record from the others."""
    of_border = figures["country"].isin(list(PLACE_OF))
    of_series = figures["series"].isin(list(METRIC_OF))
    of_part = figures["kind"] == PART
    of_scope = figures["scope"] == EVENTS_UNIT
    reasons = (
        Skipped(int((~of_border).sum()), f"of places outside {', '.join(PLACE_OF)}"),
        Skipped(int((of_border & ~of_series).sum()), "of series the model's record does not hold"),
        Skipped(int((of_border & of_series & of_part).sum()), "that are a part of another figure"),
        _own_scope(figures[of_border & of_series & ~of_scope & ~of_part]),
    )
    kept = figures[of_border & of_series & of_scope]
    return kept, tuple(reason for reason in reasons if reason.figures)


def _own_scope(figures: pd.DataFrame) -> Skipped:
    """Return the units with a scope of their own."""
    units = sorted(set(figures["unit"]))
    more = [f"and {len(units) - UNITS_NAMED} more"] if len(units) > UNITS_NAMED else []
    named = "; ".join([*units[:UNITS_NAMED], *more])
    return Skipped(len(figures), f"of a unit with its own scope ({named})")


def outside(figures: pd.DataFrame, span: Span) -> tuple[Skipped, ...]:
    """Count the figures outside the days of a run."""
    count = int((~inside(figures, span)).sum())
    return (Skipped(count, f"not within {span[0]} to {span[1]}"),) if count else ()


def inside(windows: pd.DataFrame, span: Span) -> pd.Series[bool]:
    """Return which windows are within the days of a run."""
    first, last = (np.datetime64(day) for day in span)
    return (windows["period_start"] >= first) & (windows["period_end"] <= last)


def nothing(
    name: str, span: Span, path: Path | None, figures: pd.DataFrame, skipped: tuple[Skipped, ...]
) -> str:
    """Return why nothing can be scored, with the figure nearest to the run."""
    where = f"{path}: " if path else ""
    if figures.empty:
        reasons = "; ".join(f"{each.figures} {each.why}" for each in skipped)
        return f"{where}no figure can be compared with the model's record: {reasons}"
    first, last = (np.datetime64(day) for day in span)
    before, after = (first - figures["period_start"]).dt.days, (figures["period_end"] - last).dt.days
    nearest = figures.loc[before.clip(lower=after).idxmin()]
    speaks = f"{nearest['period_start'].date()} to {nearest['period_end'].date()}"
    days = f"{span[0]} to {span[1]}, the days of {name}"
    return f"{where}no figure lies within {days}; the nearest speaks of {speaks}"
