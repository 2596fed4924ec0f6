"""`validate`: a scenario or a run's folder, one line for a mistake, files beside the run, the path last."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import Result
from commands import call
from fake_model import install

HEADER = "country,series,period_start,period_end,unit,value\n"
FIRST_COLUMNS = (
    *("country", "series", "resolution", "window", "in_sample", "n", "observed_total", "predicted_median"),
    *("ard", "mase_naive", "crps", "coverage50", "coverage90"),
)


@pytest.fixture(autouse=True)
def _short_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A week in the working folder, the stand-in for the engine, figures of five days."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    values = "schema_version: 1\ntitle: a week\nperiod: {start: 2021-05-01, end: 2021-05-07}\n"
    Path("scenarios/week.yaml").write_text(values)
    lines = [
        f"LT,turned_back,2021-05-0{d},2021-05-0{d},persons,{value}" for d, value in enumerate("45650", 1)
    ]
    Path("seen.csv").write_text(HEADER + "\n".join(lines) + "\n")


def scored(*arguments: str) -> Result:
    """Score the week on the figures of five days."""
    return call("validate", "week", "--observations", "seen.csv", "--replicates", "20", *arguments)


def test_a_scenario_is_run_scored_and_kept() -> None:
    result = scored()
    assert result.exit_code == 0, result.stderr
    *_, seconds, path = result.stdout.splitlines()
    assert seconds.endswith(" s; results are in")
    assert "scorecard: week" in result.stdout
    assert "MASE" in result.stdout
    assert "synthetic people" in result.stdout
    assert (Path(path) / "scorecard-seen.md").exists()
    assert (Path(path) / "plots/scorecard-seen.png").stat().st_size > 10_000
    with (Path(path) / "scorecard-seen.csv").open() as stream:
        (row,) = csv.DictReader(stream)
    assert tuple(row)[: len(FIRST_COLUMNS)] == FIRST_COLUMNS
    assert (row["country"], row["n"], row["observed_total"]) == ("LT", "5", "20.0")


def test_a_picture_that_fails_costs_neither_the_card_nor_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures came first: one that failed ended the command before anything was told."""

    def failing(*_: object) -> None:
        raise ValueError("no ink")

    monkeypatch.setattr("bordersim.report.pictures.scorecard_page.save_scorecard", failing)
    result = scored()
    assert result.exit_code == 3
    assert result.stderr == "failed: pictures: ValueError('no ink')\n"
    assert "scorecard: week" in result.stdout
    folder = Path(result.stdout.splitlines()[-1])
    assert (folder / "scorecard-seen.csv").exists()
    assert (folder / "scorecard-seen.md").exists()


def test_the_folder_of_a_run_gives_the_same_card() -> None:
    first = scored("--no-plots", "--json")
    folder = next(Path("results/week/run").iterdir())
    again = call("validate", str(folder), "--observations", "seen.csv", "--no-plots", "--json")
    assert again.exit_code == 0, again.stderr
    assert json.loads(again.stdout) == json.loads(first.stdout)


def test_each_scenario_of_a_comparison_is_scored() -> None:
    Path("scenarios/other.yaml").write_text("schema_version: 1\ntitle: other\nextends: week\n")
    call("compare", "--values=fixed", "week", "other", "--replicates", "5", "--no-plots")
    folder = next(Path("results/week-vs-other/compare").iterdir())
    result = call("validate", str(folder), "--observations", "seen.csv")
    assert "scorecard: other" in result.stdout
    assert (folder / "plots/scorecard-seen-other.png").exists()


def test_markdown_is_a_table_and_nothing_else() -> None:
    lines = scored("--markdown", "--no-plots").stdout.splitlines()
    assert lines[0].startswith("week: ")
    assert lines[2].startswith("| border | series |")


def test_a_dry_run_leaves_nothing() -> None:
    assert scored("--dry-run").exit_code == 0
    assert not Path("results").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("validate", "weak"), ("weak", "did you mean 'week'?")),
        (("validate", "scenarios"), ("scenarios", "lacks manifest.json")),
        (("validate", "week", "--dry-run", "--observations", "bad.csv"), ("bad.csv:2", "LT")),
        (("validate", "week", "--observations", "no.csv"), ("no.csv", "cannot be read")),
        (("validate", "week", "--observations", "bad.csv"), ("bad.csv:2", "country", "LT")),
        (("validate", "week", "--observations", "empty.csv"), ("empty.csv:1", "holds no figure")),
    ],
)
def test_bad_input_is_one_line_and_runs_nothing(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    Path("bad.csv").write_text(HEADER + "Lithuania,turned_back,2021-05-01,2021-05-01,persons,4\n")
    Path("empty.csv").write_text(HEADER)
    result = call(*arguments, "--replicates", "5")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    for word in words:
        assert word in line
    assert not Path("results").exists()


def test_windows_that_went_into_values_can_be_given() -> None:
    entry = "{countries: [LT], series: [turned_back], from: 2021-05-01, to: 2021-05-02, into: mine}"
    Path("mine.yaml").write_text(f"fitted:\n  - {entry}\n")
    rows = json.loads(scored("--fitted", "mine.yaml", "--no-plots", "--json").stdout)
    assert {row["in_sample"]: row["n"] for row in rows} == {False: 3, True: 2}


def test_naive_forecasts_may_be_kept_from_knowing() -> None:
    (row,) = json.loads(scored("--naive-until", "2021-05-01", "--no-plots", "--json").stdout)
    assert row["n_naive"] == 4
    (row,) = json.loads(scored("--naive-until", "2021-04-01", "--no-plots", "--json").stdout)
    assert row["n_naive"] == 0
    assert "--naive-until" in scored("--naive-until", "May").stderr


def test_days_outside_the_scenario_are_refused_before_it_runs() -> None:
    Path("late.csv").write_text(HEADER + "LT,turned_back,2022-05-01,2022-05-01,persons,4\n")
    result = call("validate", "week", "--observations", "late.csv", "--replicates", "5")
    assert result.exit_code == 2
    assert "no figure lies within 2021-05-01 to 2021-05-07" in result.stderr
    assert "2022-05-01" in result.stderr
    assert not Path("results").exists()


def test_a_finished_run_takes_no_option_of_a_run() -> None:
    scored("--no-plots")
    folder = next(Path("results/week/run").iterdir())
    result = call("validate", str(folder), "--seed", "3")
    assert result.exit_code == 2
    assert "--seed" in result.stderr
