"""The page of a scorecard: what is drawn is what was scored."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from PIL import Image

from bordersim.report.pictures.scorecard_page import Panel, bands, places, residuals, save_scorecard, shown
from bordersim.report.pictures.style import VERMILLION, new_axes

DAYS = np.datetime64("2021-08-01") + np.arange(40)


def panel(*resolutions: str) -> Panel:
    """Return windows of which the first lies far above all replicates, the others on the median."""
    days = {"day": 1, "week": 7, "month": 30, "season": 40}
    starts = pd.to_datetime(["2021-08-01"] * len(resolutions))
    lengths = np.array([days[name] for name in resolutions])
    ends = starts + pd.to_timedelta(lengths - 1, unit="D")
    replicates = np.linspace(9, 11, 21)[:, np.newaxis] * lengths
    value = np.where(np.arange(len(lengths)) == 0, 99, 10) * lengths
    windows = pd.DataFrame({"period_start": starts, "period_end": ends, "days": lengths, "value": value})
    windows = windows.assign(low=value, high=value, resolution=resolutions)
    daily = np.tile(np.linspace(9, 11, 21)[:, np.newaxis], (1, len(DAYS)))
    return Panel("LT", "turned back", DAYS, daily, windows, replicates, np.full(10, 0.1))


def test_long_windows_are_drawn_where_there_is_nothing_shorter() -> None:
    assert shown(panel("day", "week", "season")).tolist() == [True, True, False]
    assert shown(panel("season")).tolist() == [True]


def test_what_lies_outside_the_interval_is_marked() -> None:
    axes = residuals(new_axes(4, 3), panel("day", "week", "month"))
    marked = [line for line in axes.get_lines() if to_hex(line.get_color()) == VERMILLION.lower()]
    (line,) = marked
    assert line.get_ydata().tolist() == pytest.approx([89])
    inside = next(each for each in axes.get_lines() if each.get_marker() == "o")
    assert inside.get_ydata().tolist() == pytest.approx([0, 0])


def test_windows_stand_at_their_mean_a_day() -> None:
    axes = bands(new_axes(4, 3), panel("day", "week"))
    dot = next(line for line in axes.get_lines() if line.get_marker() == "o")
    assert dot.get_ydata() == [99]
    levels = [path.vertices[0][1] for each in axes.collections for path in each.get_paths()]
    assert any(level == pytest.approx(10) for level in levels)


def test_places_are_the_shares_of_the_histogram() -> None:
    axes = places(new_axes(2, 3), panel("day"))
    assert [bar.get_height() for bar in axes.patches] == pytest.approx([0.1] * 10)


def test_a_page_holds_a_row_for_each_series(tmp_path: Path) -> None:
    one = save_scorecard(tmp_path / "one.png", "made_up", [panel("day", "week")])
    two = save_scorecard(tmp_path / "two.png", "made_up", [panel("day"), panel("season")])
    with Image.open(one) as first, Image.open(two) as second:
        assert second.height > first.height
        assert first.width == second.width
