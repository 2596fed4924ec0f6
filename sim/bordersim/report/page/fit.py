"""How well histories fit the record: their sums beside the published ones, and which windows they miss."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.report.forecast import windows_table
from bordersim.report.page.ledgers import PLACES
from bordersim.report.page.markup import listed, said
from bordersim.report.pictures.differences import number
from bordersim.results.paired import QUANTILES
from bordersim.validation.evidence import RESOLUTIONS
from bordersim.validation.figures import MAIN, METRIC_OF
from bordersim.validation.targets import any_targets

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.validation.recorded import Recorded

WORDS = {"turned_back": "turned back", "arrivals_detained": "apprehended", "attempts": "attempts"}
MOST_TOLD = 12  # windows that are missed


def fit(recorded: Recorded) -> Iterator[str]:
    """Yield what is to be said of the fit of one scenario; nothing where nothing is published of its days."""
    held = any_targets(recorded.name, (recorded.start, recorded.end))
    if held is None:
        return
    windows = windows_table(recorded, held)
    windows = windows[windows["resolution"].isin(RESOLUTIONS)]
    if len(windows):
        missed = windows[~windows["inside"]]
        yield said("p", _counted(recorded.name, len(windows), len(missed)))
        yield listed(_missed(missed))
        yield listed(_sums(recorded, windows))


def _counted(name: str, windows: int, missed: int) -> str:
    """Say how many windows lie in the range."""
    return (
        f"Of {windows} published weeks, months and seasons at the three borders, {windows - missed} lie"
        f" within what 90 % of the histories of {name} have as official counts. The histories were chosen"
        " with most of these figures in view, and some figures contain others: this is no test."
    )


def _missed(missed: pd.DataFrame) -> Iterator[str]:
    """Yield the windows that are missed, those that are missed by most first."""
    off = (missed["median"] - missed["published"]).abs()
    for row in missed.loc[off.sort_values(ascending=False).index].head(MOST_TOLD).itertuples(index=False):
        values: tuple[Any, ...] = (row.published, row.q05, row.q95)
        published, low, high = (number(float(each), 0) for each in values)
        what = f"{PLACES[str(row.country)]}, {WORDS[str(row.series)]}, {row.first} to {row.last}"
        yield f"Missed: {what}: {published} published, {low} to {high} in 90 % of the histories."


def _sums(recorded: Recorded, windows: pd.DataFrame) -> Iterator[str]:
    """Yield what the model gives of the published figures of windows that do not overlap, by border."""
    for country, series in MAIN:
        rows = windows[(windows["country"] == country) & (windows["series"] == series)]
        chosen = rows.loc[_apart(rows)]
        published = float(chosen["published"].sum())
        if published > 0:
            days = [chosen[name].map(date.fromisoformat) for name in ("first", "last")]
            counts = recorded.in_windows(METRIC_OF[series], country, list(zip(*days, strict=True)))
            low, median, high = np.quantile(counts.sum(axis=1) / published, QUANTILES).tolist()
            what = f"{number(published, 0)} published {WORDS[series]} in {len(chosen)} periods"
            yield (
                f"{PLACES[country]}: the model gives {median:.0%} ({low:.0%} to {high:.0%} in 90 % of the"
                f" histories) of {what} that do not overlap."
            )


def _apart(rows: pd.DataFrame) -> list[int]:
    """Choose windows that do not overlap, the shortest first."""
    length = rows["last"].astype("datetime64[s]") - rows["first"].astype("datetime64[s]")
    chosen: list[int] = []
    for i in length.sort_values(kind="stable").index:
        span = rows.loc[i, "first"], rows.loc[i, "last"]
        if all(span[1] < rows.loc[j, "first"] or span[0] > rows.loc[j, "last"] for j in chosen):
            chosen.append(i)
    return chosen
