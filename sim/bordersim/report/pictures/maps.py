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

from bordersim.geo.places import load_stations, load_stretches
from bordersim.report.pictures.along import segment_means
from bordersim.report.pictures.barrier import KEY_TITLE, draw_barrier, standing_at_end, standing_text
from bordersim.report.pictures.landmarks import (
    draw_crossing_points,
    draw_scale,
    draw_stations,
    draw_stretch_ends,
    draw_towns,
    draw_waters,
    frame_land,
    pieces,
    short_name,
    sign_handles,
)
from bordersim.report.pictures.style import (
    EDGE_IN,
    GREY,
    LARGE,
    NORMAL,
    PALE,
    SMALL,
    VERMILLION,
    new_axes,
    new_figure,
    save_figure,
)
from bordersim.report.pictures.texts import Word, Words

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

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
LABEL_AT = -5.0  # names of the bars [points from the axis]
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
    frame_land(axes)
    draw_waters(axes)
    segments = result if isinstance(result, pd.DataFrame) else result.segments
    _draw_attempts(axes, attempts_per_km(segments))
    barrier_signs = draw_barrier(axes, segments)
    draw_stretch_ends(axes)
    draw_stations(axes)
    draw_crossing_points(axes)
    draw_towns(axes)
    draw_scale(axes)
    _draw_key(axes)
    if barrier_signs:
        _draw_legend(axes, barrier_signs, BARRIER_AT, KEY_TITLE)
    if segments is not result:
        text = standing_text(standing_at_end(result))
        axes.text(*STANDING_AT, text, transform=axes.transAxes, va="top", fontsize=SMALL)
    return axes


def stretch_plot(stretches: pd.DataFrame, *, axes: Axes | None = None) -> Axes:
    """Draw attempts and entries by stretch from north to south, mean over replicates."""
    axes = axes or new_axes(6, 10)
    means = stretches.groupby("stretch", sort=False)[["attempts", "unstopped_entries"]].mean()
    names, labels = zip(*numbered_stretches(), strict=True)
    means = means.reindex(list(names)).fillna(0)
    lines = np.arange(len(means))
    axes.barh(lines, means["attempts"], color=PALE, edgecolor=GREY, label="attempts")
    axes.barh(
        lines,
        means["unstopped_entries"],
        height=0.45,
        color=VERMILLION,
        label="of them unstopped",
    )
    axes.set_yticks([])
    words = [Word(label, 0, line, (LABEL_AT, 0)) for line, label in enumerate(labels)]
    Words(axes, words, axes.get_yaxis_transform())
    axes.set_ylim(len(means) - 0.4, -0.6)
    axes.grid(axis="x", color=PALE, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel(
        "attempts in the period, mean of the runs\n* assumed: station boundaries are not published"
    )
    # Above the bars: within them there is no corner that stays free in every scenario.
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1), ncols=2, frameon=False, fontsize=SMALL)
    return axes


@own_style()
def save_map(path: Path, result: Any) -> Path:
    """Save the map with the bars by stretch beside it."""
    figure = new_figure(*MAP_SIZE_IN, layout=None)
    left, right = (figure.add_axes(_share(place)) for place in PLACES_IN)
    border_map(result, axes=left)
    stretch_plot(result.stretches, axes=right)
    right.set_title("By stretch, from north to south", fontsize=NORMAL, loc="left", y=1, pad=TITLE_PAD)
    figure.suptitle(_title(result), x=0.01, y=1 - EDGE_IN / MAP_SIZE_IN[1], ha="left", fontsize=LARGE)
    return save_figure(figure, path, attribution=True)


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


def numbered_stretches() -> list[tuple[str, str]]:
    """Return names and labels of all stretches from north to south; stations by their number on the map."""
    stretches = load_stretches()
    latvian = [s for s in stretches if s.country == "LV"][::-1]
    others = [s for s in stretches if s.country != "LV"]
    numbers = {station.name: number for number, station in enumerate(load_stations(), start=1)}
    return [
        (s.name, f"{s.name}  {numbers[s.name]}" if s.name in numbers else short_name(s.name))
        for s in (*latvian, *others)
    ]


def _draw_attempts(axes: Axes, places: pd.DataFrame) -> None:
    """Draw each piece in the colour and width of its class; higher ones on top."""
    for country, rows in places.groupby("country"):
        lines = pieces(str(country), rows["from_km"].to_numpy(), rows["to_km"].to_numpy())
        classes = np.searchsorted(CLASS_LIMITS, rows["attempts_per_km"], side="right")
        for rank, (colour, width) in enumerate(zip(CLASS_COLOURS, CLASS_WIDTHS, strict=True)):
            drawn = LineCollection(list(lines[classes == rank]), colors=[colour], linewidths=width)
            drawn.set(capstyle="round", zorder=2 + rank / 10)
            axes.add_collection(drawn, autolim=False)


def _draw_key(axes: Axes) -> None:
    """Draw the legend."""
    classes = [
        Line2D([], [], color=colour, linewidth=width, label=name)
        for name, colour, width in zip(CLASS_NAMES, CLASS_COLOURS, CLASS_WIDTHS, strict=True)
    ]
    _draw_legend(axes, classes, CLASSES_AT, "Attempts per km in the period")
    _draw_legend(axes, sign_handles(), SIGNS_AT, "Other symbols")


def _draw_legend(axes: Axes, handles: list[Line2D], at: tuple[float, float], title: str) -> None:
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


def _title(result: Any) -> str:
    """Return the title: what the map shows, of which scenario, when."""
    period = result.scenario.config.period
    days = " to ".join(f"{day.day} {day:%B %Y}" for day in (period.start, period.end))
    mean = f"mean of {result.replicates} {result.repetitions}"
    return f"{result.label}: attempts along the border, {days}\n{mean}"
