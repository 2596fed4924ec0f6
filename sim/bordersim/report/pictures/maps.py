"""The map of the border: attempts along the line, stations, crossing points, barriers.

Attempts are shown by segment; entries only by stretch, beside the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.setting import own_style

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.legend import Legend
from matplotlib.lines import Line2D

from bordersim.report.pictures.along import segment_means
from bordersim.report.pictures.barrier import KEY_TITLE, draw_barrier, standing_at_end, standing_text
from bordersim.report.pictures.landmarks import draw_land, pieces, sign_handles
from bordersim.report.pictures.shown import save_shown
from bordersim.report.pictures.stretches import ROOM, shown_stretches, stretch_plot, stretch_spread
from bordersim.report.pictures.style import (
    EDGE_IN,
    GREY,
    LARGE,
    NORMAL,
    SMALL,
    new_axes,
    new_figure,
    save_figure,
)
from bordersim.report.pictures.titles import Said, in_width, period_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLASS_LIMITS = (2.0, 10.0, 25.0, 50.0, 100.0, 200.0)  # attempts per km over the period
CLASS_NAMES = ("below 2", "2 to 10", "10 to 25", "25 to 50", "50 to 100", "100 to 200", "200 and more")
CLASS_WIDTHS = (1.0, 1.8, 2.6, 3.4, 4.4, 5.4, 6.4)
CLASS_COLOURS = (GREY, *(to_hex(colormaps["YlOrRd"](share)) for share in (0.22, 0.4, 0.55, 0.7, 0.84, 1.0)))
MAP_SIZE_IN = (14.0, 12.0)
PLACES_IN = (
    (0.2, 1.25, 7.4, 9.7),
    (9.1, 1.25, 4.55, 9.7),
)  # of the map and of the bars: corner, width, height
PIECE_KM, ROUNDING = 1.0, 1e-6
UNSAID = Said()
TITLE_PAD = 26.0  # over the legend of the bars [points]
# Upper left corners of the blocks of the key, in widths and heights of the axes.
CLASSES_AT, SIGNS_AT, BARRIER_AT, STANDING_AT = (0.55, 0.36), (0.55, 0.18), (-0.01, 1.0), (-0.003, 0.855)


def border_map(result: Any, *, axes: Axes | None = None) -> Axes:
    """Draw the three borders with attempts along and barrier beside them, stations, crossing points, towns.

    Parameters
    ----------
    result
        A result, or its frame of segments: replicate, segment, country, from_km, to_km, attempts and, for
        the barrier, wired and fenced.
    """
    axes = axes or new_axes(9, 12)
    draw_land(axes)
    segments = result if isinstance(result, pd.DataFrame) else result.segments
    _draw_attempts(axes, attempts_per_km(segments))
    barrier_signs = draw_barrier(axes, segments)
    _draw_key(axes)
    if barrier_signs:
        draw_legend(axes, barrier_signs, BARRIER_AT, KEY_TITLE)
    if segments is not result:
        text = standing_text(standing_at_end(result))
        axes.text(*STANDING_AT, text, transform=axes.transAxes, va="top", fontsize=SMALL)
    return axes


def most_attempts(results: Sequence[Any]) -> float:
    """Return the end of the scale of bars that maps of these results share."""
    highest = (stretch_spread(result.stretches)["attempts_q95"].max() for result in results)
    return max([*map(float, highest), 1.0]) * ROOM


@own_style()
def save_map(path: Path, result: Any, said: Said = UNSAID, most: float | None = None) -> Path:
    """Save the map with the bars by stretch beside it, and their numbers in a CSV file.

    Parameters
    ----------
    said
        Titles of the scenarios, the days, the values set on top.
    most
        End of the scale of the bars [attempts], which maps to be compared share.
    """
    figure, (left, right) = map_and_bars()
    border_map(result, axes=left)
    stretch_plot(result.stretches, axes=right)
    right.set_xlim(0, most or most_attempts([result]))
    title = f"Where do people try to cross? {said.title(result.label)}\n{_what(result, said)}"
    head_map(figure, right, title)
    save_figure(figure, path, attribution=True, source=said.footer())
    return save_shown(path, shown_stretches(result.stretches, scenario=result.label))


def map_and_bars() -> tuple[Figure, tuple[Axes, Axes]]:
    """Return an empty figure with axes for a map and for bars beside it."""
    figure = new_figure(*MAP_SIZE_IN, layout=None)
    left, right = (figure.add_axes(_share(place)) for place in PLACES_IN)
    return figure, (left, right)


def head_map(figure: Figure, bars: Axes, title: str) -> None:
    """Write the titles of a map and of its bars."""
    bars.set_title("By stretch, from north to south", fontsize=NORMAL, loc="left", y=1, pad=TITLE_PAD)
    text = in_width(title, MAP_SIZE_IN[0])
    figure.suptitle(text, x=0.01, y=1 - EDGE_IN / MAP_SIZE_IN[1], ha="left", fontsize=LARGE)


def _share(place_in: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return a place in shares of the picture."""
    width, height = MAP_SIZE_IN
    left, bottom, across, up = place_in
    return left / width, bottom / height, across / width, up / height


