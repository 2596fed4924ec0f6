"""Rank reversals: does the ranking of two policies change anywhere in the space of the draws, and where?

The ranking is the sign of the mean paired difference. A draw against the usual sign may be chance: it is
called clear if the hypothesis of no difference, or one of the usual sign, is rejected at a share of false
discoveries of 5 % among all draws (Benjamini and Hochberg 1995). A key is named as where the ranking reverses
only if its cut tells the draws apart better than that of any key does in 95 % of shuffles of the draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.analyses.closeness import FALSE_ALARM, SEED
from bordersim.results.by_draw import Answers, Wanted
from bordersim.results.movable import can_move

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

FALSE_DISCOVERIES = 0.05
TELLING = 0.5  # share of the draws against it that a cut finds, less the share of the others it finds too
FEW = 5  # draws, of which any would lie on some side of some parameter
SHUFFLES = 99
MOST = 0.8  # of the draws that differ: below, none of the two ways is usual
OTHER = {"above": "below", "below": "above"}


class Cut(NamedTuple):
    """The draws on one side of a value of one key."""

    where: str
    against: int
    others: int
    telling: float


class Flip(NamedTuple):
    """How often one scenario is below or above the reference."""

    wanted: Wanted
    reference: str
    scenario: str
    usual: str
    draws: int
    against: int
    clear: int  # of those against it
    sure: int  # of those with it, clearly
    same: int
    cut: Cut | None
    numbers: tuple[int, ...]  # of the draws against the usual ranking

    @property
    def sentence(self) -> str:
        """Return the finding in one sentence."""
        if self.same == self.draws:
            return (
                f"{self.wanted}: {self.scenario} and {self.reference} are the same in all {self.draws} draws."
            )
        usual, other = self.draws - self.against - self.same, OTHER[self.usual]
        same = f", the same in {self.same}" if self.same else ""
        head = f"{self.wanted}: {self.scenario} is {self.usual} {self.reference}"
        counted = f"in {usual} of {self.draws} draws (clearly in {self.sure}){same}"
        if not self.against:
            return f"{head} {counted}; in none is it {other}."
        reverse = f"{other} in {self.against} (clearly in {self.clear}){self._where()}"
        if usual < MOST * (usual + self.against):
            return f"{head} {counted}, {reverse}: neither is usual."
        return f"{head} {counted}; it reverses: {reverse}."

    def _where(self) -> str:
        if self.against < FEW:
            *first, last = map(str, self.numbers)
            return f", in draws {', '.join(first)} and {last}" if first else f", in draw {last}"
        if self.cut is None:
            return "; no single parameter explains which"
        found = f"{self.cut.against} of the {self.against} are there, and {self.cut.others} others"
        mostly = "" if self.cut.against == self.against else "mostly "
        return f", {mostly}where {self.cut.where} ({found})"


def flips_of(answers: Answers, wanted: Sequence[Wanted]) -> Iterator[Flip]:
    """Yield how each scenario ranks against the first, one figure at a time."""
    for each in wanted:
        values = answers.values[each]
        for number, name in enumerate(answers.names[1:], 1):
            yield _flip(answers, each, name, values[:, number] - values[:, 0])


def _flip(answers: Answers, wanted: Wanted, name: str, differences: NDArray[np.float64]) -> Flip:
    differences = differences[:, np.isfinite(differences).any(axis=0)]  # replicates that nobody has
    known = np.isfinite(differences).all(axis=1)
    differences = differences[known]
    means = differences.mean(axis=1)
    sign = 1.0 if (means > 0).sum() >= (means < 0).sum() else -1.0
    against = sign * means < 0
    clear = against & _clear(-sign * differences)
    sure = (sign * means > 0) & _clear(sign * differences)
    draws = [answers.draws[i] for i in np.flatnonzero(known)]
    drawn = {key: [draw[key] for draw in draws] for key in answers.keys if can_move(key, wanted)}
    return Flip(
        wanted,
        answers.names[0],
        name,
        "above" if sign > 0 else "below",
        len(means),
        int(against.sum()),
        int(clear.sum()),
        int(sure.sum()),
        int((means == 0).sum()),
        _clear_cut(drawn, against),
        tuple(np.flatnonzero(known)[against].tolist()),
    )


def _clear(differences: NDArray[np.float64]) -> Mask:
    """Return in which draws the mean is clearly above 0, corrected for the number of draws."""
    from scipy.special import stdtr
    from scipy.stats import false_discovery_control

    count = differences.shape[1]
    if count < 2 or not len(differences):
        return np.zeros(len(differences), bool)
    means, errors = differences.mean(axis=1), differences.std(axis=1, ddof=1) / np.sqrt(count)
    with np.errstate(divide="ignore", invalid="ignore"):
        chances = stdtr(count - 1, -means / errors)
    chances = np.where(errors > 0, chances, np.where(means > 0, 0.0, 1.0))
    mask: Mask = false_discovery_control(chances) <= FALSE_DISCOVERIES
    return mask


def _clear_cut(drawn: Mapping[str, Sequence[object]], against: Mask) -> Cut | None:
    """Return the cut that tells the draws apart best, if it tells them and no chance does it as well."""
    best = _best_cut(drawn, against)
    if best is None or best.telling < TELLING or against.sum() < FEW:
        return None
    chance = np.random.default_rng(SEED)
    shuffled = (_best_cut(drawn, chance.permutation(against)) for _ in range(SHUFFLES))
    as_well = sum(cut is not None and cut.telling >= best.telling for cut in shuffled)
    return best if as_well + 1 <= FALSE_ALARM * (SHUFFLES + 1) else None


def _best_cut(drawn: Mapping[str, Sequence[object]], against: Mask) -> Cut | None:
    """Return the best cut of all keys."""
    told = [cut for cut in (_cut(key, values, against) for key, values in drawn.items()) if cut]
    return max(told, key=lambda cut: cut.telling, default=None)


def _cut(key: str, values: Sequence[object], against: Mask) -> Cut | None:
    """Return the cut of one key that best separates the draws with the reversed ranking from the others."""
    if not 0 < against.sum() < len(against) or len(set(map(str, values))) < 2:
        return None
    if all(isinstance(value, (int, float)) for value in values):
        return max(_sides(key, np.array(values, dtype=float), against), key=lambda cut: cut.telling)
    words = list(dict.fromkeys(values))
    sides = (_counted(f"{key} is {word}", np.array([v == word for v in values]), against) for word in words)
    return max(sides, key=lambda cut: cut.telling)


def _sides(key: str, values: NDArray[np.float64], against: Mask) -> Iterator[Cut]:
    """Yield the best cut above and the best below a value."""
    order = np.argsort(values, kind="stable")
    found = np.cumsum(against[order]) / against.sum() - np.cumsum(~against[order]) / (~against).sum()
    found = found[:-1][np.diff(values[order]) > 0]  # between two values, never within one
    ends = np.flatnonzero(np.diff(values[order]) > 0)
    for word, position in (("below", np.argmax(found)), ("above", np.argmin(found))):
        middle = values[order][ends[position] : ends[position] + 2].mean()
        side = values < middle if word == "below" else values > middle
        yield _counted(f"{key} is {word} {middle:.3g}", side, against)


def _counted(where: str, side: Mask, against: Mask) -> Cut:
    inside, others = int((side & against).sum()), int((side & ~against).sum())
    telling = inside / against.sum() - others / max((~against).sum(), 1)
    return Cut(where, inside, others, float(telling))
