"""Many short texts beside axes as one artist: made one by one they would take longer than all else drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from matplotlib.artist import Artist
from matplotlib.font_manager import FontProperties
from matplotlib.transforms import Bbox

from sim.pictures.style import INK, SMALL, figure_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

Side = Literal["left", "right"]
HALF_A_DIGIT = 0.365  # of the size: digits and capitals are 0.73 of it high
SHARE_LEFT_OF_PLACE = {"left": 0.0, "right": 1.0}


class Word(NamedTuple):
    """A text, its middle on a height of the axes, `at` points from their left (0) or right (1) edge."""

    text: str
    at: float
    height: float
    side: Side = "right"  # which end of the text is there
    edge: int = 1
    weight: str = "normal"


class Words(Artist):
    """Texts beside axes, none of them cut at their edge."""

    def __init__(self, axes: Axes, words: Sequence[Word]) -> None:
        super().__init__()
        self.words = [word for word in words if word.text]
        self._fonts = {
            weight: FontProperties(size=SMALL, weight=weight) for weight in {word.weight for word in words}
        }
        self._beside = axes
        axes.add_artist(self)
        self.set_clip_on(False)

    @property
    def texts(self) -> list[str]:
        """What is written."""
        return [word.text for word in self.words]

    def draw(self, renderer: Any) -> None:
        """Draw them."""
        if not self.get_visible():
            return
        height = renderer.get_canvas_width_height()[1]
        graphics = renderer.new_gc()
        graphics.set_foreground(INK)
        for word, (x, y, _) in zip(self.words, self._places(renderer), strict=True):
            renderer.draw_text(graphics, x, height - y, word.text, self._fonts[word.weight], 0)
        graphics.restore()

    def get_window_extent(self, renderer: Any = None) -> Bbox:
        """Return the box around all of them [pixels]."""
        canvas: Any = figure_of(self._beside).canvas
        renderer = renderer or canvas.get_renderer()
        tall = renderer.points_to_pixels(SMALL)
        return Bbox.union([Bbox.from_bounds(x, y, width, tall) for x, y, width in self._places(renderer)])

    def _places(self, renderer: Any) -> list[tuple[float, float, float]]:
        """Return where the baseline of each begins, and its width [pixels]."""
        axes = self._beside
        heights = axes.transData.transform([(0, word.height) for word in self.words])[:, 1]
        down = renderer.points_to_pixels(SMALL) * HALF_A_DIGIT
        edges = axes.bbox.x0, axes.bbox.x1
        widths = [
            renderer.get_text_width_height_descent(word.text, self._fonts[word.weight], False)[0]
            for word in self.words
        ]
        return [
            (
                edges[word.edge]
                + renderer.points_to_pixels(word.at)
                - SHARE_LEFT_OF_PLACE[word.side] * width,
                y - down,
                width,
            )
            for word, y, width in zip(self.words, heights, widths, strict=True)
        ]
