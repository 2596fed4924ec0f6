"""Whatever is given to it, a command ends in a result or in one line, in bounded time and memory.

Valid inputs of every kind are changed at random in structure, text and bytes, and handed to the functions
that the commands call. An input is made again from its kind, seed and number; what failed is named with the
command for it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hostile.runs import KINDS

FIXED_SEED = 20_211_108
INPUTS = int(os.environ.get("BORDERSIM_HOSTILE_INPUTS", "20000"))  # of all kinds together
FEWEST = 10  # of a kind and seed
TESTS = Path(__file__).parents[1]
PATIENCE_S = 1_800

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="bounds of memory are Linux")


@pytest.mark.parametrize("kind", KINDS)
def test_any_input_ends_in_a_result_or_in_one_line(kind: str, tmp_path: Path, say: Any) -> None:
    seeds = FIXED_SEED, date.today().toordinal()
    count = max(FEWEST, round(INPUTS * KINDS[kind].share / len(seeds)))
    running = [_started(kind, seed, count, tmp_path / str(seed)) for seed in seeds]
    found = [fault for process in running for fault in _ended(process)]
    say(f"{kind}: {count} inputs each of seeds {seeds[0]} and {seeds[1]}, {len(found)} faults")
    assert not found, _told(found, tmp_path)


def _started(kind: str, seed: int, count: int, folder: Path) -> subprocess.Popen[str]:
    """Try inputs in a process of their own, so that a bomb takes nothing else with it."""
    paths = [str(path) for path in (TESTS.parent / "sim", TESTS, Path(__file__).parent)]
    # One pool of memory for all threads: each of its own would set address space aside.
    env = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"}
    call = [sys.executable, "-m", "hostile.batch", kind, str(seed), "0", str(count), str(folder)]
    return subprocess.Popen(
        call, env=env, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def _ended(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """Wait for a process and yield what it found; one that did not come to its end is a fault itself."""
    kind, seed, _, _, folder = process.args[3:]  # type: ignore[index]
    try:
        said, _ = process.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    lines = said.splitlines()
    found = [json.loads(line) for line in lines if line.startswith('{"kind"')]
    yield from found
    if not any(line.startswith('{"done"') for line in lines):
        at = Path(folder, "at.txt")
        number = at.read_text() if at.exists() else "0"
        text = " ".join(lines[-3:])[-600:]
        yield {
            "kind": kind,
            "seed": seed,
            "number": number,
            "fault": f"ended with {process.returncode}",
            "text": text,
        }


def _told(found: Sequence[dict[str, Any]], folder: Path) -> str:
    """Report each kind of fault once, with how to make its first input again."""
    alike: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for fault in found:
        alike[fault["fault"]].append(fault)
    lines = [f"{len(found)} faults of {len(alike)} kinds; the files of each are in {folder}/SEED/NUMBER"]
    for fault, each in sorted(alike.items(), key=lambda pair: -len(pair[1])):
        first = each[0]
        again = f"hostile.batch {first['kind']} {first['seed']} {first['number']} 1 FOLDER"
        lines.append(
            f"{len(each)} x {fault}: {first['text']} ({first.get('changes', '')}; python -m {again})"
        )
    return "\n".join(lines)
