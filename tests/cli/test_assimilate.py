"""`assimilate` and `--values`: from an exercise to an answer, and what is refused in one line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from commands import ran

EXERCISE = """\
schema_version: 1
name: tiny
scenario: history_2021
legs: [2021-06-10, 2021-06-25]
seed: 3
rounds: [{filters: 2, particles: 6}, {filters: 2, particles: 6}]
chains: {histories: 4, sweeps: 2, steps: 3}
parameters:
  host.mind_sd: {low: 0.5, high: 1.8}
  inflow.drift_sd: {low: 0.2, high: 0.8}
  choice.rest_days: prior
  choice.escorted_share: {low: 0.2, high: 0.9}
"""
WEEKS = ["--set", "period.end=2021-06-25"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the exercise in processes of its own."""
    place = tmp_path_factory.mktemp("assimilation")
    (place / "tiny.yaml").write_text(EXERCISE)
    code, said = ran(
        "assimilate", str(place / "tiny.yaml"), "--workers", "2", "--out", str(place / "results")
    )
    assert code == 0, said
    return Path(said.splitlines()[-1])


def posterior_of(folder: Path) -> str:
    """Return the digest of the histories of a finished run."""
    digest: str = json.loads((folder / "manifest.json").read_text())["digests"]["posterior"]
    return digest


def test_a_run_leaves_histories_and_what_is_to_be_said_of_them(folder: Path) -> None:
    histories = pd.read_parquet(folder / "posterior.parquet")
    varied = ["host.mind_sd", "inflow.drift_sd", "choice.rest_days", "choice.escorted_share"]
    assert list(histories) == [*varied, "luck"]
    assert len(histories) == 4
    assert histories["host.mind_sd"].between(0.5, 1.8).all()
    for name in ("evidence", "values", "windows", "ancestors", "chains", "independence", "wanderings"):
        assert len(pd.read_csv(folder / f"{name}.csv")), name
    assert "90 % range of what might be published" in (folder / "summary.md").read_text()


@pytest.mark.parametrize("lost", ["half", "damaged"])
def test_what_is_lost_is_made_again_and_the_histories_are_the_same(
    folder: Path, lost: str, tmp_path: Path
) -> None:
    """As after a kill, which leaves some of the filters and chains."""
    copy = Path(shutil.copytree(folder, tmp_path / folder.name))
    made = sorted((copy / "blocks").iterdir())
    for path in made[::2] if lost == "half" else []:
        path.unlink()
    if lost == "damaged":
        made[3].write_text(made[3].read_text().replace("0.", "0.1", 1))
        made[5].write_text(made[6].read_text())
    names = {path.name for path in made}
    code, said = ran("resume", str(copy), "--workers", "1")
    assert code == 0, said
    assert posterior_of(copy) == posterior_of(folder)
    assert {path.name for path in (copy / "blocks").iterdir()} == names


def test_what_is_there_is_not_made_again(folder: Path, tmp_path: Path) -> None:
    """A whole number as an end of a range was another one in the manifest, so that all was made anew."""
    copy = Path(shutil.copytree(folder, tmp_path / folder.name))
    for path in (copy / "blocks").iterdir():
        path.chmod(0o444)
    before = {path.name: path.stat().st_mtime_ns for path in (copy / "blocks").iterdir()}
    code, said = ran("resume", str(copy), "--workers", "1")
    assert code == 0, said
    assert {path.name: path.stat().st_mtime_ns for path in (copy / "blocks").iterdir()} == before


def test_an_answer_comes_from_the_histories(folder: Path, tmp_path: Path) -> None:
    command = ["compare", "no_turn_back_2021", "history_2021", "--set", "period.end=2021-08-05"]
    code, said = ran(*command, "--values", str(folder), "--out", str(tmp_path))
    assert code == 0, said
    assert "the histories roughly match the figures published for days up to 2021-06-25 (tiny)" in said
    answered = re.search(
        r"^In the model there are about \S+ (more|fewer) returns without screening .* \1 in \d of 4 hist",
        said,
        re.M,
    )
    assert answered, said
    assert "4 histories, 97 days from 2021-05-01." in said
    table = pd.read_csv(next(tmp_path.rglob("comparison.csv")))
    assert (table["replicates"] <= 4).all()
    code, again = ran("reproduce", str(next(tmp_path.rglob("manifest.json")).parent))
    assert code == 0, again
    assert "2 of 2 blocks have the same digest" in again


def test_a_single_run_shows_the_range_of_the_histories(folder: Path, tmp_path: Path) -> None:
    code, said = ran("run", "history_2021", *WEEKS, "--values", str(folder), "--out", str(tmp_path))
    assert code == 0, said
    assert "90 % of histories" in said


@pytest.mark.parametrize("setting", ["choice.rest_days=9", "choice.rest_days.times=2"])
def test_a_value_that_is_set_is_that_value_in_all_and_this_is_said(
    setting: str, folder: Path, tmp_path: Path
) -> None:
    sets = ["--set", setting, *WEEKS]
    code, said = ran("run", "history_2021", *sets, "--values", str(folder), "--out", str(tmp_path))
    assert code == 0, said
    assert "choice.rest_days: set in all histories; they are no longer conditioned on the record" in said
    draws = pd.read_csv(next(tmp_path.rglob("draws.csv")))
    assert "choice.rest_days" not in draws


