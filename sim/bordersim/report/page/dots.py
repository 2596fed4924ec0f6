"""How sure: twenty dots for the difference of one figure, each as likely as the next (Kay et al. 2016)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.page.markup import picture, said, tag

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DOTS = 20
WIDTH, EDGE, DOT = 372.0, 14.0, 11.5
RADIUS, FOOT = 5.0, 22.0


def dotplot(title: str, differences: Floats, language: Language = ENGLISH, *, singly: bool = False) -> str:
    """Return a figure of dots for the differences within all histories; `singly` lets a script show each."""
    dots = np.quantile(differences, (np.arange(DOTS) + 0.5) / DOTS)
    low, high = min(0.0, float(dots[0])), max(0.0, float(dots[-1]))
    scale = (WIDTH - 2 * EDGE) / ((high - low) or 1.0)
    columns = np.rint((dots - low) * scale / DOT).astype(int)
    tallest = int(np.bincount(columns).max())
    base, zero = tallest * DOT + 4.0, EDGE - low * scale
    drawn = [
        *(_dot(EDGE + column * DOT, base - (place + 0.5) * DOT) for column, place in _stacked(columns)),
        tag("path", class_="axis", d=f"M{EDGE:g} {base:.1f}H{WIDTH - EDGE:g}"),
        tag("path", class_="zero", d=f"M{zero:.1f} 0V{base + 4:.1f}"),
        *_ends(low, high, zero, base, language),
    ]
    each = _each(differences, low, scale, base) if singly else ""
    ends = (language.rounded(float(end)) for end in (dots[0], dots[-1]))
    label = language.say("dots.label", title=title, dots=DOTS, low=next(ends), high=next(ends))
    shown = picture(WIDTH, base + FOOT, label, *drawn, each)
    return tag("figure", said("figcaption", title), shown, said("p", "", class_="one") if singly else "")


def _each(differences: Floats, low: float, scale: float, base: float) -> str:
    """Return the mark of one history, which a script moves along the values it carries."""
    values = " ".join(f"{value:.6g}" for value in differences.tolist())
    places = {"data_low": f"{low:g}", "data_scale": f"{scale:g}", "data_edge": f"{EDGE:g}"}
    return tag("path", class_="single", d=f"M0 0V{base + 4:.1f}", data_values=values, **places)


def _stacked(columns: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return the column of each dot and its place there, from below."""
    return [(int(column), int((columns[:i] == column).sum())) for i, column in enumerate(columns)]


def _dot(x: float, y: float) -> str:
    """Return one dot."""
    return tag("circle", class_="dot", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{RADIUS:g}")


def _ends(low: float, high: float, zero: float, base: float, language: Language) -> list[str]:
    """Return the numbers under the axis: both ends, and none in the place of zero."""
    y = f"{base + FOOT - 5:.1f}"
    texts = [said("text", language.say("dots.zero"), x=f"{zero:.1f}", y=y, text_anchor=_anchor(zero))]
    if low < 0 and zero > WIDTH / 2:
        texts.append(said("text", language.rounded(low), x=f"{EDGE:g}", y=y))
    if high > 0 and zero < WIDTH / 2:
        texts.append(said("text", language.rounded(high), x=f"{WIDTH - EDGE:g}", y=y, text_anchor="end"))
    return texts


def _anchor(x: float) -> str:
    """Return on which side of its place a text stands, so that it stays within the picture."""
    third = WIDTH / 3
    return "start" if x < third else "end" if x > 2 * third else "middle"
