"""How well histories fit the record: which windows they miss, and their sums beside the published ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.page.markup import listed, said, table
from bordersim.report.published_sums import Sum, in_words, published_windows, sums

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.validation.recorded import Recorded

MOST_TOLD = 12  # windows that are missed


def fit(recorded: Recorded, language: Language = ENGLISH) -> Iterator[str]:
    """Yield what is to be said of the fit of one scenario; nothing where nothing is published of its days."""
    windows = published_windows(recorded)
    if windows is not None and len(windows):
        missed = windows[~windows["inside"]]
        inside = len(windows) - len(missed)
        yield said("p", language.say("fit.counted", windows=len(windows), inside=inside, name=recorded.name))
        yield listed(_missed(missed, language))
        yield _table(recorded, windows, language)


def _missed(missed: pd.DataFrame, language: Language) -> Iterator[str]:
    """Yield the windows that are missed, those that are missed by most first."""
    off = (missed["median"] - missed["published"]).abs()
    for row in missed.loc[off.sort_values(ascending=False).index].head(MOST_TOLD).itertuples(index=False):
        values: tuple[Any, ...] = (row.published, row.range_low, row.range_high)
        published, low, high = (language.number(float(each), 0) for each in values)
        days = language.span(*map(date.fromisoformat, (str(row.first), str(row.last))))
        what = {"place": language.place(str(row.country)), "series": language.say(f"series.{row.series}")}
        yield language.say("fit.missed", **what, days=days, published=published, low=low, high=high)


def _table(recorded: Recorded, windows: pd.DataFrame, language: Language) -> str:
    """Return the sums beside the published ones, the one that is furthest off first."""
    found = sorted(sums(recorded, windows), key=lambda each: -abs(each.median - 1))
    heads = (
        language.say(f"fit.head.{name}") for name in ("place", "series", "periods", "published", "share")
    )
    return table(heads, [_line(each, language) for each in found], language.say("fit.caption"))


def _line(each: Sum, language: Language) -> tuple[object, ...]:
    """Write one sum as a row."""
    told = in_words(each, language)
    share = language.say("cell.range", median=told["median"], low=told["low"], high=told["high"])
    published = language.number(each.published, 0)
    return told["place"], told["series"], each.periods, published, share
