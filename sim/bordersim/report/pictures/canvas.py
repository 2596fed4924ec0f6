"""Fast text rendering with Pillow: a text is drawn at once, and cached.

matplotlib draws text glyph by glyph, which takes longer than the rest of a picture of many numbers.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import bordersim.report.pictures.setting  # noqa: F401 - before matplotlib

import numpy as np
from matplotlib import rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties, findfont
from PIL import Image, ImageDraw, ImageFont

from bordersim.report.pictures.units import POINTS_PER_INCH
from bordersim.words.escaping import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WHITE = (1.0, 1.0, 1.0)
TEXTS_AT_HAND, FONTS_AT_HAND = 4096, 64
BACKGROUND = 255  # its place in the palette; all other colours come before
FROM_BASELINE = "ls"  # places are told from the left end of the baseline


class Drawn(NamedTuple):
    """A rendered text: its ink, where that begins, and its extent [pixels]."""

    ink: NDArray[np.uint8]
    left: int
    below: int  # the baseline
    width: float


class WordsAtOnce(RendererAgg):
    """The usual renderer with a faster way to draw text without formulas."""

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Draw a text, its baseline beginning at this place; y is counted from above."""
        if ismath or angle:
            usual: Any = super()
            usual.draw_text(gc, x, y, _in_one_line(s), prop, angle, ismath, mtext)
            return
        self._lay(gc, x, y, self._drawn(s, prop), gc.get_rgb())

    def draw_halo(self, gc: Any, x: float, y: float, s: str, prop: FontProperties, points: float) -> None:
        """Draw a white halo of a given width around a text."""
        self._lay(gc, x, y, self._drawn(s, prop, round(points * self.dpi / POINTS_PER_INCH)), WHITE)

    def _lay(self, gc: Any, x: float, y: float, text: Drawn, colour: Sequence[float]) -> None:
        """Draw the ink of a text in a colour."""
        colours = np.empty((*text.ink.shape, 4), dtype=np.uint8)
        colours[..., :3] = [round(255 * part) for part in colour[:3]]
        colours[..., 3] = text.ink
        if text.ink.size:
            self.draw_image(gc, round(x) + text.left, round(self.height - y) - text.below, colours)

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        """Measure a text [pixels]."""
        if ismath:
            usual: Any = super()
            width, height, descent = usual.get_text_width_height_descent(s, prop, ismath)
            return float(width), float(height), float(descent)
        text = self._drawn(s, prop)
        return text.width, float(len(text.ink)), float(text.below)

    def forget(self) -> None:
        """Free the pixels at once: texts keep a reference to their renderer until the next collection."""
        self.__dict__.clear()

    def _drawn(self, text: str, prop: FontProperties, stroke: int = 0) -> Drawn:
        """Return a text as it is drawn."""
        kind = prop.get_style(), prop.get_weight(), prop.get_variant(), prop.get_stretch()
        family, meant = tuple(prop.get_family()), tuple(rcParams["font.sans-serif"])
        file = _file(family, meant, *kind)
        return drawn_text(
            _in_one_line(text), file, prop.get_size_in_points() * self.dpi / POINTS_PER_INCH, stroke
        )


_RENDERER: Any = WordsAtOnce


class QuickCanvas(FigureCanvasAgg):
    """The usual canvas with the renderer above."""

    _size: tuple[float, ...] = ()

    def get_renderer(self) -> Any:
        """Return the renderer of this size."""
        width, height = self.get_width_height(physical=True)
        if self._size != (width, height, self.figure.dpi):
            self._size = (width, height, self.figure.dpi)
            self.renderer: Any = _RENDERER(width, height, self.figure.dpi)
        return self.renderer


def in_palette(pixels: NDArray[np.uint8]) -> Image.Image:
    """Return a picture in a palette; only pixels that differ from the corner's colour are examined."""
    height, width, _ = pixels.shape
    codes = pixels.view(np.uint32).ravel()
    ink = np.flatnonzero(codes != codes[0])
    inked = Image.fromarray(codes[ink].view(np.uint8).reshape(1, -1, 4)).convert("RGB")
    few = inked.quantize(BACKGROUND, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    indexes = np.full(len(codes), BACKGROUND, dtype=np.uint8)
    indexes[ink] = np.asarray(few).ravel()
    image = Image.frombuffer("P", (width, height), indexes, "raw", "P", 0, 1)
    palette = np.zeros((BACKGROUND + 1, 3), dtype=np.uint8)
    found = np.array(few.getpalette(), dtype=np.uint8).reshape(-1, 3)
    palette[: len(found)] = found
    palette[BACKGROUND] = pixels[0, 0, :3]
    image.putpalette(palette.tobytes())
    return image


def _in_one_line(text: str) -> str:
    """Return a text as it is drawn: without line breaks or invisible characters."""
    return visible(text.replace("\n", " ").replace("\t", " "))


@lru_cache(TEXTS_AT_HAND)
def drawn_text(text: str, font_file: str, pixels: float, stroke: int = 0) -> Drawn:
    """Draw a text, or all within `stroke` pixels of it; the first row of its ink is the lowest."""
    font = _font(font_file, pixels)
    box = font.getbbox(text, anchor=FROM_BASELINE, stroke_width=stroke)
    left, top, right, bottom = (round(edge) for edge in box)
    image = Image.new("L", (max(right - left, 0), max(bottom - top, 0)))
    how: dict[str, Any] = {"font": font, "anchor": FROM_BASELINE, "stroke_width": stroke}
    ImageDraw.Draw(image).text((-left, -top), text, fill=255, **how)
    return Drawn(np.asarray(image)[::-1], left, bottom, font.getlength(text))


@lru_cache(FONTS_AT_HAND)
def _file(
    family: tuple[str, ...], meant: tuple[str, ...], style: Any, weight: Any, variant: Any, stretch: Any
) -> str:
    """Find the file of a font; `meant` is the sans-serif font of the settings."""
    sought = FontProperties(family=list(family), style=style, variant=variant, weight=weight, stretch=stretch)
    return str(findfont(sought))


@lru_cache(FONTS_AT_HAND)
def _font(font_file: str, pixels: float) -> ImageFont.FreeTypeFont:
    """Open a font in one size."""
    return ImageFont.truetype(font_file, pixels)
