"""Rules and engine are run by tests line by line: coverage uncompiled, where Python can see the lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MEASURED = ("bordersim.model.rules", "bordersim.model.engine")
LEAST_PERCENT = 95.0
PROGRAM = Path(__file__).with_name("uncompiled.py")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Run rules and engine with numba switched off and return what coverage reports."""
    folder = tmp_path_factory.mktemp("coverage")
    coverage = [sys.executable, "-m", "coverage"]
    data = f"--data-file={folder / 'data'}"
    sources = f"--source={','.join(MEASURED)}"
    run([*coverage, "run", data, sources, str(PROGRAM)], {"NUMBA_DISABLE_JIT": "1"})
    run([*coverage, "json", data, "-o", str(folder / "report.json")], {})
    return dict(json.loads((folder / "report.json").read_text(encoding="utf-8")))


def run(command: list[str], more: Mapping[str, str]) -> None:
    """Run a command in the checkout; show what it prints if it fails."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **more}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nearly_every_line_of_rules_and_engine_is_run(
    report: Mapping[str, Any], say: Callable[[str], None]
) -> None:
    percent = report["totals"]["percent_covered"]
    say(f"coverage of rules and engine, uncompiled: {percent:.1f} %")
    for name, file in report["files"].items():
        if file["missing_lines"]:
            say(f"not run: {name}: {', '.join(map(str, file['missing_lines']))}")
    assert percent >= LEAST_PERCENT


def test_every_file_of_rules_and_engine_is_measured(report: Mapping[str, Any]) -> None:
    folders = (ROOT / "sim" / name.replace(".", "/") for name in MEASURED)
    files = {path.relative_to(ROOT).as_posix() for folder in folders for path in folder.rglob("*.py")}
    assert files <= {Path(name).as_posix() for name in report["files"]}
