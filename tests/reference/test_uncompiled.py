"""The engine as plain Python gives the same bits as compiled."""

from __future__ import annotations

from collections.abc import Iterable

from apart import run_apart
from small_cases import CASES
from small_worlds import digest, small_world

from bordersim.model.engine import simulate_block

SEED, REPLICATE = 5, 3
# Those in which most is at work; tests/verification runs all.
CASES_RUN = (
    "turn back",
    "a fence that fails and grows",
    "groups that split",
    "flights home",
    "asylum suspended",
    "reception overflows",
)
SCRIPT = """
from numba import config
assert config.DISABLE_JIT
from test_uncompiled import digest_of
print(*(digest_of(case) for case in {cases}), sep="\\n")
"""


def digest_of(case: str) -> str:
    """Return the hash of what the engine counts in a case."""
    return digest(simulate_block(small_world(CASES[case].changes), SEED, REPLICATE, 1))


def uncompiled(cases: Iterable[str]) -> dict[str, str]:
    """Return the hashes of what the engine counts as plain Python."""
    names = list(cases)
    printed = run_apart(SCRIPT.format(cases=names), NUMBA_DISABLE_JIT="1")
    return dict(zip(names, printed.split(), strict=True))


def test_uncompiled_engine_gives_the_same_bits() -> None:
    assert uncompiled(CASES_RUN) == {case: digest_of(case) for case in CASES_RUN}
