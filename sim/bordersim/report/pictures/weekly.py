"""Attempts by stretch in time: a moving picture week by week, and small maps month by month, on one scale.

By stretch and week is the finest that is told; who got in is told of the whole period alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any, NamedTuple

from bordersim.report.pictures.setting import own_style

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D

from bordersim.geo.places import load_stretches
from bordersim.report.pictures.landmarks import COUNTRY_PLACES, frame_land, pieces, project
from bordersim.report.pictures.shown import save_shown
from bordersim.report.pictures.style import (
    GREY,
    INK,
    LARGE,
    NORMAL,
    PALE,
    SMALL,
    footer_in,
    footer_of,
    new_figure,
    save_figure,
)
from bordersim.report.pictures.titles import Said, in_width
from bordersim.results.spans import Retraced, Spans
from bordersim.results.store.files import new_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray
    from PIL import Image

    Floats = NDArray[np.float64]
    Progress = Callable[[int, int], None]

LIMITS = (0.1, 0.3, 1.0, 3.0)  # attempts a day and km, between classes
NAMES = ("below 0.1", "0.1 to 0.3", "0.3 to 1", "1 to 3", "3 and more")
COLOURS = ("#8A8A8A", *(to_hex(colormaps["YlOrRd"](share)) for share in (0.35, 0.55, 0.75, 1.0)))
WIDTHS = (1.6, 2.6, 3.8, 5.2, 7.0)
KEY_TITLE = "Attempts a day and km"
WEBP, GIF = "webp", "gif"
FORMATS = (WEBP, GIF)
FRAME_MS, LAST_MS, QUALITY, COLOURS_OF_GIF, EFFORT = 400, 2000, 75, 255, 4
MAP_IN, HEAD_IN, KEY_IN, MOVING_DOTS = (4.8, 6.2), 1.5, 0.55, 100
SMALL_IN, SMALL_HEAD_IN, SMALL_TITLE_IN, MOST_ACROSS = (1.75, 2.4), 1.3, 0.3, 8
SMALL_LEFT_IN, LEAST_WIDTH_IN = 0.25, 10.5  # free at the left; width that title and key need
THINNER = 0.5  # lines of small maps
CHARACTERS = 44  # of a scenario's title over a map


class Moving(NamedTuple):
    """What moves in one map."""

    lines: LineCollection
    by_km: Floats  # week, stretch


@own_style()
def save_moving(
    path: Path, there: Sequence[Retraced], weeks: Spans, said: Said, progress: Progress | None = None
) -> Path:
    """Save the weeks of each scenario side by side as one moving picture, and their numbers beside it.

    Parameters
    ----------
    path
        Ends in .webp or .gif.
    progress
        Called with the number of frames drawn and the total.
    """
    figure, maps, told, bar = _stage(there, said)
    frames = []
    for week, last in enumerate(weeks.lasts):
        _show(maps, week)
        first = weeks.starts[week]
        told.set_text(f"{first.day} {first:%B} to {last.day} {last:%B %Y}")
        bar.set_xdata([0, (week + 1) / len(weeks.starts)])
        frames.append(_frame(figure))
        if progress:
            progress(week + 1, len(weeks.starts))
    _write(path, frames)
    return save_shown(path, shown_spans([(each.scenario, each.weeks) for each in there], weeks))


@own_style()
def save_months(path: Path, there: Sequence[Retraced], months: Spans, said: Said) -> Path:
    """Save small maps of each month, a row for each scenario, and their numbers beside it."""
    columns = min(MOST_ACROSS, len(months.starts))
    blocks = -(-len(months.starts) // columns)
    width = max(SMALL_IN[0] * columns + SMALL_LEFT_IN, LEAST_WIDTH_IN)
    source, titles = said.footer(), SMALL_TITLE_IN * blocks * len(there)
    below = footer_in(width, attribution=True, source=source)
    height = SMALL_HEAD_IN + SMALL_IN[1] * blocks * len(there) + titles + below
    figure = new_figure(width, height, layout=None)
    grid = figure.subplots(blocks * len(there), columns, squeeze=False)
    bounds: dict[str, float] = {
        "left": SMALL_LEFT_IN / width,
        "right": 1,
        "bottom": below / height,
        "wspace": 0,
    }
    figure.subplots_adjust(**bounds, top=1 - (SMALL_HEAD_IN + SMALL_TITLE_IN) / height, hspace=0.16)
    for month, start in enumerate(months.starts):
        block, column = divmod(month, columns)
        for row, each in enumerate(there):
            axes = grid[block * len(there) + row, column]
            _small(axes, each.months[month])
            axes.set_title(f"{start:%b %Y}", fontsize=SMALL, y=0.97)
            if column == 0:
                axes.text(0.04, 1.1, said.title(each.scenario), transform=axes.transAxes, fontsize=NORMAL)
    for axes in grid.ravel():
        axes.axis("off")
    count = f"mean of {there[0].replicates} {said.repetitions}, simulated again"
    _head(figure, f"Where do people try to cross, month by month?\nBy stretch, {said.period}: {count}", width)
    save_figure(figure, path, attribution=True, source=source)
    return save_shown(path, shown_spans([(each.scenario, each.months) for each in there], months))


def shown_spans(there: Sequence[tuple[str, Floats]], spans: Spans) -> pd.DataFrame:
    """Return the attempts a day of each scenario, week or month, and stretch."""
    stretches = load_stretches()
    keys = {
        "from": np.repeat(np.array(spans.starts, dtype="datetime64[D]"), len(stretches)),
        "to": np.repeat(np.array(spans.lasts, dtype="datetime64[D]"), len(stretches)),
        "stretch": [each.name for each in stretches] * len(spans.starts),
        "country": [each.country for each in stretches] * len(spans.starts),
    }
    parts = (
        pd.DataFrame({"scenario": name, **keys, "attempts_per_day": values.ravel()}) for name, values in there
    )
    return pd.concat(parts, ignore_index=True)


def _stage(there: Sequence[Retraced], said: Said) -> tuple[Figure, list[Moving], Any, Line2D]:
    """Return the figure with everything that stays, its maps, its date, and how far the days have come."""
    width = MAP_IN[0] * max(2, len(there))
    footer = footer_of(width, attribution=True, source=said.footer())
    below = footer_in(width, attribution=True, source=said.footer()) + KEY_IN
    height = HEAD_IN + MAP_IN[1] + below
    figure = new_figure(width, height, layout=None)
    figure.set_dpi(MOVING_DOTS)
    maps = []
    for i, each in enumerate(there):
        place = (i / len(there), below / height, 1 / len(there), MAP_IN[1] / height)
        axes = figure.add_axes(place)
        lines = _draw_lines(axes, 1.0)
        title = fill(said.title(each.scenario), CHARACTERS)
        axes.text(0.03, 1, title, transform=axes.transAxes, fontsize=NORMAL, va="bottom", weight="bold")
        maps.append(Moving(lines, each.weeks / _lengths_km()))
    count = f"mean of {there[0].replicates} {said.repetitions}, simulated again"
    _head(figure, f"Where do people try to cross, week by week?\nBy stretch: {count}", width)
    figure.text(0.01, 0.06 / height, footer, fontsize=SMALL, color=GREY, va="bottom")
    told = figure.text(0.03, (below - KEY_IN / 2) / height, "", fontsize=LARGE, weight="bold")
    at = [(below - KEY_IN) / height] * 2
    bar = Line2D([0, 0], at, transform=figure.transFigure, color=INK, linewidth=4, solid_capstyle="butt")
    figure.add_artist(bar)
    return figure, maps, told, bar


def _head(figure: Figure, title: str, width: float) -> None:
    """Write the title, and below it what colours mean."""
    height = figure.get_figheight()
    figure.suptitle(in_width(title, width), x=0.01, y=1 - 0.15 / height, ha="left", fontsize=LARGE)
    key = [
        Line2D([], [], color=colour, linewidth=line, label=name)
        for name, colour, line in zip(NAMES, COLOURS, WIDTHS, strict=True)
    ]
    corner = (0.005, 1 - 0.65 / height)
    style: dict[str, Any] = {"frameon": False, "fontsize": SMALL, "borderaxespad": 0.0, "columnspacing": 1.2}
    legend = figure.legend(
        handles=[Line2D([], [], linestyle="", label=KEY_TITLE), *key],
        loc="upper left",
        bbox_to_anchor=corner,
        ncols=len(key) + 1,
        handlelength=1.6,
        **style,
    )
    legend.set_alignment("left")


def _draw_lines(axes: Axes, thickness: float) -> LineCollection:
    """Draw the land and a line for each stretch, whose colours and widths are set later."""
    frame_land(axes)
    for name, place in COUNTRY_PLACES.items():
        east, north = project(*place)
        size = LARGE * thickness
        axes.text(float(east), float(north), name, color=PALE, fontsize=size, weight="bold", ha="center")
    ends = ((each.country, np.array([each.from_km]), np.array([each.to_km])) for each in load_stretches())
    lines = LineCollection([pieces(*each)[0] for each in ends], capstyle="butt", zorder=2)
    axes.add_collection(lines, autolim=False)
    return lines


def _small(axes: Axes, attempts: Floats) -> None:
    """Draw one small map."""
    lines = _draw_lines(axes, THINNER)
    _colour(lines, attempts / _lengths_km(), THINNER)


def _show(maps: Sequence[Moving], week: int) -> None:
    """Set every map to a week."""
    for each in maps:
        _colour(each.lines, each.by_km[week], 1.0)


def _colour(lines: LineCollection, by_km: Floats, thickness: float) -> None:
    """Give each stretch the colour and width of its class."""
    classes = np.searchsorted(LIMITS, by_km, side="right")
    lines.set_color([COLOURS[each] for each in classes])
    lines.set_linewidth([WIDTHS[each] * thickness for each in classes])


def _lengths_km() -> Floats:
    """Return how long each stretch is [km]."""
    return np.array([each.to_km - each.from_km for each in load_stretches()])


def _frame(figure: Figure) -> Image.Image:
    """Return the figure as it is now."""
    from PIL import Image

    canvas: Any = figure.canvas
    canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())


def _write(path: Path, frames: Sequence[Image.Image]) -> None:
    """Write the frames; the last stays longer, and the first comes again."""
    from PIL.Image import Dither

    times = [FRAME_MS] * (len(frames) - 1) + [LAST_MS]
    how: dict[str, Any] = {"save_all": True, "duration": times, "loop": 0}
    if path.suffix == f".{GIF}":
        frames = [frame.quantize(COLOURS_OF_GIF, dither=Dither.NONE) for frame in frames]
    else:
        how |= {"quality": QUALITY, "method": EFFORT}
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_file(path) as file:
        frames[0].save(file, path.suffix[1:].upper(), append_images=frames[1:], **how)
