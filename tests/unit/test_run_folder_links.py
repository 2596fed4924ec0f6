"""A run folder may hold links, pipes and notes: nothing beyond it is touched, nothing of the user is lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_model import install
from run_folders import DRAWN, blocks_of, experiment, folder_of, quietly, whole
from typer.testing import CliRunner

from bordersim.api import expand_run, resume_run
from bordersim.cli import app
from bordersim.errors import BadInput
from bordersim.experiments.reproduce import reproduce
from bordersim.report.files import save_pictures
from bordersim.results.store.files import (
    NotPlainError,
    new_file,
    own_folder,
    read_plain,
    refuse_odd_in,
    save_text,
)
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.names import FOLDERS, is_ours
from bordersim.validation.recorded import of_folder

WRITTEN = ("manifest.json", "log.txt", "metrics.csv", "comparison.csv", "summary.md", "columns.csv")
OTHERS = ("scenarios.json", "overrides.yaml", "daily.parquet", "scenario.week0.resolved.yaml", "failed.csv")
READERS: dict[str, Callable[[Path], object]] = {
    "resume": lambda folder: resume_run(folder, quietly()),
    "expand": lambda folder: expand_run(folder, 30, quietly()),
    "reproduce": lambda folder: reproduce(folder, quietly()),
    "validate": of_folder,
}


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A finished run of 20 replicates."""
    return Path(shutil.copytree(finished, tmp_path / "run"))


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """A folder of the user's elsewhere."""
    place = tmp_path / "precious"
    place.mkdir()
    for name in ("thesis.txt", "other.part", "thesis.parquet"):
        (place / name).write_text("precious\n")
    return place


