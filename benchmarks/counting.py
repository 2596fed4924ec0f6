"""What one replicate does, counted: the uncompiled engine with a counter at each draw, exp, log and record.

Run as a program of its own, since numba must be switched off before it is imported.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

LINE_BYTES = 64
NEAR_LINES = 512  # 32 KiB: what every processor of today keeps at hand at least


class Lines:
    """The lines of memory last used: what is asked for and not among them has to be fetched."""

    def __init__(self) -> None:
        self.near: OrderedDict[tuple[str, int], None] = OrderedDict()
        self.touches, self.fetches, self.streamed = 0, 0, 0

    def touch(self, line: tuple[str, int]) -> None:
        """Use a line of memory."""
        self.touches += 1
        if line in self.near:
            self.near.move_to_end(line)
            return
        if (line[0], line[1] - 1) in self.near:
            self.streamed += 1  # in a row: the processor fetches such ahead
        else:
            self.fetches += 1
        self.near[line] = None
        if len(self.near) > NEAR_LINES:
            self.near.popitem(last=False)


def count_replicate(sets: dict[str, object]) -> dict[str, float]:
    """Count what replicate 0 of history_2021 does; call it before anything of the engine is imported."""
    calls: dict[str, int] = {"draws": 0, "exponentials": 0, "logarithms": 0}
    _watch_functions(calls)
    from bordersim.inputs import load_scenario
    from bordersim.model.engine.loop import advance
    from bordersim.model.engine.replicate import finished, new_state
    from bordersim.model.world import build_world

    world = build_world(load_scenario(["history_2021"], sets)).arrays
    calls.update(dict.fromkeys(calls, 0))  # the world is made once for all replicates
    state = new_state(world, 1, 0)
    lines = Lines()
    advance(_watched(world, lines), _watched(state, lines), len(world.calendar))
    made = finished(world, state, "replicate 0")
    return {
        **calls,
        "touches": lines.touches,
        "lines": lines.fetches,
        "bytes": _moved(state, made) + LINE_BYTES * lines.streamed,
        "footprint": sum(array.nbytes for array in state),
        "attempts": float(made.daily[..., 0].sum()),
    }


def _moved(state: Any, made: Any) -> int:
    """Return the bytes that have to be set to nothing before, and read and written down after a replicate."""
    return sum(array.nbytes for array in state) + 2 * sum(array.nbytes for array in made)


def _watch_functions(calls: dict[str, int]) -> None:
    """Wrap the functions that all others import from these two modules in a counter."""
    from bordersim.model import randomness
    from bordersim.model.rules import elementary

    for module, name, counter in (
        (randomness, "uniform", "draws"),
        (elementary, "exp", "exponentials"),
        (elementary, "log", "logarithms"),
    ):
        setattr(module, name, _counting(getattr(module, name), calls, counter))


def _counting(function: Callable[..., float], calls: dict[str, int], counter: str) -> Callable[..., float]:
    """Return the function with a counter."""

    def counted(*given: Any) -> float:
        calls[counter] += 1
        return function(*given)

    return counted


def _watched(arrays: Any, lines: Lines) -> Any:
    """Return the arrays of a state or a world, their rows under watch."""
    import numpy as np

    class Watched(np.ndarray):
        """An array that tells which of its rows are used."""

        name: str

        def __getitem__(self, index: Any) -> Any:
            first = index[0] if isinstance(index, tuple) else index
            if isinstance(first, int | np.integer):
                row = int(first) * self.strides[0] + _within(self, index)
                lines.touch((self.name, row // LINE_BYTES))
                return np.asarray(self)[index]
            return np.asarray(self)[index]

    def watch(name: str, array: Any) -> Any:
        view = array.view(Watched)
        view.name = name
        return view

    return type(arrays)(**{name: watch(name, array) for name, array in arrays._asdict().items()})


def _within(array: Any, index: Any) -> int:
    """Return how far into its row an index reaches [byte]; a slice begins at its start."""
    if not isinstance(index, tuple):
        return 0
    steps = zip(index[1:], array.strides[1:], strict=False)
    return int(sum(int(at) * stride for at, stride in steps if not isinstance(at, slice)))


def counted(sets: dict[str, object] | None = None) -> dict[str, float]:
    """Count in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.counting", json.dumps(sets or {})],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


if __name__ == "__main__":
    print(json.dumps(count_replicate(json.loads(sys.argv[1]))))
