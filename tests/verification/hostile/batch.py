"""Try inputs of one kind in a process of its own: `python -m hostile.batch KIND SEED FIRST COUNT FOLDER`.

Each input is made from its kind, seed and number alone, so COUNT 1 makes one again. What fails is printed as
a line of JSON, and its files are left in the folder.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import shutil
import signal
import sys
import traceback
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

CPU_S, WAIT_S, AGAIN_S = (
    2.0,
    30.0,
    0.5,
)  # the first a bound on hanging, the second one on waiting for what never comes
FIRST_INPUTS, FIRST_CPU_S = 8, 20.0  # the first ones import and fill what is kept in memory
HEAVY = (
    "bordersim.experiments.run",
    "bordersim.model.world",
    "bordersim.cli.asked",
    "bordersim.cli.validate",
    "bordersim.experiments.resume",
)
ROOM_BYTES = 300_000_000
MARGIN_BYTES = 100_000_000  # address space that is set aside and never touched
MOST_LETTERS = 500
ROOT = Path(__file__).parents[3]


class Endless(BaseException):
    """An input that hangs; nothing that handles errors must swallow it."""


def main(kind: str, seed: int, first: int, count: int, folder: Path) -> None:
    """Try so many inputs and print what failed."""
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    attempt, accepted = _ready(kind), 0
    for number in range(first, first + count):
        Path("at.txt").write_text(str(number))
        said, error = _inside(attempt, Random(f"{kind} {seed} {number}"), CPU_S)
        accepted += error is None
        if what := _what(error):
            shutil.rmtree(str(number), ignore_errors=True)
            Path("in").rename(str(number))
            about = {"kind": kind, "seed": seed, "number": number, "changes": said}
            print(json.dumps(about | what), flush=True)
        shutil.rmtree("in", ignore_errors=True)
    print(json.dumps({"done": count, "accepted": accepted}), flush=True)


def _ready(kind: str) -> Callable[[Random], tuple[str, Callable[[], object]]]:
    """Import and make what all inputs need, so that none of them has to pay for it."""
    import fake_model
    import pytest

    from bordersim.inputs.schema import Config
    from hostile import kinds, runs

    for module in HEAVY:
        importlib.import_module(module)
    schema = Config.model_json_schema()  # every complaint makes it anew, which takes a tenth of a second
    Config.model_json_schema = classmethod(lambda *_, **__: schema)
    warnings.simplefilter("error", RuntimeWarning)  # a number that is none on its way into results
    kinds.history()
    runs.tiny()
    if kind in runs.OF_FOLDERS:
        fake_model.install(pytest.MonkeyPatch())
        runs.finished()
    attempt = runs.KINDS[kind].attempt
    for number in range(FIRST_INPUTS):
        _inside(attempt, Random(number), FIRST_CPU_S)
    return attempt


def _inside(attempt: Any, chance: Random, cpu_s: float) -> tuple[str, BaseException | None]:
    """Make an input in an empty folder and hand it over; return how it was changed and what was raised."""
    shutil.rmtree("in", ignore_errors=True)
    Path("in").mkdir()
    top = Path.cwd()
    said = ""
    try:
        os.chdir("in")
        said, call = attempt(chance)
        with _bounds(cpu_s):
            call()
    except BaseException as error:
        return said, error
    finally:
        os.chdir(top)
    return said, None


@contextmanager
def _bounds(cpu_s: float) -> Iterator[None]:
    """Bound processor time, waiting and memory: what is more ends in an error."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_held_bytes() + ROOM_BYTES + MARGIN_BYTES, hard))
    for sign, timer, seconds in (
        (signal.SIGPROF, signal.ITIMER_PROF, cpu_s),
        (signal.SIGALRM, signal.ITIMER_REAL, WAIT_S),
    ):
        signal.signal(sign, _stop)
        signal.setitimer(timer, seconds, AGAIN_S)
    try:
        yield
    finally:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _held_bytes() -> int:
    """Return how much address space the process has by now."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _stop(sign: int, _frame: object) -> None:
    """End what takes too long, again and again should it swallow the error."""
    raise Endless("too much processor time" if sign == signal.SIGPROF else "waits for what never comes")


def _what(error: BaseException | None) -> dict[str, str]:
    """Return what is wrong: any error but that of a user, and one of a user that is no plain line."""
    from bordersim.errors import BadInput

    if error is None:
        return {}
    text = str(error)
    if isinstance(error, BadInput):
        return {"fault": wrong, "text": ascii(text)[:900]} if (wrong := wrong_with(text)) else {}
    frames = [each for each in traceback.extract_tb(error.__traceback__) if f"{ROOT}/sim/" in each.filename]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "outside sim"
    what = text if isinstance(error, (AssertionError, Endless)) else ""
    return {"fault": f"{type(error).__name__} {what[:50]} at {where}", "text": ascii(text)[:300]}


def wrong_with(text: str) -> str:
    """Return why a complaint is no plain line; nothing if it is one."""
    odd = [sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")]
    if odd:
        return f"a complaint with the control character U+{ord(odd[0]):04X}"
    if len(text) > MOST_LETTERS:
        return f"a complaint of more than {MOST_LETTERS} letters"
    return "" if text.strip() else "an empty complaint"


if __name__ == "__main__":
    name, *numbers, place = sys.argv[1:]
    main(name, *map(int, numbers), Path(place))
