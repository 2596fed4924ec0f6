"""Run rules and engine as plain Python, for coverage: tests of rules, small cases, drawn worlds, a story."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "reference")]

from drawn_worlds import draws  # noqa: E402
from small_cases import CASES  # noqa: E402
from small_worlds import small_world  # noqa: E402

from bordersim import story  # noqa: E402
from bordersim.model.engine import simulate_block  # noqa: E402
from bordersim.model.engine.histories import Keys, simulate_history, steering_of  # noqa: E402

SEED, DAYS, DRAWN = 5, 10, 3
RULES = (*TESTS.glob("unit/test_rules_*.py"), TESTS / "unit/test_elementary.py")
SERIES = (TESTS / "behaviour/test_histories.py", TESTS / "behaviour/test_drift.py")
AROUND_THE_ORDER = {"period.start": "2021-07-29", "period.end": "2021-08-07"}


def main() -> int:
    """Run them all; return the exit code of the tests."""
    for case in CASES.values():
        simulate_block(small_world(case.changes), SEED, 0, 1)
    for seed in range(1, DRAWN + 1):
        simulate_block(draws(DAYS).world(seed), seed, 0, 1)
    keys = Keys.of_replicate(SEED, 0)._replace(changes=((4, 7),))
    world = draws(DAYS).world(1).arrays
    simulate_history(world._replace(steered=steering_of(world, keys)), keys)
    print(story("no_turn_back_2021", "history_2021", set=AROUND_THE_ORDER, among=1))
    return int(pytest.main(["-q", "-p", "no:cacheprovider", *map(str, (*RULES, *SERIES))]))


if __name__ == "__main__":
    raise SystemExit(main())
