"""Python scripts in a process of their own, where numba can be told other things before it is imported."""

from __future__ import annotations

import os
import subprocess
import sys


def run_apart(script: str, **environment: str) -> str:
    """Run a script that can import what the tests here can; return what it prints."""
    path = os.pathsep.join(each or os.getcwd() for each in sys.path)
    everything = {**os.environ, "PYTHONPATH": path, **environment}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=everything, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
