"""`evidence`: from scenarios and an exercise to a verdict, again from its files, and what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from commands import ran

EXERCISE = """\
schema_version: 1
name: tiny
scenario: history_2021
legs: [2021-06-30]
seed: 3
rounds: [{filters: 2, particles: 6}]
parameters:
  inflow.drift_sd: {low: 0.2, high: 0.8}
  choice.rest_days: prior
"""
FLOOD, STEADY = "inflow.origins.via_russia.people_per_day=100", "inflow.drift_sd=0"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the exercise."""
    place = tmp_path_factory.mktemp("evidence")
    (place / "tiny.yaml").write_text(EXERCISE)
    return place


def judge(place: Path, *more: str) -> tuple[int, str]:
    """Judge what happened against a flood, and against an inflow that does not drift."""
    exercise = ("--exercise", str(place / "tiny.yaml"), "--out", str(place))
    without = [word for each in (FLOOD, STEADY) for word in ("--without", each)]
    return ran("evidence", "history_2021", *without, *exercise, "--workers", "1", *more)


@pytest.fixture(scope="module")
def files(place: Path) -> list[str]:
    """Judge, in a process of its own, and return the files of the sides."""
    code, said = judge(place)
    assert code == 0, said
    return said.splitlines()[-3:]


def test_a_flood_loses_and_what_is_set_does_not_vary(files: list[str]) -> None:
    """Over a hundred a day more than came: that is as improbable as a judge can find anything."""
    code, said = ran("evidence", *files, "--json")
    assert code == 0, said
    found = json.loads(said)
    flood, steady = found["differences"]
    assert flood["verdict"] == "yes", f"seed 3: {flood}"
    assert steady["difference"] != 0
    assert [each["varied"] for each in found["structures"]] == [2, 2, 1]
    assert [each["name"] for each in found["structures"]][1:] == [
        f"history_2021 {each}" for each in (FLOOD, STEADY)
    ]
    assert {each["border"] for each in found["windows"]} == {"LT", "LV", "PL", "all"}
    assert found["windows"][3]["left_out"]["windows"] > 0


def test_files_are_compared_in_the_order_in_which_they_are_named(files: list[str]) -> None:
    code, said = ran("evidence", files[1], files[0])
    assert code == 0, said
    (row,) = (
        line.split() for line in said.splitlines() if line.rstrip().endswith((" no", " yes", " undecided"))
    )
    assert row[-1] == "no"


def test_two_versions_of_the_model_are_told_apart(files: list[str], tmp_path: Path) -> None:
    """The scenario has the same name in both; a file alone is nothing to compare."""
    other, held = tmp_path / "other.json", json.loads(Path(files[0]).read_text())
    other.write_text(json.dumps({**held, "model": "f" * 64}))
    code, said = ran("evidence", files[0], str(other))
    assert code == 0, said
    assert re.search(rf"history_2021 \({held['model'][:8]}\) +history_2021 \(ffffffff\) ", said)
    code, said = ran("evidence", files[0])
    assert (code, said.splitlines()[1:]) == (2, []), said


def test_called_again_it_makes_only_what_is_missing(place: Path, files: list[str]) -> None:
    blocks = sorted((place / "evidence/tiny/blocks").iterdir())
    assert len(blocks) == 3 * 2 * 2
    before = {path: path.stat().st_mtime_ns for path in blocks[1:]}
    blocks[0].unlink()
    code, said = judge(place)
    assert code == 0, said
    assert said.splitlines()[-3:] == files, "a side has another content"
    assert {path: path.stat().st_mtime_ns for path in blocks[1:]} == before


def test_a_dry_run_measures_and_keeps_nothing(place: Path, tmp_path: Path) -> None:
    code, said = judge(place, "--dry-run", "--filters", "5", "--out", str(tmp_path))
    assert code == 0, said
    assert "for each 5 filters of 6, and as many that do not see" in said
    assert "2, 2, 1 values vary;" in said
    assert "s of a processor a filter, about" in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["history_2021", "history_2022"], "--exercise: name one, like given_2021"),
        ([], "expects two files of earlier calls, or --exercise and structures"),
        (["gone.json", "history_2021", "--exercise", "{tiny}"], "gone.json: cannot be read: No such file"),
        (
            ["history_2021", "history_2022", "--exercise", "{tiny}"],
            "history_2022: begins on 2022-01-01, the windows of tiny on 2021-05-01",
        ),
        (
            ["--without", "inflow.drift_ds=0", "--exercise", "{tiny}"],
            "--without inflow.drift_ds: unknown key; did you mean 'inflow.drift_sd'?",
        ),
        (
            ["--without", "inflow.drift_sd", "--exercise", "{tiny}"],
            "drift_sd: expects KEY=VALUE",
        ),
        (["history_2021", "histry_2021", "--exercise", "{tiny}"], "histry_2021"),
        (["--without", STEADY, "--exercise", "no_such"], "no_such"),
        (
            ["--without", STEADY, "--exercise", "{tiny}", "--seed", "900000001"],
            "--seed: must be between 0 and",
        ),
    ],
)
def test_bad_input_is_refused_in_one_line(place: Path, arguments: list[str], told: str) -> None:
    words = [each.format(tiny=place / "tiny.yaml") for each in arguments]
    code, said = ran("evidence", *words, "--out", str(place / "none"))
    assert (code, len(said.splitlines())) == (2, 1), said
    assert told in said
    assert not (place / "none").exists()
