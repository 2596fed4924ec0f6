"""Day by day: simulated official counts under each policy, with bands, and what was published, by border."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.page.markup import course, picture, said, tag
from bordersim.report.pictures.style import SCENARIO_COLOURS
from bordersim.validation.figures import MAIN, METRIC_OF
from bordersim.validation.published import SERIES, daily_record, period_record

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.validation.recorded import Recorded

    Floats = NDArray[np.float64]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
WEEK = 7
WIDTH, HEIGHT = 372.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 8.0, 10.0, 22.0
ROOM = 1.05  # above the highest
STEPS, MOST_TICKS = (1, 2, 5, 10), 4
WIDE, NARROW = 0.15, 0.28  # opacity of bands
MOST_POINTS = 300  # of a line


@dataclass(frozen=True)
class Panel:
    """What one panel shows: the first day, quantiles by scenario and day, published days and periods."""

    start: date
    bands: list[Floats]
    days: list[tuple[int, float]]
    periods: list[tuple[int, int, float]]

    @cached_property
    def length(self) -> int:
        """Days shown."""
        return int(self.bands[0].shape[1])

    @cached_property
    def top(self) -> float:
        """The highest of all that is shown."""
        values = [float(band[-1].max()) for band in self.bands]
        values += [value for _, value in self.days] + [value for *_, value in self.periods]
        return max([*values, 1.0]) * ROOM

    def x(self, day: float) -> float:
        """Return where a day is [px]."""
        return LEFT + day * (WIDTH - LEFT - RIGHT) / max(1, self.length - 1)

    def y(self, value: float) -> float:
        """Return where a value is [px]."""
        return HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)


def panels(recorded: Sequence[Recorded]) -> Iterator[str]:
    """Yield a panel for each border."""
    for country, series in MAIN:
        yield panel(recorded, METRIC_OF[series], country)


def panel(
    recorded: Sequence[Recorded],
    metric: str,
    country: str,
    *,
    language: Language = ENGLISH,
    changes: Sequence[date] = (),
) -> str:
    """Return one metric at one border under each policy, as means over seven days, with the record if any."""
    bands = [_bands(each.daily(metric, country)) for each in recorded]
    record = _record(recorded[0], metric, country) if metric in SERIES else ([], [])
    shown = Panel(recorded[0].start, bands, *record)
    title = language.say("panel.title", place=language.place(country), figure=language.metric(metric))
    sums = (float(np.median(each.daily(metric, country).sum(axis=1))) for each in recorded)
    totals = ", ".join(
        f"{each.name} {language.rounded(total)}" for each, total in zip(recorded, sums, strict=True)
    )
    label = language.say("panel.label", title=title, totals=totals, days=len(shown.days))
    place = {"data_start": shown.start, "data_days": shown.length, "data_top": f"{shown.top:.6g}"}
    lines = _changes(shown, changes)
    drawn = tag("g", *_drawn(shown, language), *lines, class_="panel", **place)
    return tag("figure", said("figcaption", title), picture(WIDTH, HEIGHT, label, drawn))


def _bands(daily: Floats) -> Floats:
    """Return the quantiles of means over seven days."""
    bands: Floats = np.quantile(_weekly(daily), QUANTILES, axis=0)
    return bands


def _changes(shown: Panel, changes: Sequence[date]) -> Iterator[str]:
    """Yield the days on which policies part."""
    for day in changes:
        at = (day - shown.start).days
        if 0 < at < shown.length:
            yield tag("path", class_="zero", d=f"M{shown.x(at):.1f} {TOP:g}V{HEIGHT - BOTTOM:g}")


def _weekly(daily: Floats) -> Floats:
    """Return means over seven days, fewer at the ends."""
    sums = np.concatenate([np.zeros((len(daily), 1)), daily.cumsum(axis=1)], axis=1)
    days = np.arange(daily.shape[1])
    first, end = np.maximum(days - WEEK // 2, 0), np.minimum(days + WEEK // 2 + 1, daily.shape[1])
    means: Floats = (sums[:, end] - sums[:, first]) / (end - first)
    return means


def _record(
    recorded: Recorded, metric: str, country: str
) -> tuple[list[tuple[int, float]], list[tuple[int, int, float]]]:
    """Return the published days and the mean a day of published periods, within the days of the run."""
    start, length = np.datetime64(recorded.start), recorded.days
    daily, periods = daily_record(metric, country), period_record(metric, country)
    days = zip(_days(daily["date"], start), daily["value"].astype(float).tolist(), strict=True)
    ends = (_days(periods[name], start) for name in ("period_start", "period_end"))
    means = zip(*ends, periods["value"].astype(float).tolist(), strict=True)
    inside = [each for each in means if each[0] >= 0 and each[1] < length]
    return [each for each in days if 0 <= each[0] < length], inside


def _days(dates: pd.Series[Any], start: np.datetime64) -> list[int]:
    """Return dates as days of the run."""
    found: list[int] = (dates - start).dt.days.tolist()
    return found


def _drawn(shown: Panel, language: Language = ENGLISH) -> Iterator[str]:
    """Yield everything in a panel: scale, months, bands, medians, the record on top."""
    for value in ticks(shown.top):
        yield tag("path", class_="grid", d=f"M{LEFT:g} {shown.y(value):.1f}H{WIDTH - RIGHT:g}")
        yield said(
            "text", language.number(value, 0), x=LEFT - 5, y=f"{shown.y(value) + 4:.1f}", text_anchor="end"
        )
    yield from _months(shown, language)
    for i, band in enumerate(shown.bands):
        yield from _band(shown, band, SCENARIO_COLOURS[i % len(SCENARIO_COLOURS)], dashed=i > 0)
    for first, last, value in shown.periods:
        yield tag(
            "path", class_="period", d=f"M{shown.x(first):.1f} {shown.y(value):.1f}H{shown.x(last):.1f}"
        )
    for day, value in shown.days:
        at = {"cx": f"{shown.x(day):.1f}", "cy": f"{shown.y(value):.1f}", "r": 3}
        yield tag("circle", class_="record", data_day=day, data_value=f"{value:g}", **at)


def _band(shown: Panel, band: Floats, colour: str, dashed: bool) -> Iterator[str]:
    """Yield the bands of one scenario and its median; no more points than there are pixels."""
    days = range(0, shown.length, 1 + shown.length // MOST_POINTS)
    for low, high, opacity in ((0, 4, WIDE), (1, 3, NARROW)):
        there = [(shown.x(i), shown.y(band[high, i])) for i in days]
        back = [(shown.x(i), shown.y(band[low, i])) for i in days][::-1]
        holds = {"class_": "band", "data_low": low, "data_high": high}
        yield tag("path", fill=colour, fill_opacity=opacity, d=f"{course(there + back)}Z", **holds)
    median = course((shown.x(i), shown.y(band[2, i])) for i in days)
    dashes = {"stroke_dasharray": "5 2"} if dashed else {}
    yield tag("path", class_="median", stroke=colour, d=median, **dashes)


def _months(shown: Panel, language: Language) -> Iterator[str]:
    """Yield the names of the months, every other one in a long run, and a mark where each begins."""
    days = [shown.start + timedelta(day) for day in range(shown.length)]
    firsts = [day for day, each in enumerate(days) if each.day == 1]
    for day in firsts[:: 1 + len(firsts) // 9]:
        yield said("text", language.month(days[day]), x=f"{shown.x(day):.1f}", y=HEIGHT - 6)


def ticks(top: float) -> list[float]:
    """Return round values from 0 up to a value, few enough to read."""
    size = 10.0 ** np.floor(np.log10(max(top, 1.0) / 2))
    step = next(each * size for each in STEPS if top / (each * size) <= MOST_TICKS)
    return [step * i for i in range(int(top / step) + 1)]