def test_a_policy_that_sets_a_varied_value_keeps_it_in_all_histories(folder: Path, tmp_path: Path) -> None:
    """Nobody is escorted there, whatever the histories say: as if the user had set it."""
    made = []
    for sets in ([], ["--set", "choice.escorted_share=0"]):
        command = ["compare", "history_2021", "no_escorts_2021", *WEEKS, *sets, "--no-plots"]
        code, said = ran(*command, "--values", str(folder), "--out", str(tmp_path / str(len(sets))))
        assert code == 0, said
        assert ("no_escorts_2021 has its own choice.escorted_share in all histories" in said) is (not sets)
        made.append(json.loads((Path(said.splitlines()[-1]) / "manifest.json").read_text())["results"])
    own, as_set = ([block["digest"] for block in each["no_escorts_2021"]["blocks"]] for each in made)
    assert own == as_set
    history, other = ([block["digest"] for block in each["history_2021"]["blocks"]] for each in made)
    assert history != other
    code, again = ran("reproduce", str(next((tmp_path / "0").rglob("manifest.json")).parent))
    assert code == 0, again


def test_days_after_the_record_are_said_to_be_free(folder: Path) -> None:
    later = ["--set", "period.end=2021-07-01", "--values", str(folder), "--dry-run"]
    code, said = ran("run", "history_2021", *later)
    assert code == 0, said
    assert "from 2021-06-26 to 2021-07-01 the histories are free: no record was looked at" in said


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--replicates", "7"], "--replicates: a history is one run"),
        (["--seed", "7"], "run.seed: histories have keys of their own"),
        (["--set", "run.seed=7"], "run.seed: histories have keys of their own"),
        (["--until-halfwidth", "5%"], "--until-halfwidth: there are as many histories as there are"),
        (
            ["--set", "period.start=2021-05-02"],
            "its histories begin on 2021-05-01, history_2021 on 2021-05-02",
        ),
    ],
)
def test_what_makes_no_sense_with_histories_is_refused(folder: Path, more: list[str], told: str) -> None:
    code, said = ran("run", "history_2021", "--values", str(folder), *more)
    assert (code, len(said.splitlines())) == (2, 1), said
    assert told in said


def test_a_folder_that_is_no_assimilation_is_refused(tmp_path: Path) -> None:
    code, said = ran(
        "run",
        "--values=fixed",
        "history_2021",
        "--set",
        "period.end=2021-05-02",
        "--no-plots",
        "--out",
        str(tmp_path),
    )
    assert code == 0, said
    other = said.splitlines()[-1]
    code, said = ran("run", "history_2021", "--values", other)
    assert (code, said.strip()) == (2, f"--values {other}: is not the run of an assimilation")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("legs: [2021-06-10, 2021-06-25]", "legs: [2021-06-25, 2021-06-10]", "legs: expects days in order"),
        ("legs: [2021-06-10, 2021-06-25]", "legs: [2021-05-20]", "legs: no figure lies within"),
        ("legs: [2021-06-10, 2021-06-25]", "legs: []", "legs: expects days in order"),
        ("legs: [2021-06-10,", "legs: [2021-04-10,", "legs: --set period.end: "),
        ("legs: [2021-06-10,", "legs: [2021-05-03,", "legs: no figure lies within 2021-05-01 to 2021-05-03"),
        ("seed: 3", "seed: -3", "seed: expects a whole number from 0 to"),
        ("seed: 3", "sed: 3", "sed: unknown key; did you mean 'seed'?"),
        ("particles: 6}, {", "particles: 1}, {", "particles: expects a whole number from 2"),
        ("choice.rest_days: prior", "choice.rest_dys: prior", "did you mean 'choice.rest_days'?"),
        ("low: 0.5, high: 1.8", "low: 0.5, high: 99", "host.mind_sd"),
        ("scenario: history_2021", "scenario: history_2031", "scenario: "),
        ("chains: {histories: 4", "chains: {histories: 1", "histories: expects a whole number from 2"),
    ],
)
def test_a_wrong_exercise_is_refused_in_one_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(EXERCISE.replace(old, new))
    code, said = ran("assimilate", str(path), "--dry-run")
    assert (code, len(said.splitlines())) == (2, 1), said
    assert said.startswith(f"{path}:")
    assert told in said


def test_a_dry_run_says_what_it_would_take(tmp_path: Path) -> None:
    path = tmp_path / "tiny.yaml"
    path.write_text(EXERCISE)
    code, said = ran("assimilate", str(path), "--dry-run")
    assert code == 0
    assert "in 2 legs: 2 filters of 6, 2 filters of 6; then 4 chains of 6 changes each; 4 values vary" in said


def test_a_manifest_that_cannot_be_meant_is_refused(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / folder.name))
    about = json.loads((copy / "manifest.json").read_text())
    about["analysis"]["seed"] = -1
    (copy / "manifest.json").write_text(json.dumps(about))
    code, said = ran("resume", str(copy))
    assert (code, len(said.splitlines())) == (2, 1), said
    assert "analysis: seed" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "cannot be read: "),
        ("", "does not say what its histories are worth"),
        ("histories,worth\n4,many\n", "does not say what its histories are worth"),
        ("histories,worth\n4,nan\n", "does not say what its histories are worth"),
        ("histories,worth\n4,0\n", "does not say what its histories are worth"),
    ],
)
def test_histories_that_do_not_say_what_they_are_worth_are_refused(
    folder: Path, tmp_path: Path, text: str | None, told: str
) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / folder.name))
    (copy / "independence.csv").unlink()
    if text is not None:
        (copy / "independence.csv").write_text(text)
    code, said = ran("run", "history_2021", *WEEKS, "--values", str(copy))
    assert (code, len(said.splitlines())) == (2, 1), said
    assert f"independence.csv: {told}" in said