def linked(path: Path, target: Path) -> None:
    """Put a link where a file or a folder is meant."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", [*WRITTEN, *OTHERS, "manifest.json.12-0123abcd.part"])
def test_a_link_for_a_file_is_refused_and_what_it_leads_to_stays(
    folder: Path, precious: Path, name: str, reader: str
) -> None:
    """The table was written over a file outside the run folder."""
    linked(folder / name, precious / "thesis.txt")
    before, there = whole(precious), whole(folder)
    with pytest.raises(BadInput, match=f"{name.partition('.')[0]}.* is a link"):
        READERS[reader](folder)
    assert (whole(precious), whole(folder)) == (before, there)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", FOLDERS)
def test_a_link_for_a_folder_is_refused_and_nothing_is_removed_there(
    folder: Path, precious: Path, name: str, reader: str
) -> None:
    """All files but blocks were deleted where a link led that was named blocks."""
    for path in (folder / "blocks").iterdir():
        shutil.copy(path, precious)
    linked(folder / name, precious)
    before = whole(precious)
    with pytest.raises(BadInput, match=f"{name} is a link, not a folder"):
        READERS[reader](folder)
    assert whole(precious) == before


@pytest.mark.parametrize("reader", READERS)
def test_links_in_the_folders_of_a_run_are_refused(folder: Path, precious: Path, reader: str) -> None:
    block = next((folder / "blocks").iterdir())
    for path in (block, block.with_name(f"{block.name}.7-0123abcd.part"), folder / "maps/week0.png"):
        kept = path.read_bytes() if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        linked(path, precious / "thesis.txt")
        with pytest.raises(BadInput, match="is a link, not a file"):
            READERS[reader](folder)
        path.unlink()
        if kept is not None:
            path.write_bytes(kept)
    READERS[reader](folder)
    assert (precious / "thesis.txt").read_text() == "precious\n"


@pytest.mark.parametrize("name", [*WRITTEN, "daily.parquet"])
@pytest.mark.parametrize("reader", READERS)
def test_a_pipe_is_not_waited_for(folder: Path, name: str, reader: str) -> None:
    """A manifest or a log that was a pipe was waited for without end."""
    (folder / name).unlink()
    os.mkfifo(folder / name)
    with pytest.raises(BadInput, match=f"{name} is a pipe"):
        READERS[reader](folder)


def test_a_folder_or_a_device_for_a_file_is_refused(folder: Path) -> None:
    (folder / "metrics.csv").unlink()
    (folder / "metrics.csv").mkdir()
    with pytest.raises(BadInput, match=r"metrics\.csv is a folder, not a file"):
        resume_run(folder, quietly())
    shutil.rmtree(folder / "blocks")
    (folder / "blocks").write_text("a file")
    (folder / "metrics.csv").rmdir()
    with pytest.raises(BadInput, match="blocks is a file, not a folder"):
        resume_run(folder, quietly())
    with pytest.raises(NotPlainError, match="is a device"):
        read_plain(Path("/dev/zero"))


def test_a_hard_link_keeps_its_content(folder: Path, precious: Path) -> None:
    """Snapshots are made of hard links: what is written in place is written into every one of them."""
    for name in ("log.txt", "metrics.csv", "manifest.json"):
        (precious / name).hardlink_to(folder / name)
    before = whole(precious)
    expand_run(folder, 30, quietly())
    assert whole(precious) == before
    assert (folder / "log.txt").read_bytes().startswith(before["log.txt"])
    assert (folder / "log.txt").read_bytes() != before["log.txt"]


def test_notes_of_the_user_stay_where_they_are(folder: Path, precious: Path) -> None:
    """A note in blocks/ was deleted by a resume that had nothing to do."""
    notes = ("blocks/README.txt", "blocks/thesis.parquet", "blocks/mine.part", "mine.part", "notes.csv")
    others = ("blocks/other-000000-0123456789abcdef.parquet", "blocks/week0-00-0123.parquet")
    for name in (*notes, *others):
        (folder / name).write_text("mine")
    (folder / "blocks/link.txt").symlink_to(precious / "thesis.txt")
    (folder / "papers").symlink_to(precious)
    resume_run(folder, quietly())
    expand_run(folder, 130, quietly())
    assert {(folder / name).read_text() for name in (*notes, *others)} == {"mine"}
    assert (folder / "blocks/link.txt").is_symlink()
    assert (folder / "papers/thesis.txt").read_text() == "precious\n"


def test_our_own_leavings_are_removed(folder: Path) -> None:
    block = next((folder / "blocks").iterdir())
    (folder / "plots").mkdir()
    left = [folder / "metrics.csv.12-0123abcd.part", folder / "plots/daily_record.png.1-0123abcd.part"]
    left.append(block.with_name(f"{block.name}.12-0123abcd.part"))
    for path in left:
        path.write_text("half")
    expand_run(folder, 130, quietly())
    assert not any(path.exists() for path in left)
    assert not list(folder.rglob("*.part"))
    assert not block.exists()  # it is part of a longer one now


def test_every_file_of_a_run_goes_by_a_name_that_is_known(tmp_path: Path) -> None:
    """A name that nobody put on the list would not be looked at before it is written."""
    asked = {"kind": "sweep", "design": "list", "metrics": [], "notes": []}
    runs = [experiment(tmp_path, 20, pictures=("plots", "maps"))]
    runs.append(experiment(tmp_path, 20, DRAWN, keep="totals", pictures=("plots",), analysis=asked))
    for made in runs:
        assert not made.failures
        paths = [path.relative_to(folder_of(made)) for path in folder_of(made).rglob("*") if path.is_file()]
        assert len(paths) > 10
        for path in paths:
            assert is_ours(path.name, "" if path.parent == Path() else str(path.parent)), path


def test_pictures_take_the_place_of_a_link_nowhere(tmp_path: Path, precious: Path) -> None:
    made = experiment(tmp_path, 20)
    folder = folder_of(made)
    linked(folder / "maps", precious)
    with pytest.raises(NotPlainError):
        save_pictures(folder, made, ("maps",))
    linked(folder / "plots", precious)
    with pytest.raises(NotPlainError):
        save_pictures(folder, made, ("plots",))
    assert sorted(path.name for path in precious.iterdir()) == ["other.part", "thesis.parquet", "thesis.txt"]


def test_what_is_half_written_takes_no_name(tmp_path: Path) -> None:
    path = save_text(tmp_path / "a.txt", "old")
    with pytest.raises(ZeroDivisionError), new_file(path) as file:
        file.write(b"new" * (1 // 0))
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.txt", "old")]
    linked(tmp_path / "b.txt", path)
    with pytest.raises(NotPlainError), new_file(tmp_path / "b.txt"):
        pass
    assert path.read_text() == "old"


def test_a_folder_of_our_own_is_no_link(tmp_path: Path, precious: Path) -> None:
    assert own_folder(tmp_path / "maps") == own_folder(tmp_path / "maps")
    linked(tmp_path / "plots", precious)
    with pytest.raises(NotPlainError, match="plots is a link"):
        own_folder(tmp_path / "plots")
    with pytest.raises(BadInput, match="plots is a link"):
        refuse_odd_in(tmp_path)


def test_the_folder_itself_may_be_named_by_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "latest").symlink_to(folder)
    assert resume_run(tmp_path / "latest", quietly()).missing == 0
    assert RunFolder.open(tmp_path / "latest/manifest.json").manifest["status"] == "complete"


def test_the_command_says_it_in_one_line(folder: Path, precious: Path) -> None:
    linked(folder / "metrics.csv", precious / "thesis.txt")
    for command in (("resume",), ("expand", "--replicates", "30"), ("reproduce",), ("validate",)):
        done = CliRunner().invoke(app, [command[0], str(folder), *command[1:]])
        assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.stderr
        assert "metrics.csv is a link" in done.stderr


def test_a_file_url_is_as_careful_as_a_path(folder: Path, precious: Path) -> None:
    linked(folder / "metrics.csv", precious / "thesis.txt")
    with pytest.raises(BadInput, match="is a link"):
        resume_run(f"file://{folder}", quietly())
    (folder / "metrics.csv").unlink()
    assert str(resume_run(f"file://{folder}", quietly()).folder) == f"file://{folder}"
    assert json.loads((folder / "manifest.json").read_text())["status"] == "complete"
    assert len(blocks_of(resume_run(folder, quietly()))) == 2
