"""A calibration that is killed goes on, and gives the posterior of the one nobody disturbed."""

from __future__ import annotations

import json
import time
from pathlib import Path

from test_kill import begun, call, is_killed_at

EXERCISE = Path(__file__).parents[2] / "scenarios/exercises/order_2021.yaml"
DRAWS = 256
KILLS = 5


def shortened(folder: Path) -> Path:
    """Write the exercise with fewer draws."""
    text = EXERCISE.read_text(encoding="utf-8")
    assert "\ndraws: 2048\n" in text
    path = folder / "exercise.yaml"
    path.write_text(text.replace("\ndraws: 2048\n", f"\ndraws: {DRAWS}\n").replace("draws: 200", "draws: 4"))
    return path


def posterior(fit: Path) -> bytes:
    """The posterior of the run of a design."""
    return (fit / "posterior.parquet").read_bytes()


def test_kills_change_nothing(tmp_path: Path) -> None:
    arguments = ("calibrate", str(shortened(tmp_path)), "--no-plots")
    began = time.monotonic()
    done = call(*arguments, "--out", str(tmp_path / "whole"))
    seconds = time.monotonic() - began
    assert done.returncode == 0, done.stderr
    undisturbed = fits(tmp_path / "whole")[0]
    out = tmp_path / "killed"
    kills, lengths = 0, [seconds * (k + 2) / 12 for k in range(2 * KILLS)]
    for length in lengths:
        fit = fits(out)[0] if begun(out) else None
        more = ("--fit", str(fit)) if fit else ()
        kills += is_killed_at(length, *arguments, "--out", str(out), *more)
        if fit and (fit / "posterior.parquet").exists():
            break
    done = call(*arguments, "--out", str(out), "--fit", str(fits(out)[0]))
    assert done.returncode == 0, done.stderr
    assert kills >= 2
    assert posterior(fits(out)[0]) == posterior(undisturbed)
    assert digest(fits(out)[0]) == digest(undisturbed)


def digest(fit: Path) -> str:
    """Digest of all numbers of a run."""
    return str(json.loads((fit / "manifest.json").read_text(encoding="utf-8"))["digest"])


def fits(out: Path) -> list[Path]:
    """Runs of designs, the first one first; those of predictions hold no such number of draws."""
    found = [path.parent for path in sorted(out.glob("*/*/*/draws.csv"))]
    return [path for path in found if len((path / "draws.csv").read_text().splitlines()) == DRAWS + 1]
