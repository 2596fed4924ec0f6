"""The maps of a run or a comparison: one of each scenario on shared scales, and one of each difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordersim.report.pictures.setting import own_style

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.colors import to_hex

from bordersim.report.pictures.landmarks import draw_land, sign_handles
from bordersim.report.pictures.maps import (
    SIGNS_AT,
    attempts_per_km,
    draw_class_key,
    draw_classes,
    draw_legend,
    head_map,
    map_and_bars,
    most_attempts,
    save_map,
)
from bordersim.report.pictures.shown import save_shown
from bordersim.report.pictures.stretches import shown_stretches, stretch_differences_plot
from bordersim.report.pictures.style import GREY, new_axes, save_figure
from bordersim.report.pictures.titles import Said
from bordersim.results.store.for_plots import stretch_differences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from bordersim.results.store.for_plots import Drawn

LIMITS = (-50.0, -10.0, -2.0, 2.0, 10.0, 50.0)  # of classes: attempts per km over the period
NAMES = (
    *("over 50 fewer", "10 to 50 fewer", "2 to 10 fewer"),
    "less than 2 either way",
    *("2 to 10 more", "10 to 50 more", "over 50 more"),
)
WIDTHS = (6.0, 4.2, 2.8, 1.4, 2.8, 4.2, 6.0)
# Neither side is good or bad: purple and orange, told apart with the common kinds of colour blindness.
SHARES_OF_SCALE = (1.0, 0.84, 0.7, 0.5, 0.3, 0.17, 0.05)
COLOURS = tuple(
    GREY if share == SHARES_OF_SCALE[3] else to_hex(colormaps["PuOr"](share)) for share in SHARES_OF_SCALE
)


def save_maps(paths: Sequence[Path], differences: Sequence[Path], results: Sequence[Drawn]) -> list[Path]:
    """Save the map of each result, the reference first, and of the difference of each other to it.

    Parameters
    ----------
    paths, differences
        Where the map of each result goes, and that of each difference.
    """
    said, most = Said.of(results), most_attempts(results)
    saved = [save_map(path, result, said, most) for path, result in zip(paths, results, strict=True)]
    for path, result in zip(differences, results[1:], strict=True):
        saved.append(save_difference(path, results[0], result, said))
    return saved


@own_style()
def save_difference(path: Path, reference: Drawn, result: Drawn, said: Said) -> Path:
    """Save the map of a difference with bars by stretch beside it, and their numbers in a CSV file."""
    stretches = stretch_differences(reference.result, result.result)
    figure, (left, right) = map_and_bars()
    difference_map(reference.segments, result.segments, axes=left)
    stretch_differences_plot(stretches, axes=right)
    pair = said.title(result.label), said.title(reference.label)
    title = "Where are there more attempts, and where fewer, in “{}” than in “{}”?\n{}"
    of = f"{said.period}: {result.replicates} {result.repetitions}"
    what = f"{of}; the line: differences of means, the bars: medians of differences"
    head_map(figure, right, title.format(*pair, what))
    save_figure(figure, path, attribution=True, source=said.footer())
    return save_shown(path, shown_stretches(stretches, reference=reference.label, scenario=result.label))


def difference_map(reference: pd.DataFrame, segments: pd.DataFrame, *, axes: Axes | None = None) -> Axes:
    """Draw where there are more attempts along the line than in the reference, and where fewer.

    Parameters
    ----------
    reference, segments
        Rows of replicate, segment, country, from_km, to_km and attempts; the segments are the same.
    """
    axes = axes or new_axes(9, 12)
    draw_land(axes)
    before, after = attempts_per_km(reference), attempts_per_km(segments)
    change = after["attempts_per_km"].to_numpy() - before["attempts_per_km"].to_numpy()
    ranks = np.searchsorted(LIMITS, change, side="right")
    draw_classes(axes, after.assign(rank=ranks), COLOURS, WIDTHS)
    draw_class_key(axes, NAMES[::-1], COLOURS[::-1], WIDTHS[::-1], "Attempts per km in the period")
    draw_legend(axes, sign_handles(), SIGNS_AT, "Other symbols")
    return axes
