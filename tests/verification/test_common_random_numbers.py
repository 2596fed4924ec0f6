"""What common random numbers save: the paired interval over that of independent seeds, as many replicates."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from conftest import REPLICATES, counts, outputs

from bordersim.words.codes import LT

Say = Callable[[str], None]
SEEDS = (1, 2)
PAIRS = [
    pytest.param(
        *("history_2021", "double_staffing_2021", 0.6),
        marks=pytest.mark.xfail(reason="what is learned of the way through sets the two worlds apart"),
    ),
    ("history_2021", "no_baghdad_flights_2021", 1.0),
    ("no_turn_back_2021", "history_2021", 1.0),
]


def attempts(name: str, seed: int) -> np.ndarray:
    """Return attempts at Lithuania by replicate."""
    return counts(outputs(name, seed), "attempts", LT).sum(axis=1)


@pytest.mark.parametrize(("reference", "scenario", "bar"), PAIRS)
def test_pairing_narrows_the_interval(reference: str, scenario: str, bar: float, say: Say) -> None:
    """Two seeds each, so that both kinds of difference are measured twice."""
    one, other = ({seed: attempts(name, seed) for seed in SEEDS} for name in (reference, scenario))
    paired = np.concatenate([other[seed] - one[seed] for seed in SEEDS])
    independent = np.concatenate([other[2] - one[1], other[1] - one[2]])
    ratio = paired.std() / independent.std()
    say(f"{scenario} - {reference}: interval x {ratio:.2f} with {REPLICATES} replicates")
    assert ratio <= bar


def test_the_order_changes_entries_returns_and_displacement() -> None:
    """95 % intervals of the paired differences exclude 0 for all three."""
    before, after = (outputs(name, 1).daily.sum(axis=1) for name in ("no_turn_back_2021", "history_2021"))
    from bordersim.words.metrics import METRIC_NAMES

    def column(daily: np.ndarray, *names: str) -> np.ndarray:
        return daily[:, :, [METRIC_NAMES.index(name) for name in names]].sum(axis=2)

    entries = ("got_away", "undetected_entry")
    returns = ("pushed_back_after_line", "pushed_back_before_line")
    for difference in (
        (column(after, *entries) - column(before, *entries))[:, LT],
        (column(after, *returns) - column(before, *returns))[:, LT],
        (column(after, "attempts") - column(before, "attempts"))[:, 1:].sum(axis=1),
    ):
        half_width = 1.97 * difference.std(ddof=1) / np.sqrt(len(difference))
        assert abs(difference.mean()) > half_width
