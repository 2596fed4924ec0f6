"""Shared by all pictures: colours, sizes, the sentence on limits of use, and saving.

Figures are made without pyplot: no global state, so pictures may be drawn from several threads. Drawing is
imported by the functions that draw, since names and colours are also used by modules that draw nothing.
"""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bordersim.limits import LIMITS_OF_USE
from bordersim.report.pictures.titles import MODEL
from bordersim.report.pictures.units import POINTS_PER_INCH
from bordersim.results.store.files import new_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from PIL import Image

ATTRIBUTION = "© OpenStreetMap contributors (ODbL)"

# Okabe and Ito's palette: told apart with the common kinds of colour blindness, in print and on screen.
BLUE, VERMILLION, GREEN = "#0072B2", "#D55E00", "#009E73"
PURPLE, ORANGE, SKY = "#CC79A7", "#E69F00", "#56B4E9"
INK, GREY, PALE = "#222222", "#6E6E6E", "#D9D9D9"
COUNTRY_NAMES = {"LT": "Lithuania", "LV": "Latvia", "PL": "Poland", "all": "three together"}
SCENARIO_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
LINE_STYLES = ("-", "--", "-.", ":")

SMALL, NORMAL, LARGE = 10.0, 11.0, 13.0
DOTS_PER_INCH, COMPRESSION = 150, 3  # a harder one takes twice as long and saves a fifth
FOOTER_CHARACTERS_PER_IN = 12
LINE_HEIGHT = 1.2  # of the size of the letters
EDGE_IN = 0.1  # free at the edges of a picture


class Margins(NamedTuple):
    """Room around and between the axes of a picture [in]."""

    left: float
    right: float
    bottom: float
    top: float
    across: float = 0.0
    down: float = 0.0


def scenario_styles(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return a colour and a line style per scenario, so that colour is never the only difference."""
    colours, lines = SCENARIO_COLOURS, LINE_STYLES
    return {name: (colours[i % len(colours)], lines[i % len(lines)]) for i, name in enumerate(names)}


def in_key(name: str) -> str:
    """Return a scenario's name for the legend: matplotlib drops labels that begin with an underscore."""
    return f"\N{ZERO WIDTH SPACE}{name}" if name.startswith("_") else name


def new_figure(
    width_in: float, height_in: float, layout: Literal["constrained"] | None = "constrained"
) -> Figure:
    """Return an empty figure with room for the footer; without layout, axes stay in place.

    Measuring everything takes as long as drawing it: where the space is known, use `arrange`.
    """
    from matplotlib.figure import Figure

    from bordersim.report.pictures.canvas import QuickCanvas

    figure = Figure(figsize=(width_in, height_in), facecolor="white", layout=layout)
    QuickCanvas(figure)
    return figure


def new_axes(width_in: float, height_in: float) -> Axes:
    """Return the only axes of a new figure."""
    return new_figure(width_in, height_in).add_subplot()


def figure_of(axes: Axes) -> Figure:
    """Return the figure of axes."""
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes are in no figure")
    return figure


def arrange(figure: Figure, margins: Margins, rows: int = 1, columns: int = 1) -> None:
    """Place the axes of a grid."""
    width, height = figure.get_size_inches()
    left, right, bottom, top, across, down = margins
    each_width = (width - left - right - (columns - 1) * across) / columns
    each_height = (height - bottom - top - (rows - 1) * down) / rows
    figure.subplots_adjust(
        left=left / width,
        right=1 - right / width,
        bottom=bottom / height,
        top=1 - top / height,
        wspace=across / each_width,
        hspace=down / each_height,
    )


def lines_in(count: float, points: float = SMALL) -> float:
    """Return the height of a number of lines of text [in]."""
    return count * points * LINE_HEIGHT / POINTS_PER_INCH


def footer_of(width_in: float, *, attribution: bool = False, source: str = MODEL) -> str:
    """Return the footer wrapped to the width of a picture.

    Parameters
    ----------
    attribution
        Add the line that maps need.
    source
        What of the picture is model and what was published.
    """
    footer = fill(f"{source} {LIMITS_OF_USE}", int(width_in * FOOTER_CHARACTERS_PER_IN))
    return f"{footer}\nBorder and waters: {ATTRIBUTION}" if attribution else footer


def footer_in(width_in: float, *, attribution: bool = False, source: str = MODEL) -> float:
    """Return the height of the footer with the edge below it [in]."""
    return EDGE_IN + lines_in(footer_of(width_in, attribution=attribution, source=source).count("\n") + 1)


def tidy(axes: Axes) -> None:
    """Keep only the spines with a scale, and a light horizontal grid behind the data."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=SMALL, colors=INK)
    axes.grid(axis="y", color=PALE, linewidth=0.7)
    axes.set_axisbelow(True)


def save_figure(figure: Figure, path: Path, *, attribution: bool = False, source: str = MODEL) -> Path:
    """Write the picture with its footer, as in `footer_of`."""
    from bordersim.report.pictures.setting import own_style

    from PIL.PngImagePlugin import PngInfo

    footer = footer_of(figure.get_figwidth(), attribution=attribution, source=source)
    fixed: dict[str, Any] = {} if figure.get_layout_engine() else {"y": EDGE_IN / figure.get_figheight()}
    with own_style():
        figure.supxlabel(footer, x=0.01, ha="left", fontsize=SMALL, color=GREY, **fixed)
        image = _drawn(figure)
    texts = PngInfo()
    texts.add_text("Software", "bordersim")
    texts.add_text("Description", footer)
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_file(path) as file:
        image.save(file, "PNG", pnginfo=texts, compress_level=COMPRESSION, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return path


def _drawn(figure: Figure) -> Image.Image:
    """Return the figure in a palette of its own colours: visually the same, a third of the size."""
    import numpy as np

    from bordersim.report.pictures.canvas import QuickCanvas, in_palette

    figure.set_dpi(DOTS_PER_INCH)
    canvas: Any = QuickCanvas(figure)
    canvas.draw()
    image = in_palette(np.asarray(canvas.buffer_rgba()))
    canvas.renderer.forget()
    return image
