"""Small changes of a history, each as likely as its reverse: of one value, of all, of some days' luck."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from bordersim.analyses.assimilation.study import History, Shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

VALUE, VALUES, LUCK = "one value", "all values", "luck of some days"
SHARES_OF_KINDS = {VALUE: 0.55, VALUES: 0.05, LUCK: 0.4}  # where chains moved farthest in the same time
ANEW = 0.9  # of changes of one value: anywhere in its range; the others move it a little
STEP = 0.2  # of the range, so little
JUMP = 2.38  # over the root of twice the dimensions, along a difference of two sets (ter Braak 2006)
FAR = 0.1  # of changes of all values: as far as the whole difference, from one region to another
JITTER = 0.003  # of each range
LONGEST_LUCK_DAYS = 30
KEYS = 2**63


class Changes:
    """Makes changes at random.

    Parameters
    ----------
    days
        Days of a history [day].
    others
        Sets of values whose differences say in which directions values go together.
    """

    def __init__(self, days: int, others: Sequence[Shares], chance: np.random.Generator) -> None:
        self.days, self.others, self.chance = days, np.array(others), chance
        self._makers = {VALUE: self.one_value, VALUES: self.all_values, LUCK: self.luck}

    def changed(self, history: History) -> tuple[str, History]:
        """Return a changed history, and of which kind the change is."""
        kinds = list(SHARES_OF_KINDS)
        kind = kinds[self.chance.choice(len(kinds), p=list(SHARES_OF_KINDS.values()))]
        return kind, self._makers[kind](history)

    def one_value(self, history: History) -> History:
        """Change one value: to anywhere in its range, or a little."""
        shares, i = np.array(history.shares), self.chance.integers(len(history.shares))
        is_anew, moved = self.chance.uniform() < ANEW, shares[i] + STEP * self.chance.normal()
        shares[i] = self.chance.uniform() if is_anew else moved
        return history._replace(shares=_reflected(shares))

    def all_values(self, history: History) -> History:
        """Change all values a little, along the difference of two other sets."""
        one, other = self.others[self.chance.choice(len(self.others), 2, replace=False)]
        length = 1.0 if self.chance.uniform() < FAR else JUMP / sqrt(2 * len(one))
        jitter = JITTER * self.chance.normal(size=len(one))
        return history._replace(shares=_reflected(np.array(history.shares) + length * (one - other) + jitter))

    def luck(self, history: History) -> History:
        """Let some days draw from another key."""
        length = int(LONGEST_LUCK_DAYS ** self.chance.uniform()) + 1
        first = int(self.chance.integers(1 - length, self.days))
        end, key = min(first + length, self.days), int(self.chance.integers(KEYS))
        return history._replace(keys=history.keys.other_between(max(first, 0), end, key))


def _reflected(shares: Floats) -> Shares:
    """Return values that left their range to where they come back in, as from a mirror at each end."""
    inside = 1.0 - np.abs(1.0 - np.abs(shares) % 2.0)
    return tuple(inside.tolist())
