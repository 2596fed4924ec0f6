"""1,000 and 4,000 replicates of 2021, stored, with tables and pictures: little memory, and the same."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PEAK_MB = 650
SECONDS = 60
# The child tells its own peak. What the system counts for a process begins with the memory of the one that
# started it, so the peak is read where it begins anew with the program.
SCRIPT = """
import sys
from pathlib import Path
from bordersim.cli import app
try:
    app(sys.argv[1:])
finally:
    status = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    print(int(status["VmHWM"].split()[0]) // 1024, file=sys.stderr)
"""


def measured(replicates: int, out: Path) -> tuple[float, float]:
    """Return the seconds a run takes and the memory it needs at most [MB]."""
    words = (
        "run",
        "--values=fixed",
        "history_2021",
        "--replicates",
        str(replicates),
        "--workers",
        "2",
        "--out",
        str(out),
    )
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "sim")},
        cwd=ROOT,
        check=True,
    )
    return time.monotonic() - began, float(done.stderr.split()[-1])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no /proc")
def test_memory_does_not_grow_with_replicates(tmp_path: Path, say: object) -> None:
    measured(10, tmp_path)  # whatever has to be compiled is compiled
    seconds, thousand = measured(1000, tmp_path)
    _, four_thousand = measured(4000, tmp_path)
    say(f"1,000 replicates: {seconds:.0f} s, {thousand:.0f} MB; 4,000: {four_thousand:.0f} MB")  # type: ignore[operator]
    assert max(thousand, four_thousand) < PEAK_MB
    assert abs(four_thousand / thousand - 1) < 0.1
    assert seconds < SECONDS
