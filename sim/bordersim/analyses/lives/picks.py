"""Whom to tell of, by rule: nobody is looked for by vulnerability, age or origin, and nobody who dies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.analyses.lives.apart import KINDS, Lives
from bordersim.model.randomness import mixed
from bordersim.report.story.told import Ending, Pick, Range
from bordersim.results.paired import QUANTILES
from bordersim.words.codes import DEAD, STATES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Truths = NDArray[np.bool_]

TYPICAL, EACH_ENDING = "typical", "each-ending"
MOST_RETURNS, LONGEST_CAPTIVE = "extreme-returns", "extreme-captive"
PICKS = (TYPICAL, EACH_ENDING, MOST_RETURNS, LONGEST_CAPTIVE)
MOST_PAIRS = 8  # of endings that are told, the commonest


class Chosen(NamedTuple):
    """A family, the replicate it lives in, and why it was chosen."""

    replicate: int
    key: int
    pick: Pick


class All:
    """The lives of all families in several replicates."""

    def __init__(self, replicates: Sequence[int], lives: Sequence[Lives]) -> None:
        sizes = [len(each.keys) for each in lives]
        self.replicates, self.lives, self.sizes = list(replicates), list(lives), np.array(sizes)
        self.run = np.repeat(np.arange(len(lives)), sizes)
        self.keys, self.kind, self.ends, self.returns, self.captive_h = (
            np.concatenate([getattr(each, name) for each in lives])
            for name in ("keys", "kind", "ends", "returns", "captive_h")
        )
        self.is_parted = self.kind >= 0
        self.is_dead = (self.ends == DEAD).any(axis=1)
        self.first_h = min((float(each.time_h.min()) for each in lives if len(each.keys)), default=np.inf)

    def counted(self, chosen: Truths) -> Range:
        """Return how many of the families of a replicate are chosen."""
        return _range(np.bincount(self.run[chosen], minlength=len(self.sizes)))

    def share(self, chosen: Truths) -> Range:
        """Return the share of the families of a replicate that is chosen."""
        return _range(np.bincount(self.run[chosen], minlength=len(self.sizes)) / np.maximum(self.sizes, 1))

    def kinds(self) -> tuple[tuple[str, Range], ...]:
        """Return how many families first part in each way, the commonest first."""
        found = [(kind, self.counted(self.kind == place)) for place, kind in enumerate(KINDS)]
        return tuple(sorted((each for each in found if each[1].high > 0), key=lambda each: -each[1].median))

    def endings(self) -> list[Ending]:
        """Return the pairs of endings of those who part and of those who do not, the commonest first."""
        codes, counts = np.unique(self._codes(), return_counts=True)
        order = np.argsort(-counts, kind="stable")
        return [self._ending(int(code)) for code in codes[order]]

    def _ending(self, code: int) -> Ending:
        """Return a pair of endings with its share."""
        pair, parted = divmod(code, 2)
        a, b = divmod(pair, len(STATES))
        return Ending((STATES[a], STATES[b]), not parted, self.share(self._codes() == code))

    def _codes(self) -> NDArray[np.int64]:
        """Return a number for the endings of each family, and whether its lives part."""
        codes: NDArray[np.int64] = (self.ends[:, 0] * len(STATES) + self.ends[:, 1]) * 2 + self.is_parted
        return codes

    def ends_so(self, ending: Ending) -> Truths:
        """Return which families end in a way."""
        a, b = (STATES.index(each) for each in ending.pair)
        chosen: Truths = self._codes() == (a * len(STATES) + b) * 2 + (not ending.is_same)
        return chosen


def _range(values: NDArray[np.float64] | NDArray[np.int64]) -> Range:
    """Return the middle of values and the ends of nine tenths of them."""
    low, median, high = np.quantile(values, QUANTILES).tolist()
    return Range(median, low, high)


def picked(everybody: All, pick: str) -> list[Chosen]:
    """Choose by a rule."""
    if pick in (MOST_RETURNS, LONGEST_CAPTIVE):
        return extreme(everybody, pick)
    return typical(everybody) if pick == TYPICAL else each_ending(everybody)


def typical(everybody: All) -> list[Chosen]:
    """Choose one of the commonest pair of endings of those whose lives part."""
    parted = [each for each in _tellable(everybody) if not each.is_same]
    return [_middle(everybody, each, TYPICAL) for each in parted[:1]]


def each_ending(everybody: All) -> list[Chosen]:
    """Choose one for each of the commonest pairs of endings, of those with no difference too."""
    return [_middle(everybody, each, EACH_ENDING) for each in _tellable(everybody)[:MOST_PAIRS]]


def _tellable(everybody: All) -> list[Ending]:
    """Return the pairs of endings in which nobody dies."""
    return [each for each in everybody.endings() if STATES[DEAD] not in each.pair]


def _middle(everybody: All, ending: Ending, rule: str) -> Chosen:
    """Choose the family with the median number of returns under B, then A; of those one by a lot of its key.

    The key itself begins with the route: its smallest would always be of the same one.
    """
    chosen = np.flatnonzero(everybody.ends_so(ending))
    for column in (1, 0):
        returns = everybody.returns[chosen, column]
        chosen = chosen[returns == np.sort(returns)[(len(returns) - 1) // 2]]
    lots = [int(mixed(everybody.keys[each])) for each in chosen]
    at = int(chosen[np.lexsort((everybody.run[chosen], np.array(lots, np.uint64)))[0]])
    return _chosen(everybody, at, rule)


def extreme(everybody: All, what: str) -> list[Chosen]:
    """Choose who is sent back most often, or is between the lines longest, under A or B."""
    figure = everybody.returns if what == MOST_RETURNS else everybody.captive_h
    worst = np.where(everybody.is_dead, -1.0, figure.max(axis=1))
    return [_chosen(everybody, int(worst.argmax()), what)] if len(worst) else []


def person(everybody: All, key: int) -> list[Chosen]:
    """Choose a family by its key; nothing where it never reached the border zone."""
    return [_chosen(everybody, int(at), "person") for at in np.flatnonzero(everybody.keys == np.uint64(key))]


def _chosen(everybody: All, at: int, rule: str) -> Chosen:
    """Return a family with how many end as it does."""
    pair = tuple(STATES[int(each)] for each in everybody.ends[at])
    ending = Ending((pair[0], pair[1]), not everybody.is_parted[at], Range(0, 0, 0))
    so = everybody.ends_so(ending)
    pick = Pick(rule, ending.pair, ending.is_same, int(so.sum()), len(so), everybody.share(so))
    return Chosen(everybody.replicates[int(everybody.run[at])], int(everybody.keys[at]), pick)
