"""Calibrate: the same again, after a run was broken off too; a slip is one line, code 2."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import Result
from fake_model import install, make_block, make_world
from typer.testing import CliRunner

from bordersim.analyses.exercise import Exercise, read_exercise
from bordersim.cli import app
from bordersim.results.store.block_files import opened
from bordersim.results.store.columns import CALIBRATION
from bordersim.results.store.place import Place
from bordersim.words.metrics import METRIC_NAMES

EXERCISE = """schema_version: 1
name: tiny
title: Fitted in May, predicted for June
scenario: history_2021
fit: {from: 2021-05-01, to: 2021-06-30}
predict: {to: 2021-07-31}
seed: 3
draws: 64
replicates: 2
posterior: {draws: 8, replicates: 2}
parameters:
  choice.chance_weight: prior
  cross.clear_h: {low: 2, high: 4}
summaries:
  - {country: LT, series: arrivals_detained, from: 2021-05-01, to: 2021-05-31, discrepancy: 0.1}
  - {country: LT, series: arrivals_detained, from: 2021-06-01, to: 2021-06-30}
"""
MADE: list[Path] = []
DETAINED = METRIC_NAMES.index("record_apprehended")


@pytest.fixture(autouse=True)
def _stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that detains so many each day that a weight of 8 gives the 77 of May and the 473 of June."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)
    Path("tiny.yaml").write_text(EXERCISE)

    def world(scenario: Any) -> Any:
        period, weight = scenario.config.period, scenario.config.choice.chance_weight
        return make_world(period.start, (period.end - period.start).days + 1, weight / 8)

    def block(world: Any, seed: int, first: int, count: int) -> Any:
        arrays = make_block(world, seed, first, count)
        means = world.shift * np.repeat([77 / 31, 473 / 30], [31, world.days - 31])
        detained = np.random.default_rng([seed, first]).poisson(means, arrays.daily.shape[:2])
        arrays.daily[:, :, 0, DETAINED] = detained
        return arrays

    monkeypatch.setitem(sys.modules["bordersim.model.world"].__dict__, "build_world", world)
    monkeypatch.setitem(sys.modules["bordersim.model.engine"].__dict__, "simulate_block", block)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["calibrate", *arguments])


def folders(done: Result) -> tuple[Path, Path]:
    """The folders of fit and prediction, the last two lines."""
    assert done.exit_code == 0, done.output
    fit, prediction = done.stdout.splitlines()[-2:]
    return Path(fit), Path(prediction)


def finished() -> tuple[Path, Path]:
    """The folders of one run for all tests of this file, to be read or copied."""
    if not MADE:
        MADE.extend(folder.absolute() for folder in folders(call("tiny.yaml", "--no-plots")))
    return MADE[0], MADE[1]


@pytest.fixture
def fit() -> Path:
    """The finished run of the design, copied so that each test may spoil it."""
    shutil.copytree(finished()[0], "fit")
    return Path("fit")


def test_the_parameter_that_decides_is_found_and_the_other_is_said_not_to_be() -> None:
    fit, prediction = finished()
    table = pd.read_csv(fit / "identified.csv").set_index("parameter")
    weight, clear = table.loc["choice.chance_weight"], table.loc["cross.clear_h"]
    assert weight["identified"]
    assert weight["width_ratio"] < clear["width_ratio"]
    assert (clear["prior_low"], clear["prior_high"]) == pytest.approx((2, 4))
    assert "cross.clear_h" in (fit / "summary.md").read_text()
    for folder in (fit, prediction):
        described = pd.read_csv(folder / "columns.csv")
        for path in folder.glob("*.csv"):
            if path.name in CALIBRATION:
                names = described.loc[described["file"] == path.name, "column"]
                assert list(pd.read_csv(path).columns) == list(names)
    check = pd.read_csv(prediction / "posterior_check.csv")
    assert list(check["published"]) == [77, 473]
    card = pd.read_csv(prediction / "scorecard.csv")
    assert set(card.loc[card["window"].str.startswith("2021-05"), "in_sample"]) == {True}
    assert not card["in_sample"].all()


def test_the_same_posterior_comes_again_from_a_run_that_was_broken_off_too(fit: Path) -> None:
    another, _ = folders(call("tiny.yaml", "--no-plots"))
    assert another != fit
    assert (another / "posterior.parquet").read_bytes() == (fit / "posterior.parquet").read_bytes()
    before = (fit / "posterior.parquet").read_bytes()
    for path in sorted((fit / "blocks").iterdir())[10:50]:
        path.unlink()
    (fit / "posterior.parquet").unlink()
    manifest = json.loads((fit / "manifest.json").read_text())
    (fit / "manifest.json").write_text(json.dumps(manifest | {"status": "running"}))
    again, _ = folders(call("tiny.yaml", "--no-plots", "--fit", str(fit)))
    assert again.samefile(fit)
    assert (fit / "posterior.parquet").read_bytes() == before


def test_the_run_of_another_exercise_is_refused(fit: Path) -> None:
    Path("tiny.yaml").write_text(EXERCISE.replace("draws: 64", "draws: 32"))
    done = call("tiny.yaml", "--fit", str(fit))
    assert done.exit_code == 2
    assert "is the run of another exercise, or of one that was changed since" in done.stderr


def test_a_posterior_is_a_list_of_draws_for_a_sweep(fit: Path) -> None:
    arguments = ["sweep", "history_2021", "--draws", str(fit / "posterior.parquet"), "--replicates", "2"]
    done = CliRunner().invoke(app, [*arguments, "--no-plots"])
    assert done.exit_code == 0, done.output
    drawn = pd.read_csv(Path(done.stdout.splitlines()[-1]) / "sweep.csv")
    posterior = pd.read_parquet(fit / "posterior.parquet")
    assert drawn["choice.chance_weight"].unique() == pytest.approx(posterior["choice.chance_weight"].unique())


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), "posterior.parquet: cannot be read: "),
        (lambda path: path.unlink(), "posterior.parquet: cannot be read: No such file or directory"),
        (
            lambda path: pd.DataFrame({"choice.chance_weight": [8, -8]}).to_parquet(path),
            "posterior.parquet: row 2: choice.chance_weight: must be between 0 and 100, is -8",
        ),
    ],
)
def test_a_posterior_that_was_changed_is_refused(fit: Path, spoiled: Any, said: str) -> None:
    spoiled(fit / "posterior.parquet")
    done = call("tiny.yaml", "--fit", str(fit))
    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def seed_of(block: Path) -> int:
    """Return the seed in the metadata of a block."""
    with opened(Place(block.parent), block.name) as file:
        return int(file.about()["seed"])


def test_draws_have_chance_of_their_own(fit: Path) -> None:
    assert json.loads((fit / "manifest.json").read_text())["own_chance"]
    seeds = {seed_of(path) for path in (fit / "blocks").iterdir()}
    assert len(seeds) == 64


@pytest.mark.parametrize("content", [b"", b"not a table"])
def test_a_file_that_is_no_table_is_refused_in_one_line(content: bytes) -> None:
    Path("posterior.parquet").write_bytes(content)
    done = CliRunner().invoke(app, ["sweep", "history_2021", "--draws", "posterior.parquet"])
    assert done.exit_code == 2
    assert done.stderr.startswith("posterior.parquet: cannot be read: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_dry_run_counts_and_writes_nothing() -> None:
    done = call("tiny.yaml", "--dry-run")
    assert done.exit_code == 0
    assert "64 draws of 2 parameters x 2 replicates" in done.stdout
    assert not Path("results").exists()


@pytest.mark.parametrize("name", ["order_2021", "year_2022", "fence_2023"])
def test_what_came_with_the_package_goes_by_its_name(name: str) -> None:
    done = call(name, "--dry-run")
    assert done.exit_code == 0, done.output
    assert f"would fit {name}: " in done.stdout


def test_an_exercise_that_is_not_there_is_one_line() -> None:
    done = call("order_2020")
    assert done.exit_code == 2
    assert done.stderr == "order_2020: cannot be read: No such file or directory\n"


def test_an_exercise_survives_the_manifest() -> None:
    exercise = read_exercise(Path("tiny.yaml"))
    assert Exercise.of_plain(json.loads(json.dumps(exercise.plain()))) == exercise


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("draws: 64", "drwas: 64", "tiny.yaml:8: drwas: unknown key; did you mean 'draws'?"),
        (
            "draws: 64",
            "draws: many",
            "tiny.yaml:8: draws: expects a whole number from 2 to 100000, is 'many'",
        ),
        (
            "seed: 3",
            "accept_share: 2",
            "tiny.yaml:7: accept_share: expects a number above 0 and at most 1, is 2",
        ),
        ("name: tiny\n", "", "tiny.yaml:1: lacks 'name'"),
        (
            "choice.chance_weight",
            "choice.chance_wieght",
            "tiny.yaml:12: choice.chance_wieght: unknown key; did you mean 'choice.chance_weight'?",
        ),
        ("choice.chance_weight", "policy.LT", "tiny.yaml:12: policy.LT: changes by date in history_2021"),
        (
            "choice.chance_weight",
            "claims.LV.points",
            "tiny.yaml:12: claims.LV.points: has no range from low to high",
        ),
        (
            "{low: 2, high: 4}",
            "{low: 4, high: 2}",
            "tiny.yaml:13: cross.clear_h=4:2: low 4 must be below high 2",
        ),
        ("{low: 2, high: 4}", "{low: -2, high: 4}", "tiny.yaml:13: cross.clear_h: "),
        ("{low: 2, high: 4}", "{low: 2}", "tiny.yaml:13: cross.clear_h: expects 'prior' or low and high"),
        (
            "to: 2021-06-30}\n",
            "to: 2021-07-31}\n",
            "2021-06-01 to 2021-07-31 lies outside the fit, 2021-05-01 to 2021-06-30",
        ),
        (
            "from: 2021-06-01, to: 2021-06-30}",
            "from: 2021-06-02, to: 2021-06-30}",
            "no figure is published of 2021-06-02 to 2021-06-30; the nearest is of 2021-06-01 to 2021-06-30",
        ),
        ("country: LT, series: arr", "country: LD, series: arr", "country: 'LD' is not known"),
        (
            "predict: {to: 2021-07-31}",
            "predict: {to: soon}",
            "tiny.yaml:6: predict.to: expects a date like 2021-08-03, is 'soon'",
        ),
        (
            "draws: 64",
            "draws: 1000000000000",
            "tiny.yaml:8: draws: expects a whole number from 2 to 100000, is 1000000000000",
        ),
        (
            "replicates: 2\nposterior",
            "replicates: 90000\nposterior",
            "tiny.yaml:8: draws: 64 draws x 90000 replicates are more than 1,000,000",
        ),
        ("{draws: 8, replicates: 2}", "{draws: 1e9}", "tiny.yaml:10: draws: expects a whole number"),
        ("{draws: 8, replicates: 2}", "8", "tiny.yaml:10: posterior: expects keys with values, is 8"),
        (
            "seed: 3",
            f"seed: {2**63}",
            "tiny.yaml:7: seed: expects a whole number from 0 to 9223372036854775807",
        ),
        ("seed: 3", f"rule_out_above: {'9' * 90}", "tiny.yaml:7: rule_out_above: expects a number above 0"),
        ("seed: 3", f"discrepancy: {'9' * 90}", "discrepancy: expects a number above 0 and at most 100"),
        ("discrepancy: 0.1", "discrepancy: .inf", "discrepancy: expects a number above 0 and at most 100"),
        ("{low: 2, high: 4}", "{low: 2, high: [4]}", "tiny.yaml:13: cross.clear_h.high: expects a number"),
        ("{low: 2, high: 4}", "{low: .nan, high: 4}", "tiny.yaml:13: cross.clear_h.low: expects a number"),
        ("history_2021", "history_-2021", "tiny.yaml:4: scenario: no scenario 'history_-2021'"),
        ("scenario: history_2021", "scenario: [a]", "tiny.yaml:4: scenario: expects text, is a list"),
        (
            "fit: {from: 2021-05-01",
            "fit: {from: 1921-05-01",
            "tiny.yaml:5: fit.from: must be between 2020-01-01",
        ),
        ("predict: {to: 2021-07-31}", "predict: {too: 2021-07-31}", "predict.too: unknown key; did you mean"),
        ("schema_version: 1", "schema_version: 2", "tiny.yaml:1: schema_version: must be 1, is 2"),
        (
            "predict: {to: 2021-07-31}",
            "predict: {to: 2021-05-31}",
            "fit: expects from < to <= the end of predict",
        ),
    ],
)
def test_a_slip_is_one_line_that_says_where(old: str, new: str, said: str) -> None:
    head, _, tail = EXERCISE.rpartition(old) if old.startswith("to:") else EXERCISE.partition(old)
    Path("tiny.yaml").write_text(head + new + tail)
    done = call("tiny.yaml")
    assert done.exit_code == 2, done.output
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr
    assert not Path("results").exists()
