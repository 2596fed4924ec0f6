"""`bordersim story`: of a finished run or of two scenarios; what cannot be told is refused in one line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commands import ran

import bordersim
from bordersim.analyses.lives.again import Again

DAYS = ("--set", "period.end=2021-08-08")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of a short comparison."""
    out = tmp_path_factory.mktemp("compared")
    days = {"period.end": "2021-08-08"}
    made = bordersim.compare("no_turn_back_2021", "history_2021", replicates=2, set=days, out=out)
    return str(made.folder)


def test_a_finished_run_is_told_of_and_its_counts_come_out_again(folder: str, tmp_path: Path) -> None:
    page = tmp_path / "told.html"
    code, output = ran("story", folder, "--page", str(page))
    assert code == 0, output
    assert "Why their ways part here" in output
    assert "2 of 2 replicates" in output
    assert "<!doctype html>" in page.read_text(encoding="utf-8")


def test_the_same_is_told_from_python_and_as_json(folder: str, tmp_path: Path) -> None:
    told = bordersim.story(folder)
    code, output = ran("story", folder, "--json", "--page", str(told.save(tmp_path / "story.html")))
    assert code == 0
    assert json.loads(output)["told"] == json.loads(told.json())["told"]


def test_it_is_told_in_lithuanian(folder: str, tmp_path: Path) -> None:
    page = tmp_path / "told.html"
    code, output = ran("story", folder, "--lang", "lt", "--page", str(page))
    assert code == 0, output
    assert "2 iš 2 pakartojimų" in output
    assert '<html lang="lt">' in page.read_text(encoding="utf-8")


def test_a_run_is_called_latest_or_by_its_eight_characters(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ran("story", "latest") == (2, "latest: there is no run in results\n")
    Path("results").mkdir()
    shutil.copytree(folder, tmp_path / "results/a" / Path(folder).name)
    told = json.loads(bordersim.story(folder).json())["told"]
    for name in ("latest", folder[-8:]):
        code, output = ran("story", name, "--json", "--page", "told.html")
        assert code == 0, output
        assert json.loads(output)["told"] == told
        assert json.loads(bordersim.story(name).json())["told"] == told


NAMING = {
    **dict.fromkeys(("summary", "report", "animate", "export", "resume", "reproduce", "validate"), ()),
    "expand": ("--replicates", "9"),
}


@pytest.mark.parametrize(
    "arguments",
    [
        *((name, "latest", *more) for name, more in NAMING.items()),
        ("run", "history_2021", "--values", "latest"),
        ("calibrate", "order_2021", "--fit", "latest"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_whatever_takes_a_run_folder_looks_latest_up(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = ran(*arguments)
    assert code == 2
    assert "latest: there is no run in results" in output


def test_a_run_has_its_own_values_from_python_too(folder: str) -> None:
    with pytest.raises(bordersim.BadInput, match="a run folder has values of its own"):
        bordersim.story(folder, values="given")
    with pytest.raises(bordersim.BadInput, match="name two scenarios"):
        bordersim.story("history_2021")


def test_two_scenarios_need_no_run(tmp_path: Path) -> None:
    names, how = ("no_turn_back_2021", "history_2021"), ("--values", "fixed", "--among", "1")
    code, output = ran("story", *names, *DAYS, *how, "--page", str(tmp_path / "a.html"))
    assert code == 0, output
    assert "1 of 100 replicates" in output


def test_counts_that_are_not_those_of_the_folder_are_refused(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Again, "_digests", {0: {0: "other"}, 1: {0: "other"}})
    code, output = ran("story", folder, "--page", str(tmp_path / "none.html"))
    assert code == 1
    assert "its counts are not those in the folder" in output
    assert not (tmp_path / "none.html").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("nowhere",), "nowhere: no run folder"),
        (("FOLDER", "history_2022"), "not compared there"),
        (("FOLDER", "--seed", "3"), "a run folder has its own"),
        (("FOLDER", "--pick", "vulnerable"), "pick"),
        (("FOLDER", "--lang", "lv"), "lang: 'lv' is unknown"),
        (("FOLDER", "--person", "r9-africa-2021-08-01-0"), "allowed: r0 to r1"),
        (("FOLDER", "--page", "/nowhere/at/all.html"), "cannot write there"),
    ],
)
def test_what_cannot_be_told_is_refused_in_one_line(folder: str, more: tuple[str, ...], said: str) -> None:
    code, output = ran("story", *(folder if each == "FOLDER" else each for each in more))
    assert code == 2
    assert said in output
    assert len(output.strip().splitlines()) == 1
