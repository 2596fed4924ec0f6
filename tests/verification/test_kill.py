"""Runs that are killed, run out of disk, or lose a block: nothing is lost but the blocks in hand.

Real processes, real signals, real file systems of a few megabytes.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bordersim.results.store.block_files import opened
from bordersim.results.store.place import Place

ROOT = Path(__file__).parents[2]
KILLS = 20
PER_RUN = 3
WORKERS = 2
RUN = (
    "run",
    "--values=fixed",
    "history_2021",
    "--set",
    "period.end=2021-07-25",
    "--replicates",
    "2000",
    "--no-plots",
)


def command(*arguments: str) -> list[str]:
    """Return a command line of ours."""
    return [sys.executable, "-m", "bordersim.cli", *arguments, "--json", "--workers", str(WORKERS)]


def environment() -> dict[str, str]:
    """Let the process find the sources."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "sim")}


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, env=environment(), cwd=ROOT, check=False
    )


def is_killed_at(seconds: float, *arguments: str) -> bool:
    """Run a command and kill it after so long; say whether it was still running then."""
    started = subprocess.Popen(
        command(*arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), cwd=ROOT
    )
    try:
        started.wait(seconds)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()
        return True
    return False


def whole(folder: Path) -> dict[str, bytes]:
    """Return the blocks that are there; each must be whole."""
    place = Place(folder / "blocks")
    for name in place.names():
        with opened(place, name) as file:
            file.whole()
    return {name: (folder / "blocks" / name).read_bytes() for name in place.names()}


