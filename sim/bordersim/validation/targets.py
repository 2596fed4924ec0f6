"""What a run is scored against: the published windows of each series within its days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.errors import BadInput
from bordersim.validation.figures import METRIC_OF, PLACE_OF, Skipped, comparable, inside, nothing, outside
from bordersim.validation.fitted import Fitted, load_fitted, marks
from bordersim.validation.naive import naive_forecasts
from bordersim.validation.published import load_observations, resolve_reports
from bordersim.validation.published.basis import COPY_OF_COPY
from bordersim.validation.published.known import published_before
from bordersim.validation.published.windows import windows_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.validation.recorded import Recorded

    Floats = NDArray[np.float64]


class Target(NamedTuple):
    """One published series: one row per window, with naive forecasts and which figures were inputs."""

    country: str
    series: str
    windows: pd.DataFrame

    @property
    def observed(self) -> Floats:
        """The published figure of each window [events]."""
        return self.windows["value"].to_numpy(np.float64)

    def counted(self, recorded: Recorded, shift_days: int = 0) -> Floats:
        """Sum what the replicates recorded over the same windows: replicate, window [events]."""
        days = (self.windows[name].dt.date for name in ("period_start", "period_end"))
        spans = list(zip(*days, strict=True))
        return recorded.in_windows(METRIC_OF[self.series], PLACE_OF[self.country], spans, shift_days)


class Targets(NamedTuple):
    """All series within the days of a run, the figures that are left out, and what the others rest on."""

    series: tuple[Target, ...]
    skipped: tuple[Skipped, ...]
    rests_on: str = ""


def targets(
    name: str,
    span: tuple[date, date],
    observations: Path | None = None,
    fitted: tuple[Fitted, ...] | None = None,
    known_until: date | None = None,
    before: date | None = None,
) -> Targets:
    """Return what a run of a scenario is scored against.

    Parameters
    ----------
    name, span
        The scenario, for errors, and its first and last day.
    observations
        A file of figures to score on instead of the packaged record; that record still feeds the naive
        forecasts.
    fitted
        Which figures were inputs; None for the packaged list.
    known_until
        The last day known to the naive forecasts; None: each knows everything before its window.
    before
        Only figures that had been published before this day; None for all.

    Raises
    ------
    BadInput
        If there is nothing to compare, which would look like a perfect score.
    """
    chosen, history, skipped = _figures(observations, before)
    marked = load_fitted() if fitted is None else fitted
    found = tuple(_series(chosen, history, span, marked, known_until))
    if not found:
        raise BadInput(nothing(name, span, observations, chosen, skipped))
    return Targets(found, (*skipped, *outside(chosen, span)), _rests_on(chosen[inside(chosen, span)]))


def _rests_on(figures: pd.DataFrame) -> str:
    """Say how many figures were read in copies of copies alone."""
    copies = int((figures["basis"] == COPY_OF_COPY).sum())
    return f"{copies} of {len(figures)} figures were read only where an outlet has them from another one"


def any_targets(name: str, span: tuple[date, date], known_until: date | None = None) -> Targets | None:
    """Return the same for a page that also says nothing was published; None where that is so."""
    try:
        return targets(name, span, known_until=known_until)
    except BadInput:
        return None


def _figures(
    observations: Path | None, before: date | None
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Skipped, ...]]:
    """Return the resolved figures to score on, those that naive forecasts may know, and those left out."""
    import pandas as pd

    figures = load_observations(observations)
    figures = figures if before is None else published_before(figures, before)
    chosen, skipped = comparable(figures)
    if observations is None or chosen.empty:
        resolved = resolve_reports(chosen) if len(chosen) else chosen
        return resolved, resolved, skipped
    known, _ = comparable(pd.concat([load_observations(), figures], ignore_index=True))
    return resolve_reports(chosen), resolve_reports(known), skipped


def _series(
    chosen: pd.DataFrame,
    history: pd.DataFrame,
    span: tuple[date, date],
    fitted: tuple[Fitted, ...],
    known_until: date | None,
) -> Iterator[Target]:
    """Yield each series with windows inside the days of the run."""
    for key, rows in chosen.groupby(["country", "series"]) if len(chosen) else ():
        country, series = map(str, key)
        every = windows_of(rows)
        windows = every[inside(every, span)].reset_index(drop=True)
        if len(windows):
            before = every if history is chosen else windows_of(_of(history, country, series))
            naive = naive_forecasts(windows, before, known_until)
            windows = windows.assign(country=country, series=series, **naive)
            yield Target(country, series, windows.join(marks(windows, fitted)))


def _of(figures: pd.DataFrame, country: str, series: str) -> pd.DataFrame:
    """Select the figures of one series."""
    return figures[(figures["country"] == country) & (figures["series"] == series)]
