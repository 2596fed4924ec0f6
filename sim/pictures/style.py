"""What all pictures share: colours, sizes, the sentence on limits of use, and how they are saved.

Figures are made without pyplot: no global state, so pictures may be drawn from several threads. What draws is
imported by the functions that draw, since names and colours are wanted by many that draw nothing.
"""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from sim.limits import LIMITS_OF_USE

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
COUNTRY_NAMES = {"LT": "Lithuania", "LV": "Latvia", "PL": "Poland", "all": "all three"}
SCENARIO_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
LINE_STYLES = ("-", "--", "-.", ":")

SMALL, NORMAL, LARGE = 10.0, 11.0, 13.0
DOTS_PER_INCH, PALETTE_COLOURS, COMPRESSION = 150, 256, 6  # a harder one takes seven times as long
FOOTER_CHARACTERS_PER_IN = 12


def scenario_styles(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Give each scenario its colour and its kind of line, so that colour is never the only sign."""
    colours, lines = SCENARIO_COLOURS, LINE_STYLES
    return {name: (colours[i % len(colours)], lines[i % len(lines)]) for i, name in enumerate(names)}


def new_figure(width_in: float, height_in: float) -> Figure:
    """Return an empty figure on the Agg canvas, laid out above the place of the footer."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width_in, height_in), facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def new_axes(width_in: float, height_in: float) -> Axes:
    """Return the only axes of a new figure."""
    return new_figure(width_in, height_in).add_subplot()


def figure_of(axes: Axes) -> Figure:
    """Return the whole figure that axes stand in."""
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes are in no figure")
    return figure


def tidy(axes: Axes) -> None:
    """Keep only the spines that carry a scale, and a light horizontal grid behind the data."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=SMALL, colors=INK)
    axes.grid(axis="y", color=PALE, linewidth=0.7)
    axes.set_axisbelow(True)


def save_figure(figure: Figure, path: Path, *, attribution: bool = False) -> Path:
    """Write the picture with its footer; `attribution` adds the line that maps need."""
    from PIL.PngImagePlugin import PngInfo

    footer = fill(LIMITS_OF_USE, int(figure.get_figwidth() * FOOTER_CHARACTERS_PER_IN))
    footer += f"\nBorder and waters: {ATTRIBUTION}" if attribution else ""
    figure.supxlabel(footer, x=0.01, ha="left", fontsize=SMALL, color=GREY)
    texts = PngInfo()
    texts.add_text("Software", "bordersim")
    texts.add_text("Description", footer)
    path.parent.mkdir(parents=True, exist_ok=True)
    _drawn(figure).save(path, pnginfo=texts, compress_level=COMPRESSION, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return path


def _drawn(figure: Figure) -> Image.Image:
    """Return the figure in a palette of its own colours: nobody sees the difference, a third of the size."""
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    figure.set_dpi(DOTS_PER_INCH)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    return image.quantize(PALETTE_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
