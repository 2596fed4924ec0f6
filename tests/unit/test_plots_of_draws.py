"""Pictures of sweeps and sensitivity: what is drawn is what the tables say. Artists are read back."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from bordersim.report.pictures.sensitivities import sensitivity_figure
from bordersim.report.pictures.sweeps import sweep_figure


def sweep(
    draws: list[dict[str, object]], unit: str = "attempts", names: tuple[str, ...] = ("a", "b")
) -> pd.DataFrame:
    """Return a made-up table: scenario number times 100 plus the draw, one to each side."""
    rows = []
    for (i, draw), (j, name) in product(enumerate(draws), enumerate(names)):
        value = 100.0 * (j + 1) + i
        keys = {"scenario": name, "metric": "attempts", "country": "LT", "unit": unit}
        rows.append({"draw": i, **draw, **keys, "mean": value, "low": value - 1, "high": value + 1})
    return pd.DataFrame(rows)


def test_lines_go_through_the_means_in_order_of_the_key() -> None:
    axes = sweep_figure(sweep([{"k": 3.0}, {"k": 1.0}, {"k": 2.0}]), ["k"], "mean").axes[0]
    line = axes.lines[0]
    assert list(line.get_xdata()) == [1, 2, 3]
    assert list(line.get_ydata()) == [101, 102, 100]
    assert [line.get_label() for line in axes.lines] == ["a", "b"]
    band = axes.collections[0].get_paths()[0].vertices[:, 1]
    assert (band.min(), band.max()) == (99, 103)


def test_words_stand_beside_each_other_and_none_hides_another() -> None:
    axes = sweep_figure(sweep([{"k": "turn_back"}, {"k": "admit"}]), ["k"], "mean").axes[0]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["turn_back", "admit"]
    assert not set(axes.lines[0].get_xdata()) & set(axes.lines[1].get_xdata())


def test_two_keys_are_a_field_with_the_numbers_in_it() -> None:
    draws = [{"k": x, "l": y} for x, y in product((1.0, 2.0), (5.0, 6.0, 7.0))]
    figure = sweep_figure(sweep(draws, names=("a",)), ["k", "l"], "mean")
    image = figure.axes[0].images[0].get_array()
    assert image is not None
    assert image.tolist() == [[100, 101, 102], [103, 104, 105]]
    assert [text.get_text() for text in figure.axes[0].texts] == ["100", "101", "102", "103", "104", "105"]


def test_in_a_field_of_differences_a_star_marks_an_interval_that_covers_nothing() -> None:
    draws = [{"k": x, "l": y} for x, y in product((1.0, 2.0), (5.0, 6.0))]
    table = sweep(draws, names=("b",)).assign(reference="a", difference=[-5.0, 0.5, 2.0, 9.0])
    table = table.assign(low=table["difference"] - 1, high=table["difference"] + 1)
    axes = sweep_figure(table, ["k", "l"], "difference").axes[0]
    assert [text.get_text().endswith("*") for text in axes.texts] == [False, True, False, False]
    low, high = axes.images[0].get_clim()
    assert low == -high


def test_many_keys_are_clouds_one_column_a_key() -> None:
    draws = [{"k": float(i), "l": float(-i), "m": 1.0 + i} for i in range(5)]
    figure = sweep_figure(sweep(draws), ["k", "l", "m"], "mean")
    assert [axes.get_xlabel() for axes in figure.axes] == ["k", "l", "m"]
    assert list(figure.axes[1].lines[0].get_xdata()) == [0, -1, -2, -3, -4]


def test_money_is_drawn_in_millions() -> None:
    axes = sweep_figure(sweep([{"k": 1.0}, {"k": 2.0}], unit="EUR"), ["k"], "mean").axes[0]
    assert list(axes.lines[0].get_ydata()) == pytest.approx([0.0001, 0.000101])
    assert axes.get_title(loc="left").endswith("EUR million")


def test_bars_are_the_indices_ranked_with_their_halfwidths() -> None:
    rows = []
    for key, total, first in (("small", 0.2, 0.1), ("large", 0.9, 0.7)):
        for measure, value in (("total", total), ("first_order", first)):
            names = {"scenario": "a", "metric": "attempts", "country": "LT", "key": key, "measure": measure}
            rows.append({**names, "value": value, "halfwidth": 0.05})
    axes = sensitivity_figure(pd.DataFrame(rows), "sobol").axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["large", "small"]
    assert [bar.get_width() for bar in axes.patches] == [0.9, 0.2, 0.7, 0.1]
    spans = [segment[:, 0] for lines in axes.collections for segment in lines.get_segments()]  # type: ignore[attr-defined]
    assert np.allclose([np.ptp(span) for span in spans], 0.1)
