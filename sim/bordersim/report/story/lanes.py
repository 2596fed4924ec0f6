"""Two lives on one axis of days: state as colour, a dot for each event, white while lives are the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import ceil

from bordersim.report.catalogue import Language
from bordersim.report.page.markup import picture, said, shown, tag
from bordersim.report.pictures.style import BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, SKY
from bordersim.report.story.sentences import word
from bordersim.report.story.told import Life, Range, Story, Told

WIDTH, HEIGHT = 372.0, 96.0
LEFT, RIGHT, LANES, FOOT = 20.0, 8.0, (24.0, 52.0), 74.0
THICK, DOT, EDGE, MOST_DATES = 9.0, 3.4, 6.0, 5
DATE = 48.0  # room that a date takes [px]
AFTER = 0.15  # of the time between the first event and the last
COLOURS = {
    "en_route": PALE,
    "border_zone": GREY,
    "captive": INK,
    "in_procedure": GREEN,
    "entered": PURPLE,
    "admitted": GREEN,
    "moved_on": ORANGE,
    "returned_home": SKY,
    "stayed": BLUE,
}
BAR, BAR_HEIGHT, TOP = 160.0, 14.0, 4.0


def lanes(story: Story, told: Told, language: Language) -> str:
    """Return the two lanes of a family."""
    axis = _Axis(story, told)
    a, b = story.scenarios
    parted = language.say("story.page.lane_same")
    if told.parted:
        parted = language.say("story.page.lane_parted", day=language.day(told.parted))
    label = language.say("story.page.lane", a=a, b=b, parted=parted)
    drawn = [*_dates(story, axis, language), *_parting(told, axis, language)]
    for side, life, y in zip("AB", told.lives, LANES, strict=True):
        drawn += [said("text", side, x=2, y=f"{y + 4:g}", class_="side"), *_lane(life, told.alike, axis, y)]
    return tag("figure", picture(WIDTH, HEIGHT, label, *drawn), _key(told, language), class_="lanes")


class _Axis:
    """From days of the run to pixels: from the first event to a while after the last."""

    def __init__(self, story: Story, told: Told) -> None:
        days = [moment.days for life in told.lives for moment in life.moments]
        self.first = min(days)
        self.last = min(float(story.days), max(days) + max((max(days) - self.first) * AFTER, 1.0))
        self._scale = (WIDTH - LEFT - RIGHT - EDGE) / max(self.last - self.first, 1.0)

    def x(self, day: float) -> float:
        """Return where a day is [px]."""
        return LEFT + EDGE + (day - self.first) * self._scale


def _lane(life: Life, alike: int, axis: _Axis, y: float) -> Iterator[str]:
    """Yield one life: its states as bars, then its events as dots."""
    times = [*(axis.x(moment.days) for moment in life.moments), axis.x(axis.last)]
    for moment, start, end in zip(life.moments, times, times[1:], strict=False):
        d = f"M{start:.1f} {y:g}H{end:.1f}"
        yield tag("path", d=d, stroke=COLOURS[moment.now], stroke_width=f"{THICK:g}", fill="none")
    for number, x in enumerate(times[:-1]):
        fill = "#fff" if number < alike else INK
        yield tag("circle", cx=f"{x:.1f}", cy=f"{y:g}", r=f"{DOT:g}", fill=fill, stroke=INK)


def _dates(story: Story, axis: _Axis, language: Language) -> Iterator[str]:
    """Yield some dates, as many as there is room for."""
    days = range(ceil(axis.first), ceil(axis.last))
    for day in days[:: 1 + len(days) // MOST_DATES]:
        date = story.start + timedelta(day)
        anchor = "start" if axis.x(day) < WIDTH - DATE else "end"
        yield tag("path", class_="grid", d=f"M{axis.x(day):.1f} {LANES[0] - 12:g}V{FOOT - 8:g}")
        text = language.say("story.page.short_day", month=language.month(date), day=date.day)
        yield said("text", text, x=f"{axis.x(day):.1f}", y=f"{FOOT + 4:g}", text_anchor=anchor)


def _parting(told: Told, axis: _Axis, language: Language) -> Iterator[str]:
    """Yield the line at which the lives part."""
    if told.parted is None:
        return
    days = [life.moments[told.alike].days for life in told.lives if len(life.moments) > told.alike]
    x = axis.x(min(days))
    anchor = "start" if x < WIDTH / 2 else "end"
    yield tag("path", class_="zero", d=f"M{x:.1f} 8V{FOOT + 8:g}")
    text = language.say("story.page.parts", day=language.day(told.parted))
    yield said("text", text, x=f"{x:.1f}", y=f"{FOOT + 20:g}", text_anchor=anchor)


def _key(told: Told, language: Language) -> str:
    """Return what the colours mean, of those there are."""
    states = dict.fromkeys(moment.now for life in told.lives for moment in life.moments)
    return tag("p", *(_state(state, language) for state in states), class_="key small")


def _state(state: str, language: Language) -> str:
    """Return the colour of a state with its word."""
    sample = tag("rect", width=34, height=12, fill=COLOURS[state])
    drawn = f'<svg viewBox="0 0 34 12" aria-hidden="true">{sample}</svg>'
    return tag("span", drawn, shown(word("states", state, language)))


def bar(share: Range, most: float) -> str:
    """Return a figure as a dot on a line from one end of its range to the other."""
    scale = (BAR - 2 * EDGE) / (most or 1.0)
    low, median, high = (EDGE + value * scale for value in (share.low, share.median, share.high))
    line = tag("path", d=f"M{low:.1f} {BAR_HEIGHT / 2:g}H{high:.1f}", stroke=GREY, stroke_width=f"{TOP:g}")
    dot = tag("circle", cx=f"{median:.1f}", cy=f"{BAR_HEIGHT / 2:g}", r=f"{TOP:g}", fill=INK)
    axis = tag("path", class_="axis", d=f"M{EDGE:g} 0V{BAR_HEIGHT:g}")
    view = f'viewBox="0 0 {BAR:g} {BAR_HEIGHT:g}"'
    return f'<svg {view} aria-hidden="true">{axis}{line}{dot}</svg>'
