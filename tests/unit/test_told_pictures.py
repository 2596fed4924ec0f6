"""Pictures say what they show: questions with titles, shared scales, whole days, numbers beside them."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import matplotlib.figure
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.dates import num2date
from matplotlib.figure import Figure
from test_maps import a_result, segments_frame, stretches_frame
from test_plots import DAYS, daily, row
from test_plots_of_draws import sweep

from bordersim.api import compare
from bordersim.errors import UnknownNameError
from bordersim.report.pictures.curves import daily_curve
from bordersim.report.pictures.forest import difference_plot
from bordersim.report.pictures.map_differences import COLOURS, LIMITS, NAMES, WIDTHS, difference_map
from bordersim.report.pictures.maps import most_attempts, save_map
from bordersim.report.pictures.plots import RECORD_PANELS, outcome_figure, record_figure
from bordersim.report.pictures.shown import shown_days
from bordersim.report.pictures.stretches import shown_stretches, stretch_differences_plot
from bordersim.report.pictures.style import GREY
from bordersim.report.pictures.sweeps import sweep_figure
from bordersim.report.pictures.titles import Said, titles_of
from bordersim.results.paired import Comparison
from bordersim.results.store.columns import dictionary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NO_CHANGES: dict[str, list[object]] = {"LT": [], "LV": [], "PL": []}
TITLES = {"a": "as it was", "b": "as it might be"}


def told(name: str, title: str, label: str = "") -> SimpleNamespace:
    """Return what titles are made of."""
    return SimpleNamespace(name=name, label=label or name, scenario=SimpleNamespace(title=title))


def test_scenarios_go_by_their_titles_and_by_labels_too_where_two_share_one() -> None:
    one, other = told("a", "A year"), told("b", "Another year")
    assert titles_of([one, other]) == {"a": "A year", "b": "Another year"}
    twice = [told("a", "A year", "a [k=1]"), told("a", "A year", "a [k=2]")]
    assert titles_of(twice) == {"a [k=1]": "A year (a [k=1])", "a [k=2]": "A year (a [k=2])"}


def test_the_footer_tells_values_set_on_top_of_all_as_long_as_they_are_few() -> None:
    period = SimpleNamespace(start=date(2021, 5, 1), end=date(2021, 5, 7))
    results = [told(name, name) for name in "ab"]
    for result, more in zip(results, (1, 2), strict=True):
        result.scenario.config = SimpleNamespace(period=period)
        result.repetitions, result.sets = "replicates", {"k": 1, "draw": more}
    assert Said.of(results).footer("Model.") == "Model. Set on top of the scenarios: k=1."
    for result in results:
        result.sets = {f"key{i}": i for i in range(20)}
    assert Said.of(results).sets == "20 values (overrides.yaml)"


def test_the_title_of_differences_is_a_question_with_titles() -> None:
    axes = difference_plot(pd.DataFrame([row("attempts", 5.0)]), said=Said(TITLES, period="in May"))
    texts = [text.get_text() for text in axes.texts]
    assert "What is different in “as it might be”, compared with “as it was”?" in texts[0]
    assert "mean of 50 paired replicates, in May" in texts[0]
    assert "reference: a;  scenario: b" in texts[1]  # which files they are


@pytest.mark.parametrize("days", [1, 2, 5, 9, 30, 400])
def test_days_on_the_axis_are_whole(days: int) -> None:
    first = daily("a")[lambda frame: frame["date"] == DAYS[0]]
    frame = pd.concat([first.assign(date=DAYS[0] + pd.Timedelta(day, "D")) for day in range(days)])
    axes = daily_curve(frame, metric="attempts", country="LT")
    ticks = axes.get_xticks()
    assert 1 <= len(ticks) <= 10
    assert all(num2date(tick).hour == 0 for tick in ticks)
    assert days > 9 or len(ticks) == days


def test_neighbouring_panels_share_their_scale() -> None:
    frame = daily("a")
    frame.loc[frame["country"] == "LV", "unscreened_returns"] += 90
    outcomes = np.array(outcome_figure(frame, NO_CHANGES).axes).reshape(3, 3)  # type: ignore[arg-type]
    tops = np.vectorize(lambda axes: axes.get_ylim()[1])(outcomes)
    assert (tops[0] == tops[1]).all()
    assert tops[0, 1] > 90 > tops[0, 0]
    frame.loc[frame["country"] == "LT", "record_turned_back"] += 90
    panels = record_figure(frame, NO_CHANGES).axes  # type: ignore[arg-type]
    assert panels[0].get_ylim() == panels[1].get_ylim() != panels[2].get_ylim()


def test_maps_that_are_compared_share_the_scale_of_their_bars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = a_result(), a_result()
    many.stretches = stretches_frame().assign(attempts=700.0)
    most, ends = most_attempts([few, many]), []
    assert most > 700
    drawn = matplotlib.figure.Figure.suptitle

    def seen(figure: Figure, *given: object, **how: object) -> object:
        ends.append(figure.axes[1].get_xlim())
        return drawn(figure, *given, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(matplotlib.figure.Figure, "suptitle", seen)
    for name, result in (("few", few), ("many", many)):
        save_map(tmp_path / f"{name}.png", result, Said(), most)
    assert ends == [(0, most), (0, most)]


def test_the_numbers_beside_a_picture_are_those_of_bands_and_dots() -> None:
    shown = shown_days(daily("a"), RECORD_PANELS)
    there = shown[(shown["metric"] == "record_apprehended") & (shown["country"] == "LT")].set_index("date")
    assert (there[["q05", "median", "q95"]] == [0.5, 5.0, 9.5]).all(axis=None)
    assert there["published"]["2021-08-01"] == 294
    assert there["published_mean_of_period"]["2021-07-30"] == pytest.approx(92.97, abs=0.01)
    assert np.isnan(there["published_mean_of_period"]["2021-08-01"])  # between two published periods
    bars = shown_stretches(stretches_frame(), scenario="a")
    assert set(bars["attempts_median"]) == {10.0}
    assert list(bars)[:2] == ["scenario", "stretch"]
    described = {column.name for _, column in dictionary()}
    assert set(shown) | set(bars) <= described


def drawn_as(axes: Axes, colour: str) -> int:
    """Return how many pieces of the border have a colour."""
    lines = [each for each in axes.collections if isinstance(each, LineCollection)]
    return sum(len(each.get_segments()) for each in lines if to_hex(each.get_color()[0]) == colour.lower())


def test_the_map_of_a_difference_shows_which_way_and_how_much() -> None:
    assert len(NAMES) == len(COLOURS) == len(WIDTHS) == len(LIMITS) + 1
    before = segments_frame()
    after = before.assign(attempts=before["attempts"] + np.where(before["country"] == "LV", 300, 0))
    axes = difference_map(before, after)
    pieces = before.groupby("country")["segment"].nunique()
    assert drawn_as(axes, GREY) == pieces["LT"] + pieces["PL"]
    assert drawn_as(axes, COLOURS[-2]) + drawn_as(axes, COLOURS[-1]) == pieces["LV"]
    assert drawn_as(difference_map(before, before), GREY) == pieces.sum()


def test_bars_of_differences_have_ranges_and_reach_below_zero() -> None:
    frame = stretches_frame()
    spread = pd.concat(
        [frame.assign(replicate=i, attempts=value) for i, value in enumerate((-8.0, -4.0, 2.0))]
    )
    axes = stretch_differences_plot(spread)
    assert {bar.get_width() for bar in axes.patches} == {-4.0, 4.0}
    (line, *_) = axes.collections[0].get_segments()  # type: ignore[attr-defined]
    assert line[:, 0] == pytest.approx([-7.6, 1.4])


def test_pictures_of_two_scenarios_over_two_keys_share_their_colours() -> None:
    draws = [{"k": x, "l": y} for x, y in product((1.0, 2.0), (5.0, 6.0))]
    table = sweep(draws)
    limits = [
        sweep_figure(rows, ["k", "l"], "mean", TITLES, table).axes[0].images[0].get_clim()
        for _, rows in table.groupby("scenario")
    ]
    assert limits == [(100.0, 203.0)] * 2


def test_twelve_keys_are_four_in_a_row_and_have_a_line_through_their_middle() -> None:
    draws = [{f"k{key}": float(i) for key in range(12)} for i in range(20)]
    figure = sweep_figure(sweep(draws), [f"k{key}" for key in range(12)], "mean", TITLES)
    assert figure.get_figwidth() < 15
    assert len(figure.axes) == 12
    trend = figure.axes[0].lines[1]
    assert list(trend.get_ydata()) == [101.5, 105.5, 109.5, 113.5, 117.5]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == list(TITLES.values())


@pytest.fixture(scope="module")
def made() -> Comparison:
    """Compare two scenarios for a few weeks."""
    return compare("no_escorts_2021", "history_2021", replicates=2, set={"period.end": "2021-06-10"})


def test_results_draw_on_axes_and_return_them(made: Comparison) -> None:
    for draw in (
        made.reference.plot_days,
        made.reference.plot_stretches,
        made.reference.plot_map,
        made.plot_days,
        made.plot_differences,
        made.plot_map,
    ):
        axes = Figure().add_subplot()
        assert draw(axes=axes) is axes
        assert axes.has_data()


def test_what_cannot_be_drawn_is_refused_with_the_nearest_name(made: Comparison) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'attempts'"):
        made.plot_days("atempts")
    with pytest.raises(UnknownNameError, match="allowed: LT, LV, PL"):
        made.reference.plot_days("attempts", "all")
    with pytest.raises(UnknownNameError, match="history_2021"):
        made.plot_map("nobody")
    with pytest.raises(UnknownNameError, match="history_2021"):
        made.plot_differences("nobody")
