"""What histories give of the published sums within their days, by border."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.forecast import windows_table
from bordersim.results.paired import QUANTILES
from bordersim.validation.evidence import RESOLUTIONS
from bordersim.validation.figures import MAIN, METRIC_OF
from bordersim.validation.targets import any_targets

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.validation.recorded import Recorded
    from bordersim.validation.targets import Targets


class Sum(NamedTuple):
    """What is published of one border in windows that do not overlap, and the share histories give."""

    country: str
    series: str
    published: float
    periods: int
    low: float
    median: float
    high: float


def fit_sentence(recorded: Recorded, language: Language = ENGLISH) -> str:
    """Return in one sentence which shares of the published sums histories give; empty where none are."""
    windows = published_windows(recorded)
    if windows is None or not len(windows):
        return ""
    told = [language.say("fit.share", **in_words(each, language)) for each in sums(recorded, windows)]
    if not told:
        return ""
    return language.say("fit.sentence", name=recorded.name, shares=language.listed(told))


def published_windows(recorded: Recorded) -> pd.DataFrame | None:
    """Return the published weeks, months and seasons within the days of a run, beside what histories have."""
    held = _held(recorded.name, (recorded.start, recorded.end))
    if held is None:
        return None
    windows = windows_table(recorded, held)
    return windows[windows["resolution"].isin(RESOLUTIONS)]


@lru_cache(maxsize=2)
def _held(name: str, span: tuple[date, date]) -> Targets | None:
    """Return what is published of some days; the same answer is given in several places."""
    return any_targets(name, span)


def sums(recorded: Recorded, windows: pd.DataFrame) -> Iterator[Sum]:
    """Yield what the model gives of the published figures of windows that do not overlap, by border."""
    for country, series in MAIN:
        rows = windows[(windows["country"] == country) & (windows["series"] == series)]
        chosen = rows.loc[_apart(rows)]
        published = float(chosen["published"].sum())
        if published > 0:
            days = [chosen[name].map(date.fromisoformat) for name in ("first", "last")]
            counts = recorded.in_windows(METRIC_OF[series], country, list(zip(*days, strict=True)))
            shares = np.quantile(counts.sum(axis=1) / published, QUANTILES).tolist()
            yield Sum(country, series, published, len(chosen), *shares)


def in_words(each: Sum, language: Language) -> dict[str, str]:
    """Return what the words on one sum are filled with."""
    low, median, high = (language.share(value) for value in (each.low, each.median, each.high))
    place, series = language.place(each.country), language.say(f"series.{each.series}")
    return {"place": place, "series": series, "low": low, "median": median, "high": high}


def _apart(rows: pd.DataFrame) -> list[int]:
    """Choose windows that do not overlap, the shortest first."""
    length = rows["last"].astype("datetime64[s]") - rows["first"].astype("datetime64[s]")
    chosen: list[int] = []
    for i in length.sort_values(kind="stable").index:
        span = rows.loc[i, "first"], rows.loc[i, "last"]
        if all(span[1] < rows.loc[j, "first"] or span[0] > rows.loc[j, "last"] for j in chosen):
            chosen.append(i)
    return chosen
