"""Sweeps, sensitivity, the stopping rule, dry runs from the command line; a slip is one line, code 2."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import Result
from commands import call
from fake_model import install, make_block, make_world

DAYS = "period: {start: 2021-05-01, end: 2021-05-07}\n"
WEIGHT, CLEAR = "choice.chance_weight", "cross.clear_h"


@pytest.fixture(autouse=True)
def _stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two scenarios in the working folder; the stand-in adds twice the weight to what is tried every day."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)

    def world(scenario: Any) -> Any:
        return make_world(shift=2 * scenario.config.choice.chance_weight * (scenario.name == "second"))

    monkeypatch.setitem(sys.modules["bordersim.model.world"].__dict__, "build_world", world)
    Path("scenarios").mkdir()
    for name in ("first", "second"):
        text = f"schema_version: 1\nname: {name}\ntitle: the {name} week\n{DAYS}"
        Path(f"scenarios/{name}.yaml").write_text(text)


def folder_of(result: Result) -> Path:
    assert result.exit_code == 0, result.stderr
    return Path(result.stdout.splitlines()[-1])


def test_a_sweep_pairs_scenarios_in_every_draw() -> None:
    result = call("sweep", "first", "second", "--vary", f"{WEIGHT}=5:15:5", "--replicates", "3", "--no-plots")
    folder = folder_of(result)
    table = pd.read_csv(folder / "sweep_differences.csv")
    rows = table[(table["metric"] == "attempts") & (table["country"] == "LT")]
    assert list(rows[WEIGHT]) == [5, 10, 15]
    assert list(rows["difference"]) == [70, 140, 210]
    assert "second is above first in 3 of 3 draws (clearly in 3); in none is it below." in result.stdout
    assert not (folder / "plots").exists()
    columns = pd.read_csv(folder / "columns.csv")
    described = set(columns[columns["file"] == "sweep_differences.csv"]["column"]) | {WEIGHT}
    assert set(table.columns) <= described


def test_many_draws_are_told_on_one_screen_with_what_goes_with_each_key() -> None:
    """A sweep over several keys printed no figure at all: they were in files only."""
    vary = ("--vary", f"{WEIGHT}=5:15", "--vary", f"{CLEAR}=2:4", "--design", "lhs", "--samples", "30")
    how = ("--replicates", "2", "--no-plots", "--metric", "attempts:LT")
    result = call("sweep", "first", "second", *vary, *how)
    summary = (folder_of(result) / "summary.md").read_text()
    moved = 14 * pd.read_csv(folder_of(result) / "draws.csv")[WEIGHT]  # twice the weight on seven days
    printed = [line.split() for line in result.stdout.splitlines()]
    row = next(words for words in printed if words[:2] == ["attempts", "LT"])
    middle, low, high = (f"{moved.quantile(share):.0f}" for share in (0.5, 0.05, 0.95))
    assert row[5:] == [middle, low, "to", high, "30", "/", "0", "of", "30"]
    ends = next(words for words in printed if words[:1] == [WEIGHT])
    assert "what goes with attempts:LT, second minus first" in result.stdout
    assert f"{moved.nsmallest(6).median():.1f}" in ends
    assert f"{moved.nlargest(6).median():.0f}" in ends
    assert "with the same chance in all; differences within each draw: second minus first" in summary.lower()


def test_what_is_said_of_intervals_is_true_of_draws_by_replicates() -> None:
    """Of draws, a summary said both "Intervals include both" and "random variation only"."""
    vary = ("--vary", f"{WEIGHT}=5:15:5", "--replicates", "2", "--no-plots")
    for names, brief_says in (
        (("first", "second"), "of values and chance"),
        (("first",), "draws x replicates"),
    ):
        folder = folder_of(call("sweep", *names, *vary))
        brief = call("summary", str(folder), "--brief").stdout
        assert "3 draws x 2 replicates" in " ".join(brief.split())
        assert brief_says in brief
        assert "chance alone" not in brief
        for text in (call("summary", str(folder)).stdout, (folder / "summary.md").read_text()):
            assert "Intervals include both" in text
            assert "random variation only" not in text


def test_a_finished_sweep_is_shown_again_with_what_goes_with_each_figure() -> None:
    asked = ("sweep", "first", "second", "--vary", f"{WEIGHT}=5:15:5", "--replicates", "2", "--no-plots")
    made = call(*asked)
    again = call("summary", str(folder_of(made))).stdout
    assert made.stdout.split("Does the ranking reverse?")[0] in again
    assert "entry ledger: second minus first" in again


def test_a_ratio_that_is_undefined_in_some_replicates_is_not_a_missing_replicate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It headed every table as "(3 of 131 replicates missing)", and stood in metrics.csv as such."""

    def quiet(world: Any, seed: int, first: int, count: int) -> Any:
        block = make_block(world, seed, first, count)
        return block if first != 1 else block._replace(daily=0 * block.daily)  # nothing to divide by

    monkeypatch.setitem(sys.modules["bordersim.model.engine"].__dict__, "simulate_block", quiet)
    sizes = ("--replicates", "3", "--no-plots")
    for asked in (
        ("run", "first", "--values", "fixed"),
        ("compare", "first", "second", "--values", "fixed"),
        ("sweep", "first", "--vary", f"{WEIGHT}=5,7"),
        ("sweep", "first", "second", "--vary", f"{WEIGHT}=5,7"),
    ):
        folder = folder_of(call(*asked, *sizes))
        shown = call("summary", str(folder)).stdout
        assert "missing" not in shown
        table = pd.read_csv(folder / ("comparison.csv" if "second" in asked else "metrics.csv"))
        assert set(table["missing"]) == {0}
        draws = 2 if "sweep" in asked else 1
        assert f"Of {3 * draws} replicates, left out where a figure has nothing to divide by" in shown
        assert f"interdiction_share LT in {draws}" in shown


