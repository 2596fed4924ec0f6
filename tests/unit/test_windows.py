"""Some days of a run: the sums of those days, in memory and from the folder, and nothing that is unknown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fake_model import install
from run_folders import DRAWN, experiment, folder_of

from bordersim.cli.window import View
from bordersim.errors import BadInput
from bordersim.experiments.reading import read_run
from bordersim.results.experiment import Experiment
from bordersim.results.store.parts import Window
from bordersim.results.store.result import Result

WINDOW = Window(date(2021, 5, 3), date(2021, 5, 5))


@pytest.fixture(scope="module", autouse=True)
def _fake_model() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        install(patch)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """A week of two scenarios, in blocks of several sizes."""
    return experiment(tmp_path_factory.mktemp("made"), 60)


@pytest.fixture
def copied(made: Experiment, tmp_path: Path) -> Path:
    """A copy of its folder, to be spoilt."""
    return Path(shutil.copytree(folder_of(made), tmp_path / "copied"))


def sums(result: Result, metric: str, country: str) -> np.ndarray:
    """Add up the days of the window from the daily table, by replicate."""
    daily = result.daily
    inside = daily["date"].between(pd.Timestamp(WINDOW.first), pd.Timestamp(WINDOW.last))
    rows = daily[inside & (daily["country"] == country)]
    return rows.groupby("replicate")[metric].sum().to_numpy()


def test_a_window_has_the_sums_of_its_days_and_their_paired_differences(made: Experiment) -> None:
    part = made.between(WINDOW)
    row = part.differences.set_index(["metric", "country"]).loc[("attempts", "LV")]
    before, after = (sums(result, "attempts", "LV") for result in made.results)
    assert row["reference_mean"] == pytest.approx(before.mean())
    assert row["difference"] == pytest.approx((after - before).mean())
    assert row["replicates"] == 60
    whole = made.differences.set_index(["metric", "country"]).loc[("attempts", "LV")]
    assert whole["reference_mean"] > row["reference_mean"]


def test_a_finished_folder_gives_the_same_window_and_nothing_in_it_changes(made: Experiment) -> None:
    folder = folder_of(made)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    read, how = read_run(folder)
    pd.testing.assert_frame_equal(read.differences, made.differences)
    pd.testing.assert_frame_equal(read.between(WINDOW).metrics, made.between(WINDOW).metrics)
    assert read.digest == made.digest
    assert how.replicates == 60
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_folder_of_an_older_model_is_read_as_it_is(made: Experiment, copied: Path) -> None:
    path = copied / "manifest.json"
    about = json.loads(path.read_text())
    about["hashes"]["model"] = "0" * 64
    path.write_text(json.dumps(about))
    pd.testing.assert_frame_equal(read_run(copied)[0].metrics, made.metrics)


def test_what_is_not_known_by_day_is_left_out_and_not_a_number(made: Experiment) -> None:
    part = made.between(WINDOW)
    known = set(part.metrics["metric"])
    assert not [name for name in known if name.startswith("people_")]
    assert known.isdisjoint({"returns_per_person", "entered_unstopped_share", "repeat_returns_per_person"})
    assert {"attempts", "interdiction_share", "cost_eur"} <= known
    assert set(made.metrics["metric"]) > known
    assert part.results[0].people.iloc[:, 2:].isna().all(axis=None)
    with pytest.raises(BadInput, match="segments: is known of the whole run alone"):
        _ = part.results[0].segments


def test_all_days_are_the_run_itself(made: Experiment) -> None:
    whole = Window(date(2021, 5, 1), date(2021, 5, 7))
    assert made.between(whole).results[0] is made.results[0]
    assert not made.between(whole).is_part


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (("2021-04-30", None), "--from 2021-04-30: is outside the run, which has 2021-05-01 to 2021-05-07"),
        ((None, "2021-05-08"), "--to 2021-05-08: is outside the run, which has 2021-05-01 to 2021-05-07"),
        (("2021-05-05", "2021-05-04"), "--from 2021-05-05: is after --to 2021-05-04"),
        (("5 May", None), "--from: expects a date like 2023-09-01, is '5 May'"),
    ],
)
def test_days_that_cannot_be_shown_are_refused(made: Experiment, ends: tuple[str, str], said: str) -> None:
    with pytest.raises(BadInput) as error:
        View(*ends).of(made)
    assert str(error.value) == said


def test_one_end_alone_is_enough(made: Experiment) -> None:
    assert View("2021-05-06").of(made).results[0].land.days == 2
    assert View(None, "2021-05-06").of(made).results[0].land.days == 6


def test_sums_over_all_days_have_no_part(tmp_path: Path) -> None:
    swept = experiment(tmp_path, 4, DRAWN, keep="totals")
    with pytest.raises(BadInput, match="week0: keeps sums over all of its days"):
        swept.between(WINDOW)


def test_a_run_that_has_not_ended_is_not_shown(copied: Path) -> None:
    path = copied / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"status": "stopped"}))
    with pytest.raises(BadInput, match="has not ended; go on with it: bordersim resume"):
        read_run(copied)


def test_weeks_begin_on_monday_and_partial_ones_are_marked(made: Experiment) -> None:
    result = made.results[0]
    weeks = result.by("week")
    one = weeks[(weeks["replicate"] == 7) & (weeks["country"] == "PL")]
    assert one["period_start"].dt.date.tolist() == [date(2021, 4, 26), date(2021, 5, 3)]
    assert one["period_start"].dt.day_of_week.tolist() == [0, 0]
    assert (one["days"].tolist(), one["is_partial"].tolist()) == ([2, 5], [True, True])
    daily = result.daily
    days = daily[(daily["replicate"] == 7) & (daily["country"] == "PL")]["attempts"].tolist()
    assert one["attempts"].tolist() == [pytest.approx(sum(days[:2])), pytest.approx(sum(days[2:]))]


def test_a_whole_week_is_not_partial_and_a_month_is(made: Experiment) -> None:
    long = replace(made.results[0].land, start=date(2021, 5, 3))
    shifted = replace(made.results[0], land=long)
    assert not shifted.by("week")["is_partial"].any()
    assert shifted.by("month")["is_partial"].all()
    assert len(shifted.by("day")) == len(shifted.daily)
    with pytest.raises(BadInput, match="period: 'weak' is not known; did you mean 'week'"):
        shifted.by("weak")


def test_part_of_a_result_from_python(made: Experiment) -> None:
    part = made.results[1].between("2021-05-03", date(2021, 5, 5))
    attempts = part.totals.set_index(["replicate", "country"])["attempts"].xs("LT", level="country")
    assert attempts.tolist() == pytest.approx(sums(made.results[1], "attempts", "LT").tolist())
    with pytest.raises(BadInput, match="first: expects a date like 2021-08-03, is 'May'"):
        made.results[1].between("May", "2021-05-05")
