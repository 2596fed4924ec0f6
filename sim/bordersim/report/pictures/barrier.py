"""The barrier on the map: lines beside the border, as wide as the share of replicates that have it there.

Each replicate draws anew where wire and fence are built, so no place has them for certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import bordersim.report.pictures.setting  # noqa: F401 - before matplotlib

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from bordersim.inputs.schema.dated import by_day_linear
from bordersim.report.pictures.along import beside, means_between, segment_means
from bordersim.report.pictures.style import COUNTRY_NAMES, GREEN, INK

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_SHARE = 0.05  # of replicates; below, chance alone would sprinkle the line
LEAST_WIDTH, FULL_WIDTH = 0.8, 2.8  # where it stands in almost no and in every replicate [points]
POINTS_PER_DASH = 5
KEY_SHARES = {1.0: "in all runs", 0.25: "in a quarter of them"}
KEY_TITLE = (
    "Beside the line: barrier on the last day\n"
    f"Width: share of runs (below {100 * LEAST_SHARE:.0f} %: none);\n"
    "omitted in sharp bends"
)


class Kind(NamedTuple):
    """How a kind of barrier is drawn: distance from the line, dashes `dash_km` long, one every `every_km`."""

    column: str
    name: str
    colour: str
    away_km: float
    every_km: float
    dash_km: float


KINDS = (
    Kind("wired", "wire", GREEN, away_km=3.6, every_km=5.0, dash_km=3.0),
    Kind("fenced", "fence", INK, away_km=5.6, every_km=1.0, dash_km=1.0),
)


class Standing(NamedTuple):
    """The barrier of one border at the end of the period [km]."""

    wire_km: float
    fence_km: float
    surveillance_km: float


def draw_barrier(axes: Axes, segments: pd.DataFrame) -> list[Line2D]:
    """Draw wire and fence on the EU side of the line; return their handles for the legend.

    Parameters
    ----------
    segments
        Rows of replicate, segment, country, from_km, to_km; each kind without its column is left out.
    """
    drawn = [kind for kind in KINDS if kind.column in segments]
    for kind in drawn:
        for country, rows in segment_means(segments, kind.column).groupby("country"):
            axes.add_collection(barrier_line(str(country), kind, rows), autolim=False)
    return [_sign(kind, share) for kind in drawn for share in KEY_SHARES]


def barrier_line(country: str, kind: Kind, rows: pd.DataFrame) -> LineCollection:
    """Return the dashes beside one border, each as wide as the share of replicates along it."""
    starts, stops, share = dashes(kind, rows)
    seen = share >= LEAST_SHARE
    chainage = np.linspace(starts[seen], stops[seen], POINTS_PER_DASH, axis=1)
    lines = LineCollection(
        list(beside(country, chainage, kind.away_km)), colors=[kind.colour], linewidths=width(share[seen])
    )
    lines.set(label=kind.name, zorder=2, capstyle="butt" if kind.dash_km < kind.every_km else "round")
    return lines


def dashes(kind: Kind, rows: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    """Return the ends [km] of the dashes along one border, and the share of replicates in each."""
    ends = np.r_[rows["from_km"].iloc[0], rows["to_km"]]
    starts = np.arange(ends[0], ends[-1], kind.every_km)
    stops = np.minimum(starts + kind.dash_km, ends[-1])
    return starts, stops, means_between(starts, stops, ends, rows[kind.column].to_numpy())


def width(share: Floats | float) -> Any:
    """Return the line width for a barrier present in this share of the replicates [points]."""
    return LEAST_WIDTH + (FULL_WIDTH - LEAST_WIDTH) * share


def standing_at_end(result: Any) -> dict[str, Standing]:
    """Return the kilometres of barrier at each border on the last day."""
    config = result.scenario.config
    return {
        country: Standing(*(_standing_km(config, country, kind) for kind in Standing._fields))
        for country in ("LT", "LV", "PL")
    }


def standing_text(standing: dict[str, Standing]) -> str:
    """Return the kilometres of barrier at the end of the period, one line per border."""
    lines = [
        f"{COUNTRY_NAMES[country]}: wire {km.wire_km:,.0f}, fence {km.fence_km:,.0f}, "
        f"under cameras {km.surveillance_km:,.0f}"
        for country, km in standing.items()
    ]
    return "\n".join(
        [
            "Built by the last day [km]; where wire and fence",
            "are is drawn at random in each run",
            *lines,
        ]
    )


def _standing_km(config: Any, country: str, kind: str) -> float:
    """Return the kilometres of one kind on the last day of the period."""
    points = getattr(config.build[country], kind)
    return float(by_day_linear(points, config.period.end, 1)[0])


def _sign(kind: Kind, share: float) -> Line2D:
    """Return a line of this kind and share for the legend."""
    solid = kind.dash_km == kind.every_km
    return Line2D(
        [],
        [],
        color=kind.colour,
        linewidth=width(share),
        linestyle="-" if solid else (0, (1.5, 1)),
        label=f"{kind.name} {KEY_SHARES[share]}",
    )
