"""Slips in going on with runs, in a dry run, in the address of a cluster: one line, code 2."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import call
from fake_model import install, make_block

from bordersim.experiments.estimate import duration, size

DAYS = "period: {start: 2021-05-01, end: 2021-05-07}\n"
LEAST = 2


@pytest.fixture(autouse=True)
def _stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scenario in the working folder."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    Path("scenarios/first.yaml").write_text(f"schema_version: 1\nname: first\ntitle: a week\n{DAYS}")


def made(*arguments: str) -> Path:
    """Run it, without pictures, and give its folder."""
    result = call("run", "--values=fixed", "first", "--replicates", "60", "--no-plots", *arguments)
    assert result.exit_code == 0, result.stderr
    return Path(result.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("run", "--values=fixed", "first", "--out", ""), "--out: expects a folder or a URL, is empty"),
        (("run", "--values=fixed", "first", "--out", "memory://x"), "is lost when the command ends"),
        (
            ("run", "--values=fixed", "first", "--until-halfwidth", "5%", "--replicates", "10"),
            "finds how many",
        ),
        (("sensitivity", "first", "--method", "morris", "--samples", "1"), "at least 2"),
        (("sensitivity", "first", "--method", "sobol", "--samples", "1"), "at least 2"),
        (("sensitivity", "first", "--samples", "65536"), "would be 917504 draws, more than 100000"),
        (("sensitivity", "first", "--parameters", "calibratd"), "did you mean 'calibrated'?"),
        (
            ("sweep", "first", "--vary", "cross.clear_h", "--design", "lhs", "--samples", "999999999"),
            "more than 100000",
        ),
        (("sweep", "first", "--draws", "x.csv", "--samples", "9"), "leave --samples out"),
        (("reproduce", "none.json"), "cannot be read"),
        (("reproduce", "list.json"), "is no manifest of a run"),
    ],
)
def test_a_slip_is_one_line_and_leaves_nothing(arguments: tuple[str, ...], complaint: str) -> None:
    Path("list.json").write_text("[1]")
    result = call(*arguments)
    assert result.exit_code == LEAST
    assert complaint in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert {path.name for path in Path().iterdir()} == {"scenarios", "list.json"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("run", "--values=fixed", "first", "--seed", "1.0"), "--seed: expects a whole number, is '1.0'"),
        (("run", "--values=fixed", "first", "--seed", "-1"), "--seed: must be at least 0, is -1"),
        (
            ("run", "--values=fixed", "first", "--replicates", "3.0"),
            "--replicates: expects a whole number, is '3.0'",
        ),
        (
            ("run", "--values=fixed", "first", "--replicates", "1_0"),
            "--replicates: expects a whole number, is '1_0'",
        ),
        (("run", "--values=fixed", "first", "--workers", "0"), "--workers: must be between 1 and 1000, is 0"),
        (
            ("run", "--values=fixed", "first", "--max-replicates", "2e3"),
            "--max-replicates: expects a whole number",
        ),
        (("sweep", "first", "--vary", "cross.clear_h", "--samples", "2.0"), "--samples: expects a whole"),
        (("sensitivity", "first", "--samples", "0"), "--samples: must be at least 1, is 0"),
        (("expand", "results", "--replicates", "1e2"), "--replicates: expects a whole number"),
        (("reproduce", "results", "--sample", "1.0"), "--sample: expects a whole number"),
    ],
)
def test_whole_numbers_are_read_by_the_rule_of_python(arguments: tuple[str, ...], complaint: str) -> None:
    """1.0 was taken as a seed here and refused from Python."""
    result = call(*arguments)
    assert result.exit_code == LEAST
    assert complaint in " ".join(result.stderr.split())


def test_a_seed_that_is_too_large_is_refused_by_name() -> None:
    result = call("run", "--values=fixed", "first", "--seed", str(2**63))
    assert result.exit_code == LEAST
    assert result.stderr.strip() == "seed: must be between 0 and 9223372036854775807, is 9223372036854775808"


USAGE = {
    "run first --replicates 0": "--replicates: must be between 1 and 1000000, is 0",
    "run first --replicates 2.5": "--replicates: expects a whole number, is '2.5'",
    "run first --seed -1": "--seed: must be at least 0, is -1",
    "reproduce x --sample 0": "--sample: must be at least 1, is 0",
    "run first --replicats 3": "--replicats: unknown option; did you mean '--replicates'?",
    "rn first": "rn: unknown command; did you mean 'run'?",
    "run": "SCENARIO...: is missing",
    "run first --on-error no": "--on-error: 'no' is not one of 'continue', 'stop'",
    "scenarios more": "more",
    "run first --out": "--out",
}


@pytest.mark.parametrize("typed", USAGE)
def test_what_is_not_understood_is_one_line_as_every_other_mistake(typed: str) -> None:
    """It took four: usage, a hint, nothing, the error."""
    result = call(*typed.split())
    assert result.exit_code == LEAST
    (line,) = result.stderr.splitlines()
    assert USAGE[typed] in line
    assert result.stdout == ""
    assert not Path("results").exists()


def test_no_command_at_all_is_answered_with_the_help() -> None:
    assert "Commands:" in call().output


@pytest.mark.parametrize("count", ["1000001", "100000000000000000000"])
def test_more_replicates_than_names_have_digits_for_are_refused_at_once(count: str) -> None:
    began = time.monotonic()
    for command in (("run", "--values=fixed", "first"), ("sweep", "first", "--vary", "cross.clear_h")):
        assert call(*command, "--replicates", count, "--dry-run").exit_code == LEAST
    assert time.monotonic() - began < 10


def test_the_most_replicates_are_counted_at_once() -> None:
    result = call("run", "--values=fixed", "first", "--replicates", "1000000", "--dry-run")
    assert "would simulate 1000000 replicates: first x 1000000, in 20000 blocks" in result.stdout


def test_a_dry_run_is_json_where_wanted() -> None:
    for command in (("run", "--values=fixed", "first"), ("sweep", "first", "--vary", "cross.clear_h")):
        said = json.loads(call(*command, "--dry-run", "--json").stdout)
        assert said["replicates"] == 100
        assert said["blocks"] in (2, 5)


def test_time_and_space_are_said_as_a_person_says_them() -> None:
    assert [duration(x) for x in (3.14, 300, 7200, 6_528_000)] == ["3.1 s", "5 min", "2.0 h", "76 days"]
    assert [size(x) for x in (5e5, 2e9, 8.4e13)] == ["0.5 MB", "2.0 GB", "84.0 TB"]


@pytest.mark.parametrize(
    "address", ["nonsense", "http://127.0.0.1:8787", "inproc://1/2", "tcp://x.invalid:1"]
)
def test_what_is_no_address_is_refused_at_once_and_quietly(address: str) -> None:
    pytest.importorskip("distributed")
    began = time.monotonic()
    result = call("run", "--values=fixed", "first", "--cluster", address)
    assert result.exit_code == LEAST
    assert f"--cluster {address}: no Dask scheduler answers there" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert time.monotonic() - began < 5
    assert not Path("results").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("[{}]"),
        lambda path: path.write_text("half of it"),
    ],
)
def test_a_run_whose_scenarios_are_gone_is_refused_in_one_line(damage: object) -> None:
    folder = made()
    damage(folder / "scenarios.json")  # type: ignore[operator]
    result = call("resume", str(folder))
    assert result.exit_code == LEAST
    assert "what is to be run cannot be read" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_folder_with_nothing_but_the_manifest_is_reproduced_and_left_as_it_is() -> None:
    Path("alone").mkdir()
    Path("alone/manifest.json").write_bytes((made() / "manifest.json").read_bytes())
    result = call("reproduce", "alone")
    assert result.exit_code == 0, result.stderr
    assert "2 of 2 blocks have the same digest" in result.stdout
    assert [path.name for path in Path("alone").iterdir()] == ["manifest.json"]


def test_a_second_process_is_told_that_another_is_at_work() -> None:
    folder = made()
    holder = (
        "import sys, time; from bordersim.results.store.run_lock import alone_in; "
        "from bordersim.results.store.folder import RunFolder\n"
        "with alone_in(RunFolder.open(sys.argv[1])): print('held', flush=True); time.sleep(600)"
    )
    other = subprocess.Popen([sys.executable, "-c", holder, str(folder)], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        for command in (("resume", str(folder)), ("expand", str(folder), "--replicates", "100")):
            result = call(*command, "--no-plots")
            assert result.exit_code == LEAST
            assert "another process is at work on this run" in result.stderr
    finally:
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert call("resume", str(folder), "--no-plots").exit_code == 0  # the system let go with the process


def test_a_mean_in_a_sweep_says_how_many_replicates_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(world: object, seed: int, first: int, count: int) -> object:
        if first == 3:
            raise RuntimeError("no luck")
        return make_block(world, seed, first, count)

    monkeypatch.setitem(sys.modules["bordersim.model.engine"].__dict__, "simulate_block", failing)
    vary = ("--vary", "cross.clear_h", "--samples", "2", "--replicates", "5", "--no-plots")
    result = call("sweep", "first", *vary)
    assert result.exit_code == 3
    assert result.stdout.count(", from 4 of 5 replicates)") == 2 * 6  # draws, figures
    assert "2 replicates are missing, see failed.csv." in result.stdout


def test_what_stands_beside_a_hash_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit with changes is not the commit: both were shown alike."""
    folder = made()
    monkeypatch.setattr(
        "bordersim.results.store.provenance.commit", lambda: f"{'0123456789abcdef' * 2} with changes"
    )
    assert "0123456789ab with changes now" in call("reproduce", str(folder)).stdout
