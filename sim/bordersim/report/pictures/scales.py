"""The scales of finished axes as one artist: a matplotlib tick is five artists, most of them unused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import bordersim.report.pictures.setting  # noqa: F401 - before matplotlib

import numpy as np
from matplotlib.markers import TICKDOWN, TICKLEFT

from bordersim.report.pictures.style import INK, PALE, SMALL
from bordersim.report.pictures.texts import Word, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

TICK, GAP = 3.5, 3.5  # length of a tick, and from it to its number [points]
BELOW = TICK + GAP + 0.45 * SMALL  # to the middle of a number
OFFSET_BELOW = BELOW + 1.2 * SMALL


def scales_at_once(axes: Axes, grid: str) -> None:
    """Draw ticks, numbers, labels and grid of axes with final limits; their axis objects are hidden.

    Parameters
    ----------
    grid
        "x", "y" or "": the scale with grid lines.
    """
    east, north = axes.get_xaxis_transform(), axes.get_yaxis_transform()
    x, y = _ticks(axes.xaxis, axes.get_xlim()), _ticks(axes.yaxis, axes.get_ylim())
    marks: dict[str, Any] = {"linestyle": "", "color": INK, "markersize": TICK, "markeredgewidth": 0.8}
    marks |= {"clip_on": False, "scalex": False, "scaley": False, "zorder": 2.5}
    axes.plot(list(x), [0] * len(x), marker=TICKDOWN, transform=east, **marks)
    axes.plot([0] * len(y), list(y), marker=TICKLEFT, transform=north, **marks)
    Words(axes, list(_below(x, axes.xaxis)), east)
    Words(axes, [Word(text, 0, at, (-TICK - GAP, 0)) for at, text in y.items()], north)
    if grid == "y":
        axes.hlines(list(y), 0, 1, PALE, linewidth=0.7, transform=north, zorder=0.5)
    if grid == "x":
        axes.vlines(list(x), 0, 1, PALE, linewidth=0.7, transform=east, zorder=0.5)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_visible(False)


def _ticks(axis: Axis, limits: tuple[float, float]) -> dict[float, str]:
    """Return the numbers of an axis by place."""
    places = np.asarray(axis.get_majorticklocs(), dtype=np.float64)
    seen = places[(places >= min(limits)) & (places <= max(limits))].tolist()
    return dict(zip(seen, axis.get_major_formatter().format_ticks(seen), strict=True))


def _below(ticks: dict[float, str], axis: Axis) -> Iterator[Word]:
    """Yield the numbers under axes, and last their common part."""
    for at, text in ticks.items():
        yield Word(text, at, 0, (0, -BELOW), "center")
    common = axis.get_major_formatter().get_offset()
    yield Word(common, axis.get_view_interval()[1], 0, (0, -OFFSET_BELOW))
