"""Compare sides: by how much is one more probable than another, with what noise, and how far off is each?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.analyses.assimilation.findings import ERROR_STREAM, ERRORS
from bordersim.analyses.assimilation.proposals import effective, log_mean, normed, systematic
from bordersim.analyses.assimilation.relay import FLATTENED
from bordersim.validation.evidence import Window, with_discrepancy
from bordersim.validation.scores import continuous_ranked_probability_score, interval
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.analyses.assimilation.sides import Side

    Floats = NDArray[np.float64]

BOOTSTRAP_STREAM, BOOTSTRAPS = 0xB007, 4000
POOL_STREAM = 0x9001
TIMES_NOISE = 2.0  # so far must a difference lie from 0
MOST = 0.9  # of what might be published, that a range holds
FEW = 50  # events: of a window with fewer, a relative error says nothing
ALL = "all"


class Evidence(NamedTuple):
    """How probable a side makes all windows.

    Attributes
    ----------
    log_evidence, noise
        The logarithm of the mean over filters, and its standard error, by bootstrap over filters.
    mean, mean_noise
        The mean of the logarithms, lower by about half of their variance, and its standard error.
    effective_filters
        How many filters of equal weight the mean rests on.
    """

    name: str
    varied: int
    filters: int
    log_evidence: float
    noise: float
    mean: float
    mean_noise: float
    effective_filters: float


class Difference(NamedTuple):
    """By how much one side is more probable than another, by filters of the same chance.

    Attributes
    ----------
    difference, noise
        Of the logarithms of the means, and its standard error, by bootstrap over pairs of filters.
    by_pairs, by_pairs_noise
        The mean over pairs of the difference of the logarithms, and its standard error.
    verdict
        Is the first more probable by more than twice the noise: yes, no (the other is), or undecided.
    """

    first: str
    second: str
    difference: float
    noise: float
    by_pairs: float
    by_pairs_noise: float
    verdict: str


class Errors(NamedTuple):
    """How far off predictions of windows are, at one border or at all of them.

    Attributes
    ----------
    windows
        How many there are.
    relative_error
        Of the median, the median over windows of at least some events; NaN if there are none.
    crps
        The mean over windows of the continuous ranked probability score [events].
    inside
        How many lie in the 90 % range of what might be published.
    """

    windows: int
    relative_error: float
    crps: float
    inside: int


def evidence_of(side: Side) -> Evidence:
    """Return how probable a side makes all windows."""
    logs = _logs(side)
    means = (float(logs.mean()), _standard_error(logs))
    noise = float(np.std(_log_means(logs)))
    worth = effective(normed(logs))
    return Evidence(side.name, len(side.varied), len(logs), log_mean(logs), noise, *means, worth)


def difference_of(first: Side, second: Side) -> Difference:
    """Return by how much the first of two sides is more probable; their filters must be paired."""
    ours, theirs = _logs(first), _logs(second)
    difference = log_mean(ours) - log_mean(theirs)
    noise = float(np.std(_log_means(ours) - _log_means(theirs)))
    pairs = ours - theirs
    by_pairs = (float(pairs.mean()), _standard_error(pairs))
    return Difference(first.name, second.name, difference, noise, *by_pairs, verdict(difference, noise))


def verdict(difference: float, noise: float) -> str:
    """Say whether a difference is above 0 by more than twice its noise."""
    if abs(difference) <= TIMES_NOISE * noise:
        return "undecided"
    return "yes" if difference > 0 else "no"


def _logs(side: Side) -> Floats:
    """Return the logarithm of the evidence that each filter estimated."""
    return np.array([each.log_evidence for each in side.heard.values()])


def _standard_error(values: Floats) -> float:
    """Return the standard error of a mean."""
    return float(values.std(ddof=1) / np.sqrt(len(values)))


def _log_means(logs: Floats) -> Floats:
    """Return the logarithm of the mean over filters drawn with replacement, the same ones for all sides."""
    chance, most = np.random.default_rng([BOOTSTRAP_STREAM, len(logs)]), np.max(logs)
    picked = chance.integers(len(logs), size=(BOOTSTRAPS, len(logs)))
    means: Floats = most + np.log(np.exp(logs - most)[picked].mean(axis=1))
    return means


def errors_of(side: Side) -> Iterator[tuple[str, Errors, Errors | None]]:
    """Yield for each border, and for all, errors one window ahead and of the windows left out."""
    ahead = [np.concatenate(each) for each in zip(*(h.ahead for h in side.heard.values()), strict=True)]
    out = [window for window, is_out in zip(side.windows, side.is_left_out, strict=True) if is_out]
    unseen = _unseen(side)
    for border in (*COUNTRIES, ALL):
        left_out = _errors(out, unseen, side.discrepancy, border) if unseen else None
        yield border, _errors(side.windows, ahead, side.discrepancy, border), left_out


def _unseen(side: Side) -> list[Floats]:
    """Return what histories count in windows left out: those of all filters, by flattened evidence."""
    heard = list(side.heard.values())
    logs = [each.log_evidence_of_seen for each in heard]
    if None in logs:
        return []
    weights, chance = normed(FLATTENED * np.array(logs, float)), np.random.default_rng(POOL_STREAM)
    kept = len(heard[0].unseen[0]) if heard[0].unseen else 0
    picked = systematic(np.repeat(weights / max(kept, 1), kept), kept * len(heard), chance)
    return [np.concatenate(each)[picked] for each in zip(*(h.unseen for h in heard), strict=True)]


def _errors(windows: Sequence[Window], counts: Sequence[Floats], discrepancy: float, border: str) -> Errors:
    """Return the errors at one border, or at all."""
    there = [(w, c) for w, c in zip(windows, counts, strict=True) if border in (w.country, ALL)]
    if not there:
        return Errors(0, float("nan"), float("nan"), 0)
    values = np.array([window.value for window, _ in there])
    medians = np.array([np.median(each) for _, each in there])
    published = np.stack([_published(*each, discrepancy) for each in there], axis=1)
    low, high = interval(published, MOST)
    many, off = values >= FEW, np.abs(medians - values) / np.maximum(values, 1)
    relative = float(np.median(off[many])) if many.any() else float("nan")
    crps = float(continuous_ranked_probability_score(values, published).mean())
    return Errors(len(there), relative, crps, int(((low <= values) & (values <= high)).sum()))


def _published(window: Window, counts: Floats, discrepancy: float) -> Floats:
    """Return what might be published where runs count so many; a window has the same chance on all sides."""
    chance = np.random.default_rng(
        [ERROR_STREAM, *f"{window.country} {window.series} {window.spans}".encode()]
    )
    return with_discrepancy(np.repeat(counts, ERRORS), window, discrepancy, chance)
