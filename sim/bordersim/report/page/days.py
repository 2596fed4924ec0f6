"""Day by day: simulated official counts under each policy, with bands, and what was published, by border."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

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
SHOWN = tuple((METRIC_OF[series], country) for country, series in MAIN)  # of each border what was published


class Published(NamedTuple):
    """What was published of one figure: single days, and the mean a day of periods, as days of the run."""

    days: list[tuple[int, float]]
    periods: list[tuple[int, int, float]]


Lookup = Callable[[str, str], Published]  # of a metric at a border


@dataclass(frozen=True)
class Panel:
    """What one panel shows: the first day, quantiles by scenario and day, published days and periods."""

    start: date
    bands: list[Floats]
    record: Published

    @cached_property
    def length(self) -> int:
        """Days shown."""
        return int(self.bands[0].shape[1])

    @cached_property
    def top(self) -> float:
        """The highest of all that is shown."""
        values = [float(band[-1].max()) for band in self.bands]
        values += [each[-1] for each in (*self.record.days, *self.record.periods)]
        return max([*values, 1.0]) * ROOM

    def x(self, day: Any) -> Any:
        """Return where a day is, or each of several [px]."""
        return LEFT + day * (WIDTH - LEFT - RIGHT) / max(1, self.length - 1)

    def y(self, value: Any) -> Any:
        """Return where a value is, or each of several [px]."""
        return HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)

    def points(self, values: Floats) -> list[tuple[float, float]]:
        """Return where the values of the days are [px]; no more points than there are pixels."""
        days = np.arange(0, self.length, 1 + self.length // MOST_POINTS)
        each: Any = self.x(days), self.y(values[days])
        return list(zip(*(place.tolist() for place in each), strict=True))


def panels(recorded: Sequence[Recorded], language: Language, published: Lookup) -> Iterator[str]:
    """Yield a panel for each border, with what was published."""
    for metric, country in SHOWN:
        yield panel(recorded, metric, country, language=language, published=published)


def panel(
    recorded: Sequence[Recorded],
    metric: str,
    country: str,
    *,
    language: Language = ENGLISH,
    changes: Sequence[date] = (),
    published: Lookup | None = None,
) -> str:
    """Return one metric at one border under each policy, as means over seven days, with the record if any."""
    found = published or record_of(recorded[0].start, recorded[0].days)
    counted = [each.daily(metric, country) for each in recorded]
    shown = Panel(recorded[0].start, list(map(_bands, counted)), found(metric, country))
    title = language.say("panel.title", place=language.place(country), figure=language.metric(metric))
    sums = (float(np.median(each.sum(axis=1))) for each in counted)
    totals = ", ".join(
        f"{each.name} {language.rounded(total)}" for each, total in zip(recorded, sums, strict=True)
    )
    label = language.say("panel.label", title=title, totals=totals, days=len(shown.record.days))
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


def record_of(start: date, length: int) -> Lookup:
    """Return the lookup of published days and of the mean a day of published periods, within a run."""
    first = np.datetime64(start)

    def found(metric: str, country: str) -> Published:
        if metric not in SERIES:
            return Published([], [])
        daily, periods = daily_record(metric, country), period_record(metric, country)
        days = zip(_days(daily["date"], first), daily["value"].astype(float).tolist(), strict=True)
        ends = (_days(periods[name], first) for name in ("period_start", "period_end"))
        means = zip(*ends, periods["value"].astype(float).tolist(), strict=True)
        inside = [each for each in means if each[0] >= 0 and each[1] < length]
        return Published([each for each in days if 0 <= each[0] < length], inside)

    return found


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
    for first, last, value in shown.record.periods:
        yield tag(
            "path", class_="period", d=f"M{shown.x(first):.1f} {shown.y(value):.1f}H{shown.x(last):.1f}"
        )
    for day, value in shown.record.days:
        at = {"cx": f"{shown.x(day):.1f}", "cy": f"{shown.y(value):.1f}", "r": 3}
        yield tag("circle", class_="record", data_day=day, data_value=f"{value:g}", **at)


def _band(shown: Panel, band: Floats, colour: str, dashed: bool) -> Iterator[str]:
    """Yield the bands of one scenario and its median."""
    for low, high, opacity in ((0, 4, WIDE), (1, 3, NARROW)):
        there, back = shown.points(band[high]), shown.points(band[low])[::-1]
        holds = {"class_": "band", "data_low": low, "data_high": high}
        yield tag("path", fill=colour, fill_opacity=opacity, d=f"{course(there + back)}Z", **holds)
    median = course(shown.points(band[2]))
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
