"""An assimilation that is killed five times and resumed gives the histories of the one nobody disturbed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from test_kill import begun, call, command, environment, is_killed_at

KILLS, TRIES = 5, 40
EXERCISE = """\
schema_version: 1
name: killed
scenario: history_2021
legs: [2021-07-31, 2021-09-30]
seed: 7
rounds: [{filters: 3, particles: 20}, {filters: 4, particles: 30}]
chains: {histories: 12, sweeps: 3, steps: 10}
parameters:
  host.mind_sd: {low: 0.5, high: 1.8}
  inflow.drift_sd: {low: 0.2, high: 0.8}
  choice.rest_days: prior
"""


def test_five_kills_and_any_number_of_workers_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "killed.yaml"
    path.write_text(EXERCISE)
    whole = json_of(call("assimilate", str(path), "--out", str(tmp_path / "whole")).stdout)
    *asked, two = command("assimilate", str(path), "--out", str(tmp_path / "alone"))
    assert (asked[-1], two) == ("--workers", "2")
    one = subprocess.run([*asked, "1"], capture_output=True, text=True, env=environment(), check=True)
    assert json_of(one.stdout)["digest"] == whole["digest"]
    folder = killed(path, tmp_path / "killed")
    resumed = json_of(call("resume", str(folder)).stdout)
    assert resumed["digest"] == whole["digest"]
    names = ("posterior.parquet", "windows.csv", "values.csv", "independence.csv")
    (undisturbed,) = (tmp_path / "whole" / "killed" / "assimilation").iterdir()
    assert all((folder / name).read_bytes() == (undisturbed / name).read_bytes() for name in names)


def killed(path: Path, out: Path) -> Path:
    """Kill it, and its resumption, until that was done five times while it was at work; return its folder."""
    kills, length = 0, 8.0
    for _ in range(TRIES):
        folder = begun(out)
        asked = ["resume", str(folder)] if folder else ["assimilate", str(path), "--out", str(out)]
        kills += is_killed_at(length, *asked)
        length += 1.0
        if kills == KILLS and (folder := begun(out)):
            return folder
    raise AssertionError(f"killed {kills} times only")


def json_of(said: str) -> dict[str, str]:
    """Read what a command says of the histories."""
    found: dict[str, str] = json.loads(said[: said.rindex("}") + 1])
    return found
