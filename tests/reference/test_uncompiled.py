"""The engine as plain Python gives the same bits as compiled."""

from __future__ import annotations

from apart import run_apart
from small_cases import CASES
from small_worlds import digest, small_world

from bordersim.model.engine import simulate_block

SEED, REPLICATE = 5, 3
CASES_RUN = (
    "turn back",
    "a fence that fails and grows",
    "equal turns of building",
    "less than a place a day",
    "groups that split",
    "flights home",
    "all at the same instant",
    "a host that prevents",
    "asylum suspended",
    "reception overflows",
    "restrictions end",
    "crews follow what is noticed",
    "rescued from the frost",
    "a fence with holes",
    "found inland or moved on",
    "missions in Minsk",
)
SCRIPT = """
from numba import config
assert config.DISABLE_JIT
from test_uncompiled import CASES_RUN, digest_of
print(*(digest_of(case) for case in CASES_RUN), sep="\\n")
"""


def digest_of(case: str) -> str:
    """Return the hash of what the engine counts in a case."""
    return digest(simulate_block(small_world(CASES[case].changes), SEED, REPLICATE, 1))


def test_uncompiled_engine_gives_the_same_bits() -> None:
    printed = run_apart(SCRIPT, NUMBA_DISABLE_JIT="1")
    uncompiled = dict(zip(CASES_RUN, printed.split(), strict=True))
    assert uncompiled == {case: digest_of(case) for case in CASES_RUN}