def begun(out: Path) -> Path | None:
    """Return the run folder, if it was made before the kill."""
    return next((path.parent for path in out.glob("*/*/*/manifest.json")), None)


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, float]:
    """Digest of the run when nobody disturbs it, and how long it takes."""
    out = tmp_path_factory.mktemp("whole")
    call(*RUN, "--out", str(out / "warm"))
    began = time.monotonic()
    done = call(*RUN, "--out", str(out / "again"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["digest"], time.monotonic() - began


def test_twenty_kills_lose_nothing_but_the_blocks_in_hand(
    tmp_path: Path, uninterrupted: tuple[str, float], say: object
) -> None:
    digest, seconds = uninterrupted
    chance, kills, lost_at = random.Random(20210803), 0, []
    for number in range(1000):
        out, seen = tmp_path / str(number), dict[str, bytes]()
        for _ in range(PER_RUN):
            folder = begun(out)
            at = chance.uniform(0.2, 0.8) * seconds
            arguments = ("resume", str(folder)) if folder else (*RUN, "--out", str(out))
            if not is_killed_at(at, *arguments):
                break
            kills += 1
            if folder := begun(out):
                there = whole(folder)
                assert all(there[name] == data for name, data in seen.items())
                assert len(list((folder / "blocks").glob("*.part"))) <= WORKERS
                lost_at.append(len(there))
                seen = there
        done = call(*(("resume", str(folder)) if folder else (*RUN, "--out", str(out))))
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["digest"] == digest
        assert not list(out.rglob("*.part"))
        if kills >= KILLS:
            break
    say(f"{kills} kills with {lost_at} of 40 blocks there; digest {digest[:12]} each time")  # type: ignore[operator]
    assert len(set(lost_at)) > 5  # the kills came early and late


def in_small_disk(script: str, disk: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell script that has a file system of its own mounted at `disk`."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("this system lets nobody mount a small file system")
    disk.mkdir()
    mounted = f"mount -t tmpfs -o size=2m tmpfs {disk} && {script}"
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", mounted],
        capture_output=True,
        text=True,
        env=environment(),
        cwd=ROOT,
        check=False,
    )


def test_a_full_disk_is_told_and_resume_finishes(tmp_path: Path, uninterrupted: tuple[str, float]) -> None:
    disk = tmp_path / "disk"
    run, go_on = (
        " ".join(command(*words)) for words in ((*RUN, "--out", str(disk)), ("resume", f"{disk}/*/*/*"))
    )
    script = (
        f"{run}; echo code $?; ls {disk}/*/*/*/blocks | grep -c parquet$;"
        f" ls {disk}/*/*/*/blocks | grep -c part$;"
        f" mount -o remount,size=200m {disk}; {go_on}; echo code $?"
    )
    done = in_small_disk(script, disk)
    words = done.stdout.split("\n")
    assert words[0] == "code 1", done.stderr
    assert int(words[1]) >= 1  # what was finished is there
    assert int(words[2]) == 0  # and nothing half-written fills the disk
    (line,) = [line for line in done.stderr.splitlines() if "No space left" in line]
    assert "finished blocks are kept" in line
    assert "bordersim resume" in line
    assert words[-2] == "code 0", done.stderr
    assert f'"digest": "{uninterrupted[0]}"' in done.stdout


def test_a_read_only_folder_is_told_before_anything_runs(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    run = " ".join(command(*RUN, "--out", str(disk)))
    done = in_small_disk(f"mount -o remount,ro {disk}; {run}; echo code $?; ls {disk} | wc -l", disk)
    assert done.stdout.split() == ["code", "2", "0"]
    assert "cannot write there (Read-only file system)" in done.stderr


def test_a_folder_that_became_read_only_cannot_be_resumed(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    short = (
        "run",
        "--values=fixed",
        "history_2021",
        "--set",
        "period.end=2021-05-10",
        "--replicates",
        "60",
        "--no-plots",
    )
    run, go_on = (
        " ".join(command(*words)) for words in ((*short, "--out", str(disk)), ("resume", f"{disk}/*/*/*"))
    )
    done = in_small_disk(f"{run} > /dev/null; mount -o remount,ro {disk}; {go_on}; echo code $?", disk)
    assert done.stdout.split() == ["code", "2"], done.stderr
    assert "cannot write there (Read-only file system)" in done.stderr


def test_no_room_for_tables_is_told_and_nothing_half_written_is_left(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    short = (
        "run",
        "--values=fixed",
        "history_2021",
        "--set",
        "period.end=2021-06-30",
        "--replicates",
        "100",
        "--no-plots",
    )
    whole, run, go_on = (
        " ".join(command(*words))
        for words in (
            (*short, "--out", str(tmp_path / "whole")),
            (*short, "--out", str(disk)),
            ("resume", f"{disk}/*/*/*"),
        )
    )
    blocks = f"$(du -sk {tmp_path}/whole/*/*/*/blocks | cut -f1)"
    script = (
        f"{whole} > /dev/null; mount -o remount,size=$(({blocks} + 150))k {disk}; {run}; echo code $?;"
        f" ls {disk}/*/*/*; grep status {disk}/*/*/*/manifest.json;"
        f" mount -o remount,size=50m {disk}; {go_on} > /dev/null; echo code $?"
    )
    done = in_small_disk(script, disk)
    words = done.stdout.split()
    assert words[:2] == ["code", "1"], done.stderr
    assert "daily.parquet" not in words
    assert '"failed",' in words  # there was room to say so
    (line,) = [line for line in done.stderr.splitlines() if "No space left" in line]
    assert line.startswith("run failed: cannot write the results (No space left on device); finished blocks")
    assert words[-2:] == ["code", "0"], done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_the_end_of_a_jobs_time_say_how_to_go_on(tmp_path: Path, number: signal.Signals) -> None:
    out = tmp_path / "with space"
    # What scripts begin in the background ignores Ctrl-C, and so does what that begins, until it is caught.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    started = subprocess.Popen(
        command(*RUN, "--out", str(out)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        cwd=ROOT,
    )
    while not list(out.glob("*/*/*/blocks/*.parquet")):
        assert started.poll() is None
        time.sleep(0.05)
    started.send_signal(number)
    said = started.communicate(timeout=60)[1]
    folder = begun(out)
    assert started.returncode == 3
    assert said == f"stopped; finished blocks are kept, resume with: bordersim resume '{folder}'\n"
    assert folder
    assert json.loads((folder / "manifest.json").read_text())["status"] == "stopped"