def test_words_have_no_lowest_fifth() -> None:
    vary = ("--vary", "policy.LT=turn_back,admit_and_screen", "--vary", f"{WEIGHT}=5:15:1")
    result = call("sweep", "second", *vary, "--replicates", "2", "--no-plots")
    assert "medians over 22 draws, each the mean of 2 replicates" in result.stdout
    assert {
        line.split()[0] for line in result.stdout.splitlines() if " from " in line and line.startswith(" ")
    } == {WEIGHT}
    assert " policy.LT  to" not in result.stdout


def test_draws_can_be_listed_in_a_file() -> None:
    Path("draws.csv").write_text(f"{WEIGHT},{CLEAR}\n3,2\n4,5\n")
    folder = folder_of(call("sweep", "second", "--draws", "draws.csv", "--replicates", "2"))
    table = pd.read_csv(folder / "sweep.csv").drop_duplicates("draw")
    assert table[[WEIGHT, CLEAR]].to_numpy().tolist() == [[3, 2], [4, 5]]
    assert (folder / "plots/sweep_mean.png").exists()


@pytest.mark.parametrize("design", ["lhs", "sobol"])
def test_a_design_of_chance_follows_the_seed(design: str) -> None:
    vary = ("--vary", WEIGHT, "--vary", CLEAR, "--design", design, "--samples", "5")
    how = ("--replicates", "2", "--no-plots", "--json")
    draws = [
        pd.read_csv(
            Path(json.loads(call("sweep", "second", *vary, *how, *seed).stdout)["folder"]) / "draws.csv"
        )
        for seed in ((), (), ("--seed", "4"))
    ]
    assert draws[0].equals(draws[1])
    assert not draws[0].equals(draws[2])
    assert len(draws[0]) == 5


def test_sensitivity_ranks_and_is_json_where_wanted() -> None:
    how = (
        "--samples",
        "8",
        "--parameters",
        f"{WEIGHT},{CLEAR}",
        "--metric",
        "attempts:LT",
        "--replicates",
        "2",
    )
    shown = call("sensitivity", "second", *how)
    folder = folder_of(shown)
    assert "influence on attempts:LT, second" in shown.stdout
    assert (folder / "plots/sensitivity_second.png").exists()
    columns = pd.read_csv(folder / "columns.csv")
    described = set(columns[columns["file"] == "sensitivity.csv"]["column"])
    assert set(pd.read_csv(folder / "sensitivity.csv").columns) == described
    read = json.loads(call("sensitivity", "first", "second", "--method", "morris", *how, "--json").stdout)
    best = {each["scenario"]: each["key"] for each in read["indices"] if each["rank"] == 1}
    assert best["second minus first"] == WEIGHT
    assert read["flips"] == [
        "- attempts:LT: second is above first in 24 of 24 draws (clearly in 24); in none is it below."
    ]


