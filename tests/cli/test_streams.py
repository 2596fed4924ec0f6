"""Streams that are closed, full, cut off or know few letters: the run is whole and its folder is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLI = f'"{sys.executable}" "{ROOT}/tests/stand_in_cli.py"'
RUN = f"{CLI} run week --values fixed --replicates 3 --no-plots"
TITLE = "a week \N{MINUS SIGN} Rūta, Białystok"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="speaks to a POSIX shell")


@pytest.fixture(autouse=True)
def _week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A week in the working folder."""
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    text = f"schema_version: 1\ntitle: '{TITLE}'\nperiod: {{start: 2021-05-01, end: 2021-05-07}}\n"
    Path("scenarios/week.yaml").write_text(text, encoding="utf-8")


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell; the exit code is that of our command, also in a pipe."""
    path = os.pathsep.join([f"{ROOT}/sim", str(ROOT), f"{ROOT}/tests"])
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        capture_output=True,
        check=False,
        timeout=300,
        env={**os.environ, "PYTHONPATH": path, **environment},
    )


def only_folder() -> str:
    """Return the folder of the only run, which is whole."""
    (folder,) = Path("results/week/run").iterdir()
    assert '"status": "complete"' in (folder / "manifest.json").read_text()
    return str(folder)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp1252:strict"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
def test_what_an_encoding_lacks_is_written_in_like_letters(environment: dict[str, str]) -> None:
    """A minus sign ended a comparison that was simulated and kept, and its folder was never told."""
    done = shell(f"{RUN}; {CLI} show week", **environment)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    assert f"\n{only_folder()}\n".encode() in done.stdout
    assert b"a week - Ruta, Bialystok" in done.stdout
    assert b"-----" in done.stdout  # the lines of tables


def test_what_is_to_be_read_back_has_the_encoding_of_files() -> None:
    done = shell(f"{CLI} show week --resolved", PYTHONIOENCODING="cp1252")
    assert TITLE in done.stdout.decode("utf-8")


@pytest.mark.parametrize("closed", [">&-", "| head -1"])
def test_where_nobody_reads_stdout_the_folder_is_told_on_stderr(closed: str) -> None:
    done = shell(f"{RUN} {closed}")
    assert done.returncode == 0, done.stderr
    assert done.stderr.decode().splitlines() == [only_folder()]


def test_without_stderr_the_run_goes_on() -> None:
    done = shell(f"{RUN} 2>&-")
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[-1] == only_folder()


@pytest.mark.parametrize("streams", [">&- 2>&- <&-", "2>&1 | head -1"])
def test_a_run_that_nobody_hears_is_whole(streams: str) -> None:
    assert shell(f"{RUN} {streams}").returncode == 0
    only_folder()


def test_a_full_disk_under_stdout_is_one_line_after_the_folder() -> None:
    done = shell(f"{RUN} >/dev/full")
    assert done.returncode == 1
    folder, line = done.stderr.decode().splitlines()
    assert folder == only_folder()
    assert line == "the output cannot be written (No space left on device)"


@pytest.mark.parametrize("command", ["scenarios", "--help", "show week --resolved"])
def test_a_reader_that_has_seen_enough_is_no_fault(command: str) -> None:
    done = shell(f"{CLI} {command} | head -1")
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_mistake_keeps_its_code_where_nobody_hears_it() -> None:
    assert shell(f"{CLI} run weak >&- 2>&-").returncode == 2


def test_a_removed_working_folder_costs_no_run_that_goes_elsewhere(tmp_path: Path) -> None:
    days = "--set period.end=2021-05-07"
    there = f"mkdir gone; cd gone; rmdir ../gone; {CLI} run history_2021 --values fixed {days}"
    done = shell(f"{there} --replicates 3 --no-plots --out '{tmp_path}/kept'")
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.decode().splitlines()[-1]).is_dir()
    done = shell(there)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "--out results: the working folder was removed; give a path from the root on"
    ]
