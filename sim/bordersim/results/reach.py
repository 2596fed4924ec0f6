"""How far a 90 % range of histories reaches: so far that one more lies in it nine times of ten.

Of n independent draws of one distribution, whatever it is, one more lies between the i-th from below and the
i-th from above in n + 1 - 2 i of n + 1 cases (Wilks 1941). That is nine in ten at i = (n + 1) / 20: outside
the 5 % and the 95 % quantile of the draws, and the farther the fewer they are. Histories are worth fewer
independent ones than there are of them, and n is that. Fewer than 19 reach as far as their extremes, and hold
one more less often.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordersim.results.paired import QUANTILES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

OUTSIDE = QUANTILES[0]  # share of cases in which one more may lie beyond either end
LEAST_WORTH = 2.0


def levels(worth: float | None, outside: float = OUTSIDE) -> tuple[float, float, float]:
    """Return at which quantiles a range begins, has its middle, and ends.

    Parameters
    ----------
    worth
        How many independent draws say as much as those there are; None where that is not known.
    outside
        The share of cases in which one more may lie beyond either end.

    Examples
    --------
    >>> levels(39.0)  # the second of 39 from below, the median, the second from above
    (0.02631578947368421, 0.5, 0.9736842105263158)
    >>> levels(None)
    (0.05, 0.5, 0.95)
    """
    low = outside
    if worth is not None:
        count = max(worth, LEAST_WORTH)
        low = (max(outside * (count + 1), 1.0) - 1) / (count - 1)
    return low, QUANTILES[1], 1 - low


def reach(values: Floats, worth: float | None, outside: float = OUTSIDE) -> list[float]:
    """Return the beginning, the median and the end of the range of some draws, which are at least one."""
    ends: list[float] = np.quantile(values, levels(worth, outside)).tolist()
    return ends


def worth_of(some: int, of: int, worth: float | None) -> float | None:
    """Return how many independent ones some of the histories are worth, if each adds as much as any other."""
    return None if worth is None else worth * some / of
