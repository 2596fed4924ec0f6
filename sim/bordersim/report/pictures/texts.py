"""Many short texts beside axes as one artist: one by one they would take longer than the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import bordersim.report.pictures.setting  # noqa: F401 - before matplotlib

from matplotlib.artist import Artist
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import PathEffectRenderer, withStroke
from matplotlib.transforms import Bbox

from bordersim.report.pictures.canvas import WordsAtOnce
from bordersim.report.pictures.style import INK, SMALL, figure_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.transforms import Transform

Side = Literal["left", "center", "right"]

HALF_A_DIGIT = 0.365  # of the size: digits and capitals are 0.73 of it high
SHARE_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}
HALO_POINTS = 1.25


class Word(NamedTuple):
    """A text: horizontal alignment, vertical centre, and shift from its place [points]."""

    text: str
    x: float
    y: float
    shift: tuple[float, float] = (0.0, 0.0)
    side: Side = "right"
    weight: str = "normal"
    colour: str = INK


class Words(Artist):
    """Texts in or beside axes, not clipped at their edge.

    Parameters
    ----------
    places
        The transform of x and y of the words, for example `axes.transData`.
    halo
        Whether they have a white halo, for maps.
    """

    def __init__(self, axes: Axes, words: Sequence[Word], places: Transform, *, halo: bool = False) -> None:
        super().__init__()
        self.words = [word for word in words if word.text]
        self._beside, self._transform_of_places, self._halo = axes, places, halo
        self._fonts = {
            weight: FontProperties(size=SMALL, weight=weight) for weight in {word.weight for word in words}
        }
        axes.add_artist(self)
        self.set_clip_on(False)

    @property
    def texts(self) -> list[str]:
        """What is written."""
        return [word.text for word in self.words]

    def draw(self, renderer: Any) -> None:
        """Draw them."""
        if not (self.get_visible() and self.words):
            return
        height = renderer.get_canvas_width_height()[1]
        graphics = renderer.new_gc()
        for word, (x, y, _) in zip(self.words, self._places(renderer), strict=True):
            graphics.set_foreground(word.colour)
            what = (graphics, x, height - y, word.text, self._fonts[word.weight])
            if self._halo and isinstance(renderer, WordsAtOnce):
                renderer.draw_halo(*what, HALO_POINTS)
            elif self._halo:
                stroke = withStroke(linewidth=2 * HALO_POINTS, foreground="white")
                PathEffectRenderer([stroke], renderer).draw_text(*what, 0)
                continue
            renderer.draw_text(*what, 0)
        graphics.restore()

    def get_window_extent(self, renderer: Any = None) -> Bbox:
        """Return the box around all of them [pixels]."""
        canvas: Any = figure_of(self._beside).canvas
        renderer = renderer or canvas.get_renderer()
        tall = renderer.points_to_pixels(SMALL)
        boxes = [Bbox.from_bounds(x, y, width, tall) for x, y, width in self._places(renderer)]
        return Bbox.union(boxes) if boxes else Bbox.null()

    def _places(self, renderer: Any) -> list[tuple[float, float, float]]:
        """Return where the baseline of each begins, and its width [pixels]."""
        if not self.words:
            return []
        point = renderer.points_to_pixels(1)
        places = self._transform_of_places.transform([(word.x, word.y) for word in self.words])
        found = []
        for word, (x, y) in zip(self.words, places, strict=True):
            font = self._fonts[word.weight]
            width = renderer.get_text_width_height_descent(word.text, font, False)[0]
            left = x + word.shift[0] * point - SHARE_BEFORE[word.side] * width
            found.append((left, y + (word.shift[1] - SMALL * HALF_A_DIGIT) * point, width))
        return found