def test_until_halfwidth_adds_replicates_and_says_how_it_ended() -> None:
    result = call(
        *(
            "compare",
            "--values=fixed",
            "first",
            "second",
            "--until-halfwidth",
            "1%",
            "--metric",
            "detected:LT",
            "--no-plots",
        )
    )
    assert result.exit_code == 0, result.stderr
    assert result.stderr.splitlines()[-1].startswith("stopped at 100 replicates: widest half-width 0 ")
    result = call(
        "run",
        "--values=fixed",
        "first",
        "--until-halfwidth",
        "0.001%",
        "--max-replicates",
        "150",
        "--no-plots",
    )
    assert result.exit_code == 0, result.stderr
    assert result.stderr.splitlines()[-1].startswith("gave up at 150 replicates: ")
    assert "150 replicates" in (folder_of(result) / "summary.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "replicates", "blocks"),
    [
        (("run", "--values=fixed", "first", "--replicates", "70"), 70, 2),
        (("compare", "--values=fixed", "first", "second"), 200, 4),
        (("run", "--values=fixed", "first", "--until-halfwidth", "5%", "--max-replicates", "400"), 400, 8),
        (("map", "--values=fixed", "first", "--replicates", "10"), 10, 1),
        (("sweep", "first", "second", "--vary", f"{WEIGHT}=1,2,3", "--replicates", "7"), 42, 6),
        (("sensitivity", "first", "--samples", "8", "--parameters", f"{WEIGHT},{CLEAR}"), 128, 32),
    ],
)
def test_a_dry_run_counts_and_leaves_nothing(
    arguments: tuple[str, ...], replicates: int, blocks: int
) -> None:
    result = call(*arguments, "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert f"would simulate {replicates} replicates: " in result.stdout
    assert f"in {blocks} blocks" in result.stdout
    assert "MB on disk" in result.stdout
    assert "nothing was written" in result.stdout
    assert {path.name for path in Path().iterdir()} == {"scenarios"}


@pytest.mark.parametrize(("points", "said"), [("1:9:1", True), ("1:3:1", False)])
def test_what_a_grid_of_several_keys_comes_to_is_said(points: str, said: bool) -> None:
    """Nine values of each of two keys are 81 draws, three are 9, which nobody needs to be told."""
    keys = ("--vary", f"{WEIGHT}={points}", "--vary", f"{CLEAR}={points}")
    done = call("sweep", "first", *keys, "--replicates", "1", "--dry-run")
    assert ("the values of 2 keys makes 81 draws" in done.stderr) == said


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("sweep", "first"), "nothing to vary; name a key with --vary or give a file with --draws"),
        (("sweep", "first", "--vary", "choice.chance_wieght"), "did you mean 'choice.chance_weight'?"),
        (("sweep", "first", "--vary", f"{WEIGHT}=9:2"), "low 9 must be below high 2"),
        (("sweep", "first", "--vary", "inflow.vulnerable_share=0:2"), "must be between 0 and 1, is 2.0"),
        (("sweep", "first", "--vary", WEIGHT, "--design", "star"), "--design must be grid, lhs or sobol"),
        (("sweep", "first", "--vary", "run.seed=1,2"), "run.seed: cannot differ between draws"),
        (("sweep", "first", "--draws", "none.csv"), "none.csv: cannot be read"),
        (("sweep", "first", "--draws", "none.csv", "--vary", WEIGHT), "give one of them"),
        (("sweep", "first", "--vary", WEIGHT, "--metric", "atempts"), "did you mean 'attempts'?"),
        (("sweep", "frist", "--vary", WEIGHT), "no scenario 'frist'"),
        (
            ("sweep", "first", "--vary", "inflow.minsk_days_min=1,3", "--vary", "inflow.minsk_days_mean=2,4"),
            "--vary, draw 2: inflow.minsk_days_mean: must not be below minsk_days_min",
        ),
        (("sensitivity", "first", "--samples", "100"), "--samples 100: Sobol's method needs a power of two"),
        (("sensitivity", "first", "--method", "fast"), "--method must be morris or sobol, is 'fast'"),
        (("sensitivity", "first", "--parameters", "guessed"), "--parameters guessed: unknown key"),
        (("sensitivity", "first", "--parameters", WEIGHT), "needs two parameters at least"),
        (
            ("run", "--values=fixed", "first", "--until-halfwidth", "5"),
            "must be a share between 0 and 1, like 5% or 0.05",
        ),
        (
            ("run", "--values=fixed", "first", "--until-halfwidth", "5%", "--max-replicates", "10"),
            "does not look before 100",
        ),
        (
            ("run", "--values=fixed", "first", "--metric", "attempts:LT"),
            "--metric: names what --until-halfwidth watches",
        ),
        (
            ("compare", "--values=fixed", "first", "second", "--until-halfwidth", "5%", "--metric", "x"),
            "unknown metric 'x'",
        ),
    ],
)
def test_a_slip_is_one_line_and_leaves_nothing(arguments: tuple[str, ...], complaint: str) -> None:
    result = call(*arguments)
    assert result.exit_code == 2
    assert complaint in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not Path("results").exists()
