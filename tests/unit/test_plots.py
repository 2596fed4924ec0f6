"""The pictures: what is drawn is what the data say. Artists are read back, pixels are not compared."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.image import imread
from PIL import Image

from bordersim.report.pictures.curves import Record, daily_curve, load_record, replicate_table
from bordersim.report.pictures.differences import (
    PAIRED,
    change,
    decimals,
    first_country,
    multiples,
    number,
    paired_only,
)
from bordersim.report.pictures.forest import difference_plot
from bordersim.report.pictures.plots import regime_changes, save_plots
from bordersim.report.pictures.style import GREY, SCENARIO_COLOURS, scenario_styles
from bordersim.report.pictures.texts import Words
from bordersim.report.summary import NOTHING, comparison_sheets
from bordersim.words.metrics import DERIVED
from bordersim.words.valued import DAILY

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

DAYS = pd.date_range("2021-07-28", periods=10)
REPLICATES = 11
NAMES = [metric.name for metric in (*DAILY, *DERIVED)]


def daily(scenario: str, level: float = 0.0) -> pd.DataFrame:
    """Return made-up days in which replicate r has level + r of everything, every day, everywhere."""
    index = pd.MultiIndex.from_product([range(REPLICATES), DAYS, ("LT", "LV", "PL")])
    frame = index.to_frame(index=False, name=["replicate", "date", "country"])
    values = dict.fromkeys(NAMES, level + frame["replicate"])
    return frame.assign(scenario=scenario, **values)


def row(metric: str, difference: float, *, reference: float = 100.0, half: float = 1.0) -> dict[str, object]:
    """Return one row of a comparison at the Lithuanian border."""
    means = {"reference_mean": reference, "scenario_mean": reference + difference}
    ends = {"difference": difference, "low": difference - half, "high": difference + half}
    names = {"reference": "a", "scenario": "b", "ledger": "entry", "metric": metric, "country": "LT"}
    return {**names, **means, **ends, "replicates": 50, "missing": 0}


def words_of(axes: Axes) -> list[str]:
    """Return what is written beside axes."""
    return [text for words in axes.findobj(Words) for text in words.texts]


def test_bands_are_percentiles_over_replicates() -> None:
    axes = daily_curve(daily("a"), metric="attempts", country="LT")
    outer, inner = (np.unique(band.get_paths()[0].vertices[:, 1]) for band in axes.collections[:2])
    assert (outer.min(), outer.max()) == (0.5, 9.5)
    assert (inner.min(), inner.max()) == (2.5, 7.5)
    assert set(axes.lines[0].get_ydata()) == {5.0}


def test_scenarios_are_overlaid_in_their_own_colour_and_line() -> None:
    frame = pd.concat([daily("a"), daily("b", 20.0)])
    axes = daily_curve(frame, metric="attempts", country="PL")
    styles = [
        (line.get_label(), to_hex(line.get_color()).upper(), line.get_linestyle()) for line in axes.lines
    ]
    assert styles[0] == ("a", SCENARIO_COLOURS[0], "-")
    assert styles[1] == ("b", SCENARIO_COLOURS[1], "--")


def test_many_scenarios_never_share_colour_and_line() -> None:
    styles = scenario_styles([str(number) for number in range(12)])
    assert len(set(styles.values())) == 12


def test_rows_may_come_in_any_order_and_a_missing_day_is_unknown() -> None:
    rows = daily("a").query("country == 'LT'").sample(frac=1, random_state=1)
    days, table = replicate_table(rows.iloc[1:], "attempts")
    assert list(days) == sorted(days)
    assert table.shape == (REPLICATES, len(DAYS))
    assert np.isnan(table).sum() == 1


def test_the_record_is_drawn_only_within_the_days_shown() -> None:
    points = pd.DataFrame({"date": pd.to_datetime(["2021-08-01", "2021-09-01"])})
    points = points.assign(value=[294.0, 10.0], low=[287.0, 10.0], high=[294.0, 10.0])
    periods = pd.DataFrame({"period_start": [DAYS[0]], "period_end": [DAYS[3]], "value": [50.0]})
    record = Record(points, periods)
    axes = daily_curve(daily("a"), metric="record_apprehended", country="LT", record=record)
    drawn = next(line for line in axes.lines if line.get_marker() == "o")
    assert list(drawn.get_ydata()) == [294.0]


def test_a_metric_that_nobody_publishes_has_no_record() -> None:
    assert load_record("unstopped_entries", "LT") is None


def test_axes_are_used_and_returned() -> None:
    axes = Figure().add_subplot()
    assert daily_curve(daily("a"), metric="attempts", country="LT", axes=axes) is axes
    axes = Figure().add_subplot()
    assert difference_plot(pd.DataFrame([row("attempts", 5)]), axes=axes) is axes


def test_an_interval_over_zero_is_hollow_and_grey() -> None:
    rows = pd.DataFrame([row("attempts", 5.0), row("unstopped_entries", 0.5)])
    marks = difference_plot(rows).collections[1]
    faces, edges = marks.get_facecolor(), marks.get_edgecolor()
    assert to_hex(faces[1]) == "#ffffff"
    assert to_hex(edges[1]).upper() == GREY
    assert to_hex(faces[0]) == to_hex(edges[0]) != to_hex(edges[1])


def test_a_reference_of_zero_has_no_multiple() -> None:
    ends = multiples(pd.DataFrame([row("attempts", 5.0, reference=0.0), row("unstopped_entries", -10.0)]))
    assert np.isinf(ends.iloc[0]["difference"])
    assert np.allclose(ends.iloc[1], [0.9, 0.89, 0.91])
    assert [change(multiple) for multiple in ends["difference"]] == ["from 0", "\N{MINUS SIGN}10 %"]


def test_an_interval_cannot_reach_below_nothing_at_all() -> None:
    ends = multiples(pd.DataFrame([row("attempts", -99.5, half=2.0)]))
    assert ends["low"].item() == 0.0


@pytest.mark.parametrize(
    ("reference", "difference", "mark"), [(100, 50, "o"), (1, 900, ">"), (100, -100, "<"), (0, 5, "s")]
)
def test_marks_tell_what_lies_off_the_axis(reference: float, difference: float, mark: str) -> None:
    axes = difference_plot(pd.DataFrame([row("attempts", difference, reference=reference, half=0.0)]))
    drawn = [len(marks.get_offsets()) for marks in axes.collections[1:]]
    assert drawn == [int(shape == mark) for shape in "o><s"]


def test_metrics_that_are_zero_in_both_are_named_not_drawn() -> None:
    rows = pd.DataFrame([row("attempts", 5.0), row("deaths", 0.0, reference=0.0, half=0.0)])
    axes = difference_plot(rows)
    assert "attempts  (LT)" in words_of(axes)
    assert not any("deaths" in text for text in words_of(axes))
    assert any("not shown: deaths" in text.get_text() for text in axes.texts)


def test_what_no_replicate_changes_is_the_same_in_both() -> None:
    """Not so where replicates differ and only their mean is 0."""
    rows = pd.DataFrame(
        [row("patrol_hours", 0.0, half=0.0), row("attempts", 0.0), row("unstopped_entries", 5.0)]
    )
    sheet = next(sheet for sheet in comparison_sheets(rows) if sheet.title.startswith("entry"))
    minus = "\N{MINUS SIGN}"
    nothing = (f"{NOTHING} with n = 50 ({minus}1.00 to 1.00)", "about 1.42")
    assert [line[-2:] for line in sheet.rows] == [nothing, ("4.00 to 6.00", "")]
    hours = rows[rows["metric"] == "patrol_hours"].assign(ledger="guards")
    sheet = next(sheet for sheet in comparison_sheets(hours) if sheet.title.startswith("guards"))
    assert [line[-1] for line in sheet.rows] == ["the same in both"]  # no column of nothing
    axes = difference_plot(rows)
    assert not any("patrol hours" in text for text in words_of(axes))  # a row that says nothing
    assert any(
        "The same in both, not shown: patrol hours  (LT) 100 h" in text.get_text() for text in axes.texts
    )
    assert f"0.00  [{minus}1.00, 1.00]" in words_of(axes)


def test_the_record_stands_before_the_bands_and_uncut_on_the_axis() -> None:
    points = pd.DataFrame({"date": [DAYS[2]], "value": [0.0], "low": [0.0], "high": [0.0]})
    periods = pd.DataFrame({"period_start": [DAYS[0]], "period_end": [DAYS[3]], "value": [50.0]})
    axes = daily_curve(daily("a"), metric="attempts", country="LT", record=Record(points, periods))
    *bands, level, _ = axes.collections
    dots = next(line for line in axes.lines if line.get_marker() == "o")
    model = [*bands, *(line for line in axes.lines if line.get_label() == "a")]
    assert max(artist.get_zorder() for artist in model) < level.get_zorder() < dots.get_zorder()
    assert not dots.get_clip_on()
    assert not dots.get_in_layout()


def test_an_interdiction_share_never_stands_alone() -> None:
    lone = pd.DataFrame([row("attempts", 5.0), row("interdiction_share", 0.1)])
    assert set(paired_only(lone)["metric"]) == {"attempts"}
    together = pd.DataFrame([row(metric, 0.1) for metric in PAIRED])
    assert set(paired_only(together)["metric"]) == set(PAIRED)


def test_a_metric_is_shown_for_the_first_country_it_has() -> None:
    rows = pd.DataFrame([row("attempts", 5.0) | {"country": c} for c in ("all", "LT", "PL")])
    assert first_country(rows, ("LT", "all"))["country"].tolist() == ["LT"]


def test_two_scenarios_are_not_mixed_in_one_plot() -> None:
    rows = pd.DataFrame([row("attempts", 5.0), row("attempts", 5.0) | {"scenario": "c"}])
    with pytest.raises(ValueError, match="one scenario"):
        difference_plot(rows)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (-1234.5, 0, "\N{MINUS SIGN}1,234"),
        (-0.001, 1, "0.0"),
        (0.25, 2, "0.25"),
        (float("nan"), 1, "n/a"),
    ],
)
def test_numbers_are_written_for_people(value: float, places: int, text: str) -> None:
    assert number(value, places) == text


def test_no_change_has_no_sign() -> None:
    assert [change(1.0), change(1.0001), change(2.5)] == ["0.0 %", "0.0 %", "+150 %"]


def test_three_digits_of_the_largest_number_are_shown() -> None:
    assert [decimals(123.4, 0.1), decimals(12.34), decimals(0.5), decimals(0.0), decimals(1e-9)] == [
        0,
        1,
        3,
        0,
        4,
    ]


def test_changes_of_regime_are_found_within_the_period() -> None:
    steps = [SimpleNamespace(from_=date(2020, 1, 1), value="admit_and_screen")]
    turned = [*steps, SimpleNamespace(from_=date(2021, 8, 3), value="turn_back")]
    period = SimpleNamespace(start=date(2021, 5, 1), end=date(2021, 12, 31))
    config = SimpleNamespace(policy={"LT": turned, "LV": steps, "PL": steps}, period=period)
    found = regime_changes([SimpleNamespace(scenario=SimpleNamespace(config=config))])
    assert found == {"LT": [(date(2021, 8, 3), "turn back")], "LV": [], "PL": []}


def test_pictures_are_saved_large_enough_to_read(tmp_path: Path) -> None:
    comparison = pd.DataFrame([row("attempts", 5.0) | {"scenario": "b [guards.LT.officers=900]"}])
    paths = save_plots(tmp_path / "plots", [daily("a"), daily("b", 20.0)], comparison)
    assert [path.name for path in paths] == [
        "daily_record.png",
        "daily_outcomes.png",
        "differences_b_guards.LT.officers_900.png",
        "countries_b_guards.LT.officers_900.png",
    ]
    assert all(imread(path).shape[1] >= 1900 for path in paths)
    assert all(path.with_suffix(".csv").exists() for path in paths)  # what each shows
    with Image.open(paths[0]) as image:
        assert image.mode == "P"  # in a palette: a third of the size
