"""Run rules and engine as plain Python, for coverage: tests of rules, every small case, drawn worlds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "reference")]

from drawn_worlds import draws  # noqa: E402
from small_cases import CASES  # noqa: E402
from small_worlds import small_world  # noqa: E402

from bordersim.model.engine import simulate_block  # noqa: E402
from bordersim.model.engine.histories import Keys, simulate_history  # noqa: E402

SEED, DAYS, DRAWN = 5, 10, 3
RULES = (*TESTS.glob("unit/test_rules_*.py"), TESTS / "unit/test_elementary.py")


def main() -> int:
    """Run them all; return the exit code of the tests."""
    for case in CASES.values():
        simulate_block(small_world(case.changes), SEED, 0, 1)
    for seed in range(1, DRAWN + 1):
        simulate_block(draws(DAYS).world(seed), seed, 0, 1)
    keys = Keys.of_replicate(SEED, 0)._replace(changes=((4, 7),))
    simulate_history(draws(DAYS).world(1).arrays, keys)
    return int(pytest.main(["-q", "-p", "no:cacheprovider", *map(str, RULES)]))


if __name__ == "__main__":
    raise SystemExit(main())
