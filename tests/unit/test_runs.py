"""What lies in a folder of results, and the names by which a run can be called."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import typer
from fake_model import install
from run_folders import DRAWN, experiment, folder_of

from bordersim.analyses.analysis import sweep_of
from bordersim.api import resume_run
from bordersim.cli.runs import runs
from bordersim.errors import BadInput
from bordersim.experiments.settings import Settings
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.runs import calls, located, runs_in


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)


def test_runs_of_the_same_scenarios_lie_apart_by_kind(tmp_path: Path) -> None:
    compared = folder_of(experiment(tmp_path, 3))
    asked = sweep_of("lhs", ["attempts:LT"], [])
    swept = folder_of(experiment(tmp_path, 3, DRAWN, keep="totals", analysis=asked))
    alone = folder_of(experiment(tmp_path, 3, names=("week0",)))
    assert compared.parent == tmp_path / "week0-vs-week1/compare"
    assert swept.parent == tmp_path / "week0-vs-week1/sweep"
    assert alone.parent == tmp_path / "week0/run"
    listed = runs_in(tmp_path)
    assert {run.kind for run in listed} == {"compare", "sweep", "run"}
    assert {run.path for run in listed} == {compared, swept, alone}
    assert listed[-1].size == "3 replicates"


def test_the_newest_is_last_and_the_latest_whatever_its_kind(finished: Path, tmp_path: Path) -> None:
    days = "20261129T000000Z-00000001", "20261130T000000Z-00000002", "20251130T000000Z-0000000a"
    for name in (f"a/run/{days[0]}", f"b/{days[1]}", f"b/{days[2]}"):
        shutil.copytree(finished, tmp_path / name)
    assert [run.called for run in runs_in(tmp_path)] == ["0000000a", "00000001", "00000002"]
    newest = str(tmp_path / "b/20261130T000000Z-00000002")  # from before there were folders of kinds
    assert located("latest", str(tmp_path)) == newest
    assert located(f"{tmp_path}/latest") == newest
    assert located("00000001", str(tmp_path)) == str(tmp_path / "a/run/20261129T000000Z-00000001")
    assert resume_run(newest, Settings(pictures=())).results[0].replicates == 20


def test_no_link_is_followed_so_that_a_name_cannot_lead_out(finished: Path, tmp_path: Path) -> None:
    outside, results = tmp_path / "outside/20991130T000000Z-ffffffff", tmp_path / "results"
    shutil.copytree(finished, outside)
    results.mkdir()
    (results / "linked").symlink_to(outside.parent)
    (results / "20991130T000000Z-eeeeeeee").symlink_to(outside)
    assert runs_in(results) == []
    with pytest.raises(BadInput, match="latest: there is no run in"):
        located("latest", str(results))
    assert located("ffffffff", str(results)) == "ffffffff"


def test_a_name_that_several_have_is_refused_and_what_is_there_wins(finished: Path, tmp_path: Path) -> None:
    for name in ("a/20261129T000000Z-00000001", "b/20261129T000000Z-00000001"):
        shutil.copytree(finished, tmp_path / name)
    with pytest.raises(BadInput, match=r"00000001: 2 runs in .* end so; name one of them: .*/a/.*, .*/b/.*"):
        located("00000001", str(tmp_path))
    (tmp_path / "latest").mkdir()
    assert located(f"{tmp_path}/latest") == f"{tmp_path}/latest"
    assert located("memory://results/latest") == "memory://results/latest"


def test_the_same_run_twice_is_named_by_the_time_before_its_hash(finished: Path, tmp_path: Path) -> None:
    """The list showed no name by which one of them could be called."""
    names = [
        f"202611{day}T{time}Z-00000001"
        for day, time in (("28", "100000"), ("29", "120000"), ("29", "130000"))
    ]
    for name in (*names, "20261130T120000Z-00000002"):
        shutil.copytree(finished, tmp_path / "a" / name)
    called = calls([run.path for run in runs_in(tmp_path)])
    assert called == ["100000Z-00000001", "120000Z-00000001", "130000Z-00000001", "00000002"]
    assert [Path(located(each, str(tmp_path))).name for each in called[:3]] == names
    assert located(names[0], str(tmp_path)) == str(tmp_path / "a" / names[0])
    with pytest.raises(BadInput) as caught:
        located("00000001", str(tmp_path))
    assert str(caught.value).endswith(
        f"3 runs in {tmp_path} end so; name one of them: {', '.join(called[:3])}"
    )
    assert (
        located("0000Z-00000001", str(tmp_path)) == "0000Z-00000001"
    )  # no name of a run ends in half a time


def test_a_terminal_of_80_columns_shows_names_whole(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("20261129T120000Z-00000001", "20261129T130000Z-00000001"):
        shutil.copytree(finished, tmp_path / "a" / name)
        manifest = tmp_path / "a" / name / "manifest.json"
        about = json.loads(manifest.read_text())
        about["scenarios"] = ["history_2021", "no_turn_back_2021", "no_turn_back_2021, only policy.LT"]
        manifest.write_text(json.dumps(about))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(typer.Exit):
        runs(out=str(tmp_path))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("120000Z-00000001  ")
    assert lines[1].strip() == "history_2021, no_turn_back_2021"


def test_a_damaged_run_is_listed_as_such(finished: Path, tmp_path: Path) -> None:
    shutil.copytree(finished, tmp_path / "a/20261129T000000Z-00000001")
    (tmp_path / "a/20261129T000000Z-00000001/manifest.json").write_text("{")
    (run,) = runs_in(tmp_path)
    assert (run.status, run.scenarios) == ("unreadable", ())
    assert runs_in(tmp_path / "nowhere") == []


def test_a_folder_that_is_none_says_where_there_are_some(tmp_path: Path) -> None:
    """A mistyped name was answered with the text of an operating system's error."""
    with pytest.raises(BadInput) as caught:
        RunFolder.open(tmp_path / "4b1d4e3c")
    why = "its manifest.json cannot be read: No such file or directory"
    said = f"{tmp_path}/4b1d4e3c: no run folder ({why}); 'bordersim runs' lists those there are"
    assert str(caught.value) == said


def test_a_long_name_of_no_folder_is_shortened() -> None:
    with pytest.raises(BadInput) as caught:
        RunFolder.open("a" * 3000)
    assert len(str(caught.value)) < 400