def attempts_per_km(segments: pd.DataFrame) -> pd.DataFrame:
    """Return country, from_km, to_km and attempts_per_km of each piece: the period's mean of replicates.

    A piece is a segment, or the segments within a kilometre: shorter ones would be wider than long,
    and the busiest would hide the others.
    """
    places = segment_means(segments, "attempts")
    piece = np.floor(places["from_km"] / PIECE_KM + ROUNDING).rename("piece")
    sums = {"from_km": "min", "to_km": "max", "attempts": "sum"}
    merged = places.groupby(["country", piece], sort=False).agg(sums).reset_index()
    per_km = merged["attempts"] / (merged["to_km"] - merged["from_km"])
    return merged[["country", "from_km", "to_km"]].assign(attempts_per_km=per_km)


def _draw_attempts(axes: Axes, places: pd.DataFrame) -> None:
    """Draw each piece in the colour and width of its class; higher ones on top."""
    classes = np.searchsorted(CLASS_LIMITS, places["attempts_per_km"], side="right")
    draw_classes(axes, places.assign(rank=classes), CLASS_COLOURS, CLASS_WIDTHS)


def draw_classes(axes: Axes, places: pd.DataFrame, colours: Sequence[str], widths: Sequence[float]) -> None:
    """Draw pieces of the borders in the colour and width of their `rank`; wider ones on top."""
    for country, rows in places.groupby("country"):
        lines = pieces(str(country), rows["from_km"].to_numpy(), rows["to_km"].to_numpy())
        for rank, (colour, width) in enumerate(zip(colours, widths, strict=True)):
            chosen = list(lines[rows["rank"].to_numpy() == rank])
            drawn = LineCollection(chosen, colors=[colour], linewidths=width)
            drawn.set(capstyle="round", zorder=2 + width / max(widths) / 2)
            axes.add_collection(drawn, autolim=False)


def _draw_key(axes: Axes) -> None:
    """Draw the legend."""
    draw_class_key(axes, CLASS_NAMES, CLASS_COLOURS, CLASS_WIDTHS, "Attempts per km in the period")
    draw_legend(axes, sign_handles(), SIGNS_AT, "Other symbols")


def draw_class_key(
    axes: Axes, names: Sequence[str], colours: Sequence[str], widths: Sequence[float], title: str
) -> None:
    """Draw what colours and widths mean."""
    classes = [
        Line2D([], [], color=colour, linewidth=width, label=name)
        for name, colour, width in zip(names, colours, widths, strict=True)
    ]
    draw_legend(axes, classes, CLASSES_AT, title)


def draw_legend(axes: Axes, handles: list[Line2D], at: tuple[float, float], title: str) -> None:
    """Draw one block of the legend, with its upper left corner at this place of the axes."""
    legend = Legend(
        axes,
        handles,
        [str(handle.get_label()) for handle in handles],
        title=title,
        loc="upper left",
        bbox_to_anchor=at,
        frameon=False,
        fontsize=SMALL,
        title_fontsize=SMALL,
        alignment="left",
        handlelength=2.4,
        labelspacing=0.35,
        borderaxespad=0,
    )
    axes.add_artist(legend)


def _what(result: Any, said: Said) -> str:
    """Return what the map shows, and when."""
    period = result.scenario.config.period
    days = said.period or period_text(period.start, period.end)
    return f"Attempts along the border, {days}: mean of {result.replicates} {result.repetitions}"
