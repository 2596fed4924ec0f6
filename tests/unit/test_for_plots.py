"""Pictures of a result in little memory show what pictures of all its replicates would."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fake_model import install, make_scenario

from bordersim.api import run_experiment
from bordersim.experiments import finished
from bordersim.experiments.settings import Settings
from bordersim.report.pictures.along import segment_means
from bordersim.report.pictures.curves import PERCENTILES, replicate_table
from bordersim.report.pictures.stretches import stretch_spread
from bordersim.results.each_figure import each_figure
from bordersim.results.store.for_plots import Drawn, daily_percentiles, stretch_differences
from bordersim.results.store.result import Result

METRICS = ("attempts", "unstopped_entries")


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)


@pytest.fixture(params=["memory", "disk"])
def result(request: pytest.FixtureRequest, tmp_path: Path) -> Result:
    """A result of 130 replicates, in memory or on disk."""
    out = tmp_path if request.param == "disk" else None
    return run_experiment([make_scenario()], Settings(130, out=out, pictures=())).results[0]  # type: ignore[list-item]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("country", ["LT", "PL"])
def test_bands_of_percentiles_are_the_bands_of_all_replicates(
    result: Result, metric: str, country: str
) -> None:
    bands = []
    for daily in (result.daily, Drawn(result, METRICS).daily):
        days, table = replicate_table(daily[daily["country"] == country], metric)
        bands.append((days, np.percentile(table, PERCENTILES, axis=0)))
    np.testing.assert_array_equal(bands[0][0], bands[1][0])
    np.testing.assert_array_equal(bands[0][1], bands[1][1])


def test_means_by_segment_are_those_of_all_replicates(result: Result) -> None:
    thin = Drawn(result, ())
    whole, mean = (segment_means(frame, "attempts") for frame in (result.segments, thin.segments))
    np.testing.assert_allclose(mean["attempts"], whole["attempts"], rtol=1e-12)


def test_ranges_by_stretch_are_those_of_all_replicates(result: Result) -> None:
    whole, few = (stretch_spread(each.stretches) for each in (result, Drawn(result, ())))
    pd.testing.assert_frame_equal(few, whole)


def test_differences_by_stretch_are_paired(result: Result) -> None:
    """Of a result with itself every replicate has the difference 0, whatever their spread."""
    nothing = stretch_differences(result, result)
    assert (nothing[["attempts", "unstopped_entries"]] == 0).all(axis=None)
    assert stretch_spread(result.stretches)["attempts_q95"].max() > 0


def test_numbers_do_not_depend_on_how_many_are_in_memory_at_once(result: Result) -> None:
    whole = daily_percentiles(result, "attempts")
    np.testing.assert_array_equal(whole, daily_percentiles(result, "attempts", at_once=300))
    few = {figure: values for figure, (values,) in each_figure([result], at_once=1000)}
    assert len(few) == len(result.figures)
    for figure, values in result.figures.items():
        np.testing.assert_array_equal(values, few[figure])


@pytest.mark.parametrize("room", [0, 10**9])
def test_numbers_are_the_same_from_memory_and_read_again(
    room: int, result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finished, "BYTES_IN_MEMORY", room)
    again = run_experiment([make_scenario()], Settings(130, out=tmp_path, pictures=())).results[0]  # type: ignore[list-item]
    assert any(hasattr(block.values, "func") for block in again.blocks) == (room == 0)  # a way to the disk
    for table in ("daily", "stock", "segments", "stretches", "people", "totals"):
        pd.testing.assert_frame_equal(getattr(again, table), getattr(result, table))
    assert again.digest() == result.digest()
