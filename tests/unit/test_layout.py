"""Axes that have fixed places: nothing is cut at the edge of a picture, and no panel lies on another."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.image import imread
from test_maps import a_result
from test_plots import REPLICATES, daily, row

from bordersim.report.pictures import maps, plots
from bordersim.report.pictures.canvas import QuickCanvas, WordsAtOnce, drawn_text, in_palette
from bordersim.report.pictures.forest import difference_plot
from bordersim.report.pictures.scales import scales_at_once
from bordersim.report.pictures.style import figure_of, save_figure
from bordersim.report.pictures.texts import Word, Words
from bordersim.results.ledgers import EXTRA
from bordersim.words.valued import DAILY

if TYPE_CHECKING:
    from pathlib import Path

NO_CHANGES: plots.Changes = {country: [] for country in plots.BORDERS}
HALF_A_PIXEL = 0.5


def in_pixels(figure: Figure) -> list[Any]:
    """Return the boxes around texts and legends and all of each axes, after checking the whole."""
    renderer = QuickCanvas(figure).get_renderer()
    figure.draw(renderer)
    whole, all_of_it = figure.bbox, figure.get_tightbbox(renderer).transformed(figure.dpi_scale_trans)
    assert all_of_it.x0 >= whole.x0 - HALF_A_PIXEL
    assert all_of_it.y0 >= whole.y0 - HALF_A_PIXEL
    assert all_of_it.x1 <= whole.x1 + HALF_A_PIXEL
    assert all_of_it.y1 <= whole.y1 + HALF_A_PIXEL
    texts = [text.get_window_extent(renderer) for text in (*figure.texts, *figure.legends)]
    return [*texts, *(axes.get_tightbbox(renderer) for axes in figure.axes)]


def assert_apart(boxes: list[Any]) -> None:
    """Check that no two boxes share more than a pixel."""
    for one, other in combinations(boxes, 2):
        width = min(one.x1, other.x1) - max(one.x0, other.x0)
        height = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert min(width, height) <= 1


@pytest.mark.parametrize("level", [0.0, 3.0, 900.0, 25_000.0])
@pytest.mark.parametrize("picture", [plots.record_figure, plots.outcome_figure])
def test_panels_of_days_have_room_for_their_numbers(picture: Any, level: float, tmp_path: Path) -> None:
    figure = picture(pd.concat([daily("a"), daily("b", level)]), NO_CHANGES)
    save_figure(figure, tmp_path / "days.png")
    assert_apart(in_pixels(figure))
    renderer = QuickCanvas(figure).get_renderer()
    for axes in (axes for axes in figure.axes if axes.axison):
        _, numbers = (words.get_window_extent(renderer) for words in axes.findobj(Words))
        label = next(text for text in axes.texts if text.get_text() == axes.get_ylabel())
        assert label.get_window_extent(renderer).x1 <= numbers.x0


def every_metric(**more: object) -> pd.DataFrame:
    """Return a comparison of every metric, each with long numbers."""
    metrics = (*DAILY, *EXTRA)
    rows = [row(each.name, -1e6, reference=2e6, half=9e4) | {"ledger": each.ledger} for each in metrics]
    return pd.DataFrame([each | more for each in rows])


def test_nothing_of_a_picture_of_differences_is_cut(tmp_path: Path) -> None:
    nothing = every_metric(reference_mean=0.0, scenario_mean=0.0, difference=0.0, low=0.0, high=0.0)
    for rows in (every_metric(), nothing.iloc[1:], pd.DataFrame([row("attempts", 5.0)])):
        figure = figure_of(difference_plot(rows))
        save_figure(figure, tmp_path / "differences.png")
        assert_apart(in_pixels(figure))


def test_nothing_of_a_map_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[Figure] = []

    def keep(figure: Figure, path: Path, *, attribution: bool, source: str) -> Path:
        saved.append(figure)
        return save_figure(figure, path, attribution=attribution, source=source)

    monkeypatch.setattr(maps, "save_figure", keep)
    maps.save_map(tmp_path / "map.png", a_result())
    assert_apart(in_pixels(saved[0]))


def test_words_stand_where_they_are_wanted() -> None:
    axes = difference_plot(pd.DataFrame([row("attempts", 5.0)]))
    figure = figure_of(axes)
    renderer = QuickCanvas(figure).get_renderer()
    box = next(iter(axes.findobj(Words))).get_window_extent(renderer)
    assert box.x0 < axes.bbox.x0 < axes.bbox.x1 < box.x1


@pytest.mark.parametrize("text", ["attempts (LT)", "\N{MINUS SIGN}1,234 [5, 6]", "Šalčininkai", "  ", ""])
def test_words_are_drawn_as_matplotlib_draws_them(text: str) -> None:
    """The same ink in the same place, to a pixel: both draw the same font with FreeType."""
    inks = []
    for renderer in (WordsAtOnce(300, 60, 150), RendererAgg(300, 60, 150)):  # type: ignore[no-untyped-call]
        renderer.draw_text(renderer.new_gc(), 20.0, 40.0, text, FontProperties(size=10), 0)
        inks.append(255 - np.asarray(renderer.buffer_rgba())[..., :3].min(axis=2).astype(int))
    ours, usual = inks
    assert ours.sum() == pytest.approx(usual.sum(), rel=0.1)
    if usual.any():
        for axis in (0, 1):
            edges = [np.flatnonzero(ink.any(axis=axis))[[0, -1]] for ink in inks]
            assert np.abs(edges[0] - edges[1]).max() <= 3


def test_text_takes_the_room_it_is_said_to_take() -> None:
    renderer = WordsAtOnce(300, 60, 150)  # type: ignore[no-untyped-call]
    width, height, descent = renderer.get_text_width_height_descent("gjp 1", FontProperties(size=10), False)
    ink = drawn_text("gjp 1", findfont(FontProperties(size=10)), 10 * 150 / 72).ink
    assert height == len(ink)
    assert 0 < descent < height
    assert abs(ink.shape[1] - width) <= 2


def test_the_palette_keeps_the_background_and_flat_colours() -> None:
    pixels = np.full((20, 30, 4), 255, dtype=np.uint8)
    pixels[5:10, 5:25] = (0, 114, 178, 255)
    pixels[12:15] = (213, 94, 0, 255)
    back = np.asarray(in_palette(pixels).convert("RGB")).astype(int)
    assert (back[0, 0] == 255).all()
    assert np.abs(back - pixels[..., :3]).max() <= 4
    blank = np.asarray(in_palette(np.full((3, 4, 4), 255, dtype=np.uint8)).convert("RGB"))
    assert (blank == 255).all()


def test_formulas_and_turned_words_are_left_to_matplotlib() -> None:
    figure = Figure()
    figure.text(0.5, 0.5, "$x^2$")
    figure.text(0.2, 0.2, "turned", rotation=90)
    canvas: Any = QuickCanvas(figure)
    canvas.draw()
    assert np.asarray(canvas.buffer_rgba())[..., :3].min() < 128
    assert isinstance(canvas, FigureCanvasAgg)


def test_the_background_of_a_saved_picture_is_white(tmp_path: Path) -> None:
    figure = figure_of(difference_plot(pd.DataFrame([row("attempts", 5.0)])))
    assert (imread(save_figure(figure, tmp_path / "a.png"))[0, 0, :3] == 1).all()
    assert REPLICATES > 1


@pytest.mark.parametrize("canvas", [QuickCanvas, FigureCanvasAgg])
def test_names_on_maps_stand_on_white(canvas: Any) -> None:
    """Also where matplotlib draws them itself, as for a picture saved as vectors."""
    figure = Figure(figsize=(2, 1), dpi=100, facecolor="black")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.axis("off")
    words = Words(axes, [Word("III", 0.5, 0.5, side="center")], axes.transData, halo=True)
    drawing = canvas(figure)
    drawing.draw()
    light = np.asarray(drawing.buffer_rgba())[..., 0] > 250
    assert light.sum() > 50
    box = words.get_window_extent(drawing.get_renderer())
    rows, columns = np.nonzero(light)
    assert box.x0 - 4 <= columns.min() <= columns.max() <= box.x1 + 4
    assert abs(rows.mean() - 50) < 2


def test_scales_drawn_at_once_are_those_of_the_axes() -> None:
    axes = Figure().add_subplot()
    axes.plot([0, 4], [0, 300])
    axes.set(xticks=[0, 2, 4, 9], xlim=(-1, 5), ylim=(0, 250))
    scales_at_once(axes, grid="y")
    below, beside = axes.findobj(Words)
    assert below.texts == ["0", "2", "4"]  # 9 is off the axis
    assert beside.texts == ["0", "50", "100", "150", "200", "250"]
    assert not axes.xaxis.get_visible()
